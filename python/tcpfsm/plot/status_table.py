# SPDX-License-Identifier: GPL-2.0-only
"""The status table as a figure."""

from __future__ import annotations

from typing import NamedTuple

import pandas
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from .._frames import check_frame
from ..trace import STATES
from .style import new_axes

SEGMENTS = ("SYN", "SYN-ACK", "SYN-FIN", "ACK", "FIN", "FIN-ACK", "RST", "RST-ACK")
SHOWN = ("fsm", "stock", "differences")
"""What can be shown."""

_ABBREVIATIONS = {"ESTABLISHED": "ESTAB"}


class Verdict(NamedTuple):
    """How a cell is drawn."""

    colour: str
    hatch: str
    label: str


_GOOD = Verdict("#cdebdf", "", "all as the RFCs say")
_PARTLY = Verdict("#fbe3b5", "//", "exact numbers right, other numbers not all")
_BAD = Verdict("#f0a58f", "xx", "wrong with exact numbers")
_SAME = Verdict("#ffffff", "", "the same")
_VARIANTS = Verdict("#dbe9f6", "//", "differ for other than exact numbers")
_EXACT = Verdict("#7fb3dd", "xx", "differ for exact numbers")


def status_table(cells: pandas.DataFrame, ax: Axes | None = None, *, show: str = "fsm") -> Axes:
    """Draw what TCP does in each state with each segment.

    `cells` come from `tcpfsm.table.run` or `read`. Each cell tells the next state for the exact
    numbers (→ where it changes) and how many of the numbers tried were answered rightly; with
    `show` "stock" those of ns-3's own TCP, with "differences" in how many cases the two differ.
    Raises ValueError for other frames and words.
    """
    if show not in SHOWN:
        raise ValueError(f"show is {show!r}: give one of {', '.join(SHOWN)}")
    check_frame(cells, "tcpfsm.table.run() or tcpfsm.table.read(file)")
    missing = {"stack", "state", "segment", "variant", "verdict"}.difference(cells.columns)
    if missing:
        raise ValueError("the frame is no status table: see tcpfsm.table")
    needed = {"fsm", "stock"} if show == "differences" else {show}
    if not needed.issubset(cells["stack"]):
        raise ValueError(f"the table lacks {', '.join(sorted(needed))}: fill it for stack='both'")
    ax = new_axes(ax, 10.5, 6.2)
    verdicts = [_SAME, _VARIANTS, _EXACT] if show == "differences" else [_GOOD, _PARTLY, _BAD]
    states = cells["state"].str.split("/").str[0]
    for y, state in enumerate(STATES):
        for x, segment in enumerate(SEGMENTS):
            mine = cells[(states == state) & (cells["segment"] == segment)]
            verdict, text = _differences(mine) if show == "differences" else _cell(mine, show)
            ax.add_patch(
                Rectangle(
                    (x, y),
                    1,
                    1,
                    facecolor=verdict.colour,
                    hatch=verdict.hatch,
                    edgecolor="#00000038",
                    linewidth=0,
                )
            )
            ax.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor="#606060", linewidth=0.6))
            box = {"facecolor": verdict.colour, "edgecolor": "none", "pad": 1}
            ax.text(x + 0.5, y + 0.5, text, ha="center", va="center", size=7.5, bbox=box)
    ax.set_xlim(-0.02, len(SEGMENTS) + 0.02)
    ax.set_ylim(len(STATES) + 0.02, -0.02)
    ax.set_xticks([x + 0.5 for x in range(len(SEGMENTS))], SEGMENTS)
    ax.set_yticks([y + 0.5 for y in range(len(STATES))], STATES)
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.spines[:].set_visible(False)
    marks = [
        Patch(facecolor=each.colour, hatch=each.hatch, edgecolor="#606060", label=each.label)
        for each in verdicts
    ]
    ax.legend(
        handles=marks,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.01),
        ncols=3,
        frameon=False,
        fontsize=8,
    )
    return ax


def _cell(cases: pandas.DataFrame, stack: str) -> tuple[Verdict, str]:
    cases = cases[cases["stack"] == stack]
    if cases.empty:
        return _SAME, "-"
    right = cases["verdict"].isin(("right", "allowed"))
    exact = cases["variant"] == "exact"
    verdict = _GOOD if right.all() else _PARTLY if right[exact].all() else _BAD
    plain = cases[exact & ~cases["state"].str.contains("/")]
    following = ""
    if len(plain) and plain["next"].iloc[0] != plain["state"].iloc[0]:
        after = str(plain["next"].iloc[0])
        following = f"\n→ {_ABBREVIATIONS.get(after, after)}"
    return verdict, f"{int(right.sum())} of {len(right)}{following}"


def _differences(cases: pandas.DataFrame) -> tuple[Verdict, str]:
    keys = ["family", "state", "segment", "variant"]
    ours = cases[cases["stack"] == "fsm"].set_index(keys)
    theirs = cases[cases["stack"] == "stock"].set_index(keys).reindex(ours.index)
    if ours.empty:
        return _SAME, "-"
    differ = (ours["reply"] != theirs["reply"]) | (ours["next"] != theirs["next"])
    if not differ.any():
        return _SAME, "="
    exact = differ[differ.index.get_level_values("variant") == "exact"]
    return (_EXACT if exact.any() else _VARIANTS), f"{int(differ.sum())} of {len(differ)}"

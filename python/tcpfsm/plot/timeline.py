# SPDX-License-Identifier: GPL-2.0-only
"""The states of connections over time."""

from __future__ import annotations

import numpy
import pandas
from matplotlib.axes import Axes

from .periods import periods
from .style import LOOKS, check, legend, new_axes

# At most so many instants get a place each.
_MOST_STEPS = 60
# Time is uneven if more than a part of the gaps takes less than a part of the whole.
_SMALL_GAP = 0.005
_MANY_GAPS = 0.3


def timeline(
    transitions: pandas.DataFrame,
    ax: Axes | None = None,
    *,
    until: float | None = None,
    scale: str = "auto",
    title: str = "",
) -> Axes:
    """Draw a band for each connection, with its states over time.

    `transitions` are those of a simulation or file; `until` is where the plot ends, in simulated
    seconds (None: at the last change). With `scale` "linear" a second is as wide as any other;
    with "steps" all instants are as far from each other, whatever time lies between; "auto" is
    "steps" where most of the time nothing happens. `title` stands above. Raises ValueError for
    another frame or scale.
    """
    check(transitions, "seconds", "node", "connection", "from", "to")
    if scale not in ("auto", "linear", "steps"):
        raise ValueError(f"scale is {scale!r}: give auto, linear or steps")
    lives = periods(transitions, until)
    connections = lives[["node", "connection"]].drop_duplicates()
    ax = new_axes(ax, 9, 1.6 + 0.42 * len(connections))
    instants = numpy.unique(lives[["start", "end"]].to_numpy())
    if scale == "auto":
        scale = "steps" if _is_uneven(instants) else "linear"
    place = dict(zip(instants, range(len(instants)))) if scale == "steps" else None
    for row, (node, connection) in enumerate(connections.itertuples(index=False)):
        mine = lives[(lives["node"] == node) & (lives["connection"] == connection)]
        _draw_band(ax, row, mine, place, instants)
    ax.set_yticks(range(len(connections)))
    ax.set_yticklabels([_name(transitions, *each) for each in connections.to_numpy()])
    ax.set_ylim(len(connections) - 0.4, -0.6)
    if place:
        ax.set_xlim(0, len(instants) - 1)
        _label_steps(ax, instants)
    else:
        ax.set_xlim(instants[0], instants[-1])
        ax.set_xlabel("simulated time, s")
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    legend(ax, set(lives["state"]), title=title)
    return ax


def _is_uneven(instants: numpy.ndarray) -> bool:
    gaps = numpy.diff(instants)
    if not 0 < len(gaps) < _MOST_STEPS:
        return False
    return bool((gaps < gaps.sum() * _SMALL_GAP).mean() > _MANY_GAPS)


def _draw_band(
    ax: Axes, row: int, lives: pandas.DataFrame, place: dict | None, instants: numpy.ndarray
) -> None:
    width = len(instants) - 1 if place else instants[-1] - instants[0]
    for life in lives.itertuples(index=False):
        look = LOOKS[life.state]
        start, end = (place[life.start], place[life.end]) if place else (life.start, life.end)
        ax.barh(
            row,
            end - start,
            left=start,
            height=0.62,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="#404040",
            linewidth=0.6,
        )
        # Written where there is room; a character takes about 1.2 % of the width.
        if (end - start) / width > 0.012 * len(life.state):
            box = {"facecolor": look.colour, "edgecolor": "none", "pad": 1} if look.hatch else None
            middle = (start + end) / 2
            ax.text(
                middle, row, life.state, ha="center", va="center", size=8, color=look.text, bbox=box
            )


def _label_steps(ax: Axes, instants: numpy.ndarray) -> None:
    # As many labels as fit upright.
    step = -(-len(instants) // 30)
    shown = range(0, len(instants), step)
    ax.set_xticks(list(shown))
    labels = [f"{instants[each]:.6f}".rstrip("0").rstrip(".") for each in shown]
    ax.set_xticklabels(labels, rotation=60, ha="right")
    ax.set_xlabel("simulated time, s (not to scale: a step for each change)")


def _name(transitions: pandas.DataFrame, node: int, connection: int) -> str:
    mine = transitions[(transitions["node"] == node) & (transitions["connection"] == connection)]
    if "local_port" not in mine:
        return f"node {node}, {connection}"
    last = mine.iloc[-1]
    peer = f" ↔ {last['remote_port']}" if last["remote_port"] else ", listener"
    return f"node {node}: {last['local_port']}{peer}"

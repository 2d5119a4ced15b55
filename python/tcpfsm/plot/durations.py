# SPDX-License-Identifier: GPL-2.0-only
"""How long connections stay in each state."""

from __future__ import annotations

import numpy
import pandas
from matplotlib.axes import Axes
from matplotlib.ticker import LogFormatter

from .._frames import check, periods
from .style import EDGE, LOOKS, new_axes, seconds

# Times that are shorter are drawn as this, since the axis is logarithmic.
_LEAST = 1e-6
# With so many values or more a box tells more than points.
_BOX = 8


class _Seconds(LogFormatter):
    """Writes times where matplotlib wants a label: within one decade between its ends too."""

    def __call__(self, value: float, place: int | None = None) -> str:
        return seconds(value) if super().__call__(value, place) else ""


def durations(
    transitions: pandas.DataFrame,
    ax: Axes | None = None,
    *,
    until: float | None = None,
    title: str = "",
) -> Axes:
    """Draw the times spent in each state: a point for each stay, and a box where there are many.

    Stays that had not ended are left out, as is LISTEN. The axis is logarithmic; stays of less than
    a microsecond are drawn there. `until` is when the recording ended (None: at the last change),
    `title` stands above. Raises ValueError for another frame, or if no stay has ended.
    """
    check(transitions, "seconds", "node", "connection", "from", "to")
    lives = periods(transitions, until)
    lives = lives[~lives["open"] & (lives["state"] != "LISTEN")]
    if lives.empty:
        raise ValueError("no state was left: there are no times to draw")
    states = [state for state in LOOKS if (lives["state"] == state).any()]
    ax = new_axes(ax, 8, 1.2 + 0.45 * len(states))
    for row, state in enumerate(states):
        mine = lives[lives["state"] == state]
        values = numpy.maximum((mine["end"] - mine["start"]).to_numpy(), _LEAST)
        _draw(ax, row, state, values)
    ax.set_xscale("log")
    low, high = ax.get_xlim()
    ax.set_xlim(low / 2, high * 2)
    ax.xaxis.set_major_formatter(_Seconds())
    ax.xaxis.set_minor_formatter(_Seconds())
    ax.set_yticks(range(len(states)))
    ax.set_yticklabels([f"{state} ({(lives['state'] == state).sum()})" for state in states])
    ax.set_ylim(len(states) - 0.5, -0.5)
    ax.set_xlabel("time in the state (number of stays in brackets)")
    ax.grid(axis="x", color="#dddddd", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    if title:
        ax.set_title(title, loc="left")
    return ax


def _draw(ax: Axes, row: int, state: str, values: numpy.ndarray) -> None:
    look = LOOKS[state]
    if len(values) >= _BOX:
        box = ax.boxplot(
            [values],
            positions=[row],
            vert=False,
            widths=0.55,
            patch_artist=True,
            manage_ticks=False,
            flierprops={"marker": ".", "markersize": 3},
            medianprops={"color": "black", "linewidth": 1.6},
        )
        box["boxes"][0].set(facecolor=look.colour, hatch=look.hatch, edgecolor=EDGE)
        return
    # The same points at the same place: those on each other are set apart a little.
    order = numpy.argsort(values, kind="stable")
    offsets = (numpy.arange(len(values)) % 3 - 1) * 0.14 if len(values) > 1 else numpy.zeros(1)
    ax.scatter(values[order], row + offsets, s=42, color=look.colour, edgecolor=EDGE, linewidth=0.8)

# SPDX-License-Identifier: GPL-2.0-only
"""How many connections are in each state over time."""

from __future__ import annotations

import numpy
import pandas
from matplotlib.axes import Axes

from .._frames import check, periods
from .style import EDGE, LOOKS, legend, new_axes
from .times import Times


def occupancy(
    transitions: pandas.DataFrame,
    ax: Axes | None = None,
    *,
    until: float | None = None,
    scale: str = "auto",
    title: str = "",
) -> Axes:
    """Draw how many connections are in each state, one upon the other, over time.

    CLOSED and LISTEN are left out. `until` is where the plot ends, in simulated seconds (None: at
    the last change), `scale` and `title` those of `timeline`. Raises TypeError or ValueError for
    another frame or scale, and where no time passes.
    """
    check(transitions, "seconds", "node", "connection", "from", "to")
    lives = periods(transitions, until)
    lives = lives[lives["state"] != "LISTEN"]
    if lives.empty:
        raise ValueError("no connection was opened: there is nothing to count")
    times = Times(lives, scale)
    counts = {state: _count(lives[lives["state"] == state], times.instants) for state in LOOKS}
    # At the last instant there is no width.
    states = [state for state in LOOKS if counts[state][:-1].any()]
    ax = new_axes(ax, 9, 4)
    areas = ax.stackplot(
        times.place(times.instants),
        [counts[state] for state in states],
        step="post",
        colors=[LOOKS[state].colour for state in states],
    )
    for state, area in zip(states, areas):
        area.set(hatch=LOOKS[state].hatch, edgecolor=EDGE, linewidth=0.3)
    times.label(ax)
    ax.set_ylim(0)
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set_ylabel("connections")
    ax.spines[["top", "right"]].set_visible(False)
    legend(ax, states, title=title)
    return ax


def _count(lives: pandas.DataFrame, times: numpy.ndarray) -> numpy.ndarray:
    # What has not been left by the end still counts there.
    began = numpy.searchsorted(numpy.sort(lives["start"].to_numpy()), times, side="right")
    left = numpy.sort(lives.loc[~lives["open"], "end"].to_numpy())
    return began - numpy.searchsorted(left, times, side="right")

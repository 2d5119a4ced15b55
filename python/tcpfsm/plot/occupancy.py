# SPDX-License-Identifier: GPL-2.0-only
"""How many connections are in each state over time."""

from __future__ import annotations

import numpy
import pandas
from matplotlib.axes import Axes

from .periods import periods
from .style import LOOKS, check, legend, new_axes


def occupancy(
    transitions: pandas.DataFrame, ax: Axes | None = None, *, until: float | None = None
) -> Axes:
    """Draw how many connections are in each state, one upon the other, over time.

    CLOSED and LISTEN are left out. `until` is where the plot ends, in simulated seconds (None: at
    the last change). Raises ValueError for another frame.
    """
    check(transitions, "seconds", "node", "connection", "from", "to")
    lives = periods(transitions, until)
    lives = lives[lives["state"] != "LISTEN"]
    if lives.empty:
        raise ValueError("no connection was opened: there is nothing to count")
    ax = new_axes(ax, 9, 4)
    times = numpy.unique(lives[["start", "end"]].to_numpy())
    states = [state for state in LOOKS if (lives["state"] == state).any()]
    counts = [_count(lives[lives["state"] == state], times) for state in states]
    areas = ax.stackplot(
        times, counts, step="post", colors=[LOOKS[state].colour for state in states]
    )
    for state, area in zip(states, areas):
        area.set(hatch=LOOKS[state].hatch, edgecolor="#404040", linewidth=0.3)
    ax.set_xlim(times[0], times[-1])
    ax.set_ylim(0)
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel("simulated time, s")
    ax.set_ylabel("connections")
    ax.spines[["top", "right"]].set_visible(False)
    legend(ax, states)
    return ax


def _count(lives: pandas.DataFrame, times: numpy.ndarray) -> numpy.ndarray:
    # What has not been left by the end still counts there.
    began = numpy.searchsorted(numpy.sort(lives["start"].to_numpy()), times, side="right")
    left = numpy.sort(lives.loc[~lives["open"], "end"].to_numpy())
    return began - numpy.searchsorted(left, times, side="right")

# SPDX-License-Identifier: GPL-2.0-only
"""An axis of simulated time, to scale or with a step for each instant."""

from __future__ import annotations

import numpy
import pandas
from matplotlib.axes import Axes

SCALES = ("auto", "linear", "steps")
"""Words for a scale."""

# At most so many instants get a step each, unless that is asked for.
_MOST_STEPS = 60
# As many labels as fit upright.
_MOST_LABELS = 30
# Time is uneven if more than a part of the gaps takes less than a part of the whole.
_SMALL_GAP = 0.005
_MANY_GAPS = 0.3


def show_times(ax: Axes, start: float, end: float, name: str = "simulated time, s") -> None:
    """Give an axis of time its limits and its name.

    Where Axes share it, it shows what any of them has, and the lowest has the name.
    """
    if not ax.get_autoscalex_on():  # another drawing has set them
        low, high = ax.get_xlim()
        start, end = min(start, low), max(end, high)
    ax.set_xlim(start, end)
    # matplotlib hides the numbers of those above.
    if ax.xaxis.get_major_ticks(1)[0].label1.get_visible():
        ax.set_xlabel(name)


class Times:
    """The places of instants on an axis."""

    def __init__(self, lives: pandas.DataFrame, scale: str) -> None:
        """Take the instants of `periods`. Raises ValueError where no time passes between them."""
        if scale not in SCALES:
            raise ValueError(f"scale is {scale!r}: give one of {', '.join(SCALES)}")
        if lives.empty:
            raise ValueError("there is no state to draw up to that time: give a later until")
        self.instants = numpy.unique(lives[["start", "end"]].to_numpy())
        if len(self.instants) == 1:
            raise ValueError(
                f"all changes are at {self.instants[0]:g} s: give until, when the recording ended"
            )
        self.steps = scale == "steps" or (scale == "auto" and _is_uneven(self.instants))
        places = self.place(self.instants)
        self.start, self.end = places[0], places[-1]

    def place(self, instants: numpy.ndarray) -> numpy.ndarray:
        """Return where instants are on the axis."""
        return numpy.searchsorted(self.instants, instants) if self.steps else instants

    def label(self, ax: Axes) -> None:
        """Give the axis its limits, ticks and name."""
        if not self.steps:
            show_times(ax, self.start, self.end)
            return
        shown = range(0, len(self.instants), -(-len(self.instants) // _MOST_LABELS))
        labels = [f"{self.instants[each]:.6f}".rstrip("0").rstrip(".") for each in shown]
        ax.set_xticks(list(shown))
        ax.set_xticklabels(labels, rotation=60, ha="right")
        name = "simulated time, s (not to scale: a step for each change)"
        show_times(ax, self.start, self.end, name)


def _is_uneven(instants: numpy.ndarray) -> bool:
    gaps = numpy.diff(instants)
    if len(gaps) >= _MOST_STEPS:
        return False
    return bool((gaps < gaps.sum() * _SMALL_GAP).mean() > _MANY_GAPS)

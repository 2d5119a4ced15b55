# SPDX-License-Identifier: GPL-2.0-only
"""Plots of traces.

Each function takes a data frame and, if it shall draw there, an Axes, and returns the Axes. Colours
are told apart with any kind of colour blindness, and hatches where there is no colour.
`ax.figure.savefig(name)` writes .svg, .pdf and .png; `save` does so with the same bytes each time.
"""

from .durations import durations
from .ladder import ladder
from .occupancy import occupancy
from .style import FORMATS, save
from .timeline import timeline

__all__ = ["FORMATS", "durations", "ladder", "occupancy", "save", "timeline"]

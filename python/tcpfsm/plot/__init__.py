# SPDX-License-Identifier: GPL-2.0-only
"""Plots of traces.

Each function takes a data frame and, if it shall draw there, an Axes, and returns the Axes. Colours
are told apart with any kind of colour blindness, and hatches where there is no colour.
`ax.figure.savefig(name)` writes .svg, .pdf and .png; `save` does so with the same bytes each time.
"""

from .diagram import diagram
from .durations import durations
from .ladder import ladder
from .occupancy import occupancy
from .status_table import status_table
from .style import FORMATS, figure, save
from .timeline import timeline
from .variables import variables

__all__ = [
    "FORMATS",
    "diagram",
    "durations",
    "figure",
    "ladder",
    "occupancy",
    "save",
    "status_table",
    "timeline",
    "variables",
]

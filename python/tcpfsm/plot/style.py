# SPDX-License-Identifier: GPL-2.0-only
"""What the plots have in common: colours of states, new figures, files."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, NamedTuple

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from .._files import replacing

FORMATS = (".svg", ".pdf", ".png")
"""What `save` can write."""

# Marks in a row of a legend.
_IN_ROW = 6


class Look(NamedTuple):
    """How a state is drawn."""

    colour: str
    hatch: str
    text: str


# Okabe and Ito's colours, and a few of Tol's; neighbours in a connection's life differ in lightness
# too. A hatch tells those apart whose lightness is alike.
LOOKS = {
    "CLOSED": Look("#ffffff", "", "black"),
    "LISTEN": Look("#e6e6e6", "", "black"),
    "SYN-SENT": Look("#f0e442", "", "black"),
    "SYN-RCVD": Look("#e69f00", "//", "black"),
    "ESTABLISHED": Look("#009e73", "", "white"),
    "FIN-WAIT-1": Look("#9fd8f7", "", "black"),
    "FIN-WAIT-2": Look("#0072b2", "", "white"),
    "CLOSE-WAIT": Look("#eeb7d5", "\\\\", "black"),
    "CLOSING": Look("#882255", "", "white"),
    "LAST-ACK": Look("#d55e00", "", "black"),
    "TIME-WAIT": Look("#8c8c8c", "..", "black"),
}
"""By state."""


EDGE = "#404040"
"""Colour of edges."""


def figure(
    rows: int, width: float = 9, height: float = 4, *, sharex: bool = False
) -> tuple[Axes, ...]:
    """Make a figure of a size in inches, and return its Axes, one below the other.

    With `sharex` they have one time axis. `save` of any of them writes the figure.
    """
    made = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(made)
    return tuple(made.subplots(rows, sharex=sharex, squeeze=False)[:, 0])


def new_axes(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the Axes to draw on: the given one, or that of a new figure of a size in inches."""
    return figure(1, width, height)[0] if ax is None else ax


def legend(ax: Axes, states: Iterable[str], lines: Iterable[Artist] = (), title: str = "") -> None:
    """Put the marks of states, after those of lines, above the plot, and a title above them."""
    states = set(states)
    marks = [*lines]
    marks += [
        Patch(facecolor=look.colour, hatch=look.hatch, edgecolor=EDGE, label=state)
        for state, look in LOOKS.items()
        if state in states
    ]
    ax.legend(
        handles=marks,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=min(_IN_ROW, len(marks)),
        frameon=False,
        fontsize=8,
        handlelength=1.6,
        columnspacing=1.2,
    )
    if title:
        rows = -(-len(marks) // _IN_ROW)
        ax.set_title(title, loc="left", pad=8 + 14 * rows)


def save(ax: Axes, path: str | Path) -> None:
    """Write the figure of an Axes: .svg, .pdf or .png; the same figure gives the same bytes.

    Raises ValueError for another suffix, TypeError for what is no Axes.
    """
    if not isinstance(ax, Axes):
        raise TypeError(f"{type(ax).__name__} is no Axes: give what a plot has returned")
    path = Path(path)
    if path.suffix not in FORMATS:
        raise ValueError(f"{path}: give a name that ends with one of {', '.join(FORMATS)}")
    date = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(path.suffix)
    style = {"svg.hashsalt": "tcpfsm", "svg.fonttype": "none"}
    with matplotlib.rc_context(style), replacing(path) as file:
        try:
            ax.figure.savefig(file, dpi=150, metadata=date, format=path.suffix[1:])
        except ValueError as error:  # too large for its format
            raise ValueError(
                f"{path}: {error}; draw less of it, or on Axes of a smaller figure"
            ) from error


def seconds(value: float) -> str:
    """Return a time in seconds as people write it."""
    for limit, unit, name in ((1, 1, "s"), (1e-3, 1e3, "ms"), (0, 1e6, "µs")):
        if abs(value) >= limit and value:
            return f"{value * unit:.6g} {name}"
    return "0 s"

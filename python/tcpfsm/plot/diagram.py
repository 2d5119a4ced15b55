# SPDX-License-Identifier: GPL-2.0-only
"""The state diagram of RFC 9293 with counts on its arrows."""

from __future__ import annotations

from typing import NamedTuple

import pandas
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from .._frames import check
from ..trace import changes
from .style import EDGE, LOOKS, new_axes

# Centres, in the layout of RFC 9293, Figure 5. CLOSED stands at the beginning and at the end.
_END = "CLOSED "
_PLACES = {
    "CLOSED": (3.2, 8.4),
    "LISTEN": (3.2, 7.0),
    "SYN-RCVD": (0, 5.6),
    "SYN-SENT": (6.4, 5.6),
    "ESTABLISHED": (3.2, 4.2),
    "FIN-WAIT-1": (0, 2.8),
    "CLOSE-WAIT": (6.4, 2.8),
    "FIN-WAIT-2": (0, 0.0),
    "CLOSING": (3.2, 1.4),
    "LAST-ACK": (6.4, 1.4),
    "TIME-WAIT": (3.2, 0.0),
    _END: (6.4, 0.0),
}
_WIDTH, _HEIGHT = 1.7, 0.52


class Arrow(NamedTuple):
    """An arrow of the figure; it leaves and meets boxes at points in halves of their size."""

    start: str
    end: str
    leaves: tuple[float, float]
    meets: tuple[float, float]
    bend: float = 0.0
    at: float = 0.5  # where the count stands, from 0 to 1


_UP, _DOWN, _LEFT, _RIGHT = (0, 1), (0, -1), (-1, 0), (1, 0)

ARROWS = (
    Arrow("CLOSED", "LISTEN", (-0.4, -1), (-0.4, 1), 0.2),
    Arrow("LISTEN", "CLOSED", (0.4, 1), (0.4, -1), 0.2),
    Arrow("CLOSED", "SYN-SENT", (1, 0.3), (0.4, 1), -0.15),
    Arrow("SYN-SENT", "CLOSED", (-0.2, 1), (1, -0.4), 0.05, 0.45),
    Arrow("LISTEN", "SYN-RCVD", (-1, 0.3), (-0.3, 1), 0.1),
    Arrow("SYN-RCVD", "LISTEN", (0.4, 1), (-1, -0.5), 0.1),
    Arrow("LISTEN", "SYN-SENT", (1, -0.3), (-1, 0.5)),
    Arrow("SYN-SENT", "SYN-RCVD", _LEFT, _RIGHT),
    Arrow("SYN-SENT", "ESTABLISHED", (-0.6, -1), (1, 0.3)),
    Arrow("SYN-RCVD", "ESTABLISHED", (0.6, -1), (-1, 0.3)),
    Arrow("SYN-RCVD", "FIN-WAIT-1", _DOWN, _UP),
    Arrow("ESTABLISHED", "FIN-WAIT-1", (-1, -0.3), (0.6, 1)),
    Arrow("ESTABLISHED", "CLOSE-WAIT", (1, -0.3), (-0.6, 1)),
    Arrow("FIN-WAIT-1", "FIN-WAIT-2", _DOWN, _UP),
    Arrow("FIN-WAIT-1", "CLOSING", (1, -0.2), (-0.6, 1)),
    Arrow("FIN-WAIT-1", "TIME-WAIT", (0.6, -1), (-0.6, 1)),
    Arrow("FIN-WAIT-2", "TIME-WAIT", _RIGHT, _LEFT),
    Arrow("CLOSING", "TIME-WAIT", _DOWN, _UP),
    Arrow("CLOSE-WAIT", "LAST-ACK", _DOWN, _UP),
    Arrow("LAST-ACK", _END, _DOWN, _UP),
    Arrow("TIME-WAIT", _END, _RIGHT, _LEFT),
)
"""The 21 arrows of RFC 9293, Figure 5."""


def diagram(transitions: pandas.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the state diagram of RFC 9293; each arrow has the number of times that it was taken.

    Arrows that were never taken are grey. Transitions that the figure has no arrow for, such as
    those by a reset, are listed below it. Raises ValueError for another frame.
    """
    check(transitions, "from", "to")
    counts = changes(transitions).groupby(["from", "to"], observed=True).size().to_dict()
    ax = new_axes(ax, 9, 9)
    for arrow in ARROWS:
        _draw_arrow(ax, arrow, counts.pop((arrow.start, arrow.end.strip()), 0))
    for state, place in _PLACES.items():
        _draw_state(ax, state.strip(), *place)
    others = [f"{start} → {end}: {count}" for (start, end), count in sorted(counts.items())]
    lines = [", ".join(others[i : i + 3]) for i in range(0, len(others), 3)]
    if lines:
        text = "Not in the figure:  " + "\n".join(lines)
        ax.text(-1.0, -0.75, text, ha="left", va="top", size=8)
    ax.set_xlim(-1.1, 7.5)
    ax.set_ylim(-0.8 - 0.28 * len(lines), 8.9)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def _draw_state(ax: Axes, state: str, x: float, y: float) -> None:
    look = LOOKS[state]
    box = FancyBboxPatch(
        (x - _WIDTH / 2, y - _HEIGHT / 2),
        _WIDTH,
        _HEIGHT,
        boxstyle="round,pad=0,rounding_size=0.12",
        facecolor=look.colour,
        edgecolor=EDGE,
        zorder=3,
    )
    ax.add_patch(box)
    ax.text(x, y, state, ha="center", va="center", size=9, color=look.text, zorder=4)


def _draw_arrow(ax: Axes, arrow: Arrow, count: int) -> None:
    colour = "#202020" if count else "#b8b8b8"
    start, end = _port(arrow.start, arrow.leaves), _port(arrow.end, arrow.meets)
    line = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>",
        mutation_scale=13,
        connectionstyle=f"arc3,rad={arrow.bend}",
        color=colour,
        linewidth=1.6 if count else 1,
        shrinkA=0,
        shrinkB=0,
        zorder=2,
    )
    ax.add_patch(line)
    if not count:
        return
    x, y = _point(start, end, arrow.bend, arrow.at)
    ax.text(
        x,
        y,
        str(count),
        ha="center",
        va="center",
        size=9,
        weight="bold",
        zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def _port(state: str, side: tuple[float, float]) -> tuple[float, float]:
    x, y = _PLACES[state]
    return x + side[0] * _WIDTH / 2, y + side[1] * _HEIGHT / 2


def _point(
    start: tuple[float, float], end: tuple[float, float], bend: float, at: float
) -> tuple[float, float]:
    # A quadratic curve, as matplotlib's arc3 has it.
    (x1, y1), (x2, y2) = start, end
    middle = (
        (x1 + x2) / 2 + bend * (y2 - y1),
        (y1 + y2) / 2 - bend * (x2 - x1),
    )
    weights = ((1 - at) ** 2, 2 * at * (1 - at), at**2)
    return tuple(
        weights[0] * a + weights[1] * b + weights[2] * c for a, b, c in zip(start, middle, end)
    )

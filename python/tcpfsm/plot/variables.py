# SPDX-License-Identifier: GPL-2.0-only
"""Variables of a connection beside its states."""

from __future__ import annotations

from typing import Iterable

import pandas
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from .._frames import check, check_frame, periods
from .style import EDGE, LOOKS, legend, new_axes
from .times import show_times

# Of octets and of seconds; the lines differ in style as well as in colour.
_OCTETS = (("#000000", "-"), ("#0072b2", "--"), ("#009e73", ":"))
_SECONDS = (("#d55e00", "-"), ("#cc79a7", "--"))
_MILLISECONDS = 1e3
# The slow start threshold before the first loss, which would hide all else.
_INFINITE = float(1 << 31)


def variables(  # noqa: PLR0913  # options
    series: pandas.DataFrame,
    ax: Axes | None = None,
    *,
    transitions: pandas.DataFrame | None = None,
    node: int | None = None,
    connection: int | None = None,
    until: float | None = None,
    title: str = "",
) -> Axes:
    """Draw variables over time, octets at the left axis, times at the right, states as a band.

    `series` comes from `follow` of a socket or application; of `transitions` those of the same
    connection are drawn, which `node` and `connection` choose. `until` is where the plot ends, in
    simulated seconds (None: at the last value), and `title` stands above. Raises TypeError for what
    is no frame, ValueError for another one, and where there are several connections to choose from,
    or none.
    """
    check_frame(series, "what Socket.follow() returned, as frame()")
    if not {"seconds", "variable", "value", "unit"}.issubset(series.columns) or series.empty:
        raise ValueError("the frame holds no variables: give what Socket.follow() returned")
    if transitions is not None:
        transitions = _choose(transitions, node, connection)
    start = series["seconds"].min()
    end = series["seconds"].max() if until is None else until
    series = series[series["seconds"] <= end]
    if start >= end:
        raise ValueError(f"all values are from {start:g} s on: give a later until")
    ax = new_axes(ax, 9, 4)
    seconds = series["unit"] == "s"
    octets, times = (series[part]["variable"].unique() for part in (~seconds, seconds))
    lines = _draw(ax, series, octets, end, _OCTETS)
    ax.set_ylabel("octets")
    _leave_room(ax)
    ax.spines[["top", "right"]].set_visible(False)
    if len(times):
        right = ax.twinx()
        lines += _draw(right, series, times, end, _SECONDS, _MILLISECONDS)
        right.set_ylabel("ms")
        _leave_room(right)
        right.spines["top"].set_visible(False)
    states = [] if transitions is None else _draw_states(ax, periods(transitions, end), start)
    show_times(ax, start, end)
    legend(ax, states, lines, title)
    return ax


def _choose(
    transitions: pandas.DataFrame, node: int | None, connection: int | None
) -> pandas.DataFrame:
    check(transitions, "seconds", "node", "connection", "from", "to")
    chosen = transitions
    for name, wanted in (("node", node), ("connection", connection)):
        if wanted is not None:
            chosen = chosen[chosen[name] == wanted]
    found = sorted(set(zip(chosen["node"], chosen["connection"])))
    if len(found) != 1:
        known = ", ".join(f"node {one} connection {other}" for one, other in found[:5])
        raise ValueError(
            f"choose one connection by node and connection: there are {known or 'none'}"
        )
    return chosen


def _leave_room(ax: Axes) -> None:
    # For the band of states along the top edge.
    ax.set_ylim(0, ax.get_ylim()[1] * 1.06)


def _draw(  # noqa: PLR0913, PLR0917  # what the lines look like
    ax: Axes,
    series: pandas.DataFrame,
    names: Iterable[str],
    end: float,
    looks: tuple,
    factor: float = 1,
) -> list[Line2D]:
    lines = []
    for place, name in enumerate(names):
        mine = series[series["variable"] == name]
        # A gap where it is infinite.
        finite = mine["value"].where(mine["value"] < _INFINITE) * factor
        if not finite.any():
            continue
        times = [*mine["seconds"], end]
        values = [*finite, finite.iloc[-1]]
        colour, style = looks[place % len(looks)]
        label = f"{name}, {'ms' if factor != 1 else 'octets'}"
        lines += ax.step(
            times,
            values,
            where="post",
            color=colour,
            linestyle=style,
            linewidth=1.3,
            label=label,
        )
    return lines


def _draw_states(ax: Axes, lives: pandas.DataFrame, start: float) -> list[str]:
    lives = lives[lives["end"] > lives["start"].clip(lower=start)]
    for life in lives.itertuples(index=False):
        look = LOOKS[life.state]
        left = max(life.start, start)
        # Along the top edge, so that lines stay readable.
        band = Rectangle(
            (left, 0.95),
            life.end - left,
            0.05,
            transform=ax.get_xaxis_transform(),
            facecolor=look.colour,
            hatch=look.hatch,
            edgecolor=EDGE,
            linewidth=0.4,
        )
        ax.add_patch(band)
    return sorted(set(lives["state"]))

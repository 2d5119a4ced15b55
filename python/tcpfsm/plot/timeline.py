# SPDX-License-Identifier: GPL-2.0-only
"""The states of connections over time."""

from __future__ import annotations

import numpy
import pandas
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from .._frames import check, periods
from ..trace import changes
from .style import EDGE, LOOKS, legend, new_axes
from .times import Times

# With more rows they are thin, without names.
_MOST_NAMES = 60
_BAND, _THIN_BAND = 0.62, 1.0  # heights, in rows
_TALL = 9.0  # inches, of a figure with thin ones
_LINE = 0.6  # points
# A part of the width in which an edge would leave no room for the colour.
_NARROW = 0.004


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
    "steps" where most of the time nothing happens. `title` stands above. More than 60 connections
    have thin bands without names. Raises TypeError or ValueError for another frame or scale, and
    where no time passes.
    """
    check(transitions, "seconds", "node", "connection", "from", "to")
    lives = periods(transitions, until)
    times = Times(lives, scale)
    rows = lives.groupby(["node", "connection"], sort=False).ngroup().to_numpy()
    count = int(rows.max()) + 1
    named = count <= _MOST_NAMES
    ax = new_axes(ax, 9, 1.6 + 0.42 * count if named else _TALL)
    left, right = times.place(lives["start"]), times.place(lives["end"])
    drawn = lives.assign(row=rows, left=left, right=right)
    drawn = drawn[drawn["right"] > drawn["left"]]
    narrow = drawn["right"] - drawn["left"] < _NARROW * (times.end - times.start)
    height = _BAND if named else _THIN_BAND
    for state, look in LOOKS.items():
        mine = drawn["state"] == state
        width = _LINE if named else 0
        _draw(ax, drawn[mine & ~narrow], height, look.colour, EDGE, width, look.hatch)
        _draw(ax, drawn[mine & narrow], height, look.colour, look.colour, _LINE)
    if named:
        _write(ax, drawn, times)
        ax.set_yticks(range(count))
        ax.set_yticklabels(_names(transitions, lives))
    else:
        ax.set_yticks([])
        ax.set_ylabel(f"{count} connections")
    ax.set_ylim(count - 0.4, -0.6)
    times.label(ax)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    legend(ax, set(drawn["state"]), title=title)
    return ax


def _draw(  # noqa: PLR0913, PLR0917  # what a band looks like
    ax: Axes,
    lives: pandas.DataFrame,
    height: float,
    colour: str,
    edge: str,
    width: float,
    hatch: str = "",
) -> None:
    if lives.empty:
        return
    left, right = lives["left"].to_numpy(), lives["right"].to_numpy()
    top, bottom = lives["row"].to_numpy() - height / 2, lives["row"].to_numpy() + height / 2
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    bands = numpy.stack([numpy.stack(corner, axis=1) for corner in corners], axis=1)
    style = {"facecolor": colour, "edgecolor": edge, "linewidth": width, "hatch": hatch}
    ax.add_collection(PolyCollection(bands, **style))


def _write(ax: Axes, lives: pandas.DataFrame, times: Times) -> None:
    for life in lives.itertuples(index=False):
        # Written where there is room; a character takes about 1.2 % of the width.
        if (life.right - life.left) / (times.end - times.start) <= 0.012 * len(life.state):
            continue
        look = LOOKS[life.state]
        box = {"facecolor": look.colour, "edgecolor": "none", "pad": 1} if look.hatch else None
        middle = (life.left + life.right) / 2
        style = {"ha": "center", "va": "center", "size": 8, "color": look.text, "bbox": box}
        ax.text(middle, life.row, life.state, **style)


def _names(transitions: pandas.DataFrame, lives: pandas.DataFrame) -> list[str]:
    """Return the names of connections, in their order."""
    shown = list(lives[["node", "connection"]].drop_duplicates().itertuples(index=False, name=None))
    if "local_port" not in transitions:
        return [f"node {node}, {connection}" for node, connection in shown]
    by_connection = changes(transitions).groupby(["node", "connection"])
    ports = by_connection[["local_port", "remote_port"]].last()
    names = []
    for node, connection in shown:
        local, remote = ports.loc[(node, connection)]
        names.append(f"node {node}: {local}{f' ↔ {remote}' if remote else ', listener'}")
    return names

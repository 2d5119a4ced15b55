# SPDX-License-Identifier: GPL-2.0-only
"""The segments of one connection between its two ends."""

from __future__ import annotations

import math

import pandas
from matplotlib.axes import Axes

from .._frames import check
from .._text import endpoint
from ..trace import changes
from .ends import both_ends
from .style import EDGE, LOOKS, new_axes, seconds

# With more a figure would be meters long.
_MOST_ROWS = 300
# Distance of two lines of text, in rows.
_ROW = 1.0
_LEFT, _RIGHT = 0.0, 1.0
_CHALLENGE = "challenge ACK"  # as records have it


def ladder(  # noqa: PLR0913  # options
    reactions: pandas.DataFrame,
    ax: Axes | None = None,
    *,
    node: int | None = None,
    connection: int | None = None,
    since: float | None = None,
    until: float | None = None,
) -> Axes:
    """Draw a ladder diagram: the segments of a connection from end to end, states on both sides.

    Time runs downwards, from event to event rather than to scale; instants stand at the edge. A
    segment is drawn where it arrives, so one that was lost is missing. It comes from the end that
    it claims to come from: a forged one is drawn as if that had sent it. Where a challenge ACK
    answers it, that is written there. `reactions` are those of both ends; `node` and `connection`
    choose the connection (None: the first that was opened actively), `since` and `until` a part of
    its time, in simulated seconds; above what happens from `since` on are the states until then.
    Raises TypeError or ValueError for another frame, one of transitions alone, if there is no such
    connection, and for more than 300 rows.
    """
    check(reactions, "seconds", "node", "connection", "segment", "from", "to", "flags", "reply")
    _check_complete(reactions)
    ends = both_ends(reactions, node, connection)
    begin = -math.inf if since is None else since
    end = math.inf if until is None else until
    sides = [_of(reactions, each).assign(side=side) for side, each in enumerate(ends)]
    rows = _rows([each[each["seconds"].between(begin, end)] for each in sides])
    if not rows:
        raise ValueError("nothing happened then: give another since or until")
    if len(rows) > _MOST_ROWS:
        first, last = rows[0]["seconds"], rows[_MOST_ROWS - 1]["seconds"]
        raise ValueError(
            f"{len(rows)} rows are too many to read: choose at most {_MOST_ROWS} by since and "
            f"until, such as since={first:g}, until={math.floor(last * 1e6) / 1e6}"
        )
    before = [each[each["seconds"] < begin] for each in sides]
    top = [row.iloc[-1] for row in before if len(row)]
    ax = new_axes(ax, 9, 1.0 + 0.36 * (len(rows) + bool(top) + 1))
    bottom = (len(rows) + bool(top)) * _ROW
    for side, end in zip((_LEFT, _RIGHT), ends):
        ax.plot([side, side], [-0.6, bottom], color=EDGE, linewidth=1.2)
        ax.text(
            side,
            -1.0,
            f"node {end['node']}\n{endpoint(end['local_address'], end['local_port'])}",
            ha="center",
            va="bottom",
            size=9,
            weight="bold",
        )
    for row in top:
        _write_state(ax, row["side"], 0, row["to"])
    for place, row in enumerate(rows, start=bool(top)):
        _draw(ax, place * _ROW, row)
    ax.set_xlim(-0.62, 1.62)
    ax.set_ylim(bottom, -2.4)
    ax.axis("off")
    return ax


def _check_complete(reactions: pandas.DataFrame) -> None:
    # A node counts the segments that it gets; transitions lack those that changed no state.
    if len(changes(reactions)) < len(reactions):
        return
    counted = reactions[reactions["segment"] > 0].groupby("node")["segment"]
    if (counted.max() - counted.min() + 1 > counted.nunique()).any():
        raise ValueError(
            "the frame has changes of state alone, so that segments are missing: give "
            "sim.reactions, or a file of reactions"
        )


def _of(reactions: pandas.DataFrame, end: dict) -> pandas.DataFrame:
    """Return the records of an end."""
    mine = reactions[
        (reactions["node"] == end["node"]) & reactions["connection"].isin(end["connections"])
    ]
    return mine[mine["remote_port"].isin((end["remote_port"], 0))]


def _rows(sides: list[pandas.DataFrame]) -> list[dict]:
    """Return what happened, in order: a row for each segment, call or timer at an end."""
    both = pandas.concat(sides).sort_index(kind="stable")
    # The steps of one segment are one row; what is no segment has a row each.
    groups: dict[tuple, list[dict]] = {}
    for number, record in enumerate(both.to_dict("records")):
        key = (record["side"], record["segment"], 0 if record["segment"] else number)
        groups.setdefault(key, []).append(record)
    rows = [
        {
            "side": records[0]["side"],
            "seconds": records[0]["seconds"],
            "segment": bool(records[0]["segment"]),
            "label": _label(records[0]),
            "from": records[0]["from"],
            "to": records[-1]["to"],
            "replies": [each["reply"] for each in records if each["reply"] != "none"],
        }
        for records in groups.values()
    ]
    # Calls that change nothing and send nothing, such as RECEIVE, would only make it long.
    return [row for row in rows if row["segment"] or row["replies"] or row["from"] != row["to"]]


def _label(record: dict) -> str:
    if not record["segment"]:
        return str(record["event"])
    text = str(record["flags"])
    if record["connection"] or text == "SYN":
        # Where there is no connection, numbers are not relative; a SYN's own would be.
        text += f"  seq {record['seq'] if record['connection'] else 0}"
        text += f"  ack {record['ack']}" if "ACK" in str(record["flags"]) else ""
    return text + (f"  len {record['length']}" if record["length"] else "")


def _draw(ax: Axes, y: float, row: dict) -> None:
    side = _LEFT if row["side"] == 0 else _RIGHT
    other = _RIGHT - side
    away = -1 if row["side"] == 0 else 1
    align = "right" if row["side"] == 0 else "left"
    if row["segment"]:
        ax.annotate(
            "",
            xy=(side, y),
            xytext=(other, y - 0.55 * _ROW),
            arrowprops={"arrowstyle": "-|>", "color": "#202020", "shrinkA": 0, "shrinkB": 0},
        )
        ax.text(
            0.5,
            y - 0.42 * _ROW,
            row["label"],
            ha="center",
            va="bottom",
            size=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.8},
        )
    text = row["label"]
    if row["segment"]:
        text = f"answers: {_CHALLENGE}" if _CHALLENGE in row["replies"] else ""
    ax.text(side + away * 0.02, y - 0.12, text, ha=align, va="bottom", size=7.5, style="italic")
    if row["from"] != row["to"]:
        _write_state(ax, row["side"], y, row["to"])
    ax.text(
        side + away * 0.6,
        y,
        seconds(row["seconds"]),
        ha=align,
        va="center",
        size=7,
        color="#606060",
    )


def _write_state(ax: Axes, side: int, y: float, state: str) -> None:
    look = LOOKS[state]
    ax.text(
        (_RIGHT + 0.03) if side else (_LEFT - 0.03),
        y + 0.12,
        state,
        ha="left" if side else "right",
        va="center",
        size=8,
        color=look.text,
        bbox={"facecolor": look.colour, "edgecolor": EDGE, "linewidth": 0.5, "pad": 1.6},
    )

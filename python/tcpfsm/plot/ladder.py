# SPDX-License-Identifier: GPL-2.0-only
"""The segments of one connection between its two ends."""

from __future__ import annotations

import pandas
from matplotlib.axes import Axes

from .ends import both_ends
from .style import LOOKS, check, new_axes, seconds

# Distance of two lines of text, in rows.
_ROW = 1.0
_LEFT, _RIGHT = 0.0, 1.0


def ladder(
    reactions: pandas.DataFrame,
    ax: Axes | None = None,
    *,
    node: int | None = None,
    connection: int | None = None,
) -> Axes:
    """Draw a ladder diagram: the segments of a connection from end to end, states on both sides.

    Time runs downwards, from event to event rather than to scale; instants stand at the edge. A
    segment is drawn where it arrives, so one that was lost is missing. `reactions` are those of
    both ends; `node` and `connection` choose the connection (None: the first that was opened
    actively). Raises ValueError if there is no such connection, or frame.
    """
    check(reactions, "seconds", "node", "connection", "segment", "from", "to", "flags", "reply")
    ends = both_ends(reactions, node, connection)
    rows = _rows(reactions, ends)
    ax = new_axes(ax, 9, 1.0 + 0.36 * (len(rows) + 1))
    bottom = len(rows) * _ROW
    for side, end in zip((_LEFT, _RIGHT), ends):
        ax.plot([side, side], [-0.6, bottom], color="#404040", linewidth=1.2)
        port = end["local_port"]
        address = end["local_address"]
        ax.text(
            side,
            -1.0,
            f"node {end['node']}\n{address}:{port}",
            ha="center",
            va="bottom",
            size=9,
            weight="bold",
        )
    for place, row in enumerate(rows):
        _draw(ax, place * _ROW, row)
    ax.set_xlim(-0.62, 1.62)
    ax.set_ylim(bottom, -2.4)
    ax.axis("off")
    return ax


def _rows(reactions: pandas.DataFrame, ends: tuple[dict, dict]) -> list[dict]:
    """Return what happened, in order: a row for each segment, call or timer at an end."""
    parts = []
    for side, end in enumerate(ends):
        mine = reactions[
            (reactions["node"] == end["node"]) & reactions["connection"].isin(end["connections"])
        ]
        mine = mine[mine["remote_port"].isin((end["remote_port"], 0))]
        parts.append(mine.assign(side=side))
    both = pandas.concat(parts).sort_index(kind="stable")
    # The steps of one segment are one row; what is no segment has a row each.
    alone = (both["segment"] == 0).cumsum() * (both["segment"] == 0)
    rows = []
    for _, group in both.groupby([both["side"], both["segment"], alone], sort=False):
        first, last = group.iloc[0], group.iloc[-1]
        replies = [str(reply) for reply in group["reply"] if reply != "none"]
        rows.append(
            {
                "order": group.index[0],
                "side": int(first["side"]),
                "seconds": first["seconds"],
                "segment": bool(first["segment"]),
                "label": _label(first),
                "from": str(first["from"]),
                "to": str(last["to"]),
                "replies": replies,
            }
        )
    rows.sort(key=lambda row: row["order"])
    # Calls that change nothing and send nothing, such as RECEIVE, would only make it long.
    return [row for row in rows if row["segment"] or row["replies"] or row["from"] != row["to"]]


def _label(record: pandas.Series) -> str:
    if not record["segment"]:
        return str(record["event"])
    text = f"{record['flags']}  seq {record['seq']}"
    if "ACK" in str(record["flags"]):
        text += f"  ack {record['ack']}"
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
    changed = row["from"] != row["to"]
    text = row["label"] if not row["segment"] else ""
    ax.text(side + away * 0.02, y - 0.12, text, ha=align, va="bottom", size=7.5, style="italic")
    if changed:
        look = LOOKS[row["to"]]
        ax.text(
            side + away * 0.03,
            y + 0.12,
            row["to"],
            ha=align,
            va="center",
            size=8,
            color=look.text,
            bbox={"facecolor": look.colour, "edgecolor": "#404040", "linewidth": 0.5, "pad": 1.6},
        )
    ax.text(
        side + away * 0.6,
        y,
        seconds(row["seconds"]),
        ha=align,
        va="center",
        size=7,
        color="#606060",
    )

# SPDX-License-Identifier: GPL-2.0-only
"""Finds the two ends of a connection in a trace."""

from __future__ import annotations

import pandas


def both_ends(
    frame: pandas.DataFrame, node: int | None, connection: int | None
) -> tuple[dict, dict]:
    """Return the ends of a connection, the chosen one first.

    Each has node, connections (its numbers there), and the last known local_address, local_port,
    remote_address, remote_port. Without `node` and `connection` it is the first that
    was opened actively. Raises ValueError if there is none.
    """
    chosen = frame
    if node is not None:
        chosen = chosen[chosen["node"] == node]
    if connection is not None:
        chosen = chosen[chosen["connection"] == connection]
    if node is None or connection is None:
        opened = chosen[chosen["event"] == "active OPEN"]
        chosen = opened if len(opened) else chosen[chosen["remote_port"] != 0]
    if chosen.empty:
        which = "" if connection is None else f" {connection}"
        where = "" if node is None else f" of node {node}"
        raise ValueError(f"there is no connection{which}{where} in the frame")
    first = chosen.iloc[0]
    mine = frame[(frame["node"] == first["node"]) & (frame["connection"] == first["connection"])]
    near = _end(mine)
    far = frame[
        (frame["node"] != near["node"])
        & (frame["local_port"] == near["remote_port"])
        & (frame["remote_port"] == near["local_port"])
        & (frame["remote_address"].astype(str) == near["local_address"])
    ]
    if far.empty:
        other = {
            "node": "?",
            "connections": [],
            "local_address": near["remote_address"],
            "local_port": near["remote_port"],
            "remote_address": near["local_address"],
            "remote_port": near["local_port"],
        }
        return near, other
    return near, _end(far)


def _end(records: pandas.DataFrame) -> dict:
    last = records.iloc[-1]
    return {
        "node": int(last["node"]),
        "connections": sorted(set(records["connection"])),
        "local_address": str(last["local_address"]),
        "local_port": int(last["local_port"]),
        "remote_address": str(last["remote_address"]),
        "remote_port": int(last["remote_port"]),
    }

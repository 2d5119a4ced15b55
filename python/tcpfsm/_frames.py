# SPDX-License-Identifier: GPL-2.0-only
"""Frames of changes of state: what they must have, and the times between the changes."""

from __future__ import annotations

import pandas

from .trace import STATES, changes


def check_frame(frame: object, source: str) -> None:
    """Raise TypeError unless it is a data frame; `source` tells where one comes from."""
    if not isinstance(frame, pandas.DataFrame):
        raise TypeError(f"{type(frame).__name__} is no data frame: give {source}")


def check_columns(frame: pandas.DataFrame, *columns: str) -> None:
    """Raise TypeError unless it is a frame, ValueError unless that has the columns."""
    check_frame(frame, "sim.transitions, sim.reactions or tcpfsm.read(file)")
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ValueError(f"the frame lacks {', '.join(missing)}: give transitions or reactions")


def check(frame: pandas.DataFrame, *columns: str) -> None:
    """Do as `check_columns`, and raise ValueError unless the frame has a row."""
    check_columns(frame, *columns)
    if frame.empty:
        raise ValueError("the frame has no rows: nothing was recorded, or the selection is empty")


def periods(transitions: pandas.DataFrame, until: float | None = None) -> pandas.DataFrame:
    """Return how long each connection was in each state.

    Columns: node, connection, state (a category), start, end (simulated seconds), open (whether the
    state had not been left at the end). Time in CLOSED is left out; states that were left at once
    are kept. `until` is when the recording ended (None: at the last change). Reactions will do as
    well: those that change no state are passed over. Raises TypeError or ValueError for what is
    neither.
    """
    check_columns(transitions, "seconds", "node", "connection", "from", "to")
    ordered = changes(transitions)
    end = float(ordered["seconds"].max()) if until is None else until
    ordered = ordered[ordered["seconds"] <= end]
    by_connection = ordered.groupby(["node", "connection"], sort=False)
    left = by_connection["seconds"].shift(-1)
    lives = pandas.DataFrame(
        {
            "node": ordered["node"],
            "connection": ordered["connection"],
            "state": pandas.Categorical(ordered["to"], categories=list(STATES)),
            "start": ordered["seconds"],
            "end": left.fillna(end),
            "open": left.isna(),
        }
    )
    return lives[lives["state"] != "CLOSED"].reset_index(drop=True)

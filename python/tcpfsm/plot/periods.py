# SPDX-License-Identifier: GPL-2.0-only
"""From changes of state to the times between them."""

from __future__ import annotations

import pandas

from ..trace import changes


def periods(transitions: pandas.DataFrame, until: float | None = None) -> pandas.DataFrame:
    """Return how long each connection was in each state.

    Columns: node, connection, state, start, end (simulated seconds), open (whether the state had
    not been left at the end). Time in CLOSED is left out; states that were left at once are kept.
    `until` is when the recording ended (None: at the last change). Reactions will do as well:
    those that change no state are passed over.
    """
    ordered = changes(transitions)
    end = float(ordered["seconds"].max()) if until is None else until
    ordered = ordered[ordered["seconds"] <= end]
    by_connection = ordered.groupby(["node", "connection"], sort=False)
    left = by_connection["seconds"].shift(-1)
    lives = pandas.DataFrame(
        {
            "node": ordered["node"],
            "connection": ordered["connection"],
            "state": ordered["to"].astype(str),
            "start": ordered["seconds"],
            "end": left.fillna(end),
            "open": left.isna(),
        }
    )
    return lives[lives["state"] != "CLOSED"].reset_index(drop=True)

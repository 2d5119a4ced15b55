# SPDX-License-Identifier: GPL-2.0-only
"""The status table as a data frame: what TCP does in each state with each segment."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pandas

from .places import own_folder

_COLUMNS = ("stack", "family", "state", "segment", "variant", "reply", "next", "verdict")
_PROGRAM = "tcp-fsm-table"


def run(stack: str = "both", *, state: str = "all", segment: str = "all") -> pandas.DataFrame:
    """Fill the table by asking simulated nodes; see `tcpfsm table --help` for the words.

    Columns: stack ("fsm" or "stock"), family, state, segment, variant, reply, next,
    expected_reply, expected_next, verdict ("right", "allowed" or "wrong"), clause. Raises
    ValueError for other words.
    """
    command = [str(own_folder(_PROGRAM) / _PROGRAM), "--format=csv", f"--stack={stack}"]
    command += [f"--state={state}", f"--segment={segment}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ValueError(done.stderr.strip() or f"{_PROGRAM} ended with {done.returncode}")
    return read(io.StringIO(done.stdout))


def read(path: str | Path | io.StringIO) -> pandas.DataFrame:
    """Read a table in CSV that tcp-fsm-table has written. Raises ValueError for another file."""
    try:
        frame = pandas.read_csv(path, keep_default_na=False)
    except (
        pandas.errors.ParserError,
        pandas.errors.EmptyDataError,
        UnicodeDecodeError,
    ) as error:
        raise ValueError(f"{path} is no status table: {error}") from error
    if not set(_COLUMNS).issubset(frame.columns):
        raise ValueError(f"{path} is no status table: it has other columns")
    return frame

# SPDX-License-Identifier: GPL-2.0-only
"""The command that shows traces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import pandas

_HELP = """Show a trace, .csv, .npy or .parquet: filter it, follow a connection, explain a record.

Records have a number, from 0, which `--explain` takes: it shows the record with its rule, the
clause that the rule comes from and what that says in a few words.

Examples:

- `tcpfsm trace reactions.npy --node 0 --connection 1`

- `tcpfsm trace reactions.npy --state TIME-WAIT --event "2MSL timeout"`

- `tcpfsm trace reactions.npy --explain 12`

- `tcpfsm trace reactions.npy --rule FIN-LAST --json`
"""

_SHOWN = ("seconds", "node", "connection", "local_port", "remote_port", "from", "event", "flags")
_SHOWN += ("seq", "ack", "length", "reply", "to", "rule")
_SHOWN_OF_CONNECTIONS = ("node", "connection", "local_port", "remote_port", "began")
_SHOWN_OF_CONNECTIONS += ("start_seconds", "established_seconds", "end_seconds")
_SHOWN_OF_CONNECTIONS += ("octets_sent", "octets_received", "last_state", "rule", "error")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trace", help=_HELP)(_trace)


def _trace(  # noqa: PLR0913, PLR0917  # options
    file: Path = typer.Argument(..., show_default=False, help="The trace."),
    node: int = typer.Option(None, show_default=False, help="Only this node."),
    connection: int = typer.Option(
        None, show_default=False, help="Only the connection of this number."
    ),
    port: int = typer.Option(
        None, show_default=False, help="Only connections with this port, at either end."
    ),
    state: str = typer.Option(
        None, show_default=False, help="Only what happens in this state, or leads to it."
    ),
    event: str = typer.Option(
        None, show_default=False, help='Only this event, such as "step 7 FIN".'
    ),
    rule: str = typer.Option(None, show_default=False, help="Only this rule."),
    since: float = typer.Option(
        None, show_default=False, help="Only from this time on, simulated seconds."
    ),
    until: float = typer.Option(
        None, show_default=False, help="Only up to this time, simulated seconds."
    ),
    changes: bool = typer.Option(False, help="Only changes of state."),
    limit: int = typer.Option(None, min=0, show_default=False, help="At most so many records."),
    explain: int = typer.Option(
        None, show_default=False, help="Explain the record of this number."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON, all columns."),
) -> None:
    from .. import trace  # noqa: PLC0415

    frame = trace.read(file)
    if explain is not None:
        _explain(frame, explain, as_json)
        return
    equal = {"node": node, "connection": connection, "event": event, "rule": rule}
    for name, value in equal.items():
        if value is not None:
            frame = frame[_column(file, frame, name) == _known(frame, name, value)]
    if port is not None:
        frame = frame[(frame["local_port"] == port) | (frame["remote_port"] == port)]
    if state is not None:
        _column(file, frame, "from")
        known = _known(frame, "from", state)
        frame = frame[(frame["from"] == known) | (frame["to"] == known)]
    if since is not None:
        frame = frame[_column(file, frame, "seconds") >= since]
    if until is not None:
        frame = frame[_column(file, frame, "seconds") <= until]
    if changes:
        _column(file, frame, "from")
        frame = trace.changes(frame)
    _print(frame.head(limit) if limit is not None else frame, as_json)


def _column(file: Path, frame: pandas.DataFrame, name: str) -> pandas.Series:
    if name not in frame:
        raise ValueError(f"{file} has no column {name}: give transitions or reactions")
    return frame[name]


def _known(frame: pandas.DataFrame, name: str, value: object) -> object:
    """Return a number as it is, and a word as the trace writes it."""
    if not isinstance(value, str):
        return value
    # A word that no record can have is a mistake rather than a filter.
    words = {each.casefold(): each for each in frame[name].cat.categories if each}
    if value.casefold() not in words:
        what = "state" if name == "from" else name
        known = ", ".join(sorted(words.values()))
        raise ValueError(f"{value!r} is no {what} of this trace; there are: {known}")
    return words[value.casefold()]


def _print(frame: pandas.DataFrame, as_json: bool) -> None:
    if as_json:
        typer.echo(_json(frame))
        return
    if frame.empty:
        typer.echo("no record", err=True)
        return
    shown = frame[list(_SHOWN if "from" in frame else _SHOWN_OF_CONNECTIONS)]
    # Times are whole nanoseconds.
    typer.echo(shown.to_string(max_colwidth=40, float_format="{:.9f}".format))


def _json(frame: pandas.DataFrame) -> str:
    records = json.loads(frame.to_json(orient="records", double_precision=9))
    for number, record in zip(frame.index, records):
        record["record"] = int(number)
    return json.dumps(records, indent=1)


def _explain(frame: pandas.DataFrame, number: int, as_json: bool) -> None:
    from .. import rules  # noqa: PLC0415

    if not 0 <= number < len(frame):
        known = f"give 0 to {len(frame) - 1}" if len(frame) else "the trace is empty"
        raise ValueError(f"there is no record {number}: {known}")
    if "from" not in frame:
        raise ValueError(
            "records of connections have no single rule; give transitions or reactions"
        )
    record = frame.iloc[[number]]
    rule = rules.find(str(record["rule"].iloc[0]))
    if as_json:
        typer.echo(json.dumps({**json.loads(_json(record))[0], "explanation": rule.as_dict()}))
        return
    row = record.iloc[0]
    cause = f"{row['event']}{' ' + row['flags'] if row['flags'] else ''}"
    typer.echo(f"At {row['seconds']:.9f} s, node {row['node']}, connection {row['connection']}:")
    typer.echo(f"  {row['from']} --[{cause}]--> {row['to']}, sends: {row['reply']}")
    typer.echo(
        f"  Segment: {row['flags'] or '-'} seq {row['seq']} ack {row['ack']} "
        f"length {row['length']} window {row['window']}"
    )
    typer.echo(rule.text(indent="  "))

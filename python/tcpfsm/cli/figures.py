# SPDX-License-Identifier: GPL-2.0-only
"""The commands that draw: plot and diagram."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import pandas

KINDS = ("timeline", "occupancy", "durations", "ladder", "diagram")
"""What can be drawn of a trace."""

_HELP = """Draw a figure of traces, .csv, .npy or .parquet.

Kinds: timeline (the states of connections), occupancy (how many are in each state), durations (time
spent in each state), ladder (the segments of one connection), diagram (the state diagram with
counts). The suffix of FIG is .svg, .pdf or .png. Traces of reactions do for all kinds; ladder needs
them.

Examples:

- `tcpfsm plot transitions.npy -o timeline.svg`
- `tcpfsm plot reactions.npy --kind ladder --connection 1 -o ladder.pdf`
"""


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("plot", help=_HELP)(_plot)


def _plot(  # noqa: PLR0913, PLR0917  # options
    traces: list[Path] = typer.Argument(..., help="Trace files; they are joined."),
    output: Path = typer.Option(..., "-o", "--output", metavar="FIG", help="The figure."),
    kind: str = typer.Option("timeline", help=f"One of {', '.join(KINDS)}."),
    node: int = typer.Option(None, help="Only this node."),
    connection: int = typer.Option(None, help="Only the connection of this number."),
    until: float = typer.Option(None, help="Simulated seconds at which the plot ends."),
) -> None:
    from .. import plot  # noqa: PLC0415

    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r}: give one of {', '.join(KINDS)}", param_hint="--kind")
    if output.suffix not in plot.FORMATS:
        raise typer.BadParameter(
            f"{output}: give a name that ends with one of {', '.join(plot.FORMATS)}",
            param_hint="--output",
        )
    frame = _select(_read(traces), node, connection, kind)
    if kind == "ladder":
        axes = plot.ladder(frame, node=node, connection=connection)
    elif kind == "diagram":
        axes = plot.diagram(frame)
    else:
        changes = frame[frame["from"] != frame["to"]]
        axes = getattr(plot, kind)(changes, until=until)
    plot.save(axes, output)


def _read(traces: list[Path]) -> pandas.DataFrame:
    import pandas  # noqa: PLC0415
    from pandas.api.types import union_categoricals  # noqa: PLC0415

    from .. import trace  # noqa: PLC0415

    frames = [trace.read(path) for path in traces]
    if len(frames) == 1:
        return frames[0]
    joined = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        categorical = all(isinstance(part.dtype, pandas.CategoricalDtype) for part in parts)
        joined[name] = union_categoricals(parts) if categorical else pandas.concat(parts).array
    return pandas.DataFrame(joined).sort_values("time_ns", kind="stable", ignore_index=True)


def _select(
    frame: pandas.DataFrame, node: int | None, connection: int | None, kind: str
) -> pandas.DataFrame:
    if "from" not in frame:
        raise ValueError("a file of connections cannot be drawn: give transitions or reactions")
    if kind == "ladder":
        return frame  # both ends are needed
    if node is not None:
        frame = frame[frame["node"] == node]
    if connection is not None:
        frame = frame[frame["connection"] == connection]
    return frame

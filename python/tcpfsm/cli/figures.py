# SPDX-License-Identifier: GPL-2.0-only
"""The commands that draw: plot and diagram."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, List

import click
import typer

from .._files import replacing

if TYPE_CHECKING:
    import pandas

KINDS = {
    "timeline": ("until", "scale"),
    "occupancy": ("until", "scale"),
    "durations": ("until",),
    "ladder": ("since", "until"),
    "diagram": (),
}
"""What can be drawn of a trace, with the options of time that it has."""

SCALES = ("auto", "linear", "steps")
"""The axes of time; what plot.times has, which takes long to load."""

_BY_GRAPHVIZ = (".svg", ".pdf", ".png")

_HELP = """Draw a figure of traces, .csv, .npy or .parquet.

Kinds: timeline (the states of connections), occupancy (how many are in each state), durations (time
spent in each state), ladder (the segments of one connection), diagram (the state diagram with
counts). The suffix of FIG is .svg, .pdf or .png. Traces of reactions do for all kinds; ladder needs
them.

Examples:

- `tcpfsm plot transitions.npy -o timeline.svg`

- `tcpfsm plot reactions.npy --kind ladder --connection 1 --until 2 -o ladder.pdf`
"""


_DIAGRAM_HELP = """Draw the state diagram, read off the table of rules.

The suffix of FIG is .svg, .pdf or .png (drawn by Graphviz), .dot or .mmd (Mermaid); "-" is standard
output. With a trace it is the diagram of RFC 9293, Figure 5, with the number of times that each
arrow was taken.

Examples:

- `tcpfsm diagram -o diagram.svg`

- `tcpfsm diagram -o - --format mermaid`

- `tcpfsm diagram transitions.npy -o taken.pdf`
"""


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("plot", help=_HELP)(_plot)
    app.command("diagram", help=_DIAGRAM_HELP)(_diagram)


def _diagram(
    traces: List[Path] = typer.Argument(
        None, show_default=False, help="Traces whose transitions are counted."
    ),
    output: Path = typer.Option(..., "-o", "--output", metavar="FIG", help="The figure."),
    language: str = typer.Option(
        "dot",
        "--format",
        click_type=click.Choice(("dot", "mermaid")),
        help="For standard output.",
    ),
) -> None:
    if traces:
        _draw(_read(traces), output, "diagram")
        return
    from .. import rules  # noqa: PLC0415

    texts = {".dot": rules.dot, ".mmd": rules.mermaid, "dot": rules.dot, "mermaid": rules.mermaid}
    kind = language if str(output) == "-" else output.suffix
    if kind in texts:
        text = texts[kind]()
        if str(output) == "-":
            print(text, end="")
        else:
            with replacing(output) as file:
                file.write_text(text, encoding="utf-8")
    elif kind in _BY_GRAPHVIZ:
        _run_dot(rules.dot(), output)
    else:
        known = ", ".join([*_BY_GRAPHVIZ, ".dot", ".mmd"])
        raise typer.BadParameter(
            f"{kind!r}: give a name that ends with one of {known}, or --format dot or mermaid",
            param_hint="--output",
        )


def _run_dot(text: str, output: Path) -> None:
    if not shutil.which("dot"):
        raise ValueError("Graphviz is missing (apt install graphviz); -o diagram.dot needs none")
    with replacing(output) as file:
        command = ["dot", f"-T{output.suffix[1:]}", "-o", str(file)]
        done = subprocess.run(
            command, input=text, encoding="utf-8", capture_output=True, check=False
        )
        if done.returncode:
            raise ValueError(f"dot: {done.stderr.strip()}")


def _plot(  # noqa: PLR0913, PLR0917  # options
    traces: List[Path] = typer.Argument(
        ..., show_default=False, help="Trace files; they are joined."
    ),
    output: Path = typer.Option(..., "-o", "--output", metavar="FIG", help="The figure."),
    kind: str = typer.Option("timeline", click_type=click.Choice([*KINDS]), help="What is drawn."),
    node: int = typer.Option(None, show_default=False, help="Only this node."),
    connection: int = typer.Option(
        None, show_default=False, help="Only the connection of this number."
    ),
    since: float = typer.Option(
        None, show_default=False, help="Simulated seconds at which a ladder begins."
    ),
    until: float = typer.Option(
        None, show_default=False, help="Simulated seconds at which the plot ends."
    ),
    scale: str = typer.Option(
        None,
        click_type=click.Choice(SCALES),
        show_default="auto",
        help="Time of timeline and occupancy: to scale, or a step for each change.",
    ),
) -> None:
    given = {"since": since, "until": until, "scale": scale}
    options = {name: value for name, value in given.items() if value is not None}
    for name in options:
        if name not in KINDS[kind]:
            known = ", ".join(each for each, names in KINDS.items() if name in names)
            raise typer.BadParameter(f"{kind} has none; it is for {known}", param_hint=f"--{name}")
    frame = _read(traces)
    if kind == "ladder":  # both ends are needed
        options.update(node=node, connection=connection)
    else:
        frame = _select(frame, node, connection)
    _draw(frame, output, kind, **options)


def _draw(frame: pandas.DataFrame, output: Path, kind: str, **options: object) -> None:
    from .. import plot  # noqa: PLC0415

    if output.suffix not in plot.FORMATS:
        raise typer.BadParameter(
            f"{output}: give a name that ends with one of {', '.join(plot.FORMATS)}",
            param_hint="--output",
        )
    plot.save(getattr(plot, kind)(frame, **options), output)


def _read(traces: list[Path]) -> pandas.DataFrame:
    import pandas  # noqa: PLC0415
    from pandas.api.types import union_categoricals  # noqa: PLC0415

    from .. import trace  # noqa: PLC0415

    frames = []
    for path in traces:
        frame = trace.read(path)
        if "from" not in frame:
            raise ValueError(f"{path} holds connections: to draw, give transitions or reactions")
        frames.append(frame)
    if len(frames) == 1:
        return frames[0]
    joined = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        categorical = all(isinstance(part.dtype, pandas.CategoricalDtype) for part in parts)
        joined[name] = union_categoricals(parts) if categorical else pandas.concat(parts).array
    return pandas.DataFrame(joined).sort_values("time_ns", kind="stable", ignore_index=True)


def _select(frame: pandas.DataFrame, node: int | None, connection: int | None) -> pandas.DataFrame:
    if node is not None:
        frame = frame[frame["node"] == node]
    if connection is not None:
        frame = frame[frame["connection"] == connection]
    return frame

# SPDX-License-Identifier: GPL-2.0-only
"""The commands that start the C++ programs with the same arguments."""

from __future__ import annotations

import subprocess
import sys

import typer

from ..places import own_folder

_PROGRAMS = {
    "demo": (
        "Run the demonstration: status table, transfer, all 21 arrows; files go to tcpfsm-demo/.",
        "tcpfsm demo --output=folder",
    ),
    "table": (
        "Fill the status table: what TCP does in each state with each segment.",
        "tcpfsm table --state=TIME-WAIT --segment=SYN,RST --json",
    ),
    "packetdrill": (
        "Run packetdrill scripts.",
        "tcpfsm packetdrill script.pkt",
    ),
    "bench": (
        "Measure what connections cost, beside ns-3's own TCP.",
        "tcpfsm bench",
    ),
}


def program(name: str) -> str:
    """Return the file of a C++ program. Raises LibraryError where it was not built."""
    return str(own_folder(f"tcp-fsm-{name}") / f"tcp-fsm-{name}")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for name, (summary, example) in _PROGRAMS.items():
        _add(app, name, summary, example)


def _add(app: typer.Typer, name: str, summary: str, example: str) -> None:
    settings = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}

    def start(context: typer.Context) -> None:
        if context.args in (["--help"], ["-h"]):
            typer.echo(f"Usage: tcpfsm {name} [OPTIONS]\n\nExample: {example}\n")
            context.args = ["--help"]
        if name == "demo" and not any(each.startswith("--output") for each in context.args):
            context.args.append("--output=tcpfsm-demo")
        if name == "table":  # as the other commands have it
            words = {"--json": "--format=json"}
            context.args = [words.get(each, each) for each in context.args]
        sys.stdout.flush()
        sys.exit(subprocess.run([program(name), *context.args], check=False).returncode)

    command = app.command(
        name,
        help=f"{summary}\n\nExample: `{example}`. Options are those of the program: --help.",
        short_help=summary,
        context_settings=settings,
        add_help_option=False,
    )
    command(start)

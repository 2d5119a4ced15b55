# SPDX-License-Identifier: GPL-2.0-only
"""The command that runs a Python script."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import List

import typer

_HELP = """Run a Python script that uses the package.

The script gets the arguments after its name. With `--save`, before it, the traces of each of its
simulations are written when it ends: FOLDER/1-transitions.npy, FOLDER/1-reactions.npy, …

Examples:

- `tcpfsm run hello.py`

- `tcpfsm run --save traces hello.py && tcpfsm plot traces/1-transitions.npy -o hello.svg`
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    settings = {"allow_interspersed_args": False}
    app.command("run", help=_HELP, context_settings=settings)(_run)


def _run(
    script: Path = typer.Argument(..., show_default=False, help="The script."),
    arguments: List[str] = typer.Argument(None, show_default=False, help="Its arguments."),
    save: Path = typer.Option(
        None, show_default=False, help="Folder for the traces of its simulations."
    ),
) -> None:
    if not script.is_file():
        raise typer.BadParameter(f"there is no file {script}", param_hint="SCRIPT")
    if save:
        from .. import simulation  # noqa: PLC0415

        save.mkdir(parents=True, exist_ok=True)
        simulation.keep_traces(save)
    sys.argv = [str(script), *(arguments or [])]
    sys.path.insert(0, str(script.resolve().parent))
    try:
        runpy.run_path(str(script), run_name="__main__")
    except Exception:
        _print_traceback(script)
        raise typer.Exit(1) from None


def _print_traceback(script: Path) -> None:
    import traceback  # noqa: PLC0415

    error = sys.exc_info()[1]
    # The script's part of it, without what has started it.
    frames = error.__traceback__
    while frames and frames.tb_frame.f_code.co_filename != str(script):
        frames = frames.tb_next
    shown = error.with_traceback(frames or error.__traceback__)
    traceback.print_exception(type(shown), shown, shown.__traceback__)

# SPDX-License-Identifier: GPL-2.0-only
"""The command `tcpfsm`.

Exit codes: 0; 1 where something was found wrong (by table --check, doctor, a script); 2 for a wrong
command line or unusable files; 130 after Ctrl-C.
"""

from __future__ import annotations

import sys

import click
import typer

from .. import __version__
from . import doctor, explain, figures, programs, scripts, traces


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tcpfsm {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="tcpfsm",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="TCP by the state diagram of RFC 9293 in ns-3.",
    epilog="Each command has examples: tcpfsm trace --help. Shell completion: "
    "tcpfsm --install-completion.",
)


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", is_eager=True, callback=_tell_version, help="Tell the version and exit."
    ),
) -> None:
    pass


for module in (programs, scripts, figures, traces, explain, doctor):
    module.add_to(app)


def main() -> None:
    """Run the command line and exit."""
    try:
        app(prog_name="tcpfsm")
    except (OSError, ValueError, ImportError, TypeError) as error:
        # What users give is checked by the package; its messages tell the remedy.
        click.echo(f"tcpfsm: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)

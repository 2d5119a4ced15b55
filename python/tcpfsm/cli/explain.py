# SPDX-License-Identifier: GPL-2.0-only
"""The commands that explain rules and draw the diagram of the table."""

from __future__ import annotations

import json

import click
import typer

# The words of the module `rules`, which takes long to load.
STATES = (
    "CLOSED",
    "LISTEN",
    "SYN-SENT",
    "SYN-RCVD",
    "SYN-RCVD/simultaneous",
    "ESTABLISHED",
    "FIN-WAIT-1",
    "FIN-WAIT-1/closed",
    "FIN-WAIT-2",
    "FIN-WAIT-2/closed",
    "CLOSE-WAIT",
    "CLOSING",
    "LAST-ACK",
    "TIME-WAIT",
)
SEGMENTS = ("SYN", "SYN-ACK", "SYN-FIN", "ACK", "FIN", "FIN-ACK", "RST", "RST-ACK")
VARIANTS = ("exact", "seq-1", "in-window", "beyond", "data", "no-ack", "ack-unsent", "ack-una")
VARIANTS += ("ack-below-una", "ack-old")

_HELP = """Tell what happens to a segment in a state, and why, in every profile.

STATE is one of the eleven states, of which three have two forms; SEGMENT is named by its flags. Its
numbers are those that the state expects, or others with `--variant`.

Examples:

- `tcpfsm explain TIME-WAIT SYN`

- `tcpfsm explain ESTABLISHED RST --variant in-window`

- `tcpfsm explain LISTEN SYN-ACK --json`
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", help=_HELP)(_explain)


def _explain(
    state: str = typer.Argument(
        ...,
        click_type=click.Choice(STATES, case_sensitive=False),
        metavar="STATE",
        show_default=False,
        help="The state.",
    ),
    segment: str = typer.Argument(
        ...,
        click_type=click.Choice(SEGMENTS, case_sensitive=False),
        metavar="SEGMENT",
        show_default=False,
        help=f"The segment's flags: {', '.join(SEGMENTS)}.",
    ),
    variant: str = typer.Option(
        "exact",
        click_type=click.Choice(VARIANTS),
        metavar="NUMBERS",
        help=f"The segment's numbers: {', '.join(VARIANTS)}.",
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    from .. import rules  # noqa: PLC0415

    fired = {
        profile: rules.explain(state, segment, variant=variant, profile=profile)
        for profile in rules.profiles()
    }
    if as_json:
        found = {name: [rule.as_dict() for rule in each] for name, each in fired.items()}
        typer.echo(json.dumps(found, indent=1))
        return
    told: dict[tuple, list[str]] = {}
    for profile, each in fired.items():
        told.setdefault(tuple(each), []).append(profile)
    for each, profiles in told.items():
        typer.echo(f"{', '.join(profiles)}: {_outcome(state, each)}")
        for rule in each:
            typer.echo(rule.text(indent="  "))
        typer.echo("")


def _outcome(state: str, fired: tuple) -> str:
    if not fired:
        return f"nothing; stays in {state}"
    sent = [rule.reply for rule in fired if rule.reply != "none"]
    entered = [rule.next for rule in fired if rule.next]
    change = f"{state} -> {entered[-1]}" if entered else f"stays in {state}"
    return f"{change}, sends {' and '.join(sent) or 'nothing'}"

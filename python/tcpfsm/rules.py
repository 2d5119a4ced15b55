# SPDX-License-Identifier: GPL-2.0-only
"""The table of rules in words, and which rules a segment fires."""

from __future__ import annotations

import functools
import textwrap
from dataclasses import asdict, dataclass, fields

from ._load import load, ns

_WIDTH = 96


@dataclass(frozen=True)
class Rule:
    """A rule of the table."""

    id: str
    """Identifier, as in traces."""
    event: str
    """What happens."""
    states: str
    """Where it can match, such as "all but CLOSED"."""
    condition: str
    """What must hold besides; empty: nothing."""
    reply: str
    """What it sends, or "none"."""
    effects: str
    """What else it does; empty: nothing."""
    next: str
    """The state entered; empty: it stays."""
    signal: str
    """What the application is told, or "none"."""
    refusal: str
    """Why a call is refused, or "none"."""
    clause: str
    """Where it comes from."""
    summary: str
    """What it says in a few words."""
    arrow: int
    """Arrow of the diagram of RFC 9293, 1 to 21; 0: none."""
    quiet: bool
    """Whether nothing happens, so that traces don't have it."""

    def as_dict(self) -> dict[str, str | int | bool]:
        """Return the fields by name."""
        return asdict(self)

    def text(self, indent: str = "") -> str:
        """Return it for people, in a few lines."""
        lines = [f"Rule {self.id}: {self.summary}", f"Clause: {self.clause}"]
        lines.append(
            f"When: {self.event} in {self.states}" + (self.condition and "; " + self.condition)
        )
        acts = [f"sends {self.reply}"] if self.reply != "none" else []
        acts += [self.effects] if self.effects else []
        acts += [f"enters {self.next}"] if self.next else []
        acts += [f"application: {self.signal}"] if self.signal != "none" else []
        acts += [f"error: {self.refusal}"] if self.refusal != "none" else []
        lines.append(f"Does: {'; '.join(acts) or 'nothing'}")
        return "\n".join(
            textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
            for line in lines
        )


@functools.lru_cache(maxsize=1)
def table() -> tuple[Rule, ...]:
    """Return all rules in their order."""
    return tuple(map(_rule, _native().Rules()))


def find(identifier: str) -> Rule:
    """Return the rule of an identifier, such as "FIN-LAST". Raises ValueError if there is none."""
    for rule in table():
        if rule.id == identifier:
            return rule
    raise ValueError(f"there is no rule {identifier!r}")


def profiles() -> list[str]:
    """Return the names of the profiles."""
    return _texts(_native().Profiles())


def states() -> list[str]:
    """Return the states that `explain` knows; three have two forms."""
    return _texts(_native().States())


def segments() -> list[str]:
    """Return the segments that `explain` knows."""
    return _texts(_native().Segments())


def variants() -> list[str]:
    """Return the numbers that segments can carry, as in the status table."""
    return _texts(_native().Variants())


def explain(
    state: str, segment: str, *, variant: str = "exact", profile: str = "rfc9293"
) -> list[Rule]:
    """Return the rules that a segment fires in a state, in their order.

    `segment` is named by its flags; `variant` tells its numbers: "exact" is what the state expects,
    "in-window" has a later SEG.SEQ, and so on (see `variants`). Raises ValueError for other words.
    """
    known = {"state": states(), "segment": segments(), "variant": variants(), "profile": profiles()}
    question = _native_question()
    given = {"state": state, "segment": segment, "variant": variant, "profile": profile}
    for name, word in given.items():
        if word not in known[name]:
            raise ValueError(f"{name} is {word!r}: give one of {', '.join(known[name])}")
        setattr(question, name, word)
    return [_rule(text) for text in _native().Explain(question)]


def dot() -> str:
    """Return the state diagram, read off the table, in Graphviz's language."""
    load("tcp-fsm-diagram.h")
    return str(ns.tcpfsm.ToDot())


def mermaid() -> str:
    """Return the state diagram, read off the table, in Mermaid's language."""
    load("tcp-fsm-diagram.h")
    return str(ns.tcpfsm.ToMermaid())


def _native() -> object:
    load("tcp-fsm-explanation.h")
    return ns.TcpFsmExplanation


def _native_question() -> object:
    load("tcp-fsm-explanation.h")
    return ns.TcpFsmQuestion()


def _rule(text: object) -> Rule:
    values = {field.name: getattr(text, field.name) for field in fields(Rule)}
    kinds = {"arrow": int, "quiet": bool}
    return Rule(**{name: kinds.get(name, str)(value) for name, value in values.items()})


def _texts(names: object) -> list[str]:
    return [str(name) for name in names]

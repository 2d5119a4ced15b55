# SPDX-License-Identifier: GPL-2.0-only
"""Networks of simulated hosts, and what is done to their segments on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Iterator

from ._load import ns
from ._quantity import duration, integer, names, probability
from .host import Host

if TYPE_CHECKING:
    from .simulation import Simulation

SEGMENTS = ("SYN", "SYN-ACK", "SYN-FIN", "FIN", "FIN-ACK", "RST", "RST-ACK", "ACK", "data", "any")
"""What a filter can tell apart; FIN and RST are those with and without ACK."""

_NUMBER = r"[1-9]\d{0,9}"
_WHICH = rf"first( {_NUMBER})?|every( {_NUMBER}(st|nd|rd|th))?|{_NUMBER}(st|nd|rd|th)"
_RULE = re.compile(
    rf"(?P<action>drop|duplicate|delay) ({_WHICH}|(?P<percent>\d+(\.\d+)?)% of) "
    rf"({'|'.join(SEGMENTS)})( from node (?P<node>\d+))?( by (?P<time>\S+))?"
)


class Network:
    """Hosts and links, made by `Simulation.pair`, `chain`, `star` and `dumbbell`.

    `network[0]` is the first `Host`. It has its `simulation`, all `hosts`, and in `stock` the
    numbers of those with ns-3's own TCP.
    """

    def __init__(self, simulation: Simulation, topology: object, stock: set[int]) -> None:
        self.simulation = simulation
        self._topology = topology
        self.stock = stock
        self.hosts = [Host(self, index) for index in range(topology.GetHosts().GetN())]
        self._filter: object | None = None
        self._counts: list[int] = []  # what rules did, and those unused, when it ended
        self._unused: list[str] = []
        self._rules = 0

    @property
    def topology(self) -> object:
        """The ns-3 object, a TcpFsmTopology. Raises RuntimeError after the simulation."""
        self.simulation._check_open()
        return self._topology

    def __len__(self) -> int:
        """Return the number of hosts."""
        return len(self.hosts)

    def __getitem__(self, index: int) -> Host:
        """Return a host by its number. Raises IndexError."""
        try:
            return self.hosts[index]
        except IndexError:
            raise IndexError(f"host {index}: there are 0 to {len(self) - 1}") from None

    def __iter__(self) -> Iterator[Host]:
        """Go through the hosts."""
        return iter(self.hosts)

    def drop(self, segments: str | None = None, **which: object) -> int:
        """Drop segments on the way, and return the number of the rule.

        Say which by one of: first="FIN"; nth=2, segments="SYN"; first=3, segments="data";
        every="SYN-ACK"; every=2, segments="SYN-ACK"; probability=0.05, segments="data". Segments
        are those of `SEGMENTS`. With `node` only those that this host (or its number) sends count.
        Of several rules the first that means a segment decides. Raises TypeError, ValueError.
        """
        return self.filter(f"drop {self._which(segments, **which)}")

    def duplicate(self, segments: str | None = None, **which: object) -> int:
        """Deliver segments twice; else like `drop`."""
        return self.filter(f"duplicate {self._which(segments, **which)}")

    def delay(self, segments: str | None = None, *, by: str | float, **which: object) -> int:
        """Deliver segments later by a time (seconds, or such as "20ms"); else like `drop`."""
        text = duration(by, "by")
        return self.filter(f"delay {self._which(segments, **which)} by {text}")

    def filter(self, rule: str) -> int:
        """Add a rule in words, such as "delay every 2nd SYN-ACK by 20ms", and return its number.

        Raises ValueError for what is no rule.
        """
        match = _RULE.fullmatch(rule)
        if not match:
            raise ValueError(
                f"rule is {rule!r}: say ACTION WHICH SEGMENTS [from node N] [by TIME], such as "
                f"'drop first FIN'; SEGMENTS is one of {', '.join(SEGMENTS)}"
            )
        if (match["action"] == "delay") != (match["time"] is not None):
            raise ValueError(f"rule is {rule!r}: 'by TIME' belongs to delay, and only there")
        if match["time"]:
            rule = rule[: match.start("time")] + duration(match["time"], "by")
        if match["node"] and int(match["node"]) not in {host.id for host in self.hosts}:
            raise ValueError(f"rule is {rule!r}: no host here has node id {match['node']}")
        if match["percent"]:
            probability(float(match["percent"]) / 100, "the probability")
        self.simulation._check_open()
        if self._filter is None:
            self._filter = ns.TcpFsmSegmentFilter(self.topology.GetHosts())
            self.simulation._assign_streams(self._filter)
        self._rules += 1
        return self._filter.Add(rule)

    def filtered(self, rule: int) -> int:
        """Return how many segments the rule of that number has dropped, duplicated or delayed.

        Raises ValueError for a number that no rule has.
        """
        if self._rules == 0:
            raise ValueError(f"there is no rule {rule}: this network has none")
        return self._acted()[integer(rule, "rule", 0, self._rules - 1)]

    def unused_rules(self) -> list[str]:
        """Return the rules that have not met any segment so far."""
        if self._filter is None:
            return self._unused
        return [str(rule) for rule in self._filter.GetUnused()]

    def _acted(self) -> list[int]:
        if self._filter is None:
            return self._counts
        return [self._filter.GetActed(rule) for rule in range(self._rules)]

    def _end(self) -> None:
        self._counts, self._unused = self._acted(), self.unused_rules()
        # What is held by Python would keep ns-3 from closing files.
        self._topology = self._filter = None
        for host in self.hosts:
            host._node = None

    def _which(  # noqa: PLR0913  # the words of a rule
        self,
        segments: str | None,
        *,
        first: object = None,
        nth: int | None = None,
        every: object = None,
        probability: float | None = None,
        node: Host | int | None = None,
        **others: object,
    ) -> str:
        names(others, ("segments", "first", "nth", "every", "probability", "node"))
        given = {"first": first, "nth": nth, "every": every, "probability": probability}
        given = {name: value for name, value in given.items() if value is not None}
        if len(given) != 1:
            raise TypeError("say which segments by one of first, nth, every, probability")
        ((name, value),) = given.items()
        if isinstance(value, str):
            if segments is not None or name not in ("first", "every"):
                raise TypeError(f"{name} is {value!r}: give a number")
            segments, value = value, 1
        if segments not in SEGMENTS:
            raise ValueError(f"segments is {segments!r}: give one of {', '.join(SEGMENTS)}")
        words = _words(name, value)
        source = "" if node is None else f" from node {self._host(node).id}"
        return f"{words} {segments}{source}"

    def _host(self, host: Host | int) -> Host:
        if isinstance(host, Host):
            return host
        return self[integer(host, "node", 0, len(self) - 1)]


def _words(name: str, value: object) -> str:
    if name == "probability":
        return f"{_percent(value)}% of"
    number = integer(value, name, 1, 1_000_000_000)
    if name == "first":
        return "first" if number == 1 else f"first {number}"
    if name == "every":
        return "every" if number == 1 else f"every {_ordinal(number)}"
    return _ordinal(number)


def _percent(value: object) -> str:
    return f"{probability(value, 'probability') * 100:.10f}".rstrip("0").rstrip(".")


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"

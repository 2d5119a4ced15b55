# SPDX-License-Identifier: GPL-2.0-only
"""Segments that no TCP has sent."""

from __future__ import annotations

import functools
import ipaddress
import operator
from dataclasses import dataclass

from ._load import ns
from ._quantity import integer, port
from ._script import SCRIPT
from .packets import FLAGS

_FLAGS = {name: bit for bit, name in FLAGS}
_MOST = (1 << 32) - 1


@dataclass(frozen=True)
class Forged:
    """The fields of a segment; see `Host.forge`."""

    flags: str
    source: str
    source_port: int
    destination: str
    destination_port: int
    seq: int
    ack: int
    window: int

    def __post_init__(self) -> None:
        unknown = [flag for flag in self.flags.split("-") if flag not in _FLAGS]
        if unknown:
            known = ", ".join(_FLAGS)
            raise ValueError(f"flags is {self.flags!r}: join some of {known} by '-'")
        for name in ("source", "destination"):
            address = getattr(self, name)
            try:
                ipaddress.IPv4Address(address)
            except ValueError:
                raise ValueError(f"{name} is {address!r}: give an IPv4 address") from None
        port(self.source_port, "source_port")
        port(self.destination_port)
        integer(self.seq, "seq", 0, _MOST)
        integer(self.ack, "ack", 0, _MOST)
        integer(self.window, "window", 0, 65535)

    def send(self, node: object) -> None:
        """Send it from a node's first point-to-point device. Raises ValueError if there is none."""
        segment = ns.TcpFsmForgedSegment()
        segment.source = ns.Ipv4Address(self.source)
        segment.destination = ns.Ipv4Address(self.destination)
        segment.sourcePort = self.source_port
        segment.destinationPort = self.destination_port
        segment.flags = functools.reduce(operator.or_, map(_FLAGS.get, self.flags.split("-")))
        segment.seq = self.seq
        segment.ack = self.ack
        segment.window = self.window
        if not SCRIPT.Forge(node, segment):
            raise ValueError("the host has no link")

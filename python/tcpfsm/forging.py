# SPDX-License-Identifier: GPL-2.0-only
"""Segments that no TCP has sent."""

from __future__ import annotations

import ctypes
import functools
import ipaddress
import operator
from dataclasses import dataclass

from ._load import ns
from ._quantity import integer, octets, port
from ._script import SCRIPT
from .packets import FLAGS

_FLAGS = {name: bit for bit, name in FLAGS}
_MOST = (1 << 32) - 1
_MOST_OCTETS = 65535 - 60  # of text, in a packet with both headers


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
    data: bytes = b""

    def __post_init__(self) -> None:
        unknown = [flag for flag in self.flags.split("-") if flag not in _FLAGS]
        if unknown:
            known = ", ".join(_FLAGS)
            raise ValueError(f"flags is {self.flags!r}: join some of {known} by '-'")
        source, destination = (self._address(name) for name in ("source", "destination"))
        if source.version != destination.version:
            raise ValueError(f"{source} and {destination} are of different versions of IP")
        port(self.source_port, "source_port")
        port(self.destination_port)
        integer(self.seq, "seq", 0, _MOST)
        integer(self.ack, "ack", 0, _MOST)
        integer(self.window, "window", 0, 65535)
        if len(octets(self.data)) > _MOST_OCTETS:
            raise ValueError(f"data has {len(self.data)} octets: give {_MOST_OCTETS} at the most")

    def _address(self, name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
        address = getattr(self, name)
        try:
            return ipaddress.ip_address(address)
        except ValueError:
            raise ValueError(f"{name} is {address!r}: give an address") from None

    def send(self, node: object) -> None:
        """Send it from a node's first point-to-point device. Raises ValueError if there is none."""
        segment = ns.TcpFsmForgedSegment()
        is_ipv4 = isinstance(self._address("source"), ipaddress.IPv4Address)
        kind = ns.Ipv4Address if is_ipv4 else ns.Ipv6Address
        segment.source = kind(self.source).ConvertTo()
        segment.destination = kind(self.destination).ConvertTo()
        segment.sourcePort = self.source_port
        segment.destinationPort = self.destination_port
        segment.flags = functools.reduce(operator.or_, map(_FLAGS.get, self.flags.split("-")))
        segment.seq = self.seq
        segment.ack = self.ack
        segment.window = self.window
        text = octets(self.data)
        segment.octets = ctypes.cast(text, ctypes.c_void_p).value if text else 0
        segment.length = len(text)
        if not SCRIPT.Forge(node, segment):
            raise ValueError("the host has no link")

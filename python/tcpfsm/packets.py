# SPDX-License-Identifier: GPL-2.0-only
"""Reads ns-3's captures and the headers of what is in them."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Iterator

_MAGICS = {0xA1B2C3D4: 1000, 0xA1B23C4D: 1}
_ETHERNET, _PPP, _RAW = 1, 9, 101
_TCP = 6
_IPV4_HEADER, _IPV6_HEADER, _TCP_HEADER = 20, 40, 20  # octets, without options
# Octets before the IP header, and how its version is told there.
_LINKS = {
    _ETHERNET: (14, {b"\x08\x00": 4, b"\x86\xdd": 6}),
    _PPP: (2, {b"\x00\x21": 4, b"\x00\x57": 6}),
    _RAW: (0, {}),
}
FLAGS = ((2, "SYN"), (1, "FIN"), (4, "RST"), (8, "PSH"), (16, "ACK"), (32, "URG"))
FLAGS += ((64, "ECE"), (128, "CWR"))
"""Bits of the TCP header, in the order in which a name has them."""

Segment = tuple
"""source address, source port, destination address, destination port, flags, octets of data."""


class Capture:
    """A .pcap file: an iterator over (time, octets, length on the wire)."""

    def __init__(self, path: str | Path) -> None:
        """Read the file. Raises ValueError for what is none, or of another kind of link."""
        self._octets = Path(path).read_bytes()
        magic = self._octets[:4]
        self._order = "little" if int.from_bytes(magic, "little") in _MAGICS else "big"
        self.unit = _MAGICS.get(int.from_bytes(magic, self._order), 0)
        """Nanoseconds of a unit of time."""
        if not self.unit or len(self._octets) < 24:  # noqa: PLR2004  # of the file's header
            raise ValueError(f"{path} is no .pcap file")
        self.snap_length = self._number(16)
        self.link_type = self._number(20)
        if self.link_type not in _LINKS:
            raise ValueError(f"{path}: links of type {self.link_type} are not understood")

    def __iter__(self) -> Iterator[tuple[int, bytes, int]]:
        """Go through the packets; a last one that is incomplete is left out."""
        place, per_second = 24, 1_000_000_000 // self.unit
        while place + 16 <= len(self._octets):
            seconds, fraction, size, length = (self._number(place + i) for i in (0, 4, 8, 12))
            octets = self._octets[place + 16 : place + 16 + size]
            if len(octets) < size:
                return
            yield seconds * per_second + fraction, octets, length
            place += 16 + size

    def _number(self, place: int) -> int:
        return int.from_bytes(self._octets[place : place + 4], self._order)


def parse_tcp(link_type: int, octets: bytes) -> Segment | None:
    """Return what tells a TCP segment from others, None for another packet."""
    size, versions = _LINKS[link_type]
    packet = octets[size:]
    if not packet:
        return None
    version = versions.get(octets[size - 2 : size]) if versions else packet[0] >> 4
    if version == 4 and len(packet) >= _IPV4_HEADER:  # noqa: PLR2004
        header = (packet[0] & 15) * 4
        protocol, source, destination = packet[9], packet[12:16], packet[16:20]
        length = int.from_bytes(packet[2:4], "big") - header
    elif version == 6 and len(packet) >= _IPV6_HEADER:  # noqa: PLR2004
        header = _IPV6_HEADER
        protocol, source, destination = packet[6], packet[8:24], packet[24:40]
        length = int.from_bytes(packet[4:6], "big")
    else:
        return None
    tcp = packet[header:]
    if protocol != _TCP or len(tcp) < _TCP_HEADER:
        return None
    return (
        str(ipaddress.ip_address(source)),
        int.from_bytes(tcp[0:2], "big"),
        str(ipaddress.ip_address(destination)),
        int.from_bytes(tcp[2:4], "big"),
        "-".join(name for bit, name in FLAGS if tcp[13] & bit) or "none",
        length - (tcp[12] >> 4) * 4,
    )

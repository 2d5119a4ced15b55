# SPDX-License-Identifier: GPL-2.0-only
"""Captures with what TCP thought of each segment: pcapng files with comments."""

from __future__ import annotations

from collections import defaultdict, deque
from pathlib import Path
from typing import TYPE_CHECKING

from ._files import replacing
from .packets import Capture, parse_tcp

if TYPE_CHECKING:
    import pandas

# Types and codes of pcapng.
_SECTION, _INTERFACE, _PACKET = 0x0A0D0D0A, 1, 6
_BYTE_ORDER, _VERSION, _UNKNOWN_LENGTH = 0x1A2B3C4D, (1, 0), b"\xff" * 8
_COMMENT, _RESOLUTION, _APPLICATION = 1, 9, 4


def to_pcapng(pcap: str | Path, reactions: pandas.DataFrame, output: str | Path) -> int:
    """Write a capture in which segments carry comments, and return how many do.

    `pcap` is a file of ns-3 (point-to-point, CSMA or raw IP). A segment gets comments where it
    arrived at a node whose reactions are in the frame: one for each rule that it fired, with
    states, rule, clause and what was sent. Wireshark and tshark show them as frame.comment. Raises
    ValueError for what is no such file or frame.
    """
    capture = Capture(pcap)
    comments = _comments(reactions, capture.unit)
    commented = 0
    with replacing(output) as path, path.open("wb") as file:
        file.write(_section())
        file.write(_interface(capture.link_type, capture.snap_length, capture.unit))
        for time, octets, length in capture:
            told: list[str] = []
            segment = parse_tcp(capture.link_type, octets)
            queue = comments.get((time, *segment)) if segment else None
            if queue:
                told = queue.popleft()
                commented += 1
            file.write(_packet(time, octets, length, told))
    return commented


def _comments(reactions: pandas.DataFrame, unit: int) -> dict[tuple, deque[list[str]]]:
    """Return the comments by time (in units of so many nanoseconds) and what tells segments."""
    needed = {"segment", "flags", "remote_address", "reply", "rule", "clause", "length"}
    if not needed.issubset(getattr(reactions, "columns", ())):
        raise ValueError("the frame holds no reactions: give Simulation.reactions, or such a file")
    caused = reactions[reactions["segment"] != 0]
    found: dict[tuple, deque[list[str]]] = defaultdict(deque)
    for _, records in caused.groupby(["node", "segment"], sort=False):
        first = records.iloc[0]
        key = (
            int(first["time_ns"]) // unit,
            str(first["remote_address"]),
            int(first["remote_port"]),
            str(first["local_address"]),
            int(first["local_port"]),
            str(first["flags"]),
            int(first["length"]),
        )
        states = zip(records["from"], records["to"])
        rules = zip(states, records["rule"], records["clause"], records["reply"])
        found[key].append([_line(*each) for each in rules])
    return found


def _line(states: tuple[str, str], rule: str, clause: str, reply: str) -> str:
    sent = "" if reply == "none" else f", sends {reply}"
    change = states[0] if states[0] == states[1] else f"{states[0]} → {states[1]}"
    return f"{change}: {rule} ({clause}){sent}"


def _section() -> bytes:
    major, minor = (each.to_bytes(2, "little") for each in _VERSION)
    body = _BYTE_ORDER.to_bytes(4, "little") + major + minor + _UNKNOWN_LENGTH
    return _block(_SECTION, body + _options([(_APPLICATION, b"tcpfsm")]))


def _interface(link_type: int, snap_length: int, unit: int) -> bytes:
    body = link_type.to_bytes(2, "little") + bytes(2) + snap_length.to_bytes(4, "little")
    digits = 9 if unit == 1 else 6
    return _block(_INTERFACE, body + _options([(_RESOLUTION, bytes([digits]))]))


def _packet(time: int, octets: bytes, length: int, comments: list[str]) -> bytes:
    high, low = time >> 32, time & 0xFFFFFFFF
    numbers = (0, high, low, len(octets), length)
    body = b"".join(number.to_bytes(4, "little") for number in numbers) + _padded(octets)
    return _block(_PACKET, body + _options([(_COMMENT, each.encode()) for each in comments]))


def _options(options: list[tuple[int, bytes]]) -> bytes:
    if not options:
        return b""
    parts = [
        code.to_bytes(2, "little") + len(value).to_bytes(2, "little") + _padded(value)
        for code, value in options
    ]
    return b"".join(parts) + bytes(4)


def _block(kind: int, body: bytes) -> bytes:
    length = (len(body) + 12).to_bytes(4, "little")
    return kind.to_bytes(4, "little") + length + body + length


def _padded(octets: bytes) -> bytes:
    return octets + bytes(-len(octets) % 4)

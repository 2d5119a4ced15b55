# SPDX-License-Identifier: GPL-2.0-only
"""Checks what users give before ns-3 sees it, as that ends the program at what it cannot read."""

from __future__ import annotations

import re
from numbers import Real
from typing import Collection, Iterable

_NUMBER = r"(?P<number>\d+(\.\d*)?|\.\d+)"
_EXPONENT = r"(?P<exponent>[eE][+-]?\d+)?"
# Those that ns-3 reads, and how many bits, octets and nanoseconds they are.
_RATE = re.compile(
    _NUMBER + r"(?P<prefix>[kKMG]?)((?P<binary>(?<=[KMG])i)?(?P<unit>[bB])/s|(?P<ps>[bB])ps)"
)
_QUEUE = re.compile(_NUMBER + r"((?P<packets>p)|(?P<prefix>[kKM]?)(?P<binary>(?<=[KM])i)?B)")
_TIME = re.compile(_NUMBER + _EXPONENT + r"(?P<unit>fs|ps|ns|us|ms|s|min|h|d|y)")
_POWERS = {"": 0, "k": 1, "K": 1, "M": 2, "G": 3}
_NANOSECONDS = {"fs": 1e-6, "ps": 1e-3, "ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "min": 60e9}
_NANOSECONDS.update({"h": 3600e9, "d": 86400e9, "y": 365 * 86400e9})
_SECOND = 1_000_000_000
_MOST_SECONDS = 9e9  # that ns-3 can count, in nanoseconds
_MOST_BITS = (1 << 63) - 1
_MOST_ROOM = (1 << 32) - 1


def rate(value: object, name: str = "rate") -> str:
    """Return a data rate such as "10Mbps"; a number is bits a second."""
    bits = _plain(value)
    match = isinstance(value, str) and _RATE.fullmatch(value)
    if match:
        octets = 8 if "B" in (match["unit"], match["ps"]) else 1
        bits = float(match["number"]) * octets * _multiple(match)
    if bits is None or not 1 <= bits <= _MOST_BITS:
        raise ValueError(
            f"{name} is {value!r}: give a number and a unit, such as '10Mbps', 1 bit/s to 9e9 Gbps"
        )
    return f"{int(bits)}bps"


def duration(value: object, name: str = "delay") -> str:
    """Return a time such as "5ms"; a number is seconds."""
    if _plain(value) is not None:
        return f"{nanoseconds(value, name)}ns"
    match = isinstance(value, str) and _TIME.fullmatch(value)
    count = -1.0
    if match:
        number_text = match["number"] + (match["exponent"] or "")
        count = float(number_text) * _NANOSECONDS[match["unit"]]
    if not 0 <= count <= _MOST_SECONDS * _SECOND:
        raise ValueError(
            f"{name} is {value!r}: give seconds, or text such as '5ms', at most {_MOST_SECONDS:g} s"
        )
    return f"{round(count)}ns"


def queue(value: object, name: str = "queue") -> str:
    """Return room for packets or octets, such as "100p" or "64kB"; a number is packets."""
    room, unit = _plain(value), "p"
    match = isinstance(value, str) and _QUEUE.fullmatch(value)
    if match:
        room = float(match["number"])
        if not match["packets"]:
            room, unit = room * _multiple(match), "B"
    if room is None or not 1 <= room <= _MOST_ROOM:
        raise ValueError(
            f"{name} is {value!r}: give packets or octets, such as '100p' or '64kB' (of p, B, kB, "
            f"KiB, MB, MiB), 1 to {_MOST_ROOM}"
        )
    return f"{int(room)}{unit}"


def probability(value: object, name: str = "loss") -> float:
    """Return a probability."""
    return _number(value, name, 0, 1)


def nanoseconds(seconds: object, name: str) -> int:
    """Return simulated seconds as nanoseconds, not negative."""
    number = _number(seconds, name, 0, _MOST_SECONDS)
    return round(number * _SECOND)


def integer(value: object, name: str, least: int, most: int) -> int:
    """Return an integer in a range, both ends included."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} is {value!r}: give an integer")
    number = value.__index__()
    if not least <= number <= most:
        raise ValueError(f"{name} is {number}: give {least} to {most}")
    return number


def octets(value: object, name: str = "data") -> bytes:
    """Return octets as bytes."""
    try:
        return bytes(memoryview(value))
    except TypeError:
        remedy = "give bytes, such as b'hello' or text.encode()"
        raise TypeError(f"{name} is {value!r:.40}: {remedy}") from None


def port(value: object, name: str = "port", least: int = 1) -> int:
    """Return a port number."""
    return integer(value, name, least, 65535)


def choice(value: object, name: str, choices: Collection[str]) -> str:
    """Return one of some words."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}: give one of {', '.join(choices)}")
    return str(value)


def whole(value: object, name: str, least: int, most: int) -> int:
    """Return an integer in a range; a float or text that is an integer will do."""
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        value = int(value)
    elif isinstance(value, Real) and value == value // 1:
        value = value if hasattr(value, "__index__") else int(value)
    if isinstance(value, str) or (isinstance(value, Real) and not hasattr(value, "__index__")):
        raise ValueError(f"{name} is {value!r}: give an integer, {least} to {most}")
    return integer(value, name, least, most)


def number(value: object, name: str, least: float, most: float) -> float:
    """Return a number in a range; text of one will do."""
    try:
        value = float(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"{name} is {value!r}: give a number") from None
    return _number(value, name, least, most)


def _plain(value: object) -> Real | None:
    return value if isinstance(value, Real) and not isinstance(value, bool) else None


def _multiple(match: re.Match) -> int:
    return (1024 if match["binary"] else 1000) ** _POWERS[match["prefix"]]


def names(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise TypeError for an option of a name that is not known."""
    for name in given:
        if name not in known:
            raise TypeError(f"there is no option {name}: give some of {', '.join(known)}")


def _number(value: object, name: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} is {value!r}: give a number")
    if not least <= value <= most:
        raise ValueError(f"{name} is {value}: give {least:g} to {most:g}")
    return float(value)

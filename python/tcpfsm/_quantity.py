# SPDX-License-Identifier: GPL-2.0-only
"""Checks what users give before ns-3 sees it, as that ends the program at what it cannot read."""

from __future__ import annotations

import math
import re
from numbers import Real
from typing import Collection

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_RATE = re.compile(_NUMBER + r"[kKMG]?i?(bps|b/s|Bps|B/s)")
_TIME = re.compile(_NUMBER + r"(fs|ps|ns|us|ms|s|min|h|d|y)")
_QUEUE = re.compile(r"[1-9]\d*(\.\d*)?(p|[kKMG]?i?B)")
_SECOND = 1_000_000_000


def rate(text: object, name: str = "rate") -> str:
    """Return a data rate such as "10Mbps"; a number is bits a second."""
    if isinstance(text, Real) and not isinstance(text, bool):
        text = f"{int(text)}bps"
    if not (isinstance(text, str) and _RATE.fullmatch(text) and re.search("[1-9]", text)):
        raise ValueError(f"{name} is {text!r}: give a number and a unit, such as '10Mbps'")
    return text


def duration(text: object, name: str = "delay") -> str:
    """Return a time such as "5ms"; a number is seconds."""
    if isinstance(text, Real) and not isinstance(text, bool):
        return f"{nanoseconds(text, name)}ns"
    if not (isinstance(text, str) and _TIME.fullmatch(text)):
        raise ValueError(f"{name} is {text!r}: give seconds, or text such as '5ms'")
    return text


def queue(text: object, name: str = "queue") -> str:
    """Return room for packets or octets, such as "100p" or "64kB"; a number is packets."""
    if isinstance(text, int) and not isinstance(text, bool):
        text = f"{text}p"
    if not (isinstance(text, str) and _QUEUE.fullmatch(text)):
        raise ValueError(f"{name} is {text!r}: give packets or octets, such as '100p' or '64kB'")
    return text


def probability(value: object, name: str = "loss") -> float:
    """Return a probability."""
    return _number(value, name, 0, 1)


def nanoseconds(seconds: object, name: str) -> int:
    """Return simulated seconds as nanoseconds, not negative."""
    number = _number(seconds, name, 0, 9e9)
    return round(number * _SECOND)


def integer(value: object, name: str, least: int, most: int) -> int:
    """Return an integer in a range, both ends included."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} is {value!r}: give an integer")
    number = value.__index__()
    if not least <= number <= most:
        raise ValueError(f"{name} is {number}: give {least} to {most}")
    return number


def port(value: object, name: str = "port", least: int = 1) -> int:
    """Return a port number."""
    return integer(value, name, least, 65535)


def choice(value: object, name: str, choices: Collection[str]) -> str:
    """Return one of some words."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}: give one of {', '.join(choices)}")
    return str(value)


def _number(value: object, name: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} is {value!r}: give a number")
    if not (math.isfinite(value) and least <= value <= most):
        raise ValueError(f"{name} is {value}: give {least:g} to {most:g}")
    return float(value)

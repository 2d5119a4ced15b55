# SPDX-License-Identifier: GPL-2.0-only
"""The one function that ns-3 calls, and what it is about: numbers for Python objects."""

from __future__ import annotations

import itertools
from collections import deque
from typing import Callable, Protocol

import cppyy

from ._load import ns

SCRIPT = ns.TcpFsmScript
NO_CONTEXT = 0xFFFFFFFF
"""Context of what is no node's event; cppyy takes ns-3's constant for a negative number."""


class Addressee(Protocol):
    """What can be told news."""

    def _on_news(self, news: int) -> Callable[[], object]:
        """Take one of TcpFsmScript.News; return what tells it, now or when a run goes on."""


class Call:
    """A function that is called once, at its simulated time."""

    def __init__(self, token: int, function: Callable[[], object]) -> None:
        self._token = token
        self._function = function

    def cancel(self) -> None:
        """Take the call back; nothing happens if it has been made."""
        _addressees.pop(self._token, None)

    def _on_news(self, _news: int) -> Callable[[], object]:
        return self._make

    def _make(self) -> None:
        _addressees.pop(self._token, None)
        self._function()


# Python objects live here as long as ns-3 may tell them something.
_addressees: dict[int, Addressee] = {}
_tokens = itertools.count(1)
_failure: list[BaseException] = []
# News of the event that failed, which came after the exception, by token.
_waiting: deque[tuple[int, Callable[[], object]]] = deque()


def _dispatch(token: int, news: int) -> None:
    # An exception must not pass through TCP's code in the middle of a step.
    try:
        addressee = _addressees.get(token)
        if addressee is None:
            return
        tell = addressee._on_news(news)
        if _failure or _waiting:
            _waiting.append((token, tell))
        else:
            tell()
    except BaseException as error:  # it is raised again after the run
        _failure.append(error)
        ns.Simulator.Stop()


_handler = cppyy.gbl.std.function["void(uint64_t, uint32_t)"](_dispatch)
SCRIPT.SetHandler(_handler)


def register(addressee: Addressee) -> int:
    """Give an object a token, by which it is told news from now on."""
    token = next(_tokens)
    _addressees[token] = addressee
    return token


def forget(token: int) -> None:
    """Tell the object of a token nothing any more."""
    _addressees.pop(token, None)


def forget_all() -> None:
    """Forget all objects and what went wrong."""
    _addressees.clear()
    _failure.clear()
    _waiting.clear()


def schedule(delay_ns: int, context: int, function: Callable[[], object]) -> Call:
    """Call a function after a time in nanoseconds, as an event of the node with that id."""
    token = next(_tokens)
    call = Call(token, function)
    _addressees[token] = call
    SCRIPT.Schedule(delay_ns, context, token)
    return call


def run(until_ns: int) -> None:
    """Run the simulation until a time in nanoseconds, or to its end (-1).

    What a function that it called has raised is raised again, with its traceback. News that waited
    since then are told first.
    """
    _failure.clear()
    while _waiting and not _failure:
        token, tell = _waiting.popleft()
        if token in _addressees:
            tell()
    if not _failure:
        SCRIPT.Run(until_ns)
    if _failure:
        raise _failure.pop()

# SPDX-License-Identifier: GPL-2.0-only
"""The one function that ns-3 calls, and what it is about: numbers for Python objects."""

from __future__ import annotations

import itertools
from typing import Callable, Protocol

import cppyy

from ._load import ns

SCRIPT = ns.TcpFsmScript
NO_CONTEXT = 0xFFFFFFFF
"""Context of what is no node's event; cppyy takes ns-3's constant for a negative number."""


class Listener(Protocol):
    """What can be told news."""

    def _on_news(self, news: int) -> None:
        """Take one of TcpFsmScript.News."""


class Call:
    """A function that is called once, at its simulated time."""

    def __init__(self, token: int, function: Callable[[], object]) -> None:
        self._token = token
        self._function = function

    def cancel(self) -> None:
        """Take the call back; nothing happens if it has been made."""
        _listeners.pop(self._token, None)

    def _on_news(self, _news: int) -> None:
        _listeners.pop(self._token, None)
        self._function()


# Python objects live here as long as ns-3 may tell them something.
_listeners: dict[int, Listener] = {}
_tokens = itertools.count(1)
_failure: list[BaseException] = []


def _dispatch(token: int, news: int) -> None:
    # An exception must not pass through TCP's code in the middle of a step.
    try:
        listener = _listeners.get(token)
        if listener is not None and not _failure:
            listener._on_news(news)
    except BaseException as error:  # it is raised again after the run
        _failure.append(error)
        ns.Simulator.Stop()


_handler = cppyy.gbl.std.function["void(uint64_t, uint32_t)"](_dispatch)
SCRIPT.SetHandler(_handler)


def register(listener: Listener) -> int:
    """Give an object a token, by which it is told news from now on."""
    token = next(_tokens)
    _listeners[token] = listener
    return token


def forget(token: int) -> None:
    """Tell the object of a token nothing any more."""
    _listeners.pop(token, None)


def forget_all() -> None:
    """Forget all objects and what went wrong."""
    _listeners.clear()
    _failure.clear()


def schedule(delay_ns: int, context: int, function: Callable[[], object]) -> Call:
    """Call a function after a time in nanoseconds, as an event of the node with that id."""
    token = next(_tokens)
    call = Call(token, function)
    _listeners[token] = call
    SCRIPT.Schedule(delay_ns, context, token)
    return call


def run(until_ns: int) -> None:
    """Run the simulation until a time in nanoseconds, or to its end (-1).

    What a function that it called has raised is raised again, with its traceback.
    """
    _failure.clear()
    SCRIPT.Run(until_ns)
    if _failure:
        raise _failure.pop()

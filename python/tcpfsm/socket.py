# SPDX-License-Identifier: GPL-2.0-only
"""Sockets of simulated hosts."""

from __future__ import annotations

import ctypes
import errno
import functools
import os
from collections import deque
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Callable

from ._load import ns
from ._quantity import integer, names, octets
from ._script import SCRIPT, forget, register
from .connections import address_text

if TYPE_CHECKING:
    from .host import Host
    from .series import Series

# As many octets are handed to TCP at once.
_MOST_OCTETS = 1 << 30


class SocketError(OSError):
    """A call that TCP refuses; `errno` and the message are POSIX's."""

    @classmethod
    def of(cls, name: str, what: str, where: str) -> SocketError:
        """Make the error of a POSIX name, such as "EPIPE", with what was tried, and where."""
        number = getattr(errno, name, 0)
        text = f"{what}: {os.strerror(number)} ({name})" if number else what
        return cls(number, f"{where}: {text}")

    def __str__(self) -> str:
        """Tell where it was, what was tried and why it failed."""
        return str(self.strerror)


@dataclass
class Handlers:
    """What is called when something happens to a socket; each gets the socket first.

    on_connect(socket): the connection is open.
    on_data(socket, data): octets have arrived. Without it they are read and thrown away.
    on_end(socket): the peer sends no more.
    on_error(socket, name): the connection ended by an error, such as "ECONNRESET".
    on_room(socket): what found no room in TCP's send buffer at once has found it now.
    on_accept(socket): a listener has a new connection, which is the argument.

    After close() only an error is told, after an error nothing. A function is called as long as the
    connection lives, whether or not the script keeps the socket.
    """

    on_connect: Callable[[Socket], object] | None = None
    on_data: Callable[[Socket, bytes], object] | None = None
    on_end: Callable[[Socket], object] | None = None
    on_error: Callable[[Socket, str], object] | None = None
    on_room: Callable[[Socket], object] | None = None
    on_accept: Callable[[Socket], object] | None = None

    def __setattr__(self, name: str, value: object) -> None:
        """Set a function, or None. Raises TypeError for what is none."""
        known = name in Handlers.__dataclass_fields__
        if known and value is not None and not callable(value):
            raise TypeError(f"{name} is {value!r}: give a function")
        if not known and name.startswith("on_"):
            raise TypeError(f"there is no {name}: give {', '.join(Handlers.__dataclass_fields__)}")
        super().__setattr__(name, value)


class Socket(Handlers):
    """A connection or listener of a simulated host; made by `Host.connect` and `Host.listen`.

    It has `host`, `native`, the ns-3 socket, and the octets `sent`, which TCP has taken, and
    `received`, which have arrived and were read. The functions of `Handlers` may be given at any
    time as attributes. A call happens now, or, with `at`, at that time in simulated seconds. A call
    that TCP refuses raises SocketError; where it was to happen later, `Simulation.run` raises it.
    """

    def __init__(self, host: Host, native: object, **handlers: Callable | None) -> None:
        names(handlers, Handlers.__dataclass_fields__)
        super().__init__(**handlers)
        check_native(native)
        self.host = host
        self.native = native
        self.sent = 0
        self.received = 0
        self._waiting: deque[bytes | int] = deque()
        self._taken = 0  # octets of the first one that waits
        self._closing = ""
        self._called = 0  # when it calls, in nanoseconds
        self._peer = ""  # whom it calls, as text, as ns-3 forgets it
        self._token = register(self)
        SCRIPT.Watch(native, self._token)

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Tell whether it is the same socket."""
        return self is other

    def __repr__(self) -> str:
        """Tell host and state."""
        return f"<Socket of host {self.host.index}, {self.state or 'no connection'}>"

    @property
    def state(self) -> str:
        """The state, such as "ESTABLISHED"; "" for a socket of ns-3's own TCP."""
        status = self._status()
        return str(ns.TcpFsmStateName(status.connection.state)) if status else ""

    @property
    def error(self) -> str:
        """The last error in POSIX's words, such as "ECONNRESET"; "" if there is none."""
        return str(SCRIPT.GetError(self.native))

    def failed(self, what: str, name: str = "") -> SocketError:
        """Return the error of a call, by default the socket's last one, with host, ports, time."""
        name = name or self.error  # before it is asked for its names, which may fail too
        where = f"host {self.host.index}, {self._ports()}at {self.host.network.simulation.now:g} s"
        return SocketError.of(name, what, where)

    def status(self) -> dict[str, int | str | float]:
        """Return the connection's variables: the STATUS call of RFC 9293 3.10.6.

        Sequence numbers are absolute, `rto` is in seconds. Raises TypeError for a socket of ns-3's
        own TCP, which has no such call.
        """
        status = self._status()
        if not status:
            raise TypeError("ns-3's own TCP does not tell its variables")
        return {
            "state": self.state,
            "local_port": status.connection.localPort,
            "remote_port": status.connection.remotePort,
            "iss": status.iss,
            "snd_una": status.sndUna,
            "snd_nxt": status.sndNxt,
            "snd_wnd": status.sndWnd,
            "irs": status.irs,
            "rcv_nxt": status.rcvNxt,
            "rcv_wnd": status.rcvWnd,
            "mss": status.mss,
            "rto": status.rto.GetNanoSeconds() / 1e9,
            "retransmissions": status.retransmissions,
        }

    def send(self, data: bytes | int, at: float | None = None) -> None:
        """Send octets, or so many octets of zeros.

        What finds no room in TCP's send buffer is sent when there is room, before a FIN. A number
        may be of any kind of integers, but no bool.
        """
        data = integer(data, "data", 0, 1 << 62) if hasattr(data, "__index__") else octets(data)
        self.host.call(at, lambda: self._send(data))

    def send_to(self, data: bytes, peer: Host | str, port: int, at: float | None = None) -> None:
        """Send octets from a listener, which turns into a caller (RFC 9293 3.10.2, LISTEN)."""
        address = self.host.address_of(peer, port)
        sent = octets(data)

        def send() -> None:
            place = ctypes.cast(sent, ctypes.c_void_p).value if sent else 0
            if SCRIPT.SendTo(self.native, place, len(sent), address) < 0:
                raise self.failed("send_to()")

        self.host.call(at, send)

    def close(self, at: float | None = None) -> None:
        """Close the connection: a FIN follows what was sent, and nothing more is read."""
        self.host.call(at, lambda: self._close("close"))

    def shutdown(self, at: float | None = None) -> None:
        """Close our direction only: a FIN follows what was sent, reading goes on."""
        self.host.call(at, lambda: self._close("shutdown"))

    def abort(self, at: float | None = None) -> None:
        """End the connection at once, with a RST. Raises TypeError with ns-3's own TCP."""
        self.host.call(at, self._abort)

    def follow(self, *names: str) -> Series:
        """Record variables from now on, or from the SYN on, such as "CongestionWindow" and "RTT".

        Names are those of the socket's trace sources; without any they are
        `tcpfsm.series.VARIABLES`. Raises ValueError for one that it lacks.
        """
        self.host.network.simulation._check_open()
        from .series import VARIABLES, Series  # noqa: PLC0415  # pandas takes long to load

        return Series(self.native, names or VARIABLES, begin=lambda: self._called)

    def _ports(self) -> str:
        local, peer = (_place(get) for get in (self.native.GetSockName, self.native.GetPeerName))
        peer = self._peer or (f"{peer[0]}:{peer[1]}" if peer and peer[1] else "")
        words = [f"port {local[1]}"] if local and local[1] else []
        words += [f"to {peer}"] if peer else []
        return f"{' '.join(words)}, " if words else ""

    def _status(self) -> object | None:
        return self.native.GetStatus() if hasattr(self.native, "GetStatus") else None

    def _send(self, data: bytes | int) -> None:
        if self._closing:
            raise self.failed("send() after close()", "EPIPE")
        if data:
            self._waiting.append(data)
            self._flush("send()")

    def _flush(self, what: str) -> None:
        while self._waiting:
            data = self._waiting[0]
            rest = (data if isinstance(data, int) else len(data)) - self._taken
            size = min(rest, _MOST_OCTETS)
            address = 0
            if not isinstance(data, int):  # by its address, since the octets may be any
                address = ctypes.cast(data, ctypes.c_void_p).value + self._taken
            taken = SCRIPT.Send(self.native, address, size)
            if taken < 0:
                self._drop()
                raise self.failed(what)
            self.sent += taken
            self._taken += taken
            if taken == rest:
                self._waiting.popleft()
                self._taken = 0
            if taken < size:
                return
        if self._closing:
            self._finish()

    def _drop(self) -> None:
        self._waiting.clear()
        self._taken = 0

    def _close(self, how: str) -> None:
        if self._closing == "close":
            raise self.failed("close()", "EALREADY")
        self._closing = how
        if not self._waiting:
            self._finish()

    def _finish(self) -> None:
        how = self._closing
        result = self.native.Close() if how == "close" else self.native.ShutdownSend()
        if result < 0:
            raise self.failed(f"{how}()")

    def _abort(self) -> None:
        if not hasattr(self.native, "Abort"):
            raise TypeError("ns-3's own TCP has no abort()")
        self._drop()
        if self.native.Abort() < 0:
            raise self.failed("abort()")

    def _release(self) -> None:
        # From now on nothing is told, so that ns-3 and Python may forget the socket.
        SCRIPT.Ignore(self.native)
        forget(self._token)

    def _on_news(self, news: int) -> Callable[[], object]:
        if news == SCRIPT.ACCEPTED:  # it can be taken only now
            return functools.partial(self._accepted, self._accept())
        if self._closing == "close" and news in _IN_VAIN:
            SCRIPT.Receive(self.native)
            return lambda: None
        return functools.partial(_NEWS[news], self)

    def _read(self) -> None:
        size = SCRIPT.Receive(self.native)
        self.received += size
        if size and self.on_data:
            self.on_data(self, ctypes.string_at(SCRIPT.GetReceived(), size))

    def _connected(self) -> None:
        if self.on_connect:
            self.on_connect(self)

    def _ended(self) -> None:
        self._read()  # the last octets come before their end
        if self.on_end:
            self.on_end(self)

    def _broken(self) -> None:
        self._drop()
        self._release()
        if self.on_error:
            self.on_error(self, self.error)

    def _writable(self) -> None:
        waited = bool(self._waiting)
        if waited:
            self._flush("send()")
        if waited and not self._waiting and not self._closing and self.on_room:
            self.on_room(self)

    def _accept(self) -> Socket:
        handlers = {field.name: getattr(self, field.name) for field in fields(Handlers)}
        handlers["on_accept"] = None
        return Socket(self.host, SCRIPT.TakeAccepted(), **handlers)

    def _accepted(self, connection: Socket) -> None:
        if self.on_accept:
            self.on_accept(connection)


def check_native(native: object) -> None:
    """Raise ValueError for no ns-3 socket."""
    if not native:
        raise ValueError(
            "there is no socket: an application of ns-3 makes its own when it starts; ask it then, "
            "as by Simulation.at, or let bulk_send() or on_off() follow() it"
        )


def _place(get: Callable[[object], int]) -> tuple[str, int] | None:
    """Return the address and port that a function of ns-3's sockets tells."""
    address = ns.Address()
    if get(address) < 0:
        return None
    if ns.InetSocketAddress.IsMatchingType(address):
        place = ns.InetSocketAddress.ConvertFrom(address)
        return address_text(place.GetIpv4()), place.GetPort()
    place = ns.Inet6SocketAddress.ConvertFrom(address)
    return f"[{address_text(place.GetIpv6())}]", place.GetPort()


_NEWS = {
    SCRIPT.CONNECTED: Socket._connected,
    SCRIPT.FAILED: Socket._broken,
    SCRIPT.ENDED: Socket._ended,
    SCRIPT.BROKEN: Socket._broken,
    SCRIPT.READABLE: Socket._read,
    SCRIPT.WRITABLE: Socket._writable,
    SCRIPT.GONE: Socket._release,
}
# What is not told after close().
_IN_VAIN = (SCRIPT.CONNECTED, SCRIPT.ENDED, SCRIPT.READABLE)

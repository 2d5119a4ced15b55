# SPDX-License-Identifier: GPL-2.0-only
"""Simulated hosts and what they are asked to do."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Callable

from . import _attributes, applications
from ._load import ns
from ._quantity import integer
from ._quantity import port as _check_port
from .applications import Application
from .connections import Connections, address_text
from .forging import Forged
from .socket import Socket

if TYPE_CHECKING:
    from .network import Network


class Host:
    """A host of a `Network`: `network[number]`.

    It has `network`, `index`, its number there, `id`, that of its node, as in traces, the addresses
    `ipv4` and `ipv6` (the global one), and `stock`, whether it has ns-3's own TCP.
    """

    def __init__(self, network: Network, index: int) -> None:
        self.network = network
        self.index = index
        self._node = network.topology.GetHost(index)
        self.id = int(self.node.GetId())
        self.ipv4 = address_text(network.topology.GetIpv4Address(index))
        self.ipv6 = address_text(network.topology.GetIpv6Address(index))
        self.stock = index in network.stock
        self._sinks: set[tuple[int, float]] = set()  # ports and times at which ns-3's begin

    def __repr__(self) -> str:
        """Tell number and addresses."""
        return f"<Host {self.index}, {self.ipv4}, {self.ipv6}>"

    @property
    def node(self) -> object:
        """The ns-3 node. Raises RuntimeError after the simulation."""
        self.network.simulation._check_open()
        return self._node

    def call(self, at: float | None, function: Callable[[], object]) -> None:
        """Call a function as an event of this host.

        It happens at a time in simulated seconds; without one now or, where the simulation does
        not run, as soon as it does.
        """
        self.network.simulation._call(at, self.id, function)

    def set(self, **attributes: object) -> None:
        """Set attributes of this host's TCP, such as SocketType="TcpNewReno".

        They are those of `Simulation.set` that are the hosts' own, and count for its sockets made
        from now on, those of applications included. Raises ValueError or TypeError for a name or
        value that is none of them.
        """
        tcp = self.node.GetObject[ns.TcpL4Protocol]()
        for name, value in attributes.items():
            attribute = _attributes.find(name)
            text = attribute.text(value)
            if not attribute.of_protocol:
                raise ValueError(f"{name} is of sockets, not of a host: set it by Simulation.set")
            if not tcp.SetAttributeFailSafe(name, ns.StringValue(text)):
                raise TypeError(f"host {self.index} has no {name}: it has ns-3's own TCP")

    def listen(
        self,
        port: int,
        *,
        backlog: int | None = None,
        ipv6: bool = False,
        **handlers: Callable | None,
    ) -> Socket:
        """Wait for connections at a port.

        Handlers (see `tcpfsm.socket.Handlers`) are those of the connections, but on_accept, which
        gets each new one. `backlog` is how many may be half-open at most. With `ipv6`
        connections of both families are taken. Raises SocketError where the port is taken.
        """
        _check_port(port)
        socket = self._socket(handlers)
        if backlog is not None:
            integer(backlog, "backlog", 1, 1 << 31)
            self._set(socket, "Backlog", ns.UintegerValue(backlog))
        self._bind(socket, port, ipv6, "listen()")
        if socket.native.Listen() < 0:
            raise socket.failed(f"listen() at port {port}")
        return socket

    def connect(
        self,
        peer: Host | str,
        port: int,
        at: float | None = None,
        *,
        source_port: int = 0,
        ipv6: bool = False,
        **handlers: Callable | None,
    ) -> Socket:
        """Open a connection to a port of another host, or of an IP address.

        It is opened at a time in simulated seconds; without one now or, where the simulation does
        not run, as soon as it does. `source_port` 0 is any. Handlers are those of
        `tcpfsm.socket.Handlers`.
        """
        address = self.address_of(peer, port, ipv6)
        ipv6 = ipv6 or (isinstance(peer, str) and ":" in peer)
        _check_port(source_port, "source_port", 0)
        socket = self._socket(handlers)
        text = (peer.ipv6 if ipv6 else peer.ipv4) if isinstance(peer, Host) else peer
        socket._peer = f"[{text}]:{port}" if ipv6 else f"{text}:{port}"

        def connect() -> None:
            socket._called = ns.Simulator.Now().GetNanoSeconds()
            self._bind(socket, source_port, ipv6, "connect()")
            if socket.native.Connect(address) < 0:
                raise socket.failed("connect()")

        self.call(at, connect)
        return socket

    def forge(  # noqa: PLR0913  # a segment's fields
        self,
        flags: str,
        *,
        source: str,
        source_port: int,
        destination: str,
        port: int,
        seq: int = 0,
        ack: int = 0,
        window: int = 65535,
        data: bytes = b"",
        at: float | None = None,
    ) -> None:
        """Put a segment on this host's link as if it came from any address, past its own TCP.

        `flags` are such as "SYN" or "RST-ACK"; addresses are text, both of IPv4 or both of IPv6;
        `seq` and `ack` are absolute. It has no options: where a connection uses timestamps, only a
        RST of it counts (RFC 7323 3.2), unless `Simulation.set(Timestamp=False)`. Raises ValueError
        or TypeError for what is none of these.
        """
        fields = Forged(flags, source, source_port, destination, port, seq, ack, window, data)
        self.call(at, lambda: fields.send(self.node))

    def connections(self) -> Connections:
        """Return all connections and listeners in the order in which they began, as `ss` would.

        Raises TypeError for a host with ns-3's own TCP, which does not tell.
        """
        if self.stock:
            raise TypeError(f"host {self.index} has ns-3's own TCP, which lists no connections")
        return Connections.of(self.node)

    def sink(self, port: int, *, at: float | None = None, until: float | None = None) -> object:
        """Install ns-3's PacketSink, which reads all that arrives at a port, and return it.

        It starts at a time in simulated seconds, without one as `connect` does; what is open it
        closes only at `until`. Where the port is taken when it starts, `Simulation.run` raises
        SocketError.
        """
        return applications.sink(self, port, at, until)

    def bulk_send(
        self,
        peer: Host | str,
        port: int,
        *,
        octets: int = 0,
        at: float | None = None,
        ipv6: bool = False,
    ) -> Application:
        """Install ns-3's BulkSend, which sends so many octets (0: without end), and return it.

        `peer`, `at` and `ipv6` are as those of `connect`.
        """
        return applications.bulk_send(self, peer, port, octets, at, ipv6)

    def on_off(  # noqa: PLR0913
        self,
        peer: Host | str,
        port: int,
        *,
        rate: str | float = "500kbps",
        octets: int = 0,
        at: float | None = None,
        until: float | None = None,
        ipv6: bool = False,
    ) -> Application:
        """Install ns-3's OnOff, which sends at a rate until a time; else like `bulk_send`."""
        return applications.on_off(self, peer, port, rate, octets, at, until, ipv6)

    def _socket(self, handlers: dict) -> Socket:
        native = ns.Socket.CreateSocket(self.node, ns.TcpSocketFactory.GetTypeId())
        if not self.stock:
            native = ns.DynamicCast[ns.TcpFsmSocket](native)
        return Socket(self, native, **handlers)

    @staticmethod
    def _bind(socket: Socket, local_port: int, ipv6: bool, what: str) -> None:
        address = (
            ns.Inet6SocketAddress(ns.Ipv6Address.GetAny(), local_port)
            if ipv6
            else ns.InetSocketAddress(ns.Ipv4Address.GetAny(), local_port)
        )
        if socket.native.Bind(address.ConvertTo()) < 0:
            raise socket.failed(f"{what} at port {local_port}")

    def _set(self, socket: Socket, name: str, value: object) -> None:
        if not socket.native.SetAttributeFailSafe(name, value):
            raise TypeError(f"sockets of host {self.index} have no {name}: it has ns-3's own TCP")

    def address_of(self, peer: Host | str, peer_port: int, ipv6: bool = False) -> object:
        """Return a port of a host, or of an IP address, as ns-3's sockets take it.

        Raises TypeError or ValueError for what is none.
        """
        _check_port(peer_port)
        if isinstance(peer, Host):
            return peer.network.topology.GetSocketAddress(peer.index, peer_port, ipv6)
        if not isinstance(peer, str):
            raise TypeError(f"peer is {peer!r}: give a host, such as net[1], or an IP address")
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            raise ValueError(f"peer is {peer!r}: give a host, or an IP address") from None
        if address.version == 4:  # noqa: PLR2004
            return ns.InetSocketAddress(ns.Ipv4Address(peer), peer_port).ConvertTo()
        return ns.Inet6SocketAddress(ns.Ipv6Address(peer), peer_port).ConvertTo()

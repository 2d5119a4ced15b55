# SPDX-License-Identifier: GPL-2.0-only
"""ns-3's applications on hosts. Their module is loaded when one is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._load import load, ns
from ._quantity import integer, port, rate
from ._script import schedule
from .socket import SocketError

if TYPE_CHECKING:
    from .host import Host
    from .series import Series

_FACTORY = "ns3::TcpSocketFactory"


class Application:
    """ns-3's BulkSend or OnOff on a host, as `native`, whose functions it has; made by `Host`."""

    def __init__(self, host: Host, native: object, start: int) -> None:
        self.host = host
        self.native = native
        self._start = start  # in nanoseconds

    def __repr__(self) -> str:
        """Tell kind and host."""
        return f"<{self.native.GetInstanceTypeId().GetName()} of host {self.host.index}>"

    def __getattr__(self, name: str) -> object:
        """Return what ns-3's application has."""
        return getattr(self.native, name)

    def __cast_cpp__(self) -> object:
        """Return what ns-3's functions are given in its place."""
        return self.native

    def follow(self, *names: str) -> Series:
        """Record variables of its socket, as `Socket.follow`, from when it starts, or from now on.

        For a name that the socket lacks `Simulation.run` raises ValueError.
        """
        self.host.network.simulation._check_open()
        from .series import VARIABLES, Series  # noqa: PLC0415  # pandas takes long to load

        series = Series(None, names or VARIABLES)

        def follow() -> None:
            series._follow(self.native.GetSocket())

        if self.native.GetSocket():
            follow()
        else:
            # Behind what ns-3 does at the time at which it starts.
            delay = max(0, self._start - ns.Simulator.Now().GetNanoSeconds())
            schedule(delay, self.host.id, lambda: schedule(0, self.host.id, follow))
        return series


def sink(host: Host, number: int, at: float | None, until: float | None) -> object:
    """Install a PacketSink."""
    load("packet-sink.h", "packet-sink-helper.h")
    port(number)
    address = ns.InetSocketAddress(ns.Ipv4Address.GetAny(), number).ConvertTo()

    def check() -> None:
        # Just before it starts, as ns-3 ends the program where the port is taken.
        simulation = host.network.simulation
        start = (number, simulation.now)
        if start in host._sinks or _is_taken(host, number):
            application.Dispose()
            where = f"host {host.index}, at {simulation.now:g} s"
            raise SocketError.of("EADDRINUSE", f"sink() at port {number}", where)
        host._sinks.add(start)

    schedule(_delay(host, at), host.id, check)
    application = _install(ns.PacketSinkHelper(_FACTORY, address), host, at, until)
    return application


def bulk_send(  # noqa: PLR0913, PLR0917
    host: Host, peer: Host | str, number: int, octets: int, at: float | None, ipv6: bool
) -> Application:
    """Install a BulkSend."""
    load("uinteger.h", "bulk-send-application.h", "bulk-send-helper.h")
    helper = ns.BulkSendHelper(_FACTORY, host.address_of(peer, number, ipv6))
    helper.SetAttribute("MaxBytes", ns.UintegerValue(integer(octets, "octets", 0, 1 << 62)))
    return _sender(helper, host, at, None)


def on_off(  # noqa: PLR0913, PLR0917
    host: Host,
    peer: Host | str,
    number: int,
    speed: str | float,
    octets: int,
    at: float | None,
    until: float | None,
    ipv6: bool,
) -> Application:
    """Install an OnOff that never pauses."""
    load("uinteger.h", "onoff-application.h", "on-off-helper.h")
    helper = ns.OnOffHelper(_FACTORY, host.address_of(peer, number, ipv6))
    helper.SetConstantRate(ns.DataRate(rate(speed)))
    helper.SetAttribute("MaxBytes", ns.UintegerValue(integer(octets, "octets", 0, 1 << 62)))
    return _sender(helper, host, at, until)


def _sender(helper: object, host: Host, at: float | None, until: float | None) -> Application:
    start = ns.Simulator.Now().GetNanoSeconds() + _delay(host, at)
    return Application(host, _install(helper, host, at, until), start)


def _is_taken(host: Host, number: int) -> bool:
    if not host.stock:
        taken = ((each.state, each.local_port) for each in host.connections())
        return ("LISTEN", number) in taken
    tcp = host.node.GetObject[ns.TcpL4Protocol]()
    end_point = tcp.Allocate(ns.Ptr["ns3::NetDevice"](), ns.Ipv4Address.GetAny(), number)
    if end_point:
        tcp.DeAllocate(end_point)
    return not end_point


def _delay(host: Host, at: float | None, name: str = "at") -> int:
    return 0 if at is None else host.network.simulation._delay(at, name)


def _install(helper: object, host: Host, at: float | None, until: float | None) -> object:
    # ns-3 counts both from now.
    start = _delay(host, at)
    stop = None if until is None else _delay(host, until, "until")
    application = helper.Install(host.node).Get(0)
    application.SetStartTime(ns.NanoSeconds(start))
    if stop is not None:
        application.SetStopTime(ns.NanoSeconds(stop))
    return application

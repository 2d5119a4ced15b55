# SPDX-License-Identifier: GPL-2.0-only
"""ns-3's applications on hosts. Their module is loaded when one is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._load import load, ns
from ._quantity import integer, nanoseconds, port, rate
from .places import ns3_library

if TYPE_CHECKING:
    from .host import Host

_FACTORY = "ns3::TcpSocketFactory"


def sink(host: Host, number: int, at: float, until: float | None) -> object:
    """Install a PacketSink."""
    _load("packet-sink.h", "packet-sink-helper.h")
    port(number)
    address = ns.InetSocketAddress(ns.Ipv4Address.GetAny(), number).ConvertTo()
    return _install(ns.PacketSinkHelper(_FACTORY, address), host, at, until)


def bulk_send(host: Host, peer: Host, number: int, octets: int, at: float) -> object:
    """Install a BulkSend."""
    _load("bulk-send-application.h", "bulk-send-helper.h")
    helper = ns.BulkSendHelper(_FACTORY, _address(peer, number))
    helper.SetAttribute("MaxBytes", ns.UintegerValue(integer(octets, "octets", 0, 1 << 62)))
    return _install(helper, host, at, None)


def on_off(  # noqa: PLR0913, PLR0917
    host: Host,
    peer: Host,
    number: int,
    speed: str | float,
    octets: int,
    at: float,
    until: float | None,
) -> object:
    """Install an OnOff that never pauses."""
    _load("onoff-application.h", "on-off-helper.h")
    helper = ns.OnOffHelper(_FACTORY, _address(peer, number))
    helper.SetConstantRate(ns.DataRate(rate(speed)))
    helper.SetAttribute("MaxBytes", ns.UintegerValue(integer(octets, "octets", 0, 1 << 62)))
    return _install(helper, host, at, until)


def _load(*headers: str) -> None:
    import cppyy  # noqa: PLC0415

    cppyy.load_library(str(ns3_library("applications")))
    load("uinteger.h", *headers)


def _address(peer: Host, number: int) -> object:
    return peer.network.topology.GetSocketAddress(peer.index, port(number), False)


def _install(helper: object, host: Host, at: float, until: float | None) -> object:
    start = nanoseconds(at, "at")
    application = helper.Install(host.node).Get(0)
    application.SetStartTime(ns.NanoSeconds(start))
    if until is not None:
        application.SetStopTime(ns.NanoSeconds(nanoseconds(until, "until")))
    return application

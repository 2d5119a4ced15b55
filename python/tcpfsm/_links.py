# SPDX-License-Identifier: GPL-2.0-only
"""Options of links."""

from __future__ import annotations

from ._load import ns
from ._quantity import duration, integer, probability, queue, rate

OPTIONS = ("rate", "delay", "queue", "loss", "mtu")
"""Their names."""


def make_link(
    *,
    rate: str | float = "10Mbps",
    delay: str | float = "5ms",
    queue: str | int = "100p",
    loss: float = 0,
    mtu: int = 1500,
) -> object:
    """Return ns-3's options of a link. Raises ValueError, TypeError for what is none."""
    return _link_options(rate, delay, queue, loss, mtu)


def _link_options(speed: object, delay: object, room: object, loss: object, mtu: object) -> object:
    link = ns.TcpFsmLinkOptions()
    link.rate = rate(speed)
    link.delay = duration(delay)
    link.queue = queue(room)
    link.loss = probability(loss)
    link.mtu = integer(mtu, "mtu", 1280, 65535)
    return link

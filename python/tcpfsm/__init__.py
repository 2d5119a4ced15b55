# SPDX-License-Identifier: GPL-2.0-only
"""TCP by the state diagram of RFC 9293 in ns-3, from Python.

`Simulation` makes networks, sockets and events, and has what TCP did as data frames; `plot` draws
them. `ns` is ns-3's namespace, with this module in it; `load` adds modules of ns-3 to it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

# Loaded when first used, so that what only reads traces need not load ns-3.
_HOMES = {
    "Simulation": "simulation",
    "Network": "network",
    "Host": "host",
    "Socket": "socket",
    "SocketError": "socket",
    "LibraryError": "places",
    "load": "_load",
    "ns": "_load",
    "periods": "_frames",
    "read": "trace",
    "write": "trace",
    "to_pcapng": "capture",
}
_MODULES = (
    "applications",
    "capture",
    "cli",
    "connections",
    "forging",
    "host",
    "network",
    "packets",
    "places",
    "plot",
    "rules",
    "series",
    "simulation",
    "socket",
    "table",
    "trace",
)

if TYPE_CHECKING:
    from . import plot, rules, table, trace
    from ._frames import periods
    from ._load import load, ns
    from .capture import to_pcapng
    from .host import Host
    from .network import Network
    from .places import LibraryError
    from .simulation import Simulation
    from .socket import Socket, SocketError
    from .trace import read, write

__all__ = [
    "Host",
    "LibraryError",
    "Network",
    "Simulation",
    "Socket",
    "SocketError",
    "load",
    "ns",
    "periods",
    "plot",
    "read",
    "rules",
    "table",
    "to_pcapng",
    "trace",
    "write",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        value = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = value
        return value
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})

# SPDX-License-Identifier: GPL-2.0-only
"""Loads ns-3 and this module's library into the process, by cppyy.

Only what the package itself needs is loaded; `load` adds modules of ns-3.
"""

from __future__ import annotations

from pathlib import Path

import cppyy

from .places import LibraryError, ns3_library, own_folder, wheel_folder

# The headers that the package needs; a header of a whole module would take seconds.
_HEADERS = (
    "simulator.h",
    "rng-seed-manager.h",
    "config.h",
    "names.h",
    "string.h",
    "node-container.h",
    "inet-socket-address.h",
    "inet6-socket-address.h",
    "tcp-socket-factory.h",
    "tcp-fsm-topology-helper.h",
    "tcp-fsm-segment-filter.h",
    "tcp-fsm-trace-helper.h",
    "tcp-fsm-script.h",
    "tcp-fsm-socket.h",
    "tcp-fsm-l4-protocol.h",
)

_loaded: set[str] = set()


def load(*modules: str) -> None:
    """Load modules of ns-3, such as "applications", with all their headers.

    What they declare is found in `tcpfsm.ns` then. A name that ends with ".h" is a single header,
    which comes with the library of its module and is quicker than all headers of that. Raises
    LibraryError for what ns-3 does not have.
    """
    folders = [folder / "include" / "ns3" for folder in (wheel_folder(), own_folder())]
    for name in modules:
        if name in _loaded:
            continue
        header = name if name.endswith(".h") else f"{name}-module.h"
        if not any((folder / header).exists() for folder in folders):
            raise LibraryError(f"ns-3 has no header {header} in {folders[0]}")
        module = name if header != name else _module_of(folders[0], header)
        if module:
            cppyy.load_library(str(ns3_library(module)))
        cppyy.include(f"ns3/{header}")
        _loaded.add(name)


def _module_of(folder: Path, header: str) -> str:
    """Return the module of ns-3 that has a header; "" for one of this module."""
    ending = "-module.h"
    for each in folder.glob(f"*{ending}"):
        if f"ns3/{header}>" in each.read_text(encoding="utf-8"):
            return each.name[: -len(ending)]
    return ""


def _start() -> object:
    # Libraries before headers: cling then finds what it compiles.
    own, wheel = own_folder(), wheel_folder()
    cppyy.load_library(str(own / "libtcpfsm.so"))
    for folder in (wheel / "include", own / "include"):
        cppyy.add_include_path(str(folder))
    for header in _HEADERS:
        cppyy.include(f"ns3/{header}")
    return cppyy.gbl.ns3


ns = _start()

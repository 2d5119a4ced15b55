# SPDX-License-Identifier: GPL-2.0-only
"""Loads ns-3 and this module's library into the process, by cppyy.

Only what the package itself needs is loaded; `load` adds modules of ns-3.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import cppyy

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


class LibraryError(ImportError):
    """ns-3 or the module's library is not where it is looked for."""


def wheel_folder() -> Path:
    """Return the folder of the ns3 wheel, which has its headers and libraries.

    Raises LibraryError where the wheel is not installed.
    """
    spec = importlib.util.find_spec("ns3")
    if spec is None or not spec.submodule_search_locations:
        raise LibraryError("the wheel ns3 is not installed; pip install ns3==3.44.post0")
    return Path(next(iter(spec.submodule_search_locations)))


def own_folder() -> Path:
    """Return the folder with lib*/, include/ and the programs of this module.

    That is the one in environment variable TCP_FSM_BUILD, else the package itself where it was
    installed from a wheel, else the build folder of the source tree. Raises LibraryError where
    there is none.
    """
    package = Path(__file__).parent
    build = Path(os.environ.get("TCP_FSM_BUILD") or package.parent.parent / "build")
    for folder in (build, package / "native"):
        if (folder / "libtcpfsm.so").exists():
            return folder
    raise LibraryError(f"{build / 'libtcpfsm.so'} is missing; run ./waf build in {build.parent}")


def ns3_library(name: str) -> Path:
    """Return the file of a module of ns-3, such as "core".

    Raises LibraryError where the wheel has no such module.
    """
    folder = wheel_folder() / "lib64"
    found = sorted(folder.glob(f"libns3*-{name}.so"))
    if not found:
        raise LibraryError(f"ns-3 has no module {name} in {folder}")
    return found[0]


def load(*modules: str) -> None:
    """Load modules of ns-3, such as "applications", with all their headers.

    What they declare is found in `tcpfsm.ns` then. A name that ends with ".h" is a single header,
    which is quicker than all of its module. Raises LibraryError for what ns-3 does not have.
    """
    include = wheel_folder() / "include" / "ns3"
    for name in modules:
        header = name if name.endswith(".h") else f"{name}-module.h"
        if not (include / header).exists():
            raise LibraryError(f"ns-3 has no header {header} in {include}")
        if header != name:
            cppyy.load_library(str(ns3_library(name)))
        cppyy.include(f"ns3/{header}")


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

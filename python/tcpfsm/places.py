# SPDX-License-Identifier: GPL-2.0-only
"""Where ns-3 and what was built of this module are; nothing is loaded."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

LIBRARY = "libtcpfsm.so"


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


def own_folder(file: str = LIBRARY) -> Path:
    """Return the folder with library, include/ and programs of this module, where a file is.

    That is the one in environment variable TCP_FSM_BUILD if it is set; else the build folder of the
    source tree, if the package is in one; else the package itself, installed from a wheel. Raises
    LibraryError where there is none.
    """
    package = Path(__file__).parent
    chosen = os.environ.get("TCP_FSM_BUILD")
    if chosen:
        if not (Path(chosen) / file).exists():
            remedy = "set TCP_FSM_BUILD to a build folder, or unset it"
            raise LibraryError(f"{Path(chosen) / file} is missing: {remedy}")
        return Path(chosen)
    build = package.parent.parent / "build"
    for folder in (build, package / "native"):
        if (folder / file).exists():
            return folder
    raise LibraryError(f"{build / file} is missing; run ./waf build in {build.parent}")


def ns3_library(name: str) -> Path:
    """Return the file of a module of ns-3, such as "core".

    Raises LibraryError where the wheel has no such module.
    """
    folder = wheel_folder() / "lib64"
    found = sorted(folder.glob(f"libns3*-{name}.so"))
    if not found:
        raise LibraryError(f"ns-3 has no module {name} in {folder}")
    return found[0]

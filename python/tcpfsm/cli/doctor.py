# SPDX-License-Identifier: GPL-2.0-only
"""The command that tells what is installed and what is missing."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import typer

from ..places import LIBRARY, LibraryError, own_folder, wheel_folder

_HELP = """Tell what is installed and what is missing; exit with 1 if something needed is.

Examples:

- `tcpfsm doctor`

- `tcpfsm doctor --json`
"""

_NEEDED = ("ns3", "cppyy", "numpy", "pandas")
_USEFUL = {
    "pyarrow": "CSV and Parquet",
    "matplotlib": "plots",
    "typer": "this command",
    "rich": "this command",
}
_TOOLS = {"dot": "the diagram as SVG", "tshark": "captures with comments"}
_PROGRAMS = ("demo", "table", "packetdrill", "bench")


class Finding(NamedTuple):
    """Something that is there or not."""

    name: str
    found: str
    needed: bool
    remedy: str
    fits: bool = True
    """Whether its version is the one that is needed."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help=_HELP)(_doctor)


def findings() -> list[Finding]:
    """Look for everything."""
    found = [Finding("Python", platform.python_version(), True, "")]
    versions = _needed_versions()
    for name in (*_NEEDED, *_USEFUL):
        version, wanted = _version(name), versions.get(name)
        package = f"{name}=={wanted}" if wanted else name
        remedy = f"pip install {package}" + (f" ({_USEFUL[name]})" if name in _USEFUL else "")
        fits = wanted in (None, version)
        found.append(Finding(name, version, name in _NEEDED, remedy, fits))
    found.append(Finding("ns-3's folder", _place(wheel_folder), True, "pip install ns3"))
    found.append(Finding(LIBRARY, _place(own_folder), True, "./waf build"))
    for name in _PROGRAMS:
        program = f"tcp-fsm-{name}"
        place = _place(lambda program=program: own_folder(program))
        found.append(Finding(program, place, False, "./waf build"))
    compiler = shutil.which("g++") or ""
    found.append(Finding("g++", compiler, True, "apt install g++ (cppyy reads its headers)"))
    for name, what in _TOOLS.items():
        remedy = f"apt install {'graphviz' if name == 'dot' else name} ({what})"
        found.append(Finding(name, shutil.which(name) or "", False, remedy))
    return found


def _needed_versions() -> dict[str, str]:
    """Return the versions that the package insists on, of its source tree or as installed."""
    project = Path(__file__).parents[3] / "pyproject.toml"
    if project.exists():
        lines = re.findall(r'^ *"(.+)",$', project.read_text(encoding="utf-8"), re.MULTILINE)
    elif _version("tcpfsm"):
        lines = importlib.metadata.requires("tcpfsm") or []
    else:
        lines = []
    exact = (re.fullmatch(r"([\w-]+)==(\S+)", line) for line in lines)
    return {each[1]: each[2] for each in exact if each}


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _place(find: object) -> str:
    try:
        return str(find())
    except LibraryError:
        return ""


def _doctor(as_json: bool = typer.Option(False, "--json", help="Print JSON.")) -> None:
    found = findings()
    if as_json:
        typer.echo(json.dumps([each._asdict() for each in found], indent=1))
    else:
        _print(found)
    if any(each.needed and not (each.found and each.fits) for each in found):
        sys.exit(1)


def _print(found: list[Finding]) -> None:
    width = max(len(each.name) for each in found)
    for each in found:
        if each.found and each.fits:
            typer.echo(f"  {each.name:{width}}  {each.found}")
        else:
            word = f"{each.found}, UNFIT" if each.found else "MISSING"
            word = word if each.needed else word.lower()
            typer.echo(f"  {each.name:{width}}  {word}: {each.remedy}")

# SPDX-License-Identifier: GPL-2.0-only
"""Attributes of TCP: finds them by name, and checks values, as ns-3 ends the program at some."""

from __future__ import annotations

from dataclasses import dataclass

from . import rules
from ._load import ns
from ._quantity import choice, duration, number, whole

_HOMES = ("TcpFsmSocket", "TcpFsmL4Protocol", "TcpSocketBase", "TcpSocket", "TcpL4Protocol")
# What ns-3 takes to be a value, and the socket does not.
_LEAST = {"SegmentSize": "1"}
# What an attribute that names a type wants.
_PARENTS = {
    "SocketType": "TcpCongestionOps",
    "RecoveryType": "TcpRecoveryOps",
    "RttEstimatorType": "RttEstimator",
}


@dataclass(frozen=True)
class Attribute:
    """An attribute of TCP."""

    name: str
    home: str
    """The type that has it."""
    default: str
    kind: str
    """The C++ type of its values."""
    limits: str
    """The checker's words: type and range, or the choices."""

    @property
    def of_protocol(self) -> bool:
        """Whether hosts have it, rather than their sockets."""
        return self.home.endswith("L4Protocol")

    @property
    def path(self) -> str:
        """Its name for ns-3."""
        return f"ns3::{self.home}::{self.name}"

    def text(self, value: object) -> str:
        """Return a value as ns-3 reads it. Raises ValueError, TypeError for another."""
        reader = {
            "Time": lambda: duration(value, self.name),
            "Uinteger": lambda: str(whole(value, self.name, *map(int, self._range()))),
            "Integer": lambda: str(whole(value, self.name, *map(int, self._range()))),
            "Double": lambda: repr(number(value, self.name, *map(float, self._range()))),
            "Boolean": lambda: choice(str(value).lower(), self.name, ("true", "false", "0", "1")),
            "Enum": lambda: choice(value, self.name, self.limits.split("|")),
            "TypeId": lambda: self._type(value),
            "String": lambda: choice(value, self.name, rules.profiles()),  # Profile
        }.get(self.kind.replace("ns3::", "").split("Value")[0])
        if not reader:
            raise ValueError(f"{self.name} cannot be set: its values are no text or number")
        return reader()

    def _range(self) -> list[str]:
        least, most = self.limits.split()[1].split(":")
        return [_LEAST.get(self.name, least), most]

    def _type(self, value: object) -> str:
        wanted, found = ns.TypeId(), ns.TypeId()
        ns.TypeId.LookupByNameFailSafe(f"ns3::{_PARENTS[self.name]}", wanted)
        name = str(value) if str(value).startswith("ns3::") else f"ns3::{value}"
        known = ns.TypeId.LookupByNameFailSafe(name, found)
        if not known or not found.IsChildOf(wanted) or not found.HasConstructor():
            example = str(ns.TypeId.LookupByName(self.default).GetName())
            raise ValueError(
                f"{self.name} is {value!r}: name a type of ns3::{_PARENTS[self.name]}, "
                f"such as {example}"
            )
        return name


def find(name: str) -> Attribute:
    """Return the attribute of a name. Raises ValueError if TCP has none."""
    for home in _HOMES:
        type_id = ns.TypeId()
        if not ns.TypeId.LookupByNameFailSafe(f"ns3::{home}", type_id):
            continue
        for place in range(type_id.GetAttributeN()):
            info = type_id.GetAttribute(place)
            if str(info.name) == name:
                checker = info.checker
                default = str(info.initialValue.SerializeToString(checker))
                kind = str(checker.GetValueTypeName())
                limits = str(checker.GetUnderlyingTypeInformation())
                return Attribute(name, home, default, kind, limits)
    raise ValueError(f"{name}: TCP has no such attribute; see Attributes in doc/tcp-fsm.rst")

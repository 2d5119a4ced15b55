# SPDX-License-Identifier: GPL-2.0-only
"""How things are written."""

from __future__ import annotations


def endpoint(address: str, port: int | str) -> str:
    """Return an address and a port as text; IPv6 addresses are in brackets (RFC 3986 3.2.2)."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"

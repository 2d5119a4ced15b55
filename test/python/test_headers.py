# SPDX-License-Identifier: GPL-2.0-only
"""The headers that are installed, as a script in an ns-3 tree includes them."""

import re

import pytest
from conftest import TOP

HEADERS = sorted(
    header for folder in ("model", "model/engine", "helper") for header in TOP.glob(f"{folder}/*.h")
)


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header.name)
def test_includes_are_found(header):
    """Only a header's own folder is looked through, and ns3/, where each header has its name."""
    included = re.findall(r'#include "([^"]+)"', header.read_text(encoding="utf-8"))
    own = [name for name in included if "/" not in name]
    assert [name for name in own if not (header.parent / name).exists()] == []

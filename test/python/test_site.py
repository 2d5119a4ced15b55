# SPDX-License-Identifier: GPL-2.0-only
"""The site of the documentation: made without warnings, and complete."""

import re
import textwrap

from conftest import TOP
from tcpfsm import rules


def test_site_is_made(python):
    code, output, errors = python.run(str(TOP / "doc" / "site" / "make.py"), "site")
    assert (code, output, errors) == (0, "", "")
    html = python.folder / "site" / "html"
    pages = {page.stem: page.read_text(encoding="utf-8") for page in html.glob("*.html")}
    for rule in rules.table():
        assert f">{rule.id}<" in pages["rules"]
    for example in TOP.glob("examples/*.py"):
        assert f"{example.stem}.svg" in pages["examples"]
    assert "tcpi_state" in pages["examples"]
    assert "A simulation begins and ends" in pages["tutorial"]
    assert "Scope and Limitations" in pages["manual"]
    assert "explain a record" in pages["command"]
    assert "tcpfsm.simulation.Simulation.transitions" in pages["reference"]


def test_the_how_to_compares_congestion_controls(python):
    text = (TOP / "doc" / "site" / "howto.rst").read_text(encoding="utf-8")
    section = text[text.index("Compare congestion controls") :]
    script = textwrap.dedent(re.search(r"(?:^(?:    .*)?\n)+", section.split("::\n")[1], re.M)[0])
    python.script(f"import tcpfsm\n{script}")
    figure = (python.folder / "controls.svg").read_text(encoding="utf-8")
    assert "TcpCubic" in figure
    assert "TcpNewReno" in figure


def test_all_that_examples_start_is_built_before():
    command = (TOP / "waftools" / "docs.py").read_text(encoding="utf-8")
    targets = re.search(r'self\.targets = "(.*)"', command)[1].split(",")
    programs = {"table.run": "tcp-fsm-table", "packetdrill": "tcp-fsm-packetdrill"}
    for example in TOP.glob("examples/*.py"):
        text = example.read_text(encoding="utf-8")
        for start, program in programs.items():
            assert start not in text or program in targets

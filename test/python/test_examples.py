# SPDX-License-Identifier: GPL-2.0-only
"""The examples: what they print, and that each makes a figure."""

import runpy
import sys

import pytest
from conftest import TOP

EXAMPLES = TOP / "examples"

# What the text at the top of each tells to look at.
PRINTED = {
    "hello": ["FIN-WAIT-1", "243.010130", "TIMER-2MSL"],
    "every-arrow": ["21 of 21 arrows"],
    "simultaneous-open": [
        f"node {node}: SYN-SENT -> SYN-RCVD -> ESTABLISHED -> FIN-WAIT-1 -> CLOSING -> TIME-WAIT"
        for node in (0, 1)
    ],
    # 10 segments of 1460 octets less 12 of timestamps (RFC 6928), and twice the link's delay.
    "bulk-transfer": [
        "the server received 1000000 of 1000000 octets",
        "CongestionWindow: 14480 to ",
        "RTT: 0.04 to ",
    ],
    "half-close": [
        "close(): the client received 0 of 20000 octets",
        "shutdown(): the client received 20000 of 20000 octets",
    ],
    "handshake-loss": [
        "nothing   ESTABLISHED at 0.0100 s (client), 0.0150 s (server)",
        "SYN       ESTABLISHED at 1.0100 s (client), 1.0150 s (server)",
        "SYN-ACK   ESTABLISHED at 1.0100 s (client), 1.0150 s (server)",
        "last ACK  ESTABLISHED at 0.0100 s (client), 0.1050 s (server)",
    ],
    "rst-attack": [
        "rfc793: challenge ACKs: 0, the connection is gone",
        "the connection is ['ESTABLISHED']",
    ],
    "syn-flood": [
        "backlog 16: 16 half-open; the client waits -> is in -> ECONNRESET",
        "backlog 128: 128 half-open; the client waits -> is in\n",
    ],
    "own-script": [
        "rfc9293: PASS own-script.pkt",
        "rfc793: FAIL own-script.pkt:12: no packet was sent",
        "stock: FAIL own-script.pkt:12: no packet was sent",
    ],
    "time-wait-reopening": [
        "the client has closed first: the second call fails",
        "EADDRNOTAVAIL",
        "the server has closed first: the second call is accepted",
    ],
    "stock-against-fsm": [
        "ns-3's TCP: nothing is told",
        "this TCP: the caller is refused",
        "this TCP: an end is connected, an end is connected",
        "this TCP: the reader sees the end",
    ],
}


def test_all_are_here():
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(PRINTED)
    for name in PRINTED:
        assert (EXAMPLES / f"{name}.cc").exists() or (EXAMPLES / f"{name}.pkt").exists()


@pytest.mark.parametrize("name", PRINTED)
def test_example(name, tmp_path, monkeypatch, capfd):
    figure = tmp_path / f"{name}.svg"
    monkeypatch.setattr(sys, "argv", [name, str(figure), "--short"])
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    output = capfd.readouterr().out
    for text in PRINTED[name]:
        assert text in output
    assert figure.read_text(encoding="utf-8").startswith("<?xml")

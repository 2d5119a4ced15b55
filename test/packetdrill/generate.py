#! /usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Writes a packetdrill script for each case of the table of states and segments.

usage: generate.py EXPECTED.csv FOLDER

EXPECTED.csv is test/conformance/expected.csv, where the README says what its columns and variants
mean. The scripts are FOLDER/FAMILY/STATE/STATE-SEGMENT-VARIANT.pkt, where a state's "/" is a "-".
Each brings the host into the state, injects the segment, expects the reply, or silence, and asks
for the state afterwards. All of them begin with the peer's sequence number 0, because a
simultaneous open cannot be written with another.
"""

import csv
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

FAMILIES = ("ipv4", "ipv6")
FLAGS = {
    "SYN": "S",
    "SYN-ACK": "S.",
    "SYN-FIN": "SF",
    "ACK": ".",
    "FIN": "F",
    "FIN-ACK": "F.",
    "RST": "R",
    "RST-ACK": "R.",
}
MODULUS = 2**32
WINDOW = 20000
IN_WINDOW = 10
BEYOND = 1000000
ACK_DISTANCE = 1000
DATA_OCTETS = 10
ARBITRARY_ACK = 3000000  # where the node has sent nothing

SOCKET = "+0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3"
BIND = "+0.00 bind(3, ..., ...) = 0"
LISTEN = [SOCKET, BIND, "+0.00 listen(3, 5) = 0"]
PEER_SYN = f"+0.01 < S 0:0(0) win {WINDOW} <mss 1460>"
SYN_ACK = "+0.00 > S. 0:0(0) ack 1 <...>"
CONNECT = [
    SOCKET,
    "+0.00 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0",
    "+0.00 connect(3, ..., ...) = -1 EINPROGRESS",
    "+0.00 > S 0:0(0) <...>",
]
OPEN = [
    *LISTEN,
    PEER_SYN,
    SYN_ACK,
    f"+0.01 < . 1:1(0) ack 1 win {WINDOW}",
    "+0.00 accept(3, ..., ...) = 4",
]
PEER_FIN = [f"+0.01 < F. 1:1(0) ack 1 win {WINDOW}"]
HALF_CLOSE = ["+0.01 shutdown(4, SHUT_WR) = 0", "+0.00 > F. 1:1(0) ack 1"]
CLOSE = ["+0.01 close(4) = 0", "+0.00 > F. 1:1(0) ack 1"]
ACK_OF_FIN = f"+0.01 < . 1:1(0) ack 2 win {WINDOW}"


@dataclass
class Start:
    """How to come into a state, and the node's variables there, as the script counts."""

    steps: list
    una: int
    nxt: int
    rcv: int
    descriptor: bool  # whether the application holds the connection's descriptor


# In CLOSED, LISTEN and SYN-SENT the variables that are missing have arbitrary numbers.
STARTS = {
    "CLOSED": Start([SOCKET, BIND], ARBITRARY_ACK, ARBITRARY_ACK, 0, False),
    "LISTEN": Start(LISTEN, ARBITRARY_ACK, ARBITRARY_ACK, 0, False),
    "SYN-SENT": Start(CONNECT, 0, 1, 0, True),
    "SYN-RCVD": Start([*LISTEN, PEER_SYN, SYN_ACK], 0, 1, 1, False),
    "SYN-RCVD/simultaneous": Start([*CONNECT, PEER_SYN, SYN_ACK], 0, 1, 1, True),
    "ESTABLISHED": Start(OPEN, 1, 1, 1, True),
    "FIN-WAIT-1": Start([*OPEN, *HALF_CLOSE], 1, 2, 1, True),
    "FIN-WAIT-1/closed": Start([*OPEN, *CLOSE], 1, 2, 1, False),
    "FIN-WAIT-2": Start([*OPEN, *HALF_CLOSE, ACK_OF_FIN], 2, 2, 1, True),
    "FIN-WAIT-2/closed": Start([*OPEN, *CLOSE, ACK_OF_FIN], 2, 2, 1, False),
    "CLOSE-WAIT": Start([*OPEN, *PEER_FIN, "+0.00 > . 1:1(0) ack 2"], 1, 1, 2, True),
    "CLOSING": Start([*OPEN, *CLOSE, *PEER_FIN, "+0.00 > . 2:2(0) ack 2"], 1, 2, 2, False),
    "LAST-ACK": Start(
        [
            *OPEN,
            *PEER_FIN,
            "+0.00 > . 1:1(0) ack 2",
            "+0.01 close(4) = 0",
            "+0.00 > F. 1:1(0) ack 2",
        ],
        1,
        2,
        2,
        False,
    ),
    "TIME-WAIT": Start(
        [
            *OPEN,
            *CLOSE,
            ACK_OF_FIN,
            f"+0.01 < F. 1:1(0) ack 2 win {WINDOW}",
            "+0.00 > . 2:2(0) ack 2",
        ],
        2,
        2,
        2,
        False,
    ),
}


@dataclass
class Segment:
    """The segment of a case."""

    flags: str
    seq: int
    ack: int
    length: int

    def line(self):
        seq = self.seq % MODULUS
        text = f"{self.flags} {seq}:{(seq + self.length) % MODULUS}({self.length})"
        if self.ack:
            text += f" ack {self.ack % MODULUS}"
        options = " <mss 1460>" if "S" in self.flags else ""
        return f"+0.10 < {text} win {WINDOW}{options}"

    def span(self):
        """Returns SEG.LEN, in which SYN and FIN count."""
        return self.length + sum(flag in self.flags for flag in "SF")


def make_segment(start, name, variant):
    flags = FLAGS[name]
    ack = start.nxt if "." in flags else 0
    segment = Segment(flags, start.rcv, ack, 0)
    if variant == "seq-1":
        segment.seq -= 1
    elif variant == "in-window":
        segment.seq += IN_WINDOW
    elif variant == "beyond":
        segment.seq += BEYOND
    elif variant == "data":
        segment.length = DATA_OCTETS
    elif variant == "no-ack":
        segment.flags = flags.replace(".", "") or "-"
    elif variant == "ack-unsent":
        segment.ack += ACK_DISTANCE
    elif variant == "ack-una":
        segment.ack = start.una
    elif variant == "ack-below-una":
        segment.ack = start.una - ACK_DISTANCE
    elif variant == "ack-old":
        segment.ack = start.una - WINDOW - ACK_DISTANCE
    elif variant != "exact":
        raise ValueError(f"no such variant: {variant}")
    return segment


def peer_isn(state, segment):
    """Returns what the runner takes for the peer's initial sequence number after the segment.

    The first segment to a socket without a connection has it, and the first SYN-ACK to one that
    connects, even if a SYN came before. All that comes later and has no SYN counts from it.
    """
    learns = state in ("CLOSED", "LISTEN") or (
        state in ("SYN-SENT", "SYN-RCVD/simultaneous") and segment.flags == "S."
    )
    return segment.seq if learns else 0


def expect_line(reply, start, segment, state):
    """Returns the line for a reply in the notation of the table."""
    match = re.fullmatch(r"([A-Z-]+)\(seq=([^,]+)(?:,ack=([^,]+))?\)", reply)
    kind, seq_name, ack_name = match.groups()
    names = {
        "0": 0,
        "ISS": 0,
        "SND.NXT": start.nxt,
        "RCV.NXT": start.rcv,
        "SEG.SEQ": segment.seq,
        "SEG.ACK": segment.ack,
    }

    def value(text):
        name, _, offset = text.partition("+")
        return names[name] + int(offset or 0)

    seq = value(seq_name) % MODULUS
    numbers = f"{seq}:{seq}(0)"
    if kind == "SYN-ACK" and state == "TIME-WAIT":
        numbers = "...(0)"  # the ISS of a new connection
    ack = ""
    if ack_name:
        origin = 0 if "SYN" in kind else peer_isn(state, segment)
        ack = f" ack {(value(ack_name) - origin) % MODULUS}"
    options = " <...>" if "SYN" in kind else ""
    # Only data in their order that come alone may wait for an acknowledgment (reactions: step 6).
    waits = segment.flags == "." and segment.length and kind == "ACK" and "+" in (ack_name or "")
    when = "+0.00~+0.50" if waits else "+0.00"
    return f"{when} > {FLAGS[kind]} {numbers}{ack}{options}"


def count(family, what, number):
    """Returns a command that counts lines with a word; a CLOSED socket is no connection."""
    sockets = f"sockstat -{family[-1]} -P tcp -p 8080 -s | grep packetdril | grep -v CLOSED"
    return f"+0.00 `{sockets} | grep -c {what} | grep {number}`"


def state_lines(state, following, family):
    """Returns lines that ask for the state afterwards, half a second after the last packet."""
    lines = ["+0.50 `true`"]
    start = STARTS[state]
    name = following.replace("-", "_")
    tcpi_name = "SYN_RECEIVED" if following == "SYN-RCVD" else name
    listens = SOCKET in start.steps and "+0.00 listen(3, 5) = 0" in start.steps
    if state == "SYN-RCVD" and following in ("ESTABLISHED", "CLOSE-WAIT"):
        lines.append("+0.00 accept(3, ..., ...) = 4")
        lines.append(f"+0.00 %{{ assert tcpi_state == TCPI_{tcpi_name} }}%")
    elif start.descriptor and following != "TIME-WAIT":
        lines.append(f"+0.00 %{{ assert tcpi_state == TCPI_{tcpi_name} }}%")
    elif following not in ("CLOSED", "LISTEN"):
        lines.append(count(family, name, 1))
    # Besides the connection there is a listener, and nothing else.
    connections = following not in ("CLOSED", "LISTEN")
    if listens:
        lines.append(count(family, "LISTEN", 1))
    lines.append(count(family, "packetdril", connections + listens))
    return lines


def make_script(case, family):
    start = STARTS[case["state"]]
    segment = make_segment(start, case["segment"], case["variant"])
    lines = [
        "// SPDX-License-Identifier: GPL-2.0-only",
        f"// {case['state']}: {case['segment']}, {case['variant']}: {case['clause']}",
        f"--ip_version={family}",
    ]
    if case["state"] == "TIME-WAIT":
        lines.append("`sysctl -w tcpfsm.TimeWaitSyn=Reopen`")
    first = start.steps[0].replace("+0.00", " 0.00", 1)
    lines += [first, *start.steps[1:], segment.line()]
    if case["reply"] != "none":
        replies = case["reply"].split(" + ")
        lines += [expect_line(reply, start, segment, case["state"]) for reply in replies]
    lines += state_lines(case["state"], case["next"], family)
    return "\n".join(lines) + "\n"


def main(expected, folder):
    with open(expected, newline="", encoding="ascii") as file:
        cases = list(csv.DictReader(file))
    shutil.rmtree(folder, ignore_errors=True)
    for family in FAMILIES:
        for case in cases:
            state = case["state"].replace("/", "-")
            path = Path(folder, family, state, f"{state}-{case['segment']}-{case['variant']}.pkt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(make_script(case, family), encoding="ascii")
    print(f"{len(cases) * len(FAMILIES)} scripts in {folder}")


if __name__ == "__main__":
    PROGRAM_AND_ARGUMENTS = 3
    if len(sys.argv) != PROGRAM_AND_ARGUMENTS:
        sys.exit(__doc__)
    main(*sys.argv[1:])

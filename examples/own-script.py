# SPDX-License-Identifier: GPL-2.0-only
"""A packetdrill script of your own, examples/own-script.pkt, run against three simulated hosts.

Look at: by RFC 9293 (with RFC 5961) a host answers a RST whose number is only near by a challenge
ACK, and the exact one resets the connection; by RFC 793 any in the window does, and so does
ns-3's own TCP. The script fails there, and says in which line.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "own-script.svg"
SCRIPT = Path(__file__).with_suffix(".pkt")
HOSTS = {"rfc9293": "--profile=rfc9293", "rfc793": "--profile=rfc793", "stock": "--stack=stock"}

traces = {}
with tempfile.TemporaryDirectory() as folder:
    for host, option in HOSTS.items():
        trace = Path(folder, f"{host}.csv")
        command = [sys.executable, "-m", "tcpfsm", "packetdrill", option, f"--trace={trace}"]
        end = subprocess.run(
            [*command, SCRIPT.name], cwd=SCRIPT.parent, capture_output=True, text=True, check=False
        )
        if not end.stdout:
            sys.exit(end.stderr)
        print(f"{host}: {end.stdout.splitlines()[0]}")
        traces[host] = tcpfsm.read(trace)

for ax, host in zip(tcpfsm.plot.figure(2, 9, 5), ("rfc9293", "rfc793")):
    tcpfsm.plot.timeline(traces[host], ax, until=0.4, title=f"Profile {host}")
tcpfsm.plot.save(ax, FIGURE)

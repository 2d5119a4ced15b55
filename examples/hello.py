# SPDX-License-Identifier: GPL-2.0-only
"""A connection from its first to its last state: two hosts, a trace, a figure.

Look at: the client's first FIN is lost, so it stays in FIN-WAIT-1 until it sends another a second
later; the end that closes first waits in TIME-WAIT for 240 s, the other one is done at once.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "hello.svg"

with tcpfsm.Simulation(seed=7) as sim:
    net = sim.pair(rate="10Mbps", delay="5ms")
    net.drop(first="FIN", node=0)
    net[1].listen(80, on_data=lambda s, data: s.send(data), on_end=lambda s: s.close())
    client = net[0].connect(net[1], 80, at=1.0)
    client.send(b"hello", at=1.1)
    client.close(at=2.0)
    sim.at(2.5, lambda: print(net[0].connections()))
    sim.run(until=400)

print(sim.transitions[["seconds", "node", "from", "event", "flags", "to", "rule"]].to_string())
tcpfsm.plot.save(tcpfsm.plot.timeline(sim.transitions), FIGURE)

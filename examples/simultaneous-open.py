# SPDX-License-Identifier: GPL-2.0-only
"""Two hosts call each other at the same time: there is one connection, and no listener.

Look at: the SYNs cross, both ends go from SYN-SENT to SYN-RCVD, and each answers with a SYN-ACK.
Both close at the same time too: FIN-WAIT-1, CLOSING and TIME-WAIT on both sides.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "simultaneous-open.svg"

with tcpfsm.Simulation() as sim:
    net = sim.pair(delay="5ms")
    left = net[0].connect(net[1], 5001, source_port=5000, at=1)
    right = net[1].connect(net[0], 5000, source_port=5001, at=1)
    left.close(at=2)
    right.close(at=2)
    sim.run()

for node, changes in sim.transitions.groupby("node"):
    print(f"node {node}: {' -> '.join(changes['to'])}")
tcpfsm.plot.save(tcpfsm.plot.ladder(sim.reactions), FIGURE)

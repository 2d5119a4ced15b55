# SPDX-License-Identifier: GPL-2.0-only
"""Each segment of the handshake in turn is lost, and the end that misses an answer sends again.

Look at: a lost SYN or SYN-ACK costs the first retransmission timeout, a second. A lost last ACK
leaves the server in SYN-RCVD with a client that is ESTABLISHED already; the client's first data
carries the ACK as well, so that the loss costs nothing where the client speaks first.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "handshake-loss.svg"
LOSSES = {"nothing": {}, "SYN": {"first": "SYN"}, "SYN-ACK": {"first": "SYN-ACK"}}
LOSSES["last ACK"] = {"first": "ACK", "node": 0}


def connect(loss):
    """Connect while a rule is in force."""
    with tcpfsm.Simulation() as sim:
        net = sim.pair(rate="100Mbps", delay="5ms")
        if loss:
            net.drop(**loss)
        net[1].listen(80)
        net[0].connect(net[1], 80).send(100, at=0.1)
        sim.run(until=2)
    return sim.transitions


axes = tcpfsm.plot.figure(len(LOSSES), 8, 10, sharex=True)
for ax, (name, loss) in zip(axes, LOSSES.items()):
    changes = connect(loss)
    opened = changes[changes["to"] == "ESTABLISHED"].set_index("node")["seconds"]
    print(f"lost: {name:8}  ESTABLISHED at {opened[0]:.4f} s (client), {opened[1]:.4f} s (server)")
    tcpfsm.plot.timeline(changes, ax, until=1.5, scale="linear", title=f"Lost: {name}")
tcpfsm.plot.save(ax, FIGURE)

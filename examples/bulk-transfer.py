# SPDX-License-Identifier: GPL-2.0-only
"""A transfer over a link that loses two segments: congestion window and round-trip time.

Look at: the window grows until a segment is lost; the ACKs behind it tell so within a round trip,
it is sent again long before the timeout, and the slow start threshold falls. A timeout would leave
a window of one segment. The RTT follows the window: what the link cannot hold waits in its queue.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "bulk-transfer.svg"
OCTETS = 1_000_000

with tcpfsm.Simulation() as sim:
    net = sim.pair(rate="5Mbps", delay="20ms")
    net.filter("drop 100th data from node 0")
    net.filter("drop 400th data from node 0")
    server = []
    net[1].listen(80, on_accept=server.append, on_end=lambda s: s.close())
    client = net[0].connect(net[1], 80)
    series = client.follow("CongestionWindow", "SlowStartThreshold", "RTT")
    client.send(OCTETS)
    client.close()
    sim.run(until=5)
    values = series.frame()

print(f"the server received {server[0].received} of {OCTETS} octets")
for name in ("CongestionWindow", "RTT"):
    # Before the connection is open they are 0.
    mine = values.loc[(values["variable"] == name) & (values["value"] > 0), "value"]
    print(f"{name}: {mine.min():g} to {mine.max():g}")
changes = sim.transitions[sim.transitions["node"] == client.host.id]
tcpfsm.plot.save(tcpfsm.plot.variables(values, transitions=changes), FIGURE)

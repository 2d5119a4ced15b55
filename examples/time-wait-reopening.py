# SPDX-License-Identifier: GPL-2.0-only
"""The end that closes first keeps the connection in TIME-WAIT; meanwhile the client calls again.

Look at: where the client has closed first, its port is taken for 2 MSL, and the second call
fails: a client that calls often runs out of ports like this. Where the server has closed first, a
SYN that is newer than the old connection reopens it at once (RFC 1122 4.2.2.13, RFC 6191).
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "time-wait-reopening.svg"
SECOND = 10


def call_twice(closes_first):
    """Call twice from the same port; the first connection is closed by one of them."""
    by_client = closes_first == "client"

    def accept(connection):
        if not by_client:
            connection.close()

    with tcpfsm.Simulation() as sim:
        sim.set(Msl="10s")
        client, server = sim.pair(rate="100Mbps", delay="5ms")
        server.listen(80, on_accept=accept, on_end=lambda s: s.close())
        first = client.connect(server, 80, source_port=5000, on_end=lambda s: s.close())
        if by_client:
            first.close(at=1)
        client.connect(server, 80, source_port=5000, at=SECOND, on_end=lambda s: s.close())
        outcome = "is accepted"
        try:
            sim.run(until=SECOND + 5)
        except tcpfsm.SocketError as error:
            outcome = f"fails: {error}"
    print(f"the {closes_first} has closed first: the second call {outcome}")
    return sim.transitions


for ax, who in zip(tcpfsm.plot.figure(2, 9, 6.5), ("client", "server")):
    tcpfsm.plot.timeline(
        call_twice(who),
        ax,
        until=SECOND + 5,
        scale="steps",
        title=f"The {who} closes first; second call at {SECOND} s",
    )
tcpfsm.plot.save(ax, FIGURE)

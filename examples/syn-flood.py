# SPDX-License-Identifier: GPL-2.0-only
"""An attacker sends SYNs from addresses that nobody has, and a client connects in the midst of it.

Look at: the half-open connections never exceed the backlog, since the newest takes the place of
the oldest (RFC 4987 3.3). So the client gets in if its ACK comes before the flood has turned the
queue over: with a backlog of 128 and a SYN each 100 microseconds that takes 12.8 ms, and the
client's round trip 4 ms. With a backlog of 16 it is evicted, and its ACK is refused.
"""

import ipaddress
import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "syn-flood.svg"
SYNS = 1000
INTERVAL = 100e-6
NOBODY = ipaddress.IPv4Address("198.18.0.0")  # set aside for such tests (RFC 2544)


def flood(backlog):
    """Flood a server with this backlog; return its changes of state."""
    outcome = ["waits"]
    with tcpfsm.Simulation() as sim:
        client, server, attacker = sim.star(3, rate="1Gbps", delay="1ms")
        server.listen(80, backlog=backlog)
        for number in range(SYNS):
            attacker.forge(
                "SYN",
                source=str(NOBODY + number),
                source_port=1024 + number,
                destination=server.ipv4,
                port=80,
                seq=number,
                at=number * INTERVAL,
            )
        client.connect(
            server,
            80,
            at=SYNS * INTERVAL / 2,
            on_connect=lambda s: outcome.append("is in"),
            on_error=lambda s, name: outcome.append(name),
        )
        sim.run(until=SYNS * INTERVAL + 0.05)
        half_open = sum(each.state == "SYN-RCVD" for each in server.connections())
    print(f"backlog {backlog}: {half_open} half-open; the client {' -> '.join(outcome)}")
    return sim.transitions[sim.transitions["node"] == server.id]


flood(16)
tcpfsm.plot.save(tcpfsm.plot.occupancy(flood(128)), FIGURE)

# SPDX-License-Identifier: GPL-2.0-only
"""An attacker who cannot see a connection sends resets with a forged address.

It knows addresses and ports, but not the sequence numbers; so it sends resets at distances shorter
than the receive window: the 65,535 octets that the SYN-ACK has told. One of them must lie in it.

Look at: under RFC 793 that one ends the connection. RFC 9293 (by RFC 5961) wants SEG.SEQ to be
exactly RCV.NXT; a reset elsewhere in the window is answered by a challenge ACK, and the
connection lives.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "rst-attack.svg"
STEP = 60_000
INTERVAL = 5e-6


def attack(profile):
    """Let the server resist as a profile says; return what it did."""
    with tcpfsm.Simulation(profile=profile) as sim:
        net = sim.star(3, rate="1Gbps", delay="1ms")
        client, server, attacker = net
        server.listen(80)
        client.connect(server, 80, source_port=5000)
        forged = {"source": client.ipv4, "destination": server.ipv4}

        def send(number=0):
            attacker.forge("RST", **forged, source_port=5000, port=80, seq=number * STEP)
            if (number + 1) * STEP < 1 << 32:
                sim.at(sim.now + INTERVAL, lambda: send(number + 1))

        sim.at(1, send)
        sim.run(until=2)
        left = [each.state for each in server.connections() if each.remote_port]
    reactions = sim.reactions[sim.reactions["node"] == server.id]
    challenges = (reactions["reply"] == "challenge ACK").sum()
    print(f"{profile}: challenge ACKs: {challenges}, the connection is {left or 'gone'}")
    return reactions


for ax, profile in zip(tcpfsm.plot.figure(2, 8, 5, sharex=True), ("rfc793", "rfc9293")):
    tcpfsm.plot.timeline(
        attack(profile), ax, until=2, scale="linear", title=f"Server with profile {profile}"
    )
tcpfsm.plot.save(ax, FIGURE)

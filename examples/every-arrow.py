# SPDX-License-Identifier: GPL-2.0-only
"""Six conversations walk all 21 arrows of the state diagram (RFC 9293, Figure 5).

Nothing but calls of applications and one lost segment is needed.

Look at: the arrows off the beaten track. A listener sends and turns into a caller; a caller that
has changed its mind resets a half-open connection; CLOSE before the handshake is over; the peer's
FIN also acknowledges ours, since the ACK before it was lost.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "every-arrow.svg"
MS = 0.001


def serve(sim, net, open_for):
    """Listen at host 1; what is accepted is closed after a time, the listener after a second."""
    listener = net[1].listen(80, on_accept=lambda s: s.close(at=sim.now + open_for))
    listener.close(at=1)


def call(net, host, port, to, open_for):
    """Call from a port of a host to the other host's, and close after a time."""
    caller = net[host].connect(net[1 - host], to, at=1 * MS, source_port=port)
    caller.close(at=1 * MS + open_for)


with tcpfsm.Simulation() as sim:
    # A link of 1 ms for each conversation: what both hosts do at once crosses on the way.
    ordinary, sending, fickle, meeting, hasty, lossy = (
        sim.pair(rate="1Gbps", delay="1ms") for _ in range(6)
    )
    serve(sim, ordinary, 30 * MS)
    call(ordinary, 0, 0, 80, 20 * MS)

    serve(sim, sending, 30 * MS)
    turncoat = sending[0].listen(80)
    turncoat.send_to(bytes(100), sending[1], 80, at=1 * MS)
    turncoat.close(at=20 * MS)

    serve(sim, fickle, 30 * MS)
    call(fickle, 0, 0, 80, 0.5 * MS)

    call(meeting, 0, 80, 80, 20 * MS)
    call(meeting, 1, 80, 80, 20 * MS)

    call(hasty, 0, 80, 80, 1.5 * MS)  # its SYN arrives after 1 ms, the SYN-ACK after 2 ms
    call(hasty, 1, 80, 80, 20 * MS)

    lossy.drop(first="ACK", node=1)
    serve(sim, lossy, 30 * MS)
    call(lossy, 0, 0, 80, 20 * MS)
    sim.run()

arrows = {rule.id: rule.arrow for rule in tcpfsm.rules.table()}
taken = sim.transitions.assign(arrow=sim.transitions["rule"].astype(str).map(arrows))
first = taken[taken["arrow"] > 0].drop_duplicates("arrow").sort_values("arrow")
print(first[["arrow", "seconds", "node", "from", "to", "rule"]].to_string(index=False))
print(f"{len(first)} of 21 arrows")
tcpfsm.plot.save(tcpfsm.plot.diagram(sim.transitions), FIGURE)

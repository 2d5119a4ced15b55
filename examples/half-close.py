# SPDX-License-Identifier: GPL-2.0-only
"""A client says that it has no more to send, and goes on reading.

Look at: after shutdown() the client waits in FIN-WAIT-2 while the answer arrives, and the server
sends it from CLOSE-WAIT. After close() in its place nobody reads any more: the answer is refused
by a reset.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "half-close.svg"
ANSWER = 20000


def ask(how):
    """Ask a server, which answers when it has seen the end; the client ends by one of its calls."""
    with tcpfsm.Simulation() as sim:
        net = sim.pair()
        net[1].listen(80, on_end=lambda s: (s.send(ANSWER), s.close()))
        client = net[0].connect(net[1], 80, on_end=lambda s: s.close())
        client.send(b"question", at=1)
        getattr(client, how)(at=1)
        sim.run()
    print(f"{how}(): the client received {client.received} of {ANSWER} octets")
    return sim


ask("close")
tcpfsm.plot.save(tcpfsm.plot.timeline(ask("shutdown").transitions, scale="steps"), FIGURE)

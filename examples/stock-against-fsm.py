# SPDX-License-Identifier: GPL-2.0-only
"""The same three scenarios, between two hosts with ns-3's own TCP and between two with this one.

Look at: ns-3's TCP ignores the reset that refuses a call, resets calls that cross, and after
shutdown() with data on the way sends no FIN, so that the reader never sees the end. The
difference is one argument, stock=(0, 1). The figure shows where the two answer segments
differently.
"""

import sys

import tcpfsm

FIGURE = sys.argv[1] if len(sys.argv) > 1 else "stock-against-fsm.svg"


def call_nobody(net, told):
    """Call a port where nobody listens."""
    net[0].connect(net[1], 80, on_error=lambda s, name: told.append("the caller is refused"))


def call_each_other(net, told):
    """Calls cross."""
    for host in (0, 1):
        connected = {"on_connect": lambda s: told.append("an end is connected")}
        net[host].connect(net[1 - host], 80, source_port=80, **connected)


def half_close(net, told):
    """The sender half-closes while data is on the way."""
    net[1].listen(80, on_end=lambda s: told.append("the reader sees the end"))
    sender = net[0].connect(net[1], 80)
    sender.send(100, at=1)
    sender.shutdown(at=1.003)  # the ACK comes at 1.012


for scenario in (call_nobody, call_each_other, half_close):
    print(scenario.__doc__)
    for name, stock in {"ns-3's TCP": (0, 1), "this TCP": ()}.items():
        told = []
        with tcpfsm.Simulation() as sim:
            scenario(sim.pair(rate="1Mbps", delay="5ms", stock=stock), told)
            sim.run(until=20)
        print(f"  {name}: {', '.join(told) or 'nothing is told'}")

states = "SYN-SENT,ESTABLISHED" if "--short" in sys.argv else "all"
cells = tcpfsm.table.run(state=states)
tcpfsm.plot.save(tcpfsm.plot.status_table(cells, show="differences"), FIGURE)

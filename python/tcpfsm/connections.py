# SPDX-License-Identifier: GPL-2.0-only
"""The list of a host's connections."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ._load import ns
from ._text import endpoint

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Connection:
    """A connection or listener."""

    id: int
    """Number on the host, from 1, as in traces."""
    state: str
    """State, such as "TIME-WAIT"."""
    local_address: str
    local_port: int
    remote_address: str
    remote_port: int
    """Port of the peer; 0 for a listener."""
    age: float
    """Seconds since it began."""
    send_queue: int
    """Octets not acknowledged; of a listener its backlog."""
    receive_queue: int
    """Octets not read; of a listener connections not accepted."""


class Connections(list):
    """A list of `Connection`; printed it looks as the program `ss` shows it."""

    @classmethod
    def of(cls, node: object) -> Connections:
        """Ask the TCP of an ns-3 node."""
        lines = node.GetObject[ns.TcpFsmL4Protocol]().GetConnections()
        return cls(_connection(line) for line in lines)

    def __str__(self) -> str:
        """Print a table."""
        rows = [("State", "Local", "Peer", "Send-Q", "Recv-Q", "Age/s")]
        for each in self:
            local = endpoint(each.local_address, each.local_port)
            peer = endpoint(each.remote_address, each.remote_port or "*")
            queues = (str(each.send_queue), str(each.receive_queue))
            rows.append((each.state, local, peer, *queues, f"{each.age:.6f}"))
        widths = [max(map(len, column)) for column in zip(*rows)]
        numbers = len(rows[0]) - 3
        return "\n".join(
            "  ".join(
                text.ljust(width) if place < numbers else text.rjust(width)
                for place, (text, width) in enumerate(zip(row, widths))
            )
            for row in rows
        )

    def frame(self) -> pandas.DataFrame:
        """Return a data frame with a row for each."""
        import pandas  # noqa: PLC0415  # it takes long to load

        columns = list(Connection.__dataclass_fields__)
        return pandas.DataFrame([asdict(each) for each in self], columns=columns)


def _connection(line: object) -> Connection:
    return Connection(
        id=line.id,
        state=str(ns.TcpFsmStateName(line.state)),
        local_address=address_text(line.localAddress),
        local_port=line.localPort,
        remote_address=address_text(line.remoteAddress),
        remote_port=line.remotePort,
        age=line.age.GetNanoSeconds() / 1e9,
        send_queue=line.sendQueue,
        receive_queue=line.receiveQueue,
    )


def address_text(address: object) -> str:
    """Return an address of ns-3 as text."""
    return str(ns.tcpfsm.AddressToString(ns.tcpfsm.IpAddress(address)))

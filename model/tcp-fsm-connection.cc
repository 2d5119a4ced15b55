// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-connection.h"

namespace ns3
{
namespace tcpfsm
{

TcpFsmConnection
DescribeConnection(uint64_t id, const Flow& flow, TcpSocket::TcpStates_t state, Time age)
{
    TcpFsmConnection connection;
    connection.id = id;
    connection.family = flow.local.IsIpv4() ? 4 : 6;
    connection.localAddress = flow.local.ToAddress();
    connection.localPort = flow.localPort;
    connection.remoteAddress = flow.remote.ToAddress();
    connection.remotePort = flow.remotePort;
    connection.state = state;
    connection.age = age;
    return connection;
}

} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// What the examples have in common: sockets, calls at chosen times, a line for each change of
// state.

#ifndef TCP_FSM_EXAMPLE_H
#define TCP_FSM_EXAMPLE_H

#include "ns3/command-line.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-module.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <functional>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>

namespace example
{

using namespace ns3;

/// @return a time in milliseconds, for people
inline std::string
Milliseconds(Time time)
{
    std::ostringstream text;
    text << time.GetMicroSeconds() / 1000.0 << " ms";
    return text.str();
}

/// Calls a function as an event of a node.
inline void
At(Ptr<Node> node, Time when, std::function<void()> call)
{
    Simulator::ScheduleWithContext(node->GetId(), when, std::move(call));
}

/// Reads all that has arrived.
/// @return how many octets
inline uint32_t
ReadAll(Ptr<Socket> socket)
{
    uint32_t octets = 0;
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
        octets += packet->GetSize();
    }
    return octets;
}

/// @return a TCP socket at a port (0: any) that reads all that arrives
inline Ptr<Socket>
MakeSocket(Ptr<Node> node, uint16_t port = 0)
{
    auto socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
    socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
    socket->SetRecvCallback(Callback<void, Ptr<Socket>>([](Ptr<Socket> from) { ReadAll(from); }));
    return socket;
}

/// Calls a function with each connection that a listener takes; the connection reads what arrives.
inline void
OnAccept(Ptr<Socket> listener, std::function<void(Ptr<Socket>)> accepted)
{
    const auto take = [accepted](Ptr<Socket> socket, const Address& /* peer */) {
        socket->SetRecvCallback(
            Callback<void, Ptr<Socket>>([](Ptr<Socket> from) { ReadAll(from); }));
        accepted(socket);
    };
    listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                Callback<void, Ptr<Socket>, const Address&>(take));
}

/// Calls a function with each change of state of the nodes that have our TCP.
inline void
OnTransition(const NodeContainer& nodes, std::function<void(const TcpFsmTransition&)> sink)
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (const auto tcp = (*node)->GetObject<TcpFsmL4Protocol>())
        {
            tcp->TraceConnectWithoutContext("Transition",
                                            Callback<void, const TcpFsmTransition&>(sink));
        }
    }
}

/// Prints one change of state.
inline void
Print(const TcpFsmTransition& change)
{
    std::cout << Milliseconds(change.time) << "  node " << change.node << ": "
              << TcpFsmStateName(change.from) << " -> " << TcpFsmStateName(change.to) << "  ("
              << change.event;
    if (change.segment != 0)
    {
        std::cout << ' ' << tcpfsm::FlagsToString(change.flags);
    }
    std::cout << ", rule " << change.rule << ")\n";
}

/// Puts a segment on a host's link as if it came from any address, past the host's own stack.
inline void
SendForged(Ptr<NetDevice> device,
           Ipv4Address source,
           Ipv4Address destination,
           const TcpHeader& segment)
{
    auto packet = Create<Packet>();
    packet->AddHeader(segment);
    Ipv4Header ip;
    ip.SetSource(source);
    ip.SetDestination(destination);
    ip.SetProtocol(6);
    ip.SetTtl(64);
    ip.SetPayloadSize(packet->GetSize());
    packet->AddHeader(ip);
    device->Send(packet, device->GetBroadcast(), 0x0800);
}

/// Writes every reaction of all nodes to a file, if one is named (option --trace).
inline void
Trace(const std::string& file)
{
    if (!file.empty())
    {
        TcpFsmTraceHelper().EnableReactions(file);
    }
}

} // namespace example

#endif // TCP_FSM_EXAMPLE_H

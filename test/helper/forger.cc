// SPDX-License-Identifier: GPL-2.0-only

#include "forger.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ip-l4-protocol.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/uinteger.h"

#include <functional>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

Forger::Forger(const NodeContainer& nodes, const std::vector<Ipv4Address>& addresses)
    : m_nodes(nodes),
      m_addresses(addresses)
{
    constexpr uint8_t TCP = 6;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        const auto ip = (*node)->GetObject<Ipv4L3Protocol>();
        ip->Remove(ip->GetProtocol(TCP));
        auto socket = Socket::CreateSocket(*node, Ipv4RawSocketFactory::GetTypeId());
        socket->SetAttribute("Protocol", UintegerValue(TCP));
        socket->Bind();
        const std::function<void(Ptr<Socket>)> note = [this](const Ptr<Socket>& from) {
            Note(from->Recv());
        };
        socket->SetRecvCallback(Callback<void, Ptr<Socket>>(note));
        m_sockets.push_back(socket);
    }
}

void
Forger::Send(uint32_t from, uint32_t to, uint8_t flags, uint32_t octets)
{
    TcpHeader header;
    header.SetFlags(flags);
    header.SetSequenceNumber(SequenceNumber32(++m_sent));
    auto packet = Create<Packet>(octets);
    packet->AddHeader(header);
    const InetSocketAddress there(m_addresses.at(to), 0);
    Simulator::ScheduleWithContext(
        m_nodes.Get(from)->GetId(),
        MilliSeconds(100 * m_sent),
        [socket = m_sockets.at(from), packet, there] { socket->SendTo(packet, 0, there); });
}

const std::vector<uint32_t>&
Forger::Run() const
{
    Simulator::Run();
    return m_arrived;
}

Time
Forger::GetLast() const
{
    return m_last;
}

void
Forger::Note(Ptr<Packet> packet)
{
    Ipv4Header ip;
    packet->RemoveHeader(ip);
    TcpHeader tcp;
    packet->RemoveHeader(tcp);
    m_arrived.push_back(tcp.GetSequenceNumber().GetValue());
    m_last = Simulator::Now();
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

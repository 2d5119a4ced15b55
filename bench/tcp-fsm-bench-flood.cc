// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-flood.h"

#include "tcp-fsm-raw-peer.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/mac48-address.h"
#include "ns3/packet.h"
#include "ns3/simple-channel.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-option-rfc793.h"
#include "ns3/tcp-socket-factory.h"

#include <functional>

namespace ns3
{

namespace
{

constexpr uint16_t ETHERTYPE_IPV4 = 0x0800;
constexpr uint8_t PROTOCOL_TCP = 6;
constexpr uint16_t OPEN_PORT = 80;
constexpr uint16_t CLOSED_PORT = 81;
constexpr uint32_t FIRST_ADDRESS = 11 << 24; // 11.0.0.0

/// Between one segment and the next.
const Time GAP = NanoSeconds(500);

/// Where answers end.
bool
Drop(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&)
{
    return true;
}

} // namespace

TcpFsmBenchFlood::TcpFsmBenchFlood(TcpFsmStack stack)
    : m_node(CreateObject<Node>()),
      m_forger(CreateObject<SimpleNetDevice>())
{
    auto channel = CreateObject<SimpleChannel>();
    auto device = CreateObject<SimpleNetDevice>();
    auto forgersNode = CreateObject<Node>();
    for (const auto& [end, node] : {std::pair(device, m_node), std::pair(m_forger, forgersNode)})
    {
        end->SetAttribute("PointToPointMode", BooleanValue(true));
        end->SetAddress(Mac48Address::Allocate());
        node->AddDevice(end);
        end->SetChannel(channel);
    }
    m_forger->SetReceiveCallback(MakeCallback(&Drop));

    TcpFsmInstallStack(stack, m_node);
    auto ipv4 = m_node->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, Ipv4InterfaceAddress("10.0.0.1", "255.255.255.0"));
    ipv4->SetUp(interface);
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol())
        ->SetDefaultRoute("10.0.0.2", interface);

    m_listener = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
    m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), OPEN_PORT));
    m_listener->Listen();
}

TcpFsmBenchFlood::~TcpFsmBenchFlood()
{
    m_listener = nullptr;
    m_forger = nullptr;
    m_node = nullptr;
    Simulator::Destroy();
}

void
TcpFsmBenchFlood::MeetAddresses(uint32_t count)
{
    Send(count, CLOSED_PORT, TcpHeader::ACK);
}

void
TcpFsmBenchFlood::SendSyns(uint32_t count)
{
    Send(count, OPEN_PORT, TcpHeader::SYN);
}

void
TcpFsmBenchFlood::Send(uint32_t count, uint16_t port, uint8_t flags)
{
    std::function<void(uint32_t)> turn = [&](uint32_t i) {
        Forge(i, port, flags);
        if (i + 1 < count)
        {
            Simulator::Schedule(GAP, [&turn, i] { turn(i + 1); });
        }
    };
    Simulator::ScheduleNow([&turn] { turn(0); });
    TcpFsmRunFor(GAP * (count + 1));
}

void
TcpFsmBenchFlood::Forge(uint32_t index, uint16_t port, uint8_t flags)
{
    TcpHeader tcp;
    tcp.SetSourcePort(static_cast<uint16_t>(1024 + index % 60000));
    tcp.SetDestinationPort(port);
    tcp.SetSequenceNumber(SequenceNumber32(index));
    tcp.SetFlags(flags);
    tcp.SetWindowSize(65535);
    if (flags & TcpHeader::SYN)
    {
        auto mss = CreateObject<TcpOptionMSS>();
        mss->SetMSS(1460);
        tcp.AppendOption(mss);
    }
    auto packet = Create<Packet>();
    packet->AddHeader(tcp);
    Ipv4Header ip;
    ip.SetSource(Ipv4Address(FIRST_ADDRESS + index));
    ip.SetDestination("10.0.0.1");
    ip.SetProtocol(PROTOCOL_TCP);
    ip.SetTtl(64);
    ip.SetPayloadSize(static_cast<uint16_t>(packet->GetSize()));
    packet->AddHeader(ip);
    m_forger->Send(packet, m_forger->GetBroadcast(), ETHERTYPE_IPV4);
}

} // namespace ns3

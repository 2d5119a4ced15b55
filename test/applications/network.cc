// SPDX-License-Identifier: GPL-2.0-only

#include "network.h"

#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/ipv6-header.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/ppp-header.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-helper.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ns3
{
namespace test
{

namespace
{

constexpr uint8_t TCP = 6;
constexpr uint16_t PPP_IPV4 = 0x0021;
constexpr uint16_t PPP_IPV6 = 0x0057;

/// Copies the segments that fit.
template <typename Predicate>
Segments
Select(const Segments& segments, Predicate fits)
{
    Segments selected;
    std::copy_if(segments.begin(), segments.end(), std::back_inserter(selected), fits);
    return selected;
}

} // namespace

void
Install(TcpFsmStack stack, const NodeContainer& nodes)
{
    if (stack == TcpFsmStack::FSM)
    {
        TcpFsmHelper().Install(nodes);
    }
    else
    {
        InternetStackHelper().Install(nodes);
    }
}

Network::Network(const NetworkConfig& config)
    : m_config(config)
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    RngSeedManager::ResetNextStreamIndex();
    m_nodes.Create(2);
    Install(config.client, m_nodes.Get(0));
    Install(config.server, m_nodes.Get(1));
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue(config.rate));
    link.SetChannelAttribute("Delay", TimeValue(config.delay));
    m_devices = link.Install(m_nodes);
    if (config.ipv6)
    {
        const auto hosts = Ipv6AddressHelper("2001:db8::", Ipv6Prefix(64)).Assign(m_devices);
        m_addresses = {hosts.GetAddress(0, 1), hosts.GetAddress(1, 1)};
    }
    else
    {
        const auto hosts = Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(m_devices);
        m_addresses = {hosts.GetAddress(0), hosts.GetAddress(1)};
    }
    for (uint32_t side = 0; side < 2; ++side)
    {
        m_devices.Get(side)->TraceConnectWithoutContext(
            "PhyTxBegin",
            MakeCallback(&Capture::Add, &m_captures[side]));
    }
}

Network::~Network()
{
    Simulator::Destroy();
}

void
Network::Capture::Add(Ptr<const Packet> frame)
{
    Ptr<Packet> packet = frame->Copy();
    PppHeader ppp;
    packet->RemoveHeader(ppp);
    Address source;
    Address destination;
    uint8_t protocol{0};
    uint8_t tos{0};
    if (ppp.GetProtocol() == PPP_IPV4)
    {
        Ipv4Header ip;
        packet->RemoveHeader(ip);
        // Fragments are no segments; ns-3's TCP makes them where SegmentSize leaves no room for
        // options.
        protocol = ip.IsLastFragment() && ip.GetFragmentOffset() == 0 ? ip.GetProtocol() : 0;
        tos = ip.GetTos();
        source = ip.GetSource();
        destination = ip.GetDestination();
    }
    else if (ppp.GetProtocol() == PPP_IPV6)
    {
        Ipv6Header ip;
        packet->RemoveHeader(ip);
        protocol = ip.GetNextHeader();
        tos = ip.GetTrafficClass();
        source = ip.GetSource();
        destination = ip.GetDestination();
    }
    if (protocol != TCP)
    {
        return;
    }
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), bytes.size());
    auto segment = TcpFsmRawSegment::FromBytes(bytes, source, destination);
    ASSERT_TRUE(segment);
    segment->tos = tos;
    segment->time = Simulator::Now();
    segments.push_back(*segment);
}

const NodeContainer&
Network::GetNodes() const
{
    return m_nodes;
}

const NetDeviceContainer&
Network::GetDevices() const
{
    return m_devices;
}

const NetworkConfig&
Network::GetConfig() const
{
    return m_config;
}

Address
Network::AddressOf(uint32_t side, uint16_t port) const
{
    const Address& address = m_addresses.at(side);
    return m_config.ipv6 ? Address(Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port))
                         : Address(InetSocketAddress(Ipv4Address::ConvertFrom(address), port));
}

Address
Network::AnyAddress(uint16_t port) const
{
    return m_config.ipv6 ? Address(Inet6SocketAddress(Ipv6Address::GetAny(), port))
                         : Address(InetSocketAddress(Ipv4Address::GetAny(), port));
}

TcpFsmSegmentFilter&
Network::GetFilter()
{
    if (!m_filter)
    {
        m_filter = std::make_unique<TcpFsmSegmentFilter>(m_nodes);
    }
    return *m_filter;
}

void
Network::At(uint32_t side, Time when, std::function<void()> call) const
{
    Simulator::ScheduleWithContext(m_nodes.Get(side)->GetId(),
                                   START + when - Simulator::Now(),
                                   std::move(call));
}

void
Network::Run(Time until) const
{
    Simulator::Stop(START + until - Simulator::Now());
    Simulator::Run();
}

const Segments&
Network::SentBy(uint32_t side) const
{
    return m_captures.at(side).segments;
}

Segments
Network::DataOf(uint32_t side) const
{
    return Select(SentBy(side), [](const auto& segment) { return !segment.data.empty(); });
}

Segments
Network::SentWith(uint32_t side, uint8_t flags) const
{
    return Select(SentBy(side), [flags](const auto& segment) { return segment.flags & flags; });
}

SimulationTest::SimulationTest()
{
    Config::Reset();
}

SimulationTest::~SimulationTest()
{
    Simulator::Destroy();
    Config::Reset();
}

uint64_t
CountOctets(const Segments& segments)
{
    uint64_t octets = 0;
    for (const auto& segment : segments)
    {
        octets += segment.data.size();
    }
    return octets;
}

} // namespace test
} // namespace ns3

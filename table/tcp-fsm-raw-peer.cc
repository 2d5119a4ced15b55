// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-raw-peer.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/callback.h"
#include "ns3/drop-tail-queue.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-routing-helper.h"
#include "ns3/ipv6-static-routing.h"
#include "ns3/ipv6.h"
#include "ns3/mac48-address.h"
#include "ns3/simple-channel.h"
#include "ns3/simulator.h"

#include <string>
#include <utility>

namespace ns3
{

namespace
{

constexpr uint16_t ETHERTYPE_IPV4 = 0x0800;
constexpr uint16_t ETHERTYPE_IPV6 = 0x86dd;
constexpr uint8_t PROTOCOL_ICMP = 1;
constexpr uint8_t PROTOCOL_TCP = 6;
constexpr uint8_t PROTOCOL_ICMPV6 = 58;
constexpr std::size_t QUOTED_OCTETS = 8; // of the segment in an ICMP error (RFC 792)
constexpr uint32_t IPV4_HEADER = 20;     // octets, without options

Ptr<SimpleNetDevice>
MakeDevice(Ptr<Node> node, Ptr<SimpleChannel> channel, uint16_t mtu)
{
    auto device = CreateObject<SimpleNetDevice>();
    device->SetAttribute("PointToPointMode", BooleanValue(true));
    device->SetAddress(Mac48Address::Allocate());
    device->SetMtu(mtu);
    device->SetQueue(CreateObject<DropTailQueue<Packet>>());
    node->AddDevice(device);
    device->SetChannel(channel);
    return device;
}

bool
IgnoreFrame(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&)
{
    return true;
}

Ptr<Packet>
AddIpHeader(const std::vector<uint8_t>& payload, uint8_t protocol, const TcpFsmRawSegment& envelope)
{
    auto packet = Create<Packet>(payload.data(), static_cast<uint32_t>(payload.size()));
    if (Ipv4Address::IsMatchingType(envelope.destination))
    {
        Ipv4Header header;
        header.SetSource(Ipv4Address::ConvertFrom(envelope.source));
        header.SetDestination(Ipv4Address::ConvertFrom(envelope.destination));
        header.SetProtocol(protocol);
        header.SetTtl(envelope.ttl);
        header.SetTos(envelope.tos);
        header.SetPayloadSize(static_cast<uint16_t>(payload.size()));
        header.SetDontFragment();
        if (Node::ChecksumEnabled())
        {
            header.EnableChecksum();
        }
        packet->AddHeader(header);
        return packet;
    }
    Ipv6Header header;
    header.SetSource(Ipv6Address::ConvertFrom(envelope.source));
    header.SetDestination(Ipv6Address::ConvertFrom(envelope.destination));
    header.SetNextHeader(protocol);
    header.SetHopLimit(envelope.ttl);
    header.SetTrafficClass(envelope.tos);
    header.SetPayloadLength(static_cast<uint16_t>(payload.size()));
    packet->AddHeader(header);
    return packet;
}

std::vector<uint8_t>
ToBytes(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return bytes;
}

} // namespace

TcpFsmRawPeer::TcpFsmRawPeer(Ptr<Node> node)
    : TcpFsmRawPeer(node, Config())
{
}

TcpFsmRawPeer::TcpFsmRawPeer(Ptr<Node> node, Config config)
    : m_config(config),
      m_node(node)
{
    auto channel = CreateObject<SimpleChannel>();
    channel->SetAttribute("Delay", TimeValue(config.delay));
    m_nodeSide = MakeDevice(node, channel, config.mtu);
    // The peer may send what the node would have to fragment.
    m_peerSide = MakeDevice(CreateObject<Node>(), channel, 0xffff);
    m_peerSide->SetReceiveCallback(MakeCallback(&TcpFsmRawPeer::Receive, this));
    Assign();
}

TcpFsmRawPeer::~TcpFsmRawPeer()
{
    // Frames may still be under way.
    m_peerSide->SetReceiveCallback(MakeCallback(&IgnoreFrame));
}

void
TcpFsmRawPeer::Assign()
{
    auto ipv4 = m_node->GetObject<Ipv4>();
    auto ipv6 = m_node->GetObject<Ipv6>();
    NS_ABORT_MSG_IF(!ipv4 && !ipv6,
                    "TcpFsmRawPeer: install an internet stack on the node before making a peer");
    NS_ABORT_MSG_IF(m_config.ipv6 ? !ipv6 : !ipv4,
                    "TcpFsmRawPeer: the node has no " << (m_config.ipv6 ? "IPv6" : "IPv4"));

    // One subnet for each link of the node; interface 0 is the loopback device.
    const std::string link = std::to_string(m_nodeSide->GetIfIndex());
    const Ipv4Address node4(("10.1." + link + ".1").c_str());
    const Ipv4Address peer4(("10.1." + link + ".2").c_str());
    const Ipv6Address node6(("2001:db8:" + link + "::1").c_str());
    const Ipv6Address peer6(("2001:db8:" + link + "::2").c_str());
    m_nodeAddresses[0] = node4;
    m_nodeAddresses[1] = node6;
    m_peerAddresses[0] = peer4;
    m_peerAddresses[1] = peer6;

    if (ipv4)
    {
        const uint32_t interface = ipv4->AddInterface(m_nodeSide);
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(node4, Ipv4Mask("255.255.255.0")));
        ipv4->SetUp(interface);
        auto routing = Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol());
        if (routing)
        {
            routing->SetDefaultRoute(peer4, interface);
        }
    }
    if (ipv6)
    {
        // Duplicate address detection would keep the address tentative for the first second.
        if (auto icmp = m_node->GetObject<Icmpv6L4Protocol>())
        {
            icmp->SetAttribute("DAD", BooleanValue(false));
        }
        const uint32_t interface = ipv6->AddInterface(m_nodeSide);
        ipv6->AddAddress(interface, Ipv6InterfaceAddress(node6, Ipv6Prefix(64)));
        ipv6->SetUp(interface);
        auto routing = Ipv6RoutingHelper::GetRouting<Ipv6StaticRouting>(ipv6->GetRoutingProtocol());
        if (routing)
        {
            routing->SetDefaultRoute(peer6, interface);
        }
    }
}

TcpFsmRawSegment
TcpFsmRawPeer::Send(TcpFsmRawSegment segment)
{
    const bool wantsIpv6 = Ipv6Address::IsMatchingType(segment.source) ||
                           Ipv6Address::IsMatchingType(segment.destination);
    const bool wantsIpv4 = Ipv4Address::IsMatchingType(segment.source) ||
                           Ipv4Address::IsMatchingType(segment.destination);
    NS_ABORT_MSG_IF(wantsIpv4 && wantsIpv6,
                    "TcpFsmRawPeer: source and destination are of different families");
    const int family = wantsIpv6 || (!wantsIpv4 && m_config.ipv6) ? 1 : 0;
    if (segment.source.IsInvalid())
    {
        segment.source = m_peerAddresses[family];
    }
    if (segment.destination.IsInvalid())
    {
        segment.destination = m_nodeAddresses[family];
    }
    segment.time = Simulator::Now();
    SendIp(segment.ToBytes(segment.source, segment.destination), PROTOCOL_TCP, segment);
    return segment;
}

void
TcpFsmRawPeer::SendIcmpError(uint8_t type,
                             uint8_t code,
                             const TcpFsmRawSegment& quoted,
                             uint32_t info)
{
    const bool isIpv6 = Ipv6Address::IsMatchingType(quoted.source);
    auto segment = quoted.ToBytes(quoted.source, quoted.destination);
    segment.resize(QUOTED_OCTETS);
    const auto quote = ToBytes(AddIpHeader(segment, PROTOCOL_TCP, quoted));

    // The checksum stays 0: ns-3 does not verify that of an ICMP error.
    std::vector<uint8_t> message{type, code, 0, 0};
    for (const int shift : {24, 16, 8, 0})
    {
        message.push_back(static_cast<uint8_t>(info >> shift));
    }
    message.insert(message.end(), quote.begin(), quote.end());

    TcpFsmRawSegment envelope;
    envelope.source = quoted.destination;
    envelope.destination = quoted.source;
    SendIp(message, isIpv6 ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP, envelope);
}

void
TcpFsmRawPeer::SendIp(const std::vector<uint8_t>& payload,
                      uint8_t protocol,
                      const TcpFsmRawSegment& envelope)
{
    const bool isIpv6 = Ipv6Address::IsMatchingType(envelope.destination);
    m_peerSide->Send(AddIpHeader(payload, protocol, envelope),
                     m_nodeSide->GetAddress(),
                     isIpv6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4);
}

bool
TcpFsmRawPeer::Receive(Ptr<NetDevice>, Ptr<const Packet> packet, uint16_t protocol, const Address&)
{
    auto copy = packet->Copy();
    Address source;
    Address destination;
    uint8_t tos = 0;
    uint8_t ttl = 0;
    bool wrongIpHeader = false;
    if (protocol == ETHERTYPE_IPV4)
    {
        Ipv4Header header;
        if (Node::ChecksumEnabled())
        {
            header.EnableChecksum();
        }
        const auto size = copy->RemoveHeader(header);
        if (header.GetProtocol() != PROTOCOL_TCP || header.GetFragmentOffset() != 0 ||
            !header.IsLastFragment())
        {
            return true;
        }
        source = header.GetSource();
        destination = header.GetDestination();
        tos = header.GetTos();
        ttl = header.GetTtl();
        wrongIpHeader = size != IPV4_HEADER || !header.IsChecksumOk() ||
                        header.GetPayloadSize() != copy->GetSize();
    }
    else if (protocol == ETHERTYPE_IPV6)
    {
        Ipv6Header header;
        copy->RemoveHeader(header);
        if (header.GetNextHeader() != PROTOCOL_TCP)
        {
            return true;
        }
        source = header.GetSource();
        destination = header.GetDestination();
        tos = header.GetTrafficClass();
        ttl = header.GetHopLimit();
        wrongIpHeader = header.GetPayloadLength() != copy->GetSize();
    }
    else
    {
        return true;
    }
    auto segment = TcpFsmRawSegment::FromBytes(ToBytes(copy), source, destination);
    NS_ABORT_MSG_IF(!segment, "TcpFsmRawPeer: the node sent a malformed TCP header");
    segment->tos = tos;
    segment->ttl = ttl;
    segment->wrongIpHeader = wrongIpHeader;
    segment->time = Simulator::Now();
    m_received.push_back(*segment);
    // A watcher may add or remove watchers, itself too.
    for (const auto& [handle, watcher] : std::map(m_watchers))
    {
        watcher(*segment);
    }
    return true;
}

const std::vector<TcpFsmRawSegment>&
TcpFsmRawPeer::GetReceived() const
{
    return m_received;
}

std::vector<TcpFsmRawSegment>
TcpFsmRawPeer::TakeReceived()
{
    return std::exchange(m_received, {});
}

uint32_t
TcpFsmRawPeer::AddWatcher(ReceiveCallback callback)
{
    m_watchers.emplace(m_nextWatcher, std::move(callback));
    return m_nextWatcher++;
}

void
TcpFsmRawPeer::RemoveWatcher(uint32_t handle)
{
    m_watchers.erase(handle);
}

Address
TcpFsmRawPeer::GetAddress() const
{
    return m_peerAddresses[m_config.ipv6 ? 1 : 0];
}

Address
TcpFsmRawPeer::GetNodeAddress() const
{
    return m_nodeAddresses[m_config.ipv6 ? 1 : 0];
}

Time
TcpFsmRawPeer::GetDelay() const
{
    return m_config.delay;
}

Ptr<Node>
TcpFsmRawPeer::GetNode() const
{
    return m_node;
}

Ptr<NetDevice>
TcpFsmRawPeer::GetNodeDevice() const
{
    return m_nodeSide;
}

void
TcpFsmRunFor(Time duration)
{
    Simulator::Stop(duration);
    Simulator::Run();
}

} // namespace ns3

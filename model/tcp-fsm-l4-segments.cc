// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-header-reader.h"
#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-owners.h"
#include "tcp-fsm-socket.h"

#include "ns3/hash.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/ipv6.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-option.h"

/**
 * @file
 * Segments and ICMP errors: from the network to the connection and back. Initial sequence numbers,
 * ports and segment sizes, which depend on the addresses.
 */

namespace ns3
{

using namespace tcpfsm;

NS_LOG_COMPONENT_DEFINE("TcpFsmL4Segments");

namespace
{

constexpr uint8_t TCP_PROTOCOL = 6;

Segment
MakeSegment(const TcpHeader& header, uint32_t textLength)
{
    Segment segment;
    segment.flags = header.GetFlags();
    segment.seq = SeqNumber(header.GetSequenceNumber().GetValue());
    segment.ack = SeqNumber(header.GetAckNumber().GetValue());
    segment.textLength = textLength;
    segment.urgentPointer = header.GetUrgentPointer();
    if (const auto timestamps = ReadTimestamps(header))
    {
        segment.hasTimestamp = true;
        segment.timestampValue = timestamps->value;
    }
    return segment;
}

/// @return true if a connection is bound to another device than the one where a segment arrived
bool
IsBoundElsewhere(const Connection& connection, const Ptr<NetDevice>& device)
{
    Ptr<NetDevice> bound;
    if (connection.socket)
    {
        bound = connection.socket->GetBoundNetDevice();
    }
    else if (connection.halfOpen)
    {
        bound = connection.halfOpen->listener->GetBoundNetDevice();
    }
    else if (connection.timeWait)
    {
        bound = connection.timeWait->ip.device;
    }
    return bound && device && bound != device;
}

} // namespace

IpL4Protocol::RxStatus
TcpFsmL4Protocol::Receive(Ptr<Packet> packet,
                          const Ipv4Header& header,
                          Ptr<Ipv4Interface> interface)
{
    bool isBroadcast = header.GetDestination().IsBroadcast();
    for (uint32_t i = 0; interface && i < interface->GetNAddresses(); ++i)
    {
        isBroadcast =
            isBroadcast || header.GetDestination() == interface->GetAddress(i).GetBroadcast();
    }
    return Deliver(packet,
                   IpAddress(header.GetSource()),
                   IpAddress(header.GetDestination()),
                   static_cast<uint8_t>(header.GetEcn()),
                   interface ? interface->GetDevice() : nullptr,
                   isBroadcast);
}

IpL4Protocol::RxStatus
TcpFsmL4Protocol::Receive(Ptr<Packet> packet,
                          const Ipv6Header& header,
                          Ptr<Ipv6Interface> interface)
{
    return Deliver(packet,
                   IpAddress(header.GetSource()),
                   IpAddress(header.GetDestination()),
                   static_cast<uint8_t>(header.GetEcn()),
                   interface ? interface->GetDevice() : nullptr,
                   false);
}

IpL4Protocol::RxStatus
TcpFsmL4Protocol::Deliver(Ptr<Packet> packet,
                          const IpAddress& source,
                          const IpAddress& destination,
                          uint8_t ecn,
                          const Ptr<NetDevice>& device,
                          bool isBroadcast)
{
    Incoming incoming;
    const uint32_t headerLength = ReadHeader(packet, incoming.header);
    if (headerLength == 0)
    {
        NS_LOG_WARN("segment with an impossible data offset or option length dropped");
        return RX_CSUM_FAILED;
    }
    if (TcpHeader checked;
        Node::ChecksumEnabled() &&
        PacketReceived(packet, checked, source.ToAddress(), destination.ToAddress()) != RX_OK)
    {
        return RX_CSUM_FAILED;
    }
    if (isBroadcast || destination.IsMulticastOrBroadcast() || source.IsMulticastOrBroadcast() ||
        source.IsAny())
    {
        NS_LOG_WARN("segment to or from a broadcast, multicast or invalid address dropped");
        return RX_OK; // RFC 9293 MUST-57, MUST-63: silently
    }
    // ns-3's TcpHeader forgets padding when it reads options.
    packet->RemoveAtStart(headerLength);
    incoming.flow = {destination,
                     source,
                     incoming.header.GetDestinationPort(),
                     incoming.header.GetSourcePort()};
    incoming.packet = packet;
    incoming.segment = MakeSegment(incoming.header, packet->GetSize());
    incoming.segment.isTolerated = m_toleratesMissing;
    incoming.number = ++m_lastSegment;
    incoming.ecn = ecn;
    incoming.device = device;
    Dispatch(incoming);
    return RX_OK;
}

void
TcpFsmL4Protocol::Dispatch(Incoming& incoming)
{
    const Connection found = m_table.Find(incoming.flow);
    const bool isMeant = !IsBoundElsewhere(found, incoming.device);
    if (found.socket && isMeant)
    {
        found.socket->Receive(incoming);
        return;
    }
    if (found.halfOpen && isMeant)
    {
        HalfOpenOwner owner(*this, *found.halfOpen);
        RunSteps(owner, incoming);
        return;
    }
    if (found.timeWait && isMeant)
    {
        TimeWaitOwner owner(*this, *found.timeWait);
        RunSteps(owner, incoming);
        return;
    }
    incoming.facts = Classify(incoming.segment, Sequences(), false);
    TcpFsmSocket* listener = m_table.FindListener(incoming.flow, incoming.device);
    if (listener && isMeant)
    {
        ListenerOwner owner(*this, *listener);
        RunSteps(owner, incoming);
        return;
    }
    RefuseStockSockets();
    NobodyOwner owner(*this);
    RunSteps(owner, incoming);
}

void
TcpFsmL4Protocol::SendControl(const Flow& flow,
                              const Segment& control,
                              uint16_t window,
                              const SynOptions& options,
                              const IpParameters& ip,
                              uint8_t ecnFlags) const
{
    TcpHeader header;
    header.SetSourcePort(flow.localPort);
    header.SetDestinationPort(flow.remotePort);
    header.SetSequenceNumber(SequenceNumber32(control.seq.Value()));
    header.SetAckNumber(SequenceNumber32(control.ack.Value()));
    header.SetFlags(control.flags | ecnFlags);
    header.SetWindowSize(window);
    options.Write(header);

    Ptr<Packet> packet = Create<Packet>();
    if (ip.tos)
    {
        SocketIpTosTag tag;
        tag.SetTos(ip.tos);
        packet->AddPacketTag(tag);
    }
    if (ip.ttl)
    {
        SocketIpTtlTag tag;
        tag.SetTtl(ip.ttl);
        packet->AddPacketTag(tag);
    }
    if (ip.tclass)
    {
        SocketIpv6TclassTag tag;
        tag.SetTclass(ip.tclass);
        packet->AddPacketTag(tag);
    }
    if (ip.hopLimit)
    {
        SocketIpv6HopLimitTag tag;
        tag.SetHopLimit(ip.hopLimit);
        packet->AddPacketTag(tag);
    }
    if (ip.priority)
    {
        SocketPriorityTag tag;
        tag.SetPriority(ip.priority);
        packet->ReplacePacketTag(tag);
    }
    SendPacket(packet, header, flow.local.ToAddress(), flow.remote.ToAddress(), ip.device);
}

void
TcpFsmL4Protocol::OnTimeout(const Flow& flow)
{
    const Connection found = m_table.Find(flow);
    if (found.halfOpen)
    {
        HalfOpenOwner(*this, *found.halfOpen).OnTimeout();
    }
    else if (found.timeWait)
    {
        TimeWaitOwner(*this, *found.timeWait).OnTimeout();
    }
}

void
TcpFsmL4Protocol::ListenerGone(TcpFsmSocket& listener)
{
    while (HalfOpen* entry = m_table.Oldest(listener.HalfOpens()))
    {
        HalfOpenOwner(*this, *entry).Fire(Event::LISTENER_GONE);
    }
}

void
TcpFsmL4Protocol::EnterTimeWait(const TimeWait& entry)
{
    TcpFsmSocket* handle = entry.handle;
    // The list and the table let go of the socket; what is scheduled for this instant may not.
    Simulator::ScheduleNow([keep = Ptr<TcpFsmSocket>(handle)] {});
    m_table.Put(entry);
    handle->LeavePort();
    handle->LeaveList();
}

void
TcpFsmL4Protocol::ReceiveIcmp(Ipv4Address source,
                              uint8_t ttl,
                              uint8_t type,
                              uint8_t code,
                              uint32_t info,
                              Ipv4Address payloadSource,
                              Ipv4Address payloadDestination,
                              const uint8_t payload[8])
{
    constexpr uint8_t UNREACHABLE = 3;
    constexpr uint8_t TIME_EXCEEDED = 11;
    constexpr uint8_t IN_TRANSIT = 0;
    constexpr uint8_t NET = 0;
    constexpr uint8_t FRAGMENTATION_NEEDED = 4;
    constexpr std::array<uint8_t, 5> HARD{2, 3, 9, 10, 13};
    IcmpError error;
    if (type == UNREACHABLE && code == FRAGMENTATION_NEEDED)
    {
        error.event = Event::ICMP_PACKET_TOO_BIG;
        error.mtu = info & 0xffff;
    }
    else if (type == TIME_EXCEEDED && code == IN_TRANSIT && GetHardIcmp() == HardIcmp::FREEBSD)
    {
        error.event = Event::ICMP_HARD_ERROR;
        error.error = TcpFsmError::NO_ROUTE;
    }
    else if (type == UNREACHABLE)
    {
        const bool isHard = std::find(HARD.begin(), HARD.end(), code) != HARD.end() &&
                            GetHardIcmp() != HardIcmp::NONE;
        error.event = isHard ? Event::ICMP_HARD_ERROR : Event::ICMP_SOFT_ERROR;
        error.error = isHard        ? TcpFsmError::CONN_REFUSED
                      : code == NET ? TcpFsmError::NET_UNREACH
                                    : TcpFsmError::NO_ROUTE;
    }
    TcpFsmSocket* socket =
        DeliverIcmp(error, IpAddress(payloadSource), IpAddress(payloadDestination), payload);
    if (socket)
    {
        socket->ForwardIcmp(source, ttl, type, code, info);
    }
}

void
TcpFsmL4Protocol::ReceiveIcmp(Ipv6Address source,
                              uint8_t ttl,
                              uint8_t type,
                              uint8_t code,
                              uint32_t info,
                              Ipv6Address payloadSource,
                              Ipv6Address payloadDestination,
                              const uint8_t payload[8])
{
    constexpr uint8_t UNREACHABLE = 1;
    constexpr uint8_t NO_ROUTE = 0;
    constexpr uint8_t TOO_BIG = 2;
    constexpr uint8_t TIME_EXCEEDED = 3;
    constexpr uint8_t IN_TRANSIT = 0;
    constexpr uint8_t PARAMETER_PROBLEM = 4;
    constexpr uint8_t UNKNOWN_NEXT_HEADER = 1;
    const bool isFreeBsd = GetHardIcmp() == HardIcmp::FREEBSD;
    IcmpError error;
    if (type == TOO_BIG)
    {
        error.event = Event::ICMP_PACKET_TOO_BIG;
        error.mtu = info;
    }
    else if (isFreeBsd && ((type == TIME_EXCEEDED && code == IN_TRANSIT) ||
                           (type == PARAMETER_PROBLEM && code == UNKNOWN_NEXT_HEADER)))
    {
        error.event = Event::ICMP_HARD_ERROR;
        error.error = type == TIME_EXCEEDED ? TcpFsmError::NO_ROUTE : TcpFsmError::CONN_REFUSED;
    }
    else if (type == UNREACHABLE)
    {
        const bool isHard = (code == 1 || code == 4) && GetHardIcmp() != HardIcmp::NONE;
        error.event = isHard ? Event::ICMP_HARD_ERROR : Event::ICMP_SOFT_ERROR;
        error.error = isHard             ? TcpFsmError::CONN_REFUSED
                      : code == NO_ROUTE ? TcpFsmError::NET_UNREACH
                                         : TcpFsmError::NO_ROUTE;
    }
    TcpFsmSocket* socket =
        DeliverIcmp(error, IpAddress(payloadSource), IpAddress(payloadDestination), payload);
    if (socket)
    {
        socket->ForwardIcmp6(source, ttl, type, code, info);
    }
}

TcpFsmSocket*
TcpFsmL4Protocol::DeliverIcmp(IcmpError error,
                              const IpAddress& source,
                              const IpAddress& destination,
                              const uint8_t payload[8])
{
    const auto read16 = [payload](int i) {
        return static_cast<uint16_t>(payload[i] << 8 | payload[i + 1]);
    };
    const Flow flow{source, destination, read16(0), read16(2)};
    error.quoted = SeqNumber(uint32_t{read16(4)} << 16 | read16(6));
    if (TcpFsmSocket* socket = m_table.FindSocket(flow))
    {
        socket->ReceiveIcmp(error);
        return m_table.FindSocket(flow);
    }
    HalfOpen* entry = m_table.FindHalfOpen(flow);
    if (entry && error.quoted == entry->iss)
    {
        HalfOpenOwner(*this, *entry).Fire(error.event);
    }
    return nullptr;
}

SeqNumber
TcpFsmL4Protocol::ChooseIss(const Flow& flow)
{
    if (m_fixedIsn >= 0)
    {
        return SeqNumber(static_cast<uint32_t>(m_fixedIsn));
    }
    if (!m_hasIsnKey)
    {
        m_hasIsnKey = true;
        for (uint64_t& word : m_isnKey)
        {
            word = uint64_t{m_isnStream->GetInteger(0, UINT32_MAX)} << 32 |
                   m_isnStream->GetInteger(0, UINT32_MAX);
        }
    }
    // RFC 6528 3: a clock that ticks every 4 us, and a keyed hash of the 4-tuple.
    std::array<char, 16 + 16 + 16 + 4> input;
    char* out = input.data();
    const auto put = [&out](const void* data, std::size_t size) {
        std::copy_n(static_cast<const char*>(data), size, out);
        out += size;
    };
    put(m_isnKey.data(), sizeof(m_isnKey));
    put(flow.local.GetOctets().data(), 16);
    put(flow.remote.GetOctets().data(), 16);
    put(&flow.localPort, sizeof(flow.localPort));
    put(&flow.remotePort, sizeof(flow.remotePort));
    const auto clock = static_cast<uint32_t>(Simulator::Now().GetMicroSeconds() / 4);
    return SeqNumber(clock + Hash32(input.data(), input.size()));
}

uint16_t
TcpFsmL4Protocol::ChoosePort(const Flow& flow, const Ptr<NetDevice>& device)
{
    constexpr uint32_t FIRST = 49152;
    constexpr uint32_t COUNT = 65536 - FIRST;
    const uint32_t offset = m_portStream->GetInteger(0, COUNT - 1);
    Flow candidate = flow;
    for (uint32_t i = 0; i < COUNT; ++i)
    {
        candidate.localPort = static_cast<uint16_t>(FIRST + (offset + i) % COUNT);
        if (!m_table.Find(candidate) &&
            !m_table.IsBound(candidate.localPort, candidate.local, device))
        {
            return candidate.localPort;
        }
    }
    return 0;
}

uint16_t
TcpFsmL4Protocol::GetMss(const Flow& flow, const Ptr<NetDevice>& device) const
{
    constexpr uint32_t MAX_MSS = 65535;
    const bool isIpv4 = flow.local.IsIpv4();
    uint32_t mtu = isIpv4 ? 576 : 1280;
    Ptr<NetDevice> output = device;
    Socket::SocketErrno error;
    if (isIpv4)
    {
        Ptr<Ipv4> ipv4 = m_node->GetObject<Ipv4>();
        Ipv4Header header;
        header.SetSource(flow.local.GetIpv4());
        header.SetDestination(flow.remote.GetIpv4());
        header.SetProtocol(TCP_PROTOCOL);
        if (auto route = ipv4->GetRoutingProtocol()->RouteOutput(nullptr, header, device, error))
        {
            output = route->GetOutputDevice();
        }
        mtu = output ? ipv4->GetMtu(ipv4->GetInterfaceForDevice(output)) : mtu;
    }
    else
    {
        Ptr<Ipv6> ipv6 = m_node->GetObject<Ipv6>();
        Ipv6Header header;
        header.SetSource(flow.local.GetIpv6());
        header.SetDestination(flow.remote.GetIpv6());
        header.SetNextHeader(TCP_PROTOCOL);
        if (auto route = ipv6->GetRoutingProtocol()->RouteOutput(nullptr, header, device, error))
        {
            output = route->GetOutputDevice();
        }
        mtu = output ? ipv6->GetMtu(ipv6->GetInterfaceForDevice(output)) : mtu;
    }
    const uint32_t headers = isIpv4 ? 40 : 60;
    return static_cast<uint16_t>(std::min(mtu - headers, MAX_MSS));
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-header-reader.h"
#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-owners.h"
#include "tcp-fsm-socket.h"

#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6-interface.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

/**
 * @file
 * Segments: from the network to the connection, or the entry, and back.
 */

namespace ns3
{

using namespace tcpfsm;

NS_LOG_COMPONENT_DEFINE("TcpFsmL4Segments");

namespace
{

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

/// @return true if any of the addresses is the broadcast address of one of the interface's subnets
template <typename... Addresses>
bool
HasBroadcastOf(const Ptr<Ipv4Interface>& interface, Addresses... addresses)
{
    constexpr uint16_t POINT_TO_POINT = 31; // RFC 3021 2.1: as few addresses have none
    for (uint32_t i = 0; i < interface->GetNAddresses(); ++i)
    {
        const Ipv4InterfaceAddress own = interface->GetAddress(i);
        const Ipv4Address broadcast = own.GetBroadcast();
        if (((addresses == broadcast) || ...) && own.GetMask().GetPrefixLength() < POINT_TO_POINT)
        {
            return true;
        }
    }
    return false;
}

} // namespace

bool
TcpFsmL4Protocol::IsSubnetBroadcast(const IpAddress& address) const
{
    const auto ipv4 = m_node->GetObject<Ipv4L3Protocol>();
    for (uint32_t i = 0; address.IsIpv4() && ipv4 && i < ipv4->GetNInterfaces(); ++i)
    {
        if (HasBroadcastOf(ipv4->GetInterface(i), address.GetIpv4()))
        {
            return true;
        }
    }
    return false;
}

IpL4Protocol::RxStatus
TcpFsmL4Protocol::Receive(Ptr<Packet> packet,
                          const Ipv4Header& header,
                          Ptr<Ipv4Interface> interface)
{
    const bool isBroadcast =
        interface && HasBroadcastOf(interface, header.GetDestination(), header.GetSource());
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

} // namespace ns3

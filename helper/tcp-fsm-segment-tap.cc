// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-segment-tap.h"

#include "ns3/channel.h"
#include "ns3/csma-net-device.h"
#include "ns3/ethernet-header.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/llc-snap-header.h"
#include "ns3/node.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/pointer.h"
#include "ns3/ppp-header.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// What a frame carries, in terms of Ethernet.
enum : uint16_t
{
    OTHER = 0,
    IPV4 = 0x0800,
    IPV6 = 0x86dd
};

/// Takes the header of the link off a frame.
/// @return what is below it
uint16_t
RemoveLinkHeader(Ptr<Packet> frame, bool ethernet)
{
    constexpr uint16_t LONGEST_LENGTH = 1500;
    constexpr uint16_t PPP_IPV4 = 0x0021;
    constexpr uint16_t PPP_IPV6 = 0x0057;
    if (!ethernet)
    {
        PppHeader ppp;
        frame->RemoveHeader(ppp);
        const uint16_t protocol = ppp.GetProtocol();
        return protocol == PPP_IPV4 ? IPV4 : protocol == PPP_IPV6 ? IPV6 : OTHER;
    }
    EthernetHeader header(false);
    frame->RemoveHeader(header);
    if (header.GetLengthType() > LONGEST_LENGTH)
    {
        return header.GetLengthType();
    }
    LlcSnapHeader llc;
    frame->RemoveHeader(llc);
    return llc.GetType();
}

/// Looks for a TCP segment in a frame.
std::optional<SegmentShape>
ReadSegment(Ptr<const Packet> frame, bool ethernet)
{
    constexpr uint8_t TCP_PROTOCOL = 6;
    Ptr<Packet> packet = frame->Copy();
    const uint16_t protocol = RemoveLinkHeader(packet, ethernet);
    uint8_t upper = 0;
    uint32_t size = 0; // the frame may be longer: short ones are padded
    if (protocol == IPV4)
    {
        Ipv4Header ip;
        packet->RemoveHeader(ip);
        upper = ip.GetFragmentOffset() == 0 ? ip.GetProtocol() : 0;
        size = ip.GetPayloadSize();
    }
    else if (protocol == IPV6)
    {
        Ipv6Header ip;
        packet->RemoveHeader(ip);
        upper = ip.GetNextHeader();
        size = ip.GetPayloadLength();
    }
    uint8_t octets[14];
    if (upper != TCP_PROTOCOL || packet->CopyData(octets, sizeof(octets)) < sizeof(octets))
    {
        return std::nullopt;
    }
    const uint32_t headerLength = (octets[12] >> 4) * 4;
    return SegmentShape{octets[13], size - std::min(size, headerLength)};
}

} // namespace

const SegmentRule*
SegmentRules::Find(const SegmentShape& segment, uint32_t node)
{
    SegmentRule* found = nullptr;
    for (SegmentRule& rule : rules)
    {
        // Also those behind the one that decides count, and draw their random numbers.
        if (rule.Matches(segment, node) && rule.occurrence.IsMeant(++rule.matched, random) &&
            !found)
        {
            found = &rule;
            ++found->acted;
        }
    }
    return found;
}

SegmentTap::SegmentTap(Ptr<SegmentRules> rules,
                       Ptr<NetDevice> device,
                       const std::vector<Ptr<NetDevice>>& senders)
    : m_rules(rules),
      m_device(PeekPointer(device))
{
    for (const auto& sender : senders)
    {
        m_senders.push_back(PeekPointer(sender));
    }
    PointerValue previous;
    device->GetAttribute("ReceiveErrorModel", previous);
    m_previous = previous.Get<ErrorModel>();
}

bool
SegmentTap::DoCorrupt(Ptr<Packet> frame)
{
    if (m_passing)
    {
        return false;
    }
    if (m_previous && m_previous->IsCorrupt(frame))
    {
        return true;
    }
    NetDevice* sender = FindSender(frame);
    const auto segment =
        sender ? ReadSegment(frame, dynamic_cast<CsmaNetDevice*>(m_device)) : std::nullopt;
    const SegmentRule* rule =
        segment ? m_rules->Find(*segment, sender->GetNode()->GetId()) : nullptr;
    if (!rule)
    {
        return false;
    }
    switch (rule->treatment)
    {
    case Treatment::DROP:
        return true;
    case Treatment::DUPLICATE:
        Redeliver(frame->Copy(), sender, Time(0));
        return false;
    case Treatment::DELAY:
        Redeliver(frame->Copy(), sender, rule->delay);
        return true;
    }
    return false;
}

void
SegmentTap::DoReset()
{
}

NetDevice*
SegmentTap::FindSender(Ptr<const Packet> frame) const
{
    // Where there are only two, whatever comes is from the other: also what it forwards as a
    // bridge.
    if (m_device->GetChannel()->GetNDevices() == 2)
    {
        return m_senders.front();
    }
    EthernetHeader header(false);
    frame->PeekHeader(header);
    if (Address(header.GetDestination()) != m_device->GetAddress())
    {
        return nullptr; // others on the link will count it
    }
    const Address source = header.GetSource();
    const auto sender = std::find_if(m_senders.begin(), m_senders.end(), [&source](auto* device) {
        return device->GetAddress() == source;
    });
    return sender == m_senders.end() ? nullptr : *sender;
}

void
SegmentTap::Redeliver(Ptr<Packet> frame, NetDevice* sender, Time delay)
{
    Simulator::Schedule(delay, [self = Ptr<SegmentTap>(this), frame, sender] {
        self->m_passing = true;
        if (auto* csma = dynamic_cast<CsmaNetDevice*>(self->m_device))
        {
            csma->Receive(frame, Ptr<CsmaNetDevice>(dynamic_cast<CsmaNetDevice*>(sender)));
        }
        else
        {
            dynamic_cast<PointToPointNetDevice*>(self->m_device)->Receive(frame);
        }
        self->m_passing = false;
    });
}

} // namespace tcpfsm
} // namespace ns3

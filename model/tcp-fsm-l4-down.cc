// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-header-reader.h"
#include "tcp-fsm-l4-protocol.h"

#include "ns3/ipv4-route.h"
#include "ns3/ipv6-route.h"
#include "ns3/node.h"

#include <utility>

/**
 * @file
 * What all segments pass on their way to IP, those of the base class too, which knows neither PSH
 * and URG nor another order of options than its own.
 */

namespace ns3
{

using namespace tcpfsm;

TcpFsmL4Protocol::Extras
TcpFsmL4Protocol::SetExtras(const Extras& extras)
{
    return std::exchange(m_extras, extras);
}

void
TcpFsmL4Protocol::SetDownTarget(DownTargetCallback target)
{
    m_down = target;
    TcpL4Protocol::SetDownTarget(MakeCallback(&TcpFsmL4Protocol::SendDown, this));
}

void
TcpFsmL4Protocol::SetDownTarget6(DownTargetCallback6 target)
{
    m_down6 = target;
    TcpL4Protocol::SetDownTarget6(MakeCallback(&TcpFsmL4Protocol::SendDown6, this));
}

IpL4Protocol::DownTargetCallback
TcpFsmL4Protocol::GetDownTarget() const
{
    return m_down;
}

IpL4Protocol::DownTargetCallback6
TcpFsmL4Protocol::GetDownTarget6() const
{
    return m_down6;
}

void
TcpFsmL4Protocol::Complete(const Ptr<Packet>& packet,
                           const Address& source,
                           const Address& destination)
{
    const OptionLayout layout = GetOptionLayout();
    const bool hasExtras = m_extras.push || m_extras.urgentPointer != 0;
    if (!hasExtras && layout == OptionLayout::NS3)
    {
        return;
    }
    TcpHeader header;
    packet->RemoveAtStart(ReadHeader(packet, header));
    if (layout != OptionLayout::NS3)
    {
        header = Arrange(header, layout);
    }
    // A sink may have sent something else meanwhile.
    const bool isMeant = header.GetSourcePort() == m_extras.localPort &&
                         header.GetDestinationPort() == m_extras.remotePort &&
                         header.GetSequenceNumber().GetValue() == m_extras.seq.Value();
    if (isMeant && m_extras.push)
    {
        header.SetFlags(header.GetFlags() | TcpHeader::PSH);
    }
    if (isMeant && m_extras.urgentPointer != 0)
    {
        header.SetFlags(header.GetFlags() | TcpHeader::URG);
        header.SetUrgentPointer(m_extras.urgentPointer);
    }
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksums();
    }
    header.InitializeChecksum(source, destination, PROT_NUMBER);
    packet->AddHeader(header);
}

void
TcpFsmL4Protocol::SendDown(Ptr<Packet> packet,
                           Ipv4Address source,
                           Ipv4Address destination,
                           uint8_t protocol,
                           Ptr<Ipv4Route> route)
{
    Complete(packet, source, destination);
    m_down(packet, source, destination, protocol, route);
}

void
TcpFsmL4Protocol::SendDown6(Ptr<Packet> packet,
                            Ipv6Address source,
                            Ipv6Address destination,
                            uint8_t protocol,
                            Ptr<Ipv6Route> route)
{
    Complete(packet, source, destination);
    m_down6(packet, source, destination, protocol, route);
}

} // namespace ns3

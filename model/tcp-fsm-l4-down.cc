// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-header-octets.h"
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

bool
TcpFsmL4Protocol::IsComplete() const
{
    return !m_extras.push && m_extras.urgentPointer == 0 && GetOptionLayout() == OptionLayout::NS3;
}

void
TcpFsmL4Protocol::Complete(const Ptr<Packet>& packet,
                           const Address& source,
                           const Address& destination)
{
    if (const OptionLayout layout = GetOptionLayout(); layout != OptionLayout::NS3)
    {
        TcpHeader header;
        packet->RemoveAtStart(ReadHeader(packet, header));
        header = Arrange(header, layout);
        if (Node::ChecksumEnabled())
        {
            header.EnableChecksums();
        }
        header.InitializeChecksum(source, destination, PROT_NUMBER);
        packet->AddHeader(header);
    }
    HeaderOctets header;
    packet->RemoveHeader(header);
    // A sink may have sent something else meanwhile.
    const bool isMeant = header.GetSourcePort() == m_extras.localPort &&
                         header.GetDestinationPort() == m_extras.remotePort &&
                         header.GetSequenceNumber() == m_extras.seq;
    if (isMeant && m_extras.push)
    {
        header.AddFlags(TcpHeader::PSH);
    }
    if (isMeant && m_extras.urgentPointer != 0)
    {
        header.AddFlags(TcpHeader::URG);
        header.SetUrgentPointer(m_extras.urgentPointer);
    }
    packet->AddHeader(header);
}

void
TcpFsmL4Protocol::SendDown(Ptr<Packet> packet,
                           Ipv4Address source,
                           Ipv4Address destination,
                           uint8_t protocol,
                           Ptr<Ipv4Route> route)
{
    if (!IsComplete())
    {
        Complete(packet, source, destination);
    }
    m_down(packet, source, destination, protocol, route);
}

void
TcpFsmL4Protocol::SendDown6(Ptr<Packet> packet,
                            Ipv6Address source,
                            Ipv6Address destination,
                            uint8_t protocol,
                            Ptr<Ipv6Route> route)
{
    if (!IsComplete())
    {
        Complete(packet, source, destination);
    }
    m_down6(packet, source, destination, protocol, route);
}

} // namespace ns3

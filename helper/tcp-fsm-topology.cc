// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-topology.h"

#include "tcp-fsm-helper.h"

#include "ns3/fatal-error.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"

namespace ns3
{

namespace
{

/// Ends the program if there is no such host or link.
void
CheckNumber(const char* what, uint32_t number, std::size_t size)
{
    if (number >= size)
    {
        NS_FATAL_ERROR("TcpFsmTopology: there is no " << what << " " << number << "; there are "
                                                      << size << ", counted from 0");
    }
}

} // namespace

const NodeContainer&
TcpFsmTopology::GetHosts() const
{
    return m_hosts;
}

const NodeContainer&
TcpFsmTopology::GetRouters() const
{
    return m_routers;
}

NodeContainer
TcpFsmTopology::GetNodes() const
{
    return {m_hosts, m_routers};
}

Ptr<Node>
TcpFsmTopology::GetHost(uint32_t host) const
{
    CheckNumber("host", host, m_hosts.GetN());
    return m_hosts.Get(host);
}

Ipv4Address
TcpFsmTopology::GetIpv4Address(uint32_t host) const
{
    CheckNumber("host", host, m_ipv4.size());
    return m_ipv4[host];
}

Ipv6Address
TcpFsmTopology::GetIpv6Address(uint32_t host) const
{
    CheckNumber("host", host, m_ipv6.size());
    return m_ipv6[host];
}

Address
TcpFsmTopology::GetSocketAddress(uint32_t host, uint16_t port, bool ipv6) const
{
    if (ipv6)
    {
        return Inet6SocketAddress(GetIpv6Address(host), port);
    }
    return InetSocketAddress(GetIpv4Address(host), port);
}

uint32_t
TcpFsmTopology::GetNLinks() const
{
    return m_links.size();
}

NetDeviceContainer
TcpFsmTopology::GetLink(uint32_t link) const
{
    CheckNumber("link", link, m_links.size());
    return m_links[link];
}

int64_t
TcpFsmTopology::AssignStreams(int64_t stream) const
{
    int64_t next = stream;
    next += TcpFsmHelper().AssignStreams(m_hosts, next);
    next += InternetStackHelper().AssignStreams(GetNodes(), next);
    for (const auto& loss : m_losses)
    {
        next += loss->AssignStreams(next);
    }
    return next - stream;
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TOPOLOGY_H
#define TCP_FSM_TOPOLOGY_H

#include "ns3/address.h"
#include "ns3/error-model.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/// What TcpFsmTopologyHelper has made: hosts, routers, links and addresses.
class TcpFsmTopology
{
  public:
    /// @return the hosts, in the order of their numbers
    const NodeContainer& GetHosts() const;

    /// @return the routers, which have no application's traffic of their own
    const NodeContainer& GetRouters() const;

    /// @return the hosts, then the routers
    NodeContainer GetNodes() const;

    /**
     * @param host number of a host, from 0
     * @return its node
     */
    Ptr<Node> GetHost(uint32_t host) const;

    /**
     * @param host number of a host, from 0
     * @return its IPv4 address (on the link to its right where a chain has two)
     */
    Ipv4Address GetIpv4Address(uint32_t host) const;

    /**
     * @param host number of a host, from 0
     * @return its global IPv6 address, on the same link
     */
    Ipv6Address GetIpv6Address(uint32_t host) const;

    /**
     * @param host number of a host, from 0
     * @param port a port
     * @param ipv6 whether to talk over IPv6
     * @return what applications and sockets take as address: an InetSocketAddress or
     * Inet6SocketAddress
     */
    Address GetSocketAddress(uint32_t host, uint16_t port, bool ipv6 = false) const;

    /// @return the number of links
    uint32_t GetNLinks() const;

    /**
     * @param link number of a link, from 0: that of host N, or of the N-th router after the
     * hosts' links. In a pair and a chain, link N joins hosts N and N + 1; in a dumbbell the last
     * link is the one between the routers.
     * @return its two devices, that of the host (or the one on the left) first
     */
    NetDeviceContainer GetLink(uint32_t link) const;

    /**
     * Assigns the random streams of all that draws numbers here: the hosts' TCP, the nodes'
     * internet stacks and the links' loss.
     * @param stream the first stream to use
     * @return the number of streams used
     */
    int64_t AssignStreams(int64_t stream) const;

  private:
    friend class TcpFsmTopologyHelper;

    NodeContainer m_hosts;                     //!< the hosts
    NodeContainer m_routers;                   //!< the routers
    std::vector<Ipv4Address> m_ipv4;           //!< of the hosts
    std::vector<Ipv6Address> m_ipv6;           //!< of the hosts
    std::vector<NetDeviceContainer> m_links;   //!< two devices each
    std::vector<Ptr<RateErrorModel>> m_losses; //!< of the links that lose packets, by device
};

} // namespace ns3

#endif // TCP_FSM_TOPOLOGY_H

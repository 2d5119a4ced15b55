// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TOPOLOGY_HELPER_H
#define TCP_FSM_TOPOLOGY_HELPER_H

#include "tcp-fsm-helper.h"
#include "tcp-fsm-link-options.h"
#include "tcp-fsm-topology.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * Makes whole networks: nodes, links, TCP, addresses and routes.
 *
 * @code
 *   TcpFsmTopology net = TcpFsmTopologyHelper().Pair({.rate = "5Mbps", .loss = 0.01});
 *   BulkSendHelper client("ns3::TcpSocketFactory", net.GetSocketAddress(1, 80));
 *   client.Install(net.GetHost(0));
 * @endcode
 *
 * Every host has our TCP unless SetStockHosts() says otherwise, an IPv4 and an IPv6 address, and
 * reaches every other host over both from the start: routes are static, and the nodes don't look
 * for duplicates of their IPv6 addresses. Addresses come from 10.0.0.0/8 and fd00::/32; all
 * topologies of a simulation have networks of their own.
 *
 * Errors are fatal, name the argument and tell the remedy.
 */
class TcpFsmTopologyHelper
{
  public:
    /**
     * Sets what installs the TCP of the hosts made from now on, with its profile and attributes.
     * @param tcp the helper; it is copied
     */
    void SetTcp(const TcpFsmHelper& tcp);

    /**
     * Gives hosts made from now on ns-3's own TCP, for networks that mix both.
     * @param hosts their numbers, from 0; the hosts not among them have our TCP
     */
    void SetStockHosts(const std::vector<uint32_t>& hosts);

    /**
     * Makes two hosts on a link.
     * @param link the link
     * @return hosts 0 and 1
     */
    TcpFsmTopology Pair(const TcpFsmLinkOptions& link = {}) const;

    /**
     * Makes hosts in a row, each linked to the next. Those between the ends forward packets.
     * @param hosts how many, 2 to 65: a packet is forwarded 63 times at most
     * @param link the links
     * @return hosts, numbered along the row
     */
    TcpFsmTopology Chain(uint32_t hosts, const TcpFsmLinkOptions& link = {}) const;

    /**
     * Makes hosts around a router.
     * @param hosts how many, at least 2
     * @param link the links
     * @return hosts, and one router
     */
    TcpFsmTopology Star(uint32_t hosts, const TcpFsmLinkOptions& link = {}) const;

    /**
     * Makes two routers on a link, and hosts at either.
     * @param left how many hosts at router 0, at least 1: hosts 0 to left - 1
     * @param right how many hosts at router 1, at least 1: hosts from left on
     * @param access the hosts' links
     * @param bottleneck the link between the routers
     * @return hosts, and two routers
     */
    TcpFsmTopology Dumbbell(uint32_t left,
                            uint32_t right,
                            const TcpFsmLinkOptions& access = {},
                            const TcpFsmLinkOptions& bottleneck = {}) const;

  private:
    /**
     * Makes a network without loops.
     * @param hosts how many
     * @param parents of each node but the last the number of a later one that it is linked to;
     * hosts come first, then routers
     * @param links the properties of these links
     */
    TcpFsmTopology Make(uint32_t hosts,
                        const std::vector<uint32_t>& parents,
                        const std::vector<const TcpFsmLinkOptions*>& links) const;

    TcpFsmHelper m_tcp;            //!< installs our TCP
    std::vector<uint32_t> m_stock; //!< hosts with ns-3's
};

} // namespace ns3

#endif // TCP_FSM_TOPOLOGY_HELPER_H

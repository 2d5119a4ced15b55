// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-topology-helper.h"

#include "ns3/boolean.h"
#include "ns3/fatal-error.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/ipv6.h"
#include "ns3/pointer.h"
#include "ns3/simulation-singleton.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

namespace ns3
{

namespace
{

// Each link has a network of its own: four addresses of 10.0.0.0/8, 64 bits below fd00::/32.
constexpr uint32_t NETWORKS = 1 << 22;
constexpr uint32_t IPV4_BASE = 10 << 24;
constexpr const char* IPV4_MASK = "255.255.255.252";
constexpr const char* IPV6_BASE = "fd00::"; // ns-3 does not forward 2001:db8::/32
constexpr uint8_t IPV6_PREFIX = 64;

// What ns-3 gives a packet to live: it reaches the 64th node after its sender.
constexpr uint32_t MOST_IN_CHAIN = 65;

/// Counts the networks of a simulation.
struct NetworkCounter
{
    uint32_t next{0}; //!< the next network
};

/// @return an IPv6 address in a network
Ipv6Address
Ipv6In(uint32_t network, uint8_t host)
{
    uint8_t octets[16];
    Ipv6Address(IPV6_BASE).GetBytes(octets);
    for (const uint32_t i : {0, 1, 2, 3})
    {
        octets[4 + i] = static_cast<uint8_t>(network >> (24 - 8 * i));
    }
    octets[15] = host;
    return Ipv6Address(octets);
}

/// One end of a link: an interface of a node.
struct End
{
    Ptr<Node> node;       //!< the node
    Ptr<Ipv6> ipv6;       //!< its IPv6
    uint32_t interface4;  //!< number of the interface
    uint32_t interface6;  //!< the same for IPv6
    Ipv4Address address4; //!< the interface's address
    Ipv6Address address6; //!< the same for IPv6
};

/// A link with addresses: that of a node to its parent.
struct Link
{
    Ipv4Address network4; //!< its network
    Ipv6Address network6; //!< the same for IPv6
    End child;            //!< the node
    End parent;           //!< the node next to it on the way to the root
};

/// Gives a device its IPv6 address, as Ipv6AddressHelper would, but one that people can read.
void
AssignIpv6(End& end, Ptr<NetDevice> device, Ipv6Address address)
{
    end.ipv6 = end.node->GetObject<Ipv6>();
    end.node->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
    // As with IPv4, a node in a row takes packets for its address on the far side.
    end.ipv6->SetAttribute("StrongEndSystemModel", BooleanValue(false));
    end.interface6 = end.ipv6->AddInterface(device);
    end.address6 = address;
    end.ipv6->AddAddress(end.interface6,
                         Ipv6InterfaceAddress(end.address6, Ipv6Prefix(IPV6_PREFIX)));
    end.ipv6->SetMetric(end.interface6, 1);
    end.ipv6->SetForwarding(end.interface6, true); // also so that hosts don't look for routers
    end.ipv6->SetUp(end.interface6);
}

Link
AssignAddresses(const NetDeviceContainer& devices)
{
    const uint32_t number = SimulationSingleton<NetworkCounter>::Get()->next++;
    Link link;
    link.network4 = Ipv4Address(IPV4_BASE + 4 * number);
    link.network6 = Ipv6In(number, 0);
    const auto interfaces = Ipv4AddressHelper(link.network4, IPV4_MASK).Assign(devices);
    for (const uint32_t side : {0, 1})
    {
        End& end = side == 0 ? link.child : link.parent;
        end.node = devices.Get(side)->GetNode();
        end.interface4 = interfaces.Get(side).second;
        end.address4 = interfaces.GetAddress(side);
        AssignIpv6(end, devices.Get(side), Ipv6In(number, side + 1));
    }
    return link;
}

/// All that a node does not know goes to its parent.
void
RouteUp(const Link& link)
{
    Ipv4StaticRoutingHelper()
        .GetStaticRouting(link.child.node->GetObject<Ipv4>())
        ->SetDefaultRoute(link.parent.address4, link.child.interface4);
    Ipv6StaticRoutingHelper()
        .GetStaticRouting(link.child.ipv6)
        ->SetDefaultRoute(link.parent.address6, link.child.interface6);
}

/// Tells a link's parent that another network is behind its child.
void
RouteDown(const Link& link, const Link& to)
{
    Ipv4StaticRoutingHelper()
        .GetStaticRouting(link.parent.node->GetObject<Ipv4>())
        ->AddNetworkRouteTo(to.network4,
                            Ipv4Mask(IPV4_MASK),
                            link.child.address4,
                            link.parent.interface4);
    Ipv6StaticRoutingHelper()
        .GetStaticRouting(link.parent.ipv6)
        ->AddNetworkRouteTo(to.network6,
                            Ipv6Prefix(IPV6_PREFIX),
                            link.child.address6,
                            link.parent.interface6);
}

void
CheckCount(const std::string& what, uint32_t count, uint32_t least, uint32_t most)
{
    if (count < least || count > most)
    {
        NS_FATAL_ERROR("TcpFsmTopologyHelper: " << what << " is " << count << "; give " << least
                                                << " to " << most);
    }
}

} // namespace

void
TcpFsmTopologyHelper::SetTcp(const TcpFsmHelper& tcp)
{
    m_tcp = tcp;
}

void
TcpFsmTopologyHelper::SetStockHosts(const std::vector<uint32_t>& hosts)
{
    m_stock = hosts;
}

TcpFsmTopology
TcpFsmTopologyHelper::Pair(const TcpFsmLinkOptions& link) const
{
    return Make(2, {1}, {&link});
}

TcpFsmTopology
TcpFsmTopologyHelper::Chain(uint32_t hosts, const TcpFsmLinkOptions& link) const
{
    CheckCount("the number of hosts of a chain", hosts, 2, MOST_IN_CHAIN);
    std::vector<uint32_t> parents;
    for (uint32_t host = 1; host < hosts; ++host)
    {
        parents.push_back(host);
    }
    return Make(hosts, parents, std::vector(parents.size(), &link));
}

TcpFsmTopology
TcpFsmTopologyHelper::Star(uint32_t hosts, const TcpFsmLinkOptions& link) const
{
    CheckCount("the number of hosts of a star", hosts, 2, NETWORKS);
    return Make(hosts, std::vector(hosts, hosts), std::vector(hosts, &link));
}

TcpFsmTopology
TcpFsmTopologyHelper::Dumbbell(uint32_t left,
                               uint32_t right,
                               const TcpFsmLinkOptions& access,
                               const TcpFsmLinkOptions& bottleneck) const
{
    CheckCount("the number of hosts on the left of a dumbbell", left, 1, NETWORKS);
    CheckCount("the number of hosts on the right of a dumbbell", right, 1, NETWORKS);
    const uint32_t hosts = left + right;
    std::vector<uint32_t> parents(left, hosts);
    parents.resize(hosts + 1, hosts + 1);
    std::vector links(hosts, &access);
    links.push_back(&bottleneck);
    return Make(hosts, parents, links);
}

TcpFsmTopology
TcpFsmTopologyHelper::Make(uint32_t hosts,
                           const std::vector<uint32_t>& parents,
                           const std::vector<const TcpFsmLinkOptions*>& links) const
{
    const uint32_t room = NETWORKS - SimulationSingleton<NetworkCounter>::Get()->next;
    if (links.size() > room)
    {
        NS_FATAL_ERROR("TcpFsmTopologyHelper: " << hosts << " hosts need " << links.size()
                                                << " networks, but in 10.0.0.0/8 " << room
                                                << " are left; make fewer hosts");
    }
    for (const TcpFsmLinkOptions* link : std::set(links.begin(), links.end()))
    {
        link->Check();
    }
    for (const uint32_t stock : m_stock)
    {
        if (stock >= hosts)
        {
            NS_FATAL_ERROR("TcpFsmTopologyHelper: SetStockHosts() names host "
                           << stock << "; there are " << hosts << " hosts, counted from 0");
        }
    }
    TcpFsmTopology net;
    net.m_hosts.Create(hosts);
    net.m_routers.Create(parents.size() + 1 - hosts);
    for (uint32_t host = 0; host < hosts; ++host)
    {
        if (std::find(m_stock.begin(), m_stock.end(), host) == m_stock.end())
        {
            m_tcp.Install(net.m_hosts.Get(host));
        }
        else
        {
            InternetStackHelper().Install(net.m_hosts.Get(host));
        }
    }
    InternetStackHelper().Install(net.m_routers);

    const NodeContainer nodes = net.GetNodes();
    std::vector<Link> ways;
    for (uint32_t i = 0; i < parents.size(); ++i)
    {
        const TcpFsmLinkOptions& options = *links[i];
        const auto devices = options.MakeHelper().Install(nodes.Get(i), nodes.Get(parents[i]));
        net.m_links.push_back(devices);
        ways.push_back(AssignAddresses(devices));
        RouteUp(ways.back());
        for (uint32_t side = 0; side < 2 && options.loss > 0; ++side)
        {
            auto loss = CreateObject<RateErrorModel>();
            loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            loss->SetRate(options.loss);
            devices.Get(side)->SetAttribute("ReceiveErrorModel", PointerValue(loss));
            net.m_losses.push_back(loss);
        }
    }
    for (uint32_t i = 0; i < parents.size(); ++i)
    {
        for (uint32_t way = parents[i]; way < parents.size(); way = parents[way])
        {
            RouteDown(ways[way], ways[i]);
        }
    }
    for (uint32_t host = 0; host < hosts; ++host)
    {
        const End& end = host < ways.size() ? ways[host].child : ways.back().parent;
        net.m_ipv4.push_back(end.address4);
        net.m_ipv6.push_back(end.address6);
    }
    return net;
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// A transfer over each kind of link and routing.

#include "network.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/config.h"
#include "ns3/csma-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/mobility-helper.h"
#include "ns3/nix-vector-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/ssid.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/uinteger.h"
#include "ns3/yans-wifi-helper.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace test
{
namespace
{

constexpr uint32_t OCTETS = 200000;

/// Three nodes: two hosts at the ends, and one between them where there is a path to route.
class Links : public SimulationTest
{
  protected:
    Links()
    {
        m_nodes.Create(3);
    }

    /// Sends from node 0 to an address of the last node; both ends close.
    void ExpectTransfer(uint32_t last, const Address& server)
    {
        PacketSinkHelper sink("ns3::TcpSocketFactory", server);
        auto sinks = sink.Install(m_nodes.Get(last));
        sinks.Start(START);
        sinks.Stop(START + Seconds(50));
        BulkSendHelper source("ns3::TcpSocketFactory", server);
        source.SetAttribute("MaxBytes", UintegerValue(OCTETS));
        source.Install(m_nodes.Get(0)).Start(START + Seconds(1));
        Simulator::Stop(START + Seconds(400));
        Simulator::Run();
        EXPECT_EQ(DynamicCast<PacketSink>(sinks.Get(0))->GetTotalRx(), OCTETS);
        for (const uint32_t node : {0U, last})
        {
            const auto tcp = m_nodes.Get(node)->GetObject<TcpFsmL4Protocol>();
            ASSERT_TRUE(tcp);
            EXPECT_TRUE(tcp->GetConnections().empty()) << node;
        }
    }

    /// Links two nodes.
    NetDeviceContainer Link(uint32_t left, uint32_t right) const
    {
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("5Mbps"));
        link.SetChannelAttribute("Delay", StringValue("3ms"));
        return link.Install(m_nodes.Get(left), m_nodes.Get(right));
    }

    /// Links the nodes in a row, and assigns IPv4 addresses. @return the last node's
    Ipv4Address MakeRow() const
    {
        Ipv4AddressHelper networks("10.1.0.0", "255.255.255.0");
        networks.Assign(Link(0, 1));
        networks.NewNetwork();
        return networks.Assign(Link(1, 2)).GetAddress(1);
    }

    NodeContainer m_nodes; //!< the nodes
};

TEST_F(Links, PointToPoint)
{
    TcpFsmHelper().Install(m_nodes);
    Ipv4AddressHelper network("10.1.0.0", "255.255.255.0");
    ExpectTransfer(1, InetSocketAddress(network.Assign(Link(0, 1)).GetAddress(1), PORT));
}

TEST_F(Links, CsmaV4)
{
    TcpFsmHelper().Install(m_nodes);
    Ipv4AddressHelper network("10.1.0.0", "255.255.255.0");
    const auto hosts = network.Assign(CsmaHelper().Install(m_nodes));
    ExpectTransfer(2, InetSocketAddress(hosts.GetAddress(2), PORT));
}

TEST_F(Links, CsmaV6)
{
    TcpFsmHelper().Install(m_nodes);
    Ipv6AddressHelper network("2001:db8::", Ipv6Prefix(64));
    const auto hosts = network.Assign(CsmaHelper().Install(m_nodes));
    ExpectTransfer(2, Inet6SocketAddress(hosts.GetAddress(2, 1), PORT));
}

TEST_F(Links, WifiInfrastructure)
{
    WifiHelper wifi;
    wifi.SetStandard(WIFI_STANDARD_80211a);
    wifi.SetRemoteStationManager("ns3::ConstantRateWifiManager");
    YansWifiPhyHelper phy;
    phy.SetChannel(YansWifiChannelHelper::Default().Create());
    WifiMacHelper mac;
    mac.SetType("ns3::StaWifiMac", "Ssid", SsidValue(Ssid("tcp")));
    NetDeviceContainer devices = wifi.Install(phy, mac, m_nodes.Get(0));
    mac.SetType("ns3::ApWifiMac", "Ssid", SsidValue(Ssid("tcp")));
    devices.Add(wifi.Install(phy, mac, m_nodes.Get(1)));
    MobilityHelper places;
    places.SetMobilityModel("ns3::ConstantPositionMobilityModel");
    places.Install(m_nodes);
    TcpFsmHelper().Install(m_nodes);
    const auto hosts = Ipv4AddressHelper("10.1.0.0", "255.255.255.0").Assign(devices);
    ExpectTransfer(1, InetSocketAddress(hosts.GetAddress(1), PORT));
}

TEST_F(Links, GlobalRouting)
{
    TcpFsmHelper().Install(m_nodes);
    const Ipv4Address server = MakeRow();
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    ExpectTransfer(2, InetSocketAddress(server, PORT));
}

TEST_F(Links, StaticRoutingV4)
{
    TcpFsmHelper().Install(m_nodes);
    const Ipv4Address server = MakeRow();
    Ipv4StaticRoutingHelper routing;
    const auto route = [&](uint32_t node, Ipv4Address via) {
        routing.GetStaticRouting(m_nodes.Get(node)->GetObject<Ipv4>())->SetDefaultRoute(via, 1);
    };
    route(0, "10.1.0.2");
    route(2, "10.1.1.1");
    ExpectTransfer(2, InetSocketAddress(server, PORT));
}

TEST_F(Links, StaticRoutingV6)
{
    TcpFsmHelper().Install(m_nodes);
    Ipv6AddressHelper networks("2001:1::", Ipv6Prefix(64)); // 2001:db8:: is not forwarded
    auto near = networks.Assign(Link(0, 1));
    networks.NewNetwork();
    auto far = networks.Assign(Link(1, 2));
    near.SetForwarding(1, true);
    near.SetDefaultRoute(0, 1);
    far.SetForwarding(0, true);
    far.SetDefaultRoute(1, 0);
    ExpectTransfer(2, Inet6SocketAddress(far.GetAddress(1, 1), PORT));
}

TEST_F(Links, NixVectorRouting)
{
    InternetStackHelper stack;
    const Ipv4NixVectorHelper routing;
    stack.SetRoutingHelper(routing);
    TcpFsmHelper(stack).Install(m_nodes);
    const Ipv4Address server = MakeRow();
    ExpectTransfer(2, InetSocketAddress(server, PORT));
    const auto used = m_nodes.Get(0)->GetObject<Ipv4>()->GetRoutingProtocol();
    EXPECT_EQ(used->GetInstanceTypeId().GetName(), "ns3::Ipv4NixVectorRouting");
}

TEST_F(Links, BoundToADevice)
{
    TcpFsmHelper().Install(m_nodes);
    const Ipv4Address server = MakeRow();
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    const auto sink =
        PacketSinkHelper("ns3::TcpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), PORT))
            .Install(m_nodes.Get(2));
    auto socket =
        Socket::CreateSocket(m_nodes.Get(0), TypeId::LookupByName("ns3::TcpSocketFactory"));
    socket->BindToNetDevice(m_nodes.Get(0)->GetDevice(1)); // 0 is the loopback's
    Simulator::Schedule(START, [&] {
        EXPECT_EQ(socket->Connect(InetSocketAddress(server, PORT)), 0);
        EXPECT_EQ(socket->Send(Create<Packet>(1000)), 1000);
    });
    Simulator::Schedule(START + Seconds(1), [&] { EXPECT_EQ(socket->Close(), 0); });
    Simulator::Stop(START + Seconds(10));
    Simulator::Run();
    EXPECT_EQ(DynamicCast<PacketSink>(sink.Get(0))->GetTotalRx(), 1000U);
}

} // namespace
} // namespace test
} // namespace ns3

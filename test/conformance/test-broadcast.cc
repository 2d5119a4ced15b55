// SPDX-License-Identifier: GPL-2.0-only

// Which addresses of IPv4 subnets are broadcast addresses: RFC 1122 3.2.1.3, RFC 3021 2.1; what TCP
// does with them: RFC 9293 MUST-46, MUST-57, MUST-63.

#include "fixture.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/node-container.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class Broadcast : public Conformance
{
  protected:
    Broadcast()
        : Conformance(Family::IPV4)
    {
    }

    /// @return the broadcast address of the node's subnet
    Ipv4Address OfSubnet()
    {
        return GetNode()->GetObject<Ipv4>()->GetAddress(1, 0).GetBroadcast();
    }
};

TEST_F(Broadcast, OpenToItIsRefused)
{
    for (const auto& address : {Ipv4Address("255.255.255.255"), OfSubnet()})
    {
        auto& user = NewApplication();
        EXPECT_EQ(user.Connect(InetSocketAddress(address, 80)), -1) << address;
        EXPECT_EQ(user.GetErrorName(), "EINVAL");
    }
    Run(Seconds(1));
    EXPECT_TRUE(Peer().TakeReceived().empty());
}

TEST_F(Broadcast, SynToOrFromItIsDroppedSilently)
{
    Listen();
    TcpFsmRawSegment from;
    from.source = OfSubnet();
    Inject(Syn().With(from));
    TcpFsmRawSegment to;
    to.destination = OfSubnet();
    Inject(Syn().With(to));
    ExpectNothing(Seconds(1));
    EXPECT_EQ(Connections().size(), 1U); // the listener
}

/// Two hosts' addresses, and the mask of their subnets.
using Subnet = std::tuple<const char*, const char*, const char*>;

class SmallSubnet : public ::testing::TestWithParam<Subnet>
{
};

INSTANTIATE_TEST_SUITE_P(Of,
                         SmallSubnet,
                         ::testing::Values(Subnet("10.0.0.1", "10.0.0.2", "255.255.255.252"),
                                           Subnet("10.0.0.0", "10.0.0.1", "255.255.255.254"),
                                           Subnet("10.0.0.1", "10.0.0.0", "255.255.255.254"),
                                           Subnet("10.0.0.1", "10.0.0.2", "255.255.255.255")));

// A subnet of two addresses or one has none to spare.
TEST_P(SmallSubnet, HasConnections)
{
    const auto& [client, server, mask] = GetParam();
    NodeContainer nodes(2);
    TcpFsmHelper().Install(nodes);
    const auto devices = PointToPointHelper().Install(nodes);
    const std::array<Ipv4Address, 2> addresses{Ipv4Address(client), Ipv4Address(server)};
    for (uint32_t i = 0; i < 2; ++i)
    {
        const auto ipv4 = nodes.Get(i)->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(devices.Get(i));
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(addresses[i], Ipv4Mask(mask)));
        ipv4->SetUp(interface);
        Ipv4StaticRoutingHelper().GetStaticRouting(ipv4)->AddHostRouteTo(addresses[1 - i],
                                                                         interface);
    }
    const InetSocketAddress address(addresses[1], 80);
    const auto sink = PacketSinkHelper("ns3::TcpSocketFactory", address).Install(nodes.Get(1));
    BulkSendHelper sender("ns3::TcpSocketFactory", address);
    sender.SetAttribute("MaxBytes", UintegerValue(10000));
    sender.Install(nodes.Get(0));
    Simulator::Stop(Seconds(20));
    Simulator::Run();
    EXPECT_EQ(DynamicCast<PacketSink>(sink.Get(0))->GetTotalRx(), 10000U);
    Simulator::Destroy();
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

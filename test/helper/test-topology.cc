// SPDX-License-Identifier: GPL-2.0-only

// Every shape connects every host with every other, over links that have the properties asked for.

#include "conversation.h"
#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-topology-helper.h"
#include "tcp-fsm-trace-helper.h"

#include "ns3/inet-socket-address.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <iterator>
#include <list>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// A shape, and how many hosts, routers and links it has.
struct Shape
{
    const char* name;
    std::function<TcpFsmTopology(const TcpFsmTopologyHelper&)> make;
    uint32_t hosts;
    uint32_t routers;
    uint32_t links;
};

std::ostream&
operator<<(std::ostream& os, const Shape& shape)
{
    return os << shape.name;
}

const std::vector<Shape> SHAPES{
    {"Pair", [](const auto& helper) { return helper.Pair(); }, 2, 0, 1},
    {"Chain", [](const auto& helper) { return helper.Chain(5); }, 5, 0, 4},
    {"Star", [](const auto& helper) { return helper.Star(4); }, 4, 1, 4},
    {"Dumbbell", [](const auto& helper) { return helper.Dumbbell(2, 3); }, 5, 2, 6},
};

class Topology : public testing::TestWithParam<Shape>
{
  protected:
    ~Topology() override
    {
        Simulator::Destroy();
    }
};

/// Lets every host send to every other, over IPv4 and IPv6, all at once.
void
ConnectAll(const TcpFsmTopology& net)
{
    std::list<Conversation> all;
    const uint32_t hosts = net.GetHosts().GetN();
    for (uint32_t client = 0; client < hosts; ++client)
    {
        for (uint32_t server = 0; server < hosts; ++server)
        {
            for (const bool ipv6 : {false, true})
            {
                if (client == server)
                {
                    continue;
                }
                // A port for each conversation, and a size that tells them apart.
                const uint32_t number = all.size();
                all.emplace_back(net,
                                 Conversation::Between{.client = client,
                                                       .server = server,
                                                       .port = static_cast<uint16_t>(80 + number),
                                                       .octets = 100 + number,
                                                       .ipv6 = ipv6});
            }
        }
    }
    Simulator::Stop(Seconds(30));
    Simulator::Run();
    uint32_t expected = 100;
    for (const auto& conversation : all)
    {
        EXPECT_EQ(conversation.GetReceived(), expected);
        EXPECT_TRUE(conversation.HasEnded()) << expected;
        ++expected;
    }
}

TEST_P(Topology, EveryHostReachesEveryOther)
{
    const auto net = GetParam().make({});
    EXPECT_EQ(net.GetHosts().GetN(), GetParam().hosts);
    EXPECT_EQ(net.GetRouters().GetN(), GetParam().routers);
    EXPECT_EQ(net.GetNodes().GetN(), GetParam().hosts + GetParam().routers);
    EXPECT_EQ(net.GetNLinks(), GetParam().links);
    ConnectAll(net);
}

TEST_P(Topology, TwoInASimulationHaveAddressesOfTheirOwn)
{
    const TcpFsmTopologyHelper helper;
    const auto one = GetParam().make(helper);
    const auto other = GetParam().make(TcpFsmTopologyHelper());
    std::set<Ipv4Address> ipv4;
    std::set<Ipv6Address> ipv6;
    for (uint32_t host = 0; host < one.GetHosts().GetN(); ++host)
    {
        for (const auto* net : {&one, &other})
        {
            ipv4.insert(net->GetIpv4Address(host));
            ipv6.insert(net->GetIpv6Address(host));
        }
    }
    EXPECT_EQ(ipv4.size(), 2 * GetParam().hosts);
    EXPECT_EQ(ipv6.size(), 2 * GetParam().hosts);
    ConnectAll(other);
}

TEST_P(Topology, OurTcpTalksWithStock)
{
    TcpFsmTopologyHelper helper;
    helper.SetStockHosts({1});
    const auto net = GetParam().make(helper);
    for (uint32_t host = 0; host < net.GetHosts().GetN(); ++host)
    {
        const auto tcp = net.GetHost(host)->GetObject<TcpL4Protocol>();
        ASSERT_TRUE(tcp);
        EXPECT_EQ(DynamicCast<TcpFsmL4Protocol>(tcp) == nullptr, host == 1) << host;
    }
    ConnectAll(net);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Topology, testing::ValuesIn(SHAPES), [](const auto& shape) {
    return shape.param.name;
});

TEST(TopologyLinks, AreNumberedAsDocumented)
{
    const auto net = TcpFsmTopologyHelper().Dumbbell(1, 2);
    const auto ends = [&net](uint32_t link) {
        return std::pair(net.GetLink(link).Get(0)->GetNode(), net.GetLink(link).Get(1)->GetNode());
    };
    const auto left = net.GetRouters().Get(0);
    const auto right = net.GetRouters().Get(1);
    EXPECT_EQ(ends(0), std::pair(net.GetHost(0), left));
    EXPECT_EQ(ends(1), std::pair(net.GetHost(1), right));
    EXPECT_EQ(ends(2), std::pair(net.GetHost(2), right));
    EXPECT_EQ(ends(3), std::pair(left, right));
    const auto chain = TcpFsmTopologyHelper().Chain(3);
    EXPECT_EQ(chain.GetLink(1).Get(0)->GetNode(), chain.GetHost(1));
    EXPECT_EQ(chain.GetLink(1).Get(1)->GetNode(), chain.GetHost(2));
    Simulator::Destroy();
}

TEST(TopologyLinks, LongestChainCarriesPackets)
{
    const auto net = TcpFsmTopologyHelper().Chain(65, {.rate = "1Gbps", .delay = "1us"});
    const Conversation ipv4(net, {.server = 64});
    const Conversation ipv6(net, {.client = 64, .server = 0, .ipv6 = true});
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    EXPECT_TRUE(ipv4.HasEnded());
    EXPECT_TRUE(ipv6.HasEnded());
    Simulator::Destroy();
}

TEST(TopologyLinks, DelayAndRateAreSeenInTheTimeOfArrival)
{
    // SYN, SYN-ACK and ACK each cross the bottleneck and two access links.
    const TcpFsmLinkOptions access{.rate = "1Gbps", .delay = "2ms"};
    const auto net = TcpFsmTopologyHelper().Dumbbell(1, 1, access, {"1Gbps", "30ms"});
    const Conversation conversation(net, {}, Seconds(1));
    Simulator::Stop(Seconds(5));
    Simulator::Run();
    const Time handshake = conversation.GetAccepted() - Seconds(1);
    EXPECT_GE(handshake, MilliSeconds(3 * 34));
    EXPECT_LE(handshake, MilliSeconds(3 * 34 + 1));
    Simulator::Destroy();

    // 80 kbit/s: each of the first segments has 40 octets of headers at least, 4 ms or more.
    const auto slow = TcpFsmTopologyHelper().Pair({.rate = "80kbps", .delay = "1ms"});
    const Conversation crawling(slow, {});
    Simulator::Stop(Seconds(5));
    Simulator::Run();
    EXPECT_GE(crawling.GetAccepted(), MilliSeconds(3 * (1 + 4)));
    EXPECT_LE(crawling.GetAccepted(), MilliSeconds(3 * (1 + 10)));
    Simulator::Destroy();
}

/// Sends datagrams from one host of a pair to the other, all at once.
/// @return how many arrive
uint32_t
CountArrivals(const TcpFsmTopology& net, uint32_t datagrams, uint32_t octets)
{
    const auto sender = Socket::CreateSocket(net.GetHost(0), UdpSocketFactory::GetTypeId());
    const auto receiver = Socket::CreateSocket(net.GetHost(1), UdpSocketFactory::GetTypeId());
    receiver->Bind(InetSocketAddress(Ipv4Address::GetAny(), 9));
    uint32_t arrived = 0;
    const std::function<void(Ptr<Socket>)> count = [&arrived](const Ptr<Socket>& socket) {
        while (socket->Recv())
        {
            ++arrived;
        }
    };
    receiver->SetRecvCallback(Callback<void, Ptr<Socket>>(count));
    const Address there = net.GetSocketAddress(1, 9);
    Simulator::ScheduleWithContext(net.GetHost(0)->GetId(), Time(0), [=] {
        for (uint32_t i = 0; i < datagrams; ++i)
        {
            sender->SendTo(Create<Packet>(octets), 0, there);
        }
    });
    Simulator::Run();
    Simulator::Destroy();
    return arrived;
}

TEST(TopologyLinks, QueueHoldsWhatItShould)
{
    // One is on the way, ten wait, the others find no room.
    EXPECT_EQ(CountArrivals(TcpFsmTopologyHelper().Pair({.queue = "10p"}), 100, 1000), 11);
    // With its headers of IP, UDP and PPP a datagram has 1000 octets: five fit in 5 kB.
    constexpr uint32_t HEADERS = 20 + 8 + 2;
    EXPECT_EQ(CountArrivals(TcpFsmTopologyHelper().Pair({.queue = "5kB"}), 100, 1000 - HEADERS), 6);
}

TEST(TopologyLinks, LossIsAsFrequentAsAskedFor)
{
    EXPECT_EQ(CountArrivals(TcpFsmTopologyHelper().Pair({.queue = "2000p"}), 2000, 100), 2000);
    EXPECT_EQ(CountArrivals(TcpFsmTopologyHelper().Pair({.loss = 1}), 50, 100), 0);
    const auto net = TcpFsmTopologyHelper().Pair({.queue = "2000p", .loss = 0.25});
    net.AssignStreams(1);
    const uint32_t arrived = CountArrivals(net, 2000, 100);
    // The standard deviation is sqrt(2000 * 0.25 * 0.75), about 19.4: five of it on either side.
    EXPECT_GT(arrived, 1500 - 97);
    EXPECT_LT(arrived, 1500 + 97);
}

TEST(TopologyLinks, MtuBoundsTheSegments)
{
    const auto net = TcpFsmTopologyHelper().Pair({.mtu = 1280});
    uint32_t largest = 0;
    const std::function<void(Ptr<const Packet>)> look = [&](const Ptr<const Packet>& frame) {
        largest = std::max(largest, frame->GetSize());
    };
    net.GetLink(0).Get(1)->TraceConnectWithoutContext("PhyRxEnd",
                                                      Callback<void, Ptr<const Packet>>(look));
    const Conversation conversation(net, {.octets = 5000});
    Simulator::Stop(Seconds(5));
    Simulator::Run();
    EXPECT_EQ(conversation.GetReceived(), 5000);
    EXPECT_EQ(largest, 1280 + 2); // PPP's header
    Simulator::Destroy();
}

TEST(TopologyHosts, HaveTheProfileOfTheHelperThatIsSet)
{
    TcpFsmHelper tcp;
    tcp.SetProfile("rfc793");
    TcpFsmTopologyHelper helper;
    helper.SetTcp(tcp);
    const auto net = helper.Pair();
    for (uint32_t host = 0; host < 2; ++host)
    {
        StringValue profile;
        net.GetHost(host)->GetObject<TcpFsmL4Protocol>()->GetAttribute("Profile", profile);
        EXPECT_EQ(profile.Get(), "rfc793");
    }
    Simulator::Destroy();
}

/// @return the trace of a transfer over a link that loses packets, with random streams from one on
std::string
TraceWithStreams(int64_t stream)
{
    const std::string file = testing::TempDir() + "streams.csv";
    const auto net = TcpFsmTopologyHelper().Star(2, {.loss = 0.1});
    EXPECT_GT(net.AssignStreams(stream), 4) << "two hosts, four lossy devices";
    TcpFsmTraceHelper().EnableReactions(file);
    {
        const Conversation conversation(net, {.octets = 50000});
        Simulator::Stop(Seconds(100));
        Simulator::Run();
        EXPECT_EQ(conversation.GetReceived(), 50000);
    }
    Simulator::Destroy();
    std::ifstream stored(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stored), {}};
}

TEST(TopologyHosts, SameStreamsSameBytes)
{
    const auto once = TraceWithStreams(1);
    EXPECT_GT(std::count(once.begin(), once.end(), '\n'), 50);
    EXPECT_EQ(TraceWithStreams(1), once);
    EXPECT_NE(TraceWithStreams(1000), once);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// The segment filter on all links that it knows, and what users do wrong with it.

#include "conversation.h"
#include "forger.h"
#include "tcp-fsm-segment-filter.h"
#include "tcp-fsm-topology-helper.h"

#include "ns3/bridge-helper.h"
#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

using testing::ElementsAre;

constexpr uint8_t FIN = TcpHeader::FIN;
constexpr uint8_t ACK = TcpHeader::ACK;

/// Gives the nodes of devices IPv4.
std::vector<Ipv4Address>
Address4(const NodeContainer& nodes, const NetDeviceContainer& devices)
{
    InternetStackHelper().Install(nodes);
    const auto interfaces = Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(devices);
    std::vector<Ipv4Address> addresses;
    for (uint32_t i = 0; i < nodes.GetN(); ++i)
    {
        addresses.push_back(interfaces.GetAddress(i));
    }
    return addresses;
}

/// How frames name what they carry: DIX Ethernet, or LLC.
class SegmentFilterCsma : public testing::TestWithParam<const char*>
{
  protected:
    ~SegmentFilterCsma() override
    {
        Simulator::Destroy();
    }
};

TEST_P(SegmentFilterCsma, CountsASegmentOnce)
{
    const NodeContainer nodes(3);
    CsmaHelper csma;
    csma.SetDeviceAttribute("EncapsulationMode", StringValue(GetParam()));
    const auto addresses = Address4(nodes, csma.Install(nodes));
    TcpFsmSegmentFilter filter(NodeContainer(nodes.Get(0), nodes.Get(1)));
    filter.Add("drop 2nd FIN");
    filter.Add("duplicate 3rd FIN");
    filter.Add("delay 4th FIN by 150ms");
    filter.Add("drop every data from node 0"); // short frames are padded: no data
    Forger forger(nodes, addresses);
    forger.Send(0, 1, FIN);
    forger.Send(0, 2, FIN); // dropped
    forger.Send(1, 0, FIN); // doubled
    forger.Send(2, 1, FIN); // not the filter's
    forger.Send(1, 2, FIN); // delayed
    forger.Send(0, 1, ACK);
    forger.Send(0, 1, ACK, 1); // dropped
    EXPECT_THAT(forger.Run(), ElementsAre(1, 3, 3, 4, 6, 5));
    EXPECT_EQ(filter.GetMatched(0), 4);
    EXPECT_EQ(filter.GetMatched(3), 1);
}

INSTANTIATE_TEST_SUITE_P(Frames,
                         SegmentFilterCsma,
                         testing::Values("Dix", "Llc"),
                         [](const auto& frames) { return std::string(frames.param); });

TEST(SegmentFilterLinks, ThroughASwitch)
{
    const NodeContainer nodes(2);
    const NodeContainer bridge(1);
    CsmaHelper csma;
    NetDeviceContainer devices;
    NetDeviceContainer ports;
    for (uint32_t i = 0; i < 2; ++i)
    {
        const auto link = csma.Install(NodeContainer(nodes.Get(i), bridge.Get(0)));
        devices.Add(link.Get(0));
        ports.Add(link.Get(1));
    }
    BridgeHelper().Install(bridge.Get(0), ports);
    const auto addresses = Address4(nodes, devices);
    TcpFsmSegmentFilter filter(nodes);
    filter.Add("drop 2nd FIN from node 0");
    filter.Add("duplicate 2nd FIN from node 1");
    Forger forger(nodes, addresses);
    for (uint32_t i = 0; i < 3; ++i)
    {
        forger.Send(0, 1, FIN);
        forger.Send(1, 0, FIN);
    }
    EXPECT_THAT(forger.Run(), ElementsAre(1, 2, 4, 4, 5, 6));
    Simulator::Destroy();
}

TEST(SegmentFilterLinks, Ipv6)
{
    const auto net = TcpFsmTopologyHelper().Pair();
    TcpFsmSegmentFilter filter(net.GetHosts());
    filter.Add("drop first SYN");
    filter.Add("drop first SYN-ACK");
    filter.Add("drop first data");
    filter.Add("drop first FIN from node 1");
    const Conversation conversation(net, {.octets = 1000, .ipv6 = true});
    Simulator::Stop(Seconds(60));
    Simulator::Run();
    EXPECT_EQ(conversation.GetReceived(), 1000);
    EXPECT_TRUE(conversation.HasEnded());
    EXPECT_THAT(filter.GetUnused(), testing::IsEmpty());
    // The SYN comes again after 1 s, the SYN-ACK too (RFC 6298 2.1).
    EXPECT_GT(conversation.GetAccepted(), Seconds(2));
    EXPECT_LT(conversation.GetAccepted(), Seconds(4));
    Simulator::Destroy();
}

TEST(SegmentFilterLinks, ForwardedSegmentsAreCountedAtEachNode)
{
    const auto net = TcpFsmTopologyHelper().Chain(3);
    TcpFsmSegmentFilter everywhere(net.GetHosts());
    TcpFsmSegmentFilter ends(NodeContainer(net.GetHost(0), net.GetHost(2)));
    TcpFsmSegmentFilter middle{NodeContainer(net.GetHost(1))};
    for (auto* filter : {&everywhere, &ends, &middle})
    {
        filter->Add("drop 7th SYN");
    }
    middle.Add("drop first SYN");
    const Conversation conversation(net, {.server = 2});
    Simulator::Stop(Seconds(60));
    Simulator::Run();
    EXPECT_TRUE(conversation.HasEnded());
    EXPECT_GT(conversation.GetAccepted(), Seconds(1)); // the SYN was sent twice
    EXPECT_EQ(ends.GetMatched(0), 2);
    EXPECT_EQ(middle.GetMatched(0), 2);
    EXPECT_EQ(everywhere.GetMatched(0), 4);
    Simulator::Destroy();
}

TEST(SegmentFilterErrors, Rules)
{
    const auto net = TcpFsmTopologyHelper().Pair();
    TcpFsmSegmentFilter filter(net.GetHosts());
    const auto expect = [&filter](const std::string& rule, const std::string& message) {
        EXPECT_DEATH(filter.Add(rule), "in the rule \"" + rule + "\" " + message);
    };
    expect("", "it ends where what to do should be; write drop, duplicate, delay");
    expect("lose first FIN", "there is \"lose\" where what to do should be; write drop, dup");
    const std::string which = "where which segments should be; write first, 2nd, first 3, every, "
                              "every 2nd, 5% of";
    expect("drop FIN", "there is \"FIN\" " + which);
    expect("drop", "it ends " + which);
    expect("drop 0th FIN", "there is \"0th\" " + which);
    expect("drop 101% of FIN", "there is \"101%\" " + which);
    expect("drop 5 FIN", "there is \"5\" " + which);
    expect("drop 5% FIN", "there is \"FIN\" where a share should be; write of");
    const std::string kinds = "where segments should be; write SYN, SYN-ACK, SYN-FIN, FIN, "
                              "FIN-ACK, RST, RST-ACK, ACK, data, any";
    expect("drop first", "it ends " + kinds);
    expect("drop first fin", "there is \"fin\" " + kinds);
    expect("drop first 0 FIN", "there is \"0\" " + kinds);
    expect("drop first FIN from 1", "there is \"1\" where the sender should be; write node and");
    expect("drop first FIN from node x", "there is \"x\" where the sender should be");
    expect("drop first FIN from node 2", "node 2 is none of the filter's; make the filter with it");
    expect("drop first FIN by 1s", "there is \"by\" where the end should be; write from node N");
    expect("delay first FIN", "it ends where the delay should be; write by and a time");
    expect("delay first FIN by 5", "there is \"5\" where the delay should be");
    expect("delay first FIN by 5ms now", "there is \"now\" where the end should be; write nothing");
    EXPECT_DEATH(filter.Drop("SYNACK"), "no segments are called \"SYNACK\"; there are SYN, SYN-");
    EXPECT_DEATH(filter.Delay("SYN", MilliSeconds(-1)), "the delay is negative");
    EXPECT_DEATH(filter.GetActed(0), "there is no rule 0; there are 0, counted from 0");
    EXPECT_DEATH(TcpFsmOccurrence::Nth(0), "counted from 1, not from 0");
    EXPECT_DEATH(TcpFsmOccurrence::Every(0), "counted from 1, not from 0");
    EXPECT_DEATH(TcpFsmOccurrence::Probability(1.5), "the probability is 1.5; give 0 to 1");
    Simulator::Destroy();
}

TEST(SegmentFilterErrors, NodeWithoutALink)
{
    const NodeContainer nodes(1);
    EXPECT_DEATH(TcpFsmSegmentFilter{nodes},
                 "node 0 is on no point-to-point or CSMA link with another node.*; connect it "
                 "before making the filter");
    Simulator::Destroy();
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

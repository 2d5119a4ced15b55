// SPDX-License-Identifier: GPL-2.0-only

// What the segment filter's rules do to segments on the wire, and what they count.

#include "forger.h"
#include "tcp-fsm-segment-filter.h"
#include "tcp-fsm-topology-helper.h"

#include "ns3/simulator.h"
#include "ns3/tcp-header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <initializer_list>
#include <ostream>
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
using testing::IsEmpty;

constexpr uint8_t SYN = TcpHeader::SYN;
constexpr uint8_t FIN = TcpHeader::FIN;
constexpr uint8_t RST = TcpHeader::RST;
constexpr uint8_t ACK = TcpHeader::ACK;
constexpr uint8_t PSH = TcpHeader::PSH;

/// Two hosts, a filter for what they send each other, and forged segments.
class SegmentFilter : public testing::Test
{
  protected:
    ~SegmentFilter() override
    {
        Simulator::Destroy();
    }

    /// Sends FINs from host 0 to host 1.
    void SendFins(uint32_t count)
    {
        for (uint32_t i = 0; i < count; ++i)
        {
            m_forger.Send(0, 1, FIN | ACK);
        }
    }

    TcpFsmTopology m_net{TcpFsmTopologyHelper().Pair({.rate = "1Gbps", .delay = "1ms"})};
    TcpFsmSegmentFilter m_filter{m_net.GetHosts()};
    Forger m_forger{m_net.GetHosts(), {m_net.GetIpv4Address(0), m_net.GetIpv4Address(1)}};
};

/// A rule and the segments that arrive in spite of it.
struct Case
{
    std::string rule;
    std::vector<uint32_t> arrived;
};

std::ostream&
operator<<(std::ostream& os, const Case& point)
{
    return os << point.rule;
}

class SegmentKinds : public SegmentFilter, public testing::WithParamInterface<Case>
{
};

TEST_P(SegmentKinds, AreToldByFlagsAndLength)
{
    m_filter.Add(GetParam().rule);
    for (const uint8_t flags : std::initializer_list<
             uint8_t>{SYN, SYN | ACK, SYN | FIN, FIN, FIN | ACK, RST, RST | ACK, ACK})
    {
        m_forger.Send(0, 1, flags);
    }
    m_forger.Send(0, 1, ACK | PSH, 10);
    m_forger.Send(0, 1, 0, 10);
    m_forger.Send(0, 1, FIN | ACK, 10);
    EXPECT_EQ(m_forger.Run(), GetParam().arrived);
    EXPECT_EQ(m_filter.GetActed(0), 11 - GetParam().arrived.size());
}

const std::vector<Case> KIND_CASES{{"drop every SYN", {2, 4, 5, 6, 7, 8, 9, 10, 11}},
                                   {"drop every SYN-ACK", {1, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
                                   {"drop every SYN-FIN", {1, 2, 4, 5, 6, 7, 8, 9, 10, 11}},
                                   {"drop every FIN", {1, 2, 6, 7, 8, 9, 10}},
                                   {"drop every FIN-ACK", {1, 2, 3, 4, 6, 7, 8, 9, 10}},
                                   {"drop every RST", {1, 2, 3, 4, 5, 8, 9, 10, 11}},
                                   {"drop every RST-ACK", {1, 2, 3, 4, 5, 6, 8, 9, 10, 11}},
                                   {"drop every ACK", {1, 2, 3, 4, 5, 6, 7, 9, 10, 11}},
                                   {"drop every data", {1, 2, 3, 4, 5, 6, 7, 8}},
                                   {"drop every any", {}}};

INSTANTIATE_TEST_SUITE_P(Kinds, SegmentKinds, testing::ValuesIn(KIND_CASES));

class SegmentOccurrences : public SegmentFilter, public testing::WithParamInterface<Case>
{
};

TEST_P(SegmentOccurrences, AreCountedFromOne)
{
    m_filter.Add(GetParam().rule);
    m_forger.Send(0, 1, ACK); // is not counted
    SendFins(6);
    std::vector<uint32_t> expected{1};
    for (const uint32_t fin : GetParam().arrived)
    {
        expected.push_back(1 + fin);
    }
    EXPECT_EQ(m_forger.Run(), expected);
    EXPECT_EQ(m_filter.GetMatched(0), 6);
}

const std::vector<Case> OCCURRENCE_CASES{{"drop first FIN", {2, 3, 4, 5, 6}},
                                         {"drop 1st FIN", {2, 3, 4, 5, 6}},
                                         {"drop 3rd FIN", {1, 2, 4, 5, 6}},
                                         {"drop first 2 FIN", {3, 4, 5, 6}},
                                         {"drop every FIN", {}},
                                         {"drop every 2nd FIN", {1, 3, 5}},
                                         {"drop every 4th FIN", {1, 2, 3, 5, 6}},
                                         {"drop 7th FIN", {1, 2, 3, 4, 5, 6}},
                                         {"drop 100% of FIN", {}},
                                         {"drop 0% of FIN", {1, 2, 3, 4, 5, 6}},
                                         {"  drop   first FIN ", {2, 3, 4, 5, 6}},
                                         {"duplicate 2nd FIN", {1, 2, 2, 3, 4, 5, 6}},
                                         {"duplicate every 3rd FIN", {1, 2, 3, 3, 4, 5, 6, 6}},
                                         {"delay 2nd FIN by 150ms", {1, 3, 2, 4, 5, 6}},
                                         {"delay first 2 FIN by 0.25s", {3, 1, 4, 2, 5, 6}},
                                         {"drop every FIN from node 0", {}},
                                         {"drop 2nd FIN from node 0", {1, 3, 4, 5, 6}}};

INSTANTIATE_TEST_SUITE_P(Occurrences, SegmentOccurrences, testing::ValuesIn(OCCURRENCE_CASES));

TEST_F(SegmentFilter, DelayIsExact)
{
    m_filter.Add("delay first any by 20ms");
    m_forger.Send(0, 1, ACK);
    EXPECT_THAT(m_forger.Run(), ElementsAre(1));
    // Sent at 100 ms, 1 ms on the link, 42 octets of headers at 1 Gbit/s.
    EXPECT_EQ(m_forger.GetLast(), MilliSeconds(100 + 1 + 20) + NanoSeconds(42 * 8));
}

TEST_F(SegmentFilter, CountsSendersTogetherOrOneAlone)
{
    EXPECT_EQ(m_filter.Add("drop first SYN"), 0);
    EXPECT_EQ(m_filter.Add("drop first FIN from node 1"), 1);
    m_forger.Send(0, 1, FIN);
    m_forger.Send(1, 0, FIN);
    m_forger.Send(0, 1, SYN);
    m_forger.Send(1, 0, SYN);
    EXPECT_THAT(m_forger.Run(), ElementsAre(1, 4));
    EXPECT_EQ(m_filter.GetMatched(0), 2);
    EXPECT_EQ(m_filter.GetMatched(1), 1);
}

TEST_F(SegmentFilter, LeavesOtherNodesAlone)
{
    TcpFsmSegmentFilter other{NodeContainer(m_net.GetHost(1))};
    other.Add("drop every any");
    m_forger.Send(0, 1, FIN);
    m_forger.Send(1, 0, FIN);
    EXPECT_THAT(m_forger.Run(), ElementsAre(1));
}

TEST_F(SegmentFilter, FirstRuleThatMeansItDecides)
{
    m_filter.Add("drop first FIN");
    m_filter.Add("duplicate every FIN");
    m_filter.Add("delay first RST by 1s");
    SendFins(3);
    EXPECT_THAT(m_forger.Run(), ElementsAre(2, 2, 3, 3));
    EXPECT_EQ(m_filter.GetActed(0), 1);
    EXPECT_EQ(m_filter.GetMatched(0), 3);
    EXPECT_EQ(m_filter.GetActed(1), 2);
    EXPECT_EQ(m_filter.GetMatched(1), 3);
    EXPECT_THAT(m_filter.GetUnused(), ElementsAre("delay 1st RST by 1s"));
}

TEST_F(SegmentFilter, TwoFiltersActOneAfterTheOther)
{
    TcpFsmSegmentFilter later(m_net.GetHosts());
    m_filter.Add("duplicate first FIN");
    m_filter.Add("delay 2nd FIN by 1s");
    later.Add("drop 2nd FIN"); // the first one's copy
    SendFins(3);
    EXPECT_THAT(m_forger.Run(), ElementsAre(1, 3, 2));
    EXPECT_EQ(later.GetMatched(0), 4);
}

TEST_F(SegmentFilter, MethodsAreTheSameRules)
{
    m_filter.Drop("FIN");
    m_filter.Duplicate("FIN", TcpFsmOccurrence::Every(2));
    m_filter.Delay("FIN", MilliSeconds(150), TcpFsmOccurrence::Nth(3));
    m_filter.Drop("data", TcpFsmOccurrence::Probability(0.05));
    m_filter.Drop("SYN-ACK", TcpFsmOccurrence::First(3));
    m_filter.Delay("any", MicroSeconds(1500), TcpFsmOccurrence::Nth(112));
    EXPECT_THAT(m_filter.GetUnused(),
                ElementsAre("drop 1st FIN",
                            "duplicate every 2nd FIN",
                            "delay 3rd FIN by 150ms",
                            "drop 5% of data",
                            "drop first 3 SYN-ACK",
                            "delay 112th any by 1.5ms"));
    for (const auto& rule : m_filter.GetUnused())
    {
        TcpFsmSegmentFilter again(TcpFsmTopologyHelper().Pair().GetHosts());
        again.Add(rule);
        EXPECT_THAT(again.GetUnused(), ElementsAre(rule));
    }
    SendFins(5);
    EXPECT_THAT(m_forger.Run(), ElementsAre(2, 2, 4, 4, 3, 5));
    EXPECT_EQ(m_filter.GetUnused().size(), 3);
}

TEST_F(SegmentFilter, WhatTheLinkLosesIsNotCounted)
{
    const auto net = TcpFsmTopologyHelper().Pair({.loss = 1});
    TcpFsmSegmentFilter filter(net.GetHosts());
    filter.Add("delay every any by 1s");
    Forger forger(net.GetHosts(), {net.GetIpv4Address(0), net.GetIpv4Address(1)});
    forger.Send(0, 1, SYN);
    EXPECT_THAT(forger.Run(), IsEmpty());
    EXPECT_EQ(filter.GetMatched(0), 0);
}

/// @return what arrives of many segments of which a quarter is dropped
std::vector<uint32_t>
LoseQuarter(int64_t stream)
{
    const auto net = TcpFsmTopologyHelper().Pair();
    TcpFsmSegmentFilter filter(net.GetHosts());
    filter.Add("drop 25% of any");
    EXPECT_EQ(filter.AssignStreams(stream), 1);
    Forger forger(net.GetHosts(), {net.GetIpv4Address(0), net.GetIpv4Address(1)});
    for (uint32_t i = 0; i < 2000; ++i)
    {
        forger.Send(0, 1, ACK);
    }
    const auto arrived = forger.Run();
    EXPECT_EQ(filter.GetActed(0) + arrived.size(), 2000);
    Simulator::Destroy();
    return arrived;
}

TEST(SegmentShares, AreDrawnFromTheFiltersStream)
{
    const auto once = LoseQuarter(1);
    // The standard deviation is sqrt(2000 * 0.25 * 0.75), about 19.4: five of it on either side.
    EXPECT_GT(once.size(), 1500 - 97);
    EXPECT_LT(once.size(), 1500 + 97);
    EXPECT_EQ(LoseQuarter(1), once);
    EXPECT_NE(LoseQuarter(2), once);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

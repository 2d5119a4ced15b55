// SPDX-License-Identifier: GPL-2.0-only

// Attributes of ns-3's sockets that show in a transfer without loss.

#include "attributes.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/nstime.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace ns3
{
namespace test
{
namespace
{

constexpr uint32_t OCTETS = 200000;
/// A path on which a flight of segments ends long before its first ACK arrives.
const NetworkConfig LONG_PATH{.rate = "100Mbps", .delay = MilliSeconds(50)};

class Transfer : public SocketAttributes
{
  protected:
    /// @return the largest congestion window so far
    uint32_t LargestWindow() const
    {
        uint32_t largest = 0;
        for (const auto& [time, window] : m_windows)
        {
            largest = std::max(largest, window);
        }
        return largest;
    }

    /// Sends 200 segments. @return how many segments the server sends
    std::size_t CountAcks()
    {
        Set("ns3::TcpSocket", "SegmentSize", UintegerValue(1000));
        Make(OCTETS);
        Run(Seconds(10));
        EXPECT_EQ(m_network->DataOf(0).size(), 200U);
        return m_network->SentBy(1).size();
    }
};

TEST_P(Transfer, SegmentSize)
{
    Set("ns3::TcpSocket", "SegmentSize", UintegerValue(700));
    Make(OCTETS);
    Run(Seconds(10));
    const auto data = m_network->DataOf(0);
    for (std::size_t i = 0; i + 1 < data.size(); ++i)
    {
        ASSERT_EQ(data[i].data.size(), 700U) << i;
    }
    EXPECT_EQ(m_server->received, OCTETS);
    EXPECT_TRUE(m_server->intact);
}

TEST_P(Transfer, SendBufferLimitsWhatIsInFlight)
{
    Set("ns3::TcpSocket", "SndBufSize", UintegerValue(5000));
    Make(OCTETS, LONG_PATH);
    Run(Seconds(10));
    EXPECT_EQ(MaxFlight(), 5000U);
    EXPECT_EQ(m_server->received, OCTETS);
}

TEST_P(Transfer, ReceiveBufferLimitsWhatIsInFlight)
{
    Set("ns3::TcpSocket", "RcvBufSize", UintegerValue(20000));
    Make(OCTETS, LONG_PATH);
    Run(Seconds(10));
    EXPECT_LE(MaxFlight(), 20000U);
    EXPECT_GT(MaxFlight(), 18000U);
    EXPECT_EQ(m_server->received, OCTETS);
}

TEST_P(Transfer, InitialCwnd)
{
    Set("ns3::TcpSocket", "InitialCwnd", UintegerValue(3));
    Make(OCTETS, LONG_PATH);
    Run(Seconds(10));
    EXPECT_EQ(FirstFlight().size(), 3U);
}

TEST_P(Transfer, InitialCwndByDefault)
{
    Make(OCTETS, LONG_PATH);
    Run(Seconds(10));
    EXPECT_EQ(FirstFlight().size(), 10U);
}

TEST_P(Transfer, InitialSlowStartThreshold)
{
    Config::SetDefault("ns3::TcpL4Protocol::SocketType", StringValue("ns3::TcpNewReno"));
    Set("ns3::TcpSocket", "SegmentSize", UintegerValue(1000));
    Set("ns3::TcpSocket", "InitialSlowStartThreshold", UintegerValue(15000));
    Make(OCTETS, LONG_PATH);
    Run(MilliSeconds(1000));
    // Ten round trips: one to connect, one of slow start from 10 segments to 15, then at most one
    // segment more in each of eight.
    EXPECT_GT(LargestWindow(), 18000U);
    EXPECT_LE(LargestWindow(), 24000U);
}

TEST_P(Transfer, DelAckCountOfOne)
{
    Set("ns3::TcpSocket", "DelAckCount", UintegerValue(1));
    const std::size_t acks = CountAcks();
    EXPECT_GE(acks, 200U);
    EXPECT_LE(acks, 205U);
}

TEST_P(Transfer, DelAckCountOfFour)
{
    Set("ns3::TcpSocket", "DelAckCount", UintegerValue(4));
    const std::size_t acks = CountAcks();
    EXPECT_GE(acks, 50U);
    EXPECT_LE(acks, 60U);
}

TEST_P(Transfer, DelAckTimeout)
{
    Set("ns3::TcpSocket", "DelAckTimeout", TimeValue(MilliSeconds(300)));
    Make(0);
    Write(Seconds(1), 100);
    Run(Seconds(10));
    const Time sent = m_network->DataOf(0).at(0).time;
    const Time answered = m_network->SentBy(1).back().time;
    EXPECT_GE(answered - sent, MilliSeconds(305));
    EXPECT_LE(answered - sent, MilliSeconds(306));
}

TEST_P(Transfer, NagleHoldsBackUntilTheAck)
{
    Set("ns3::TcpSocket", "TcpNoDelay", BooleanValue(false));
    Make(0);
    Write(MilliSeconds(1000), 100);
    Write(MilliSeconds(1010), 100);
    Write(MilliSeconds(1020), 100);
    Run(Seconds(10));
    const auto data = m_network->DataOf(0);
    ASSERT_EQ(data.size(), 2U);
    EXPECT_EQ(data[1].data.size(), 200U);
    EXPECT_GE(data[1].time, START + MilliSeconds(1210)); // delayed ACK and the way there and back
}

TEST_P(Transfer, NagleIsOffByDefault)
{
    Make(0);
    Write(MilliSeconds(1000), 100);
    Write(MilliSeconds(1010), 100);
    Run(Seconds(10));
    const auto data = m_network->DataOf(0);
    ASSERT_EQ(data.size(), 2U);
    EXPECT_LT(data[1].time, START + MilliSeconds(1011));
}

TEST_P(Transfer, PersistTimeout)
{
    Set("ns3::TcpSocket", "PersistTimeout", TimeValue(Seconds(2)));
    Set("ns3::TcpSocket", "RcvBufSize", UintegerValue(4000));
    Make(10000);
    m_server->reads = false;
    Run(Seconds(10));
    const auto& answers = m_network->SentBy(1);
    const auto closing = std::find_if(answers.begin(), answers.end(), [](const auto& answer) {
        return answer.window == 0;
    });
    ASSERT_NE(closing, answers.end());
    const auto& segments = m_network->SentBy(0);
    const auto probe = std::find_if(segments.begin(), segments.end(), [&](const auto& segment) {
        return segment.time > closing->time + MilliSeconds(10);
    });
    ASSERT_NE(probe, segments.end());
    const Time waited = probe->time - closing->time;
    EXPECT_GE(waited, Seconds(2) + MilliSeconds(5));
    EXPECT_LE(waited, Seconds(2) + MilliSeconds(6));
}

TEST_P(Transfer, MaxSegLifetime)
{
    Set("ns3::TcpSocketBase", "MaxSegLifetime", DoubleValue(7));
    Make(OCTETS);
    Run(Seconds(100));
    ASSERT_GE(m_states.size(), 2U);
    const auto& [closed, last] = m_states.back();
    const auto& [entered, state] = m_states.at(m_states.size() - 2);
    EXPECT_EQ(state, TcpSocket::TIME_WAIT);
    EXPECT_EQ(last, TcpSocket::CLOSED);
    EXPECT_EQ(closed - entered, Seconds(14));
}

INSTANTIATE_TEST_SUITE_P(Set,
                         Transfer,
                         testing::Values(Way::DEFAULT, Way::SOCKET, Way::PATH),
                         NameOf);

} // namespace
} // namespace test
} // namespace ns3

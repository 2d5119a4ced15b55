// SPDX-License-Identifier: GPL-2.0-only

// Attributes of ns-3's sockets that show when segments get lost.

#include "attributes.h"

#include "ns3/boolean.h"
#include "ns3/nstime.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace ns3
{
namespace test
{
namespace
{

constexpr uint8_t SACK = 5;
constexpr uint32_t OCTETS = 40000;
const NetworkConfig LONG_PATH{.rate = "100Mbps", .delay = MilliSeconds(50)};

class Loss : public SocketAttributes
{
  protected:
    /// Loses the only segment of a write. @return how long its sender waits to send it again
    Time WaitForTimeout()
    {
        Make(0);
        m_network->GetFilter().Drop("data");
        Write(Seconds(1), 1000);
        Run(Seconds(20));
        const auto [original, again] = FirstRepeat();
        return again.time - original.time;
    }

    /// Loses the first segment of a transfer.
    void LoseFirst()
    {
        Make(OCTETS, LONG_PATH);
        m_network->GetFilter().Drop("data");
        Run(Seconds(20));
        EXPECT_EQ(m_server->received, OCTETS);
        EXPECT_TRUE(m_server->intact);
    }

    /// @return the ACKs without news that reached the client before it sent the first segment again
    std::size_t CountDuplicates() const
    {
        const auto [original, again] = FirstRepeat();
        const auto& answers = m_network->SentBy(1);
        return std::count_if(answers.begin() + 1, answers.end(), [&](const auto& answer) {
            return answer.ack == original.seq && answer.time + MilliSeconds(50) < again.time;
        });
    }

    /// @return how many segments of new data the client sent after the first flight and before it
    /// sent the first segment again
    std::size_t CountSentMeanwhile() const
    {
        const auto [original, again] = FirstRepeat();
        const auto data = m_network->DataOf(0);
        return std::count_if(data.begin(), data.end(), [&](const auto& segment) {
            return segment.time > original.time + MilliSeconds(90) && segment.time < again.time;
        });
    }

    /// Loses all data. @return how often the only segment was sent
    std::size_t CountAttempts(TcpFsmStack stack)
    {
        Make(0, {.client = stack});
        m_network->GetFilter().Drop("data", TcpFsmOccurrence::First(100));
        Write(Seconds(1), 500); // fits one segment of either
        Run(Seconds(1000));
        EXPECT_EQ(m_client->errors, 1);
        return m_network->DataOf(0).size();
    }
};

TEST_P(Loss, MinRto)
{
    Set("ns3::TcpSocketBase", "MinRto", TimeValue(MilliSeconds(300)));
    EXPECT_EQ(WaitForTimeout(), MilliSeconds(300));
}

TEST_P(Loss, MinRtoByDefault)
{
    EXPECT_EQ(WaitForTimeout(), Seconds(1));
}

TEST_P(Loss, ClockGranularity)
{
    Set("ns3::TcpSocketBase", "MinRto", TimeValue(MilliSeconds(50)));
    Set("ns3::TcpSocketBase", "ClockGranularity", TimeValue(MilliSeconds(400)));
    // RFC 6298 2.2: RTO = SRTT + max(G, 4 * RTTVAR), and SRTT is a little over 10 ms.
    const Time waited = WaitForTimeout();
    EXPECT_GE(waited, MilliSeconds(410));
    EXPECT_LE(waited, MilliSeconds(412));
}

TEST_P(Loss, DataRetries)
{
    Set("ns3::TcpSocket", "DataRetries", UintegerValue(3));
    EXPECT_EQ(CountAttempts(TcpFsmStack::FSM), 4U);
    EXPECT_EQ(CountAttempts(TcpFsmStack::STOCK), 4U);
}

TEST_P(Loss, ReTxThreshold)
{
    Set("ns3::TcpSocketBase", "ReTxThreshold", UintegerValue(5));
    LoseFirst();
    EXPECT_EQ(CountDuplicates(), 5U);
}

TEST_P(Loss, ReTxThresholdByDefault)
{
    LoseFirst();
    EXPECT_EQ(CountDuplicates(), 3U);
}

TEST_P(Loss, LimitedTransmit)
{
    Set("ns3::TcpSocketBase", "Sack", BooleanValue(false));
    Set("ns3::TcpSocket", "InitialCwnd", UintegerValue(4));
    LoseFirst();
    EXPECT_EQ(CountSentMeanwhile(), 2U); // RFC 3042: one for each of the first two
}

TEST_P(Loss, NoLimitedTransmit)
{
    Set("ns3::TcpSocketBase", "LimitedTransmit", BooleanValue(false));
    Set("ns3::TcpSocketBase", "Sack", BooleanValue(false));
    Set("ns3::TcpSocket", "InitialCwnd", UintegerValue(4));
    LoseFirst();
    EXPECT_EQ(CountSentMeanwhile(), 0U);
}

TEST_P(Loss, SackBlocksAreSentByDefault)
{
    LoseFirst();
    const auto& answers = m_network->SentBy(1);
    EXPECT_TRUE(std::any_of(answers.begin(), answers.end(), [](const auto& answer) {
        return answer.FindOption(SACK).has_value();
    }));
}

TEST_P(Loss, NoSackBlocks)
{
    Set("ns3::TcpSocketBase", "Sack", BooleanValue(false));
    LoseFirst();
    for (const auto& answer : m_network->SentBy(1))
    {
        EXPECT_FALSE(answer.FindOption(SACK));
    }
}

INSTANTIATE_TEST_SUITE_P(Set, Loss, testing::Values(Way::DEFAULT, Way::SOCKET, Way::PATH), NameOf);

} // namespace
} // namespace test
} // namespace ns3

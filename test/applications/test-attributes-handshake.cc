// SPDX-License-Identifier: GPL-2.0-only

// Attributes of ns-3's sockets that show in the first segments of a connection.

#include "attributes.h"

#include "ns3/boolean.h"
#include "ns3/nstime.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace test
{
namespace
{

constexpr uint8_t WINDOW_SCALE = 3;
constexpr uint8_t SACK_PERMITTED = 4;
constexpr uint8_t TIMESTAMPS = 8;
constexpr uint32_t OCTETS = 50000;

class Handshake : public SocketAttributes
{
  protected:
    /// Runs a transfer, then says whether both SYNs have an option.
    bool BothOffer(uint8_t option)
    {
        Make(OCTETS);
        Run(Seconds(10));
        EXPECT_EQ(m_server->received, OCTETS);
        const bool client = GetSyn(0).FindOption(option).has_value();
        EXPECT_EQ(GetSyn(1).FindOption(option).has_value(), client);
        return client;
    }

    /// Drops all SYNs of a client. @return those that it sent
    Segments GiveUp(TcpFsmStack stack)
    {
        Make(OCTETS, {.client = stack});
        m_network->GetFilter().Drop("SYN", TcpFsmOccurrence::First(100));
        Run(Seconds(1000));
        EXPECT_EQ(m_client->failed, 1);
        return m_network->SentBy(0);
    }
};

TEST_P(Handshake, OptionsAreOfferedByDefault)
{
    EXPECT_TRUE(BothOffer(TIMESTAMPS));
    EXPECT_TRUE(GetSyn(0).FindOption(SACK_PERMITTED));
    EXPECT_TRUE(GetSyn(0).FindOption(WINDOW_SCALE));
}

TEST_P(Handshake, Timestamp)
{
    Set("ns3::TcpSocketBase", "Timestamp", BooleanValue(false));
    EXPECT_FALSE(BothOffer(TIMESTAMPS));
    for (const auto& segment : m_network->DataOf(0))
    {
        EXPECT_FALSE(segment.FindOption(TIMESTAMPS));
    }
}

TEST_P(Handshake, Sack)
{
    Set("ns3::TcpSocketBase", "Sack", BooleanValue(false));
    EXPECT_FALSE(BothOffer(SACK_PERMITTED));
}

TEST_P(Handshake, WindowScaling)
{
    Set("ns3::TcpSocketBase", "WindowScaling", BooleanValue(false));
    Set("ns3::TcpSocket", "RcvBufSize", UintegerValue(1 << 20));
    EXPECT_FALSE(BothOffer(WINDOW_SCALE));
    for (const auto& segment : m_network->SentWith(1, TcpHeader::ACK))
    {
        EXPECT_GT(segment.window, 65535 / 2); // a scaled one would be 1/32 of it
    }
}

TEST_P(Handshake, ReceiveBufferBelowTheFieldsRange)
{
    Set("ns3::TcpSocket", "RcvBufSize", UintegerValue(20000));
    Make(OCTETS);
    Run(Seconds(10));
    EXPECT_EQ(GetSyn(0).window, 20000);
    EXPECT_EQ(GetSyn(1).window, 20000);
    EXPECT_EQ(m_server->received, OCTETS);
}

TEST_P(Handshake, ReceiveBufferBeyondTheFieldsRange)
{
    Set("ns3::TcpSocket", "RcvBufSize", UintegerValue(1 << 20));
    Make(OCTETS);
    Run(Seconds(10));
    EXPECT_EQ(GetSyn(0).window, 65535);
    const auto scale = GetSyn(1).FindOption(WINDOW_SCALE);
    ASSERT_TRUE(scale);
    // RFC 7323 2.2: the smallest shift that lets the field hold 2^20.
    EXPECT_EQ(scale->at(0), 5);
}

TEST_P(Handshake, MaxWindowSize)
{
    Set("ns3::TcpSocketBase", "MaxWindowSize", UintegerValue(10000));
    Set("ns3::TcpSocketBase", "WindowScaling", BooleanValue(false));
    Make(OCTETS, {.delay = MilliSeconds(50)});
    Run(Seconds(10));
    EXPECT_EQ(GetSyn(0).window, 10000);
    EXPECT_LE(MaxFlight(), 10000U);
    EXPECT_GT(MaxFlight(), 8000U);
    EXPECT_EQ(m_server->received, OCTETS);
}

TEST_P(Handshake, UseEcn)
{
    constexpr uint8_t ECN_CAPABLE = 2;
    Set("ns3::TcpSocketBase", "UseEcn", StringValue("On"));
    Make(OCTETS);
    Run(Seconds(10));
    // RFC 3168 6.1.1
    EXPECT_TRUE(GetSyn(0).Has(TcpHeader::ECE | TcpHeader::CWR));
    EXPECT_TRUE(GetSyn(1).Has(TcpHeader::ECE));
    EXPECT_FALSE(GetSyn(1).Has(TcpHeader::CWR));
    for (const auto& segment : m_network->DataOf(0))
    {
        EXPECT_EQ(segment.tos & 3, ECN_CAPABLE);
    }
}

TEST_P(Handshake, ConnTimeout)
{
    Set("ns3::TcpSocket", "ConnTimeout", TimeValue(MilliSeconds(400)));
    Make(OCTETS);
    m_network->GetFilter().Drop("SYN", TcpFsmOccurrence::First(3));
    Run(Seconds(10));
    const auto syns = m_network->SentWith(0, TcpHeader::SYN);
    ASSERT_EQ(syns.size(), 4U);
    EXPECT_EQ(syns[1].time - syns[0].time, MilliSeconds(400));
    EXPECT_EQ(syns[2].time - syns[1].time, MilliSeconds(800));
    EXPECT_EQ(syns[3].time - syns[2].time, MilliSeconds(1600));
    EXPECT_EQ(m_server->received, OCTETS);
}

TEST_P(Handshake, ConnCount)
{
    Set("ns3::TcpSocket", "ConnCount", UintegerValue(3));
    EXPECT_EQ(GiveUp(TcpFsmStack::FSM).size(), 3U);
    EXPECT_EQ(GiveUp(TcpFsmStack::STOCK).size(), 3U);
}

INSTANTIATE_TEST_SUITE_P(Set,
                         Handshake,
                         testing::Values(Way::DEFAULT, Way::SOCKET, Way::PATH),
                         NameOf);

} // namespace
} // namespace test
} // namespace ns3

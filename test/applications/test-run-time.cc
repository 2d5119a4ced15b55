// SPDX-License-Identifier: GPL-2.0-only

// Attributes that a script changes while connections are open.

#include "endpoint.h"
#include "network.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/nstime.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

namespace ns3
{
namespace test
{
namespace
{

constexpr uint32_t OCTETS = 1000000;
const std::string SOCKETS = "/NodeList/*/$ns3::TcpL4Protocol/SocketList/*/";

/// A transfer under way when attributes change.
class RunTime : public SimulationTest
{
  protected:
    /// Sets an attribute of all sockets at a time after START.
    void SetAt(Time when, const std::string& name, const AttributeValue& value)
    {
        m_network.At(0, when, [name, copy = value.Copy()] { Config::Set(SOCKETS + name, *copy); });
    }

    /// Makes the client write at a time after START.
    void WriteAt(Time when, uint32_t octets)
    {
        m_network.At(0, when, [this, octets] {
            EXPECT_EQ(m_client.socket->Send(Create<Packet>(octets)), static_cast<int>(octets));
        });
    }

    /// Begins the connection.
    void Open()
    {
        m_server.Listen();
        m_client.ConnectAt(Time(0));
    }

    /// @return how many segments a node sent in a span of time after START
    std::size_t CountBetween(const Segments& segments, Time from, Time to) const
    {
        return std::count_if(segments.begin(), segments.end(), [&](const auto& segment) {
            return segment.time >= START + from && segment.time < START + to;
        });
    }

    Network m_network;
    Endpoint m_server{m_network, 1, 0};
    Endpoint m_client{m_network, 0, 0};
};

TEST_F(RunTime, DelAckTimeoutOfAnAcceptedSocket)
{
    Open();
    WriteAt(Seconds(1), 100);
    SetAt(Seconds(2), "DelAckTimeout", TimeValue(MilliSeconds(50)));
    WriteAt(Seconds(3), 100);
    m_network.Run(Seconds(10));
    const auto data = m_network.DataOf(0);
    const auto& answers = m_network.SentBy(1);
    ASSERT_EQ(data.size(), 2U);
    ASSERT_EQ(answers.size(), 3U); // the SYN-ACK is the first
    EXPECT_NEAR((answers[1].time - data[0].time).GetSeconds(), 0.205, 0.001);
    EXPECT_NEAR((answers[2].time - data[1].time).GetSeconds(), 0.055, 0.001);
}

TEST_F(RunTime, NoDelay)
{
    Open();
    SetAt(MilliSeconds(500), "TcpNoDelay", BooleanValue(false));
    for (int64_t when : {1000, 1010, 1020})
    {
        WriteAt(MilliSeconds(when), 100);
    }
    SetAt(Seconds(2), "TcpNoDelay", BooleanValue(true));
    for (int64_t when : {3000, 3010, 3020})
    {
        WriteAt(MilliSeconds(when), 100);
    }
    m_network.Run(Seconds(10));
    EXPECT_EQ(CountBetween(m_network.DataOf(0), Seconds(1), Seconds(2)), 2U);
    EXPECT_EQ(CountBetween(m_network.DataOf(0), Seconds(3), Seconds(4)), 3U);
}

TEST_F(RunTime, MinRto)
{
    Open();
    SetAt(MilliSeconds(500), "MinRto", TimeValue(MilliSeconds(200)));
    WriteAt(Seconds(1), 100);
    WriteAt(Seconds(2), 100);
    m_network.GetFilter().Drop("data", TcpFsmOccurrence::Nth(2));
    m_network.Run(Seconds(10));
    const auto data = m_network.DataOf(0);
    ASSERT_EQ(data.size(), 3U);
    EXPECT_GT(data[2].time - data[1].time, MilliSeconds(200));
    EXPECT_LT(data[2].time - data[1].time, MilliSeconds(1000));
}

TEST_F(RunTime, DataRetries)
{
    Open();
    SetAt(MilliSeconds(500), "DataRetries", UintegerValue(2));
    WriteAt(Seconds(1), 100);
    m_network.GetFilter().Drop("data", TcpFsmOccurrence::First(100));
    m_network.Run(Seconds(1000));
    EXPECT_EQ(m_network.DataOf(0).size(), 3U);
    EXPECT_EQ(m_client.errors, 1);
}

TEST_F(RunTime, SendBufferGrows)
{
    Open();
    m_network.At(0, Seconds(1), [this] {
        EXPECT_EQ(m_client.socket->Send(Create<Packet>(OCTETS)), -1);
        EXPECT_EQ(m_client.socket->GetErrno(), Socket::ERROR_MSGSIZE);
    });
    SetAt(Seconds(2), "SndBufSize", UintegerValue(OCTETS));
    WriteAt(Seconds(3), OCTETS);
    m_network.Run(Seconds(10));
    EXPECT_EQ(m_server.received, OCTETS);
}

} // namespace
} // namespace test
} // namespace ns3

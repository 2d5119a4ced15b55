// SPDX-License-Identifier: GPL-2.0-only

// The connections file tells how many octets of payload a connection has carried.

#include "files.h"
#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-segment-filter.h"
#include "tcp-fsm-trace-helper.h"
#include "world.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/integer.h"
#include "ns3/node.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Two nodes whose connections are written to a file.
class Octets : public testing::Test
{
  protected:
    Octets()
    {
        TcpFsmTraceHelper().EnableConnections(m_name);
    }

    ~Octets() override
    {
        Config::Reset();
    }

    /// Runs for a time, ends the simulation and reads the file.
    void Run(Time time)
    {
        m_world.Run(time);
        Simulator::Destroy();
        m_lines = ReadCsv(m_name);
    }

    /// @return what a node's only connection has sent and received
    std::string Of(uint32_t side) const
    {
        const auto lines = LinesWith(m_lines, "node", std::to_string(side));
        EXPECT_EQ(lines.size(), 1U);
        return lines.empty() ? ""
                             : Field(m_lines, lines[0], "octets_sent") + " " +
                                   Field(m_lines, lines[0], "octets_received");
    }

    /// Makes node 1 answer with so many octets, and close after a time.
    void ServeOctets(uint32_t octets, Time open) const
    {
        m_world.Serve([octets, open](Ptr<TcpFsmSocket> accepted) {
            accepted->Send(Create<Packet>(octets));
            Simulator::Schedule(open, [accepted] { accepted->Close(); });
        });
    }

    /// Makes node 0 send so many octets, and close after a time.
    Ptr<TcpFsmSocket> CallOctets(uint32_t octets, Time open) const
    {
        auto caller = m_world.CallFor(open);
        m_world.At(0, MilliSeconds(2), [caller, octets] { caller->Send(Create<Packet>(octets)); });
        return caller;
    }

    const std::string m_name = Temporary("octets.csv");
    World m_world;
    CsvLines m_lines;
};

TEST_F(Octets, OfBothDirections)
{
    ServeOctets(30000, MilliSeconds(100));
    CallOctets(100000, MilliSeconds(50));
    Run(Hours(1));
    EXPECT_EQ(Of(0), "100000 30000");
    EXPECT_EQ(Of(1), "30000 100000");
}

TEST_F(Octets, SentAgainCountOnce)
{
    TcpFsmSegmentFilter filter(m_world.GetNodes());
    filter.Add("drop every 5th data");
    filter.Add("duplicate every 7th data");
    filter.Add("delay every 11th data by 20ms");
    filter.Add("drop first FIN");
    ServeOctets(30000, Seconds(50));
    CallOctets(100000, Seconds(20));
    Run(Hours(1));
    EXPECT_TRUE(filter.GetUnused().empty());
    EXPECT_EQ(Of(0), "100000 30000");
    EXPECT_EQ(Of(1), "30000 100000");
}

TEST_F(Octets, WithTheFinOnTheirLastSegment)
{
    ServeOctets(1, MilliSeconds(100));
    const auto caller = m_world.CallFor(MilliSeconds(50));
    m_world.At(0, MilliSeconds(51), [caller] { caller->Send(Create<Packet>(500)); });
    Run(Hours(1));
    EXPECT_EQ(Of(0), "500 1");
    EXPECT_EQ(Of(1), "1 500");
}

TEST_F(Octets, WhoseSequenceNumbersWrap)
{
    for (uint32_t side = 0; side < 2; ++side)
    {
        m_world.GetNodes().Get(side)->GetObject<TcpFsmL4Protocol>()->SetAttribute(
            "FixedIsn",
            IntegerValue(UINT32_MAX - 1000 * side));
    }
    ServeOctets(30000, MilliSeconds(100));
    CallOctets(100000, MilliSeconds(50));
    Run(Hours(1));
    EXPECT_EQ(Of(0), "100000 30000");
    EXPECT_EQ(Of(1), "30000 100000");
}

TEST_F(Octets, InTimeWaitAreComplete)
{
    ServeOctets(30000, MilliSeconds(100));
    CallOctets(100000, MilliSeconds(50));
    Run(Seconds(10));
    EXPECT_EQ(Of(0), "100000 30000");
}

TEST_F(Octets, OfAnAbortedConnectionAreThoseThatArrived)
{
    ServeOctets(1000, Hours(1));
    const auto caller = CallOctets(100000, Hours(1));
    uint32_t sent = 0;
    m_world.At(0, MilliSeconds(8), [&] {
        const TcpFsmStatus status = caller->GetStatus();
        sent = status.sndNxt - (status.iss + 1);
        EXPECT_GT(sent, 10000U);
        EXPECT_LT(sent, 100000U);
        caller->Abort();
    });
    Run(Hours(1));
    // The link delivers in order: all that was sent arrives before the RST.
    EXPECT_EQ(Of(0), std::to_string(sent) + " 1000");
    EXPECT_EQ(Of(1), "1000 " + std::to_string(sent));
}

TEST_F(Octets, MoreThanSequenceNumbersCount)
{
    constexpr uint64_t OCTETS = 5000000000; // more than 2^32
    constexpr uint16_t MTU = 65000;         // to be quick
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(4000000));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(4000000));
    for (uint32_t side = 0; side < 2; ++side)
    {
        m_world.GetNodes().Get(side)->GetDevice(1)->SetMtu(MTU);
    }
    const Address server = m_world.AddressOf(1, 80);
    auto sink =
        PacketSinkHelper("ns3::TcpSocketFactory", server).Install(m_world.GetNodes().Get(1));
    sink.Stop(Seconds(600));
    BulkSendHelper client("ns3::TcpSocketFactory", server);
    client.SetAttribute("MaxBytes", UintegerValue(OCTETS));
    client.SetAttribute("SendSize", UintegerValue(MTU));
    client.Install(m_world.GetNodes().Get(0));
    Run(Hours(1));
    EXPECT_EQ(DynamicCast<PacketSink>(sink.Get(0))->GetTotalRx(), OCTETS);
    EXPECT_EQ(Of(0), std::to_string(OCTETS) + " 0");
    EXPECT_EQ(Of(1), "0 " + std::to_string(OCTETS));
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

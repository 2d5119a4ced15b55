// SPDX-License-Identifier: GPL-2.0-only

// The connections file: one line for each connection of a node, whatever became of it.

#include "files.h"
#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-trace-helper.h"
#include "world.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/node.h"
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
class Connections : public testing::Test
{
  protected:
    Connections()
    {
        TcpFsmTraceHelper().EnableConnections(m_name);
    }

    /// Runs for a time, ends the simulation and reads the file.
    void Run(Time time)
    {
        m_world.Run(time);
        Simulator::Destroy();
        m_lines = ReadCsv(m_name);
    }

    /// @return the lines of a node
    std::vector<std::size_t> Of(uint32_t side) const
    {
        return LinesWith(m_lines, "node", std::to_string(side));
    }

    /// @return fields of a line, by the names of their columns, joined by spaces; "-" for an empty
    std::string Fields(std::size_t line, std::initializer_list<const char*> columns) const
    {
        std::string text;
        for (const char* column : columns)
        {
            const std::string field = Field(m_lines, line, column);
            text.append(text.empty() ? "" : " ").append(field.empty() ? "-" : field);
        }
        return text;
    }

    /// @return when and how a connection ended
    std::string End(std::size_t line) const
    {
        return Fields(line, {"last_state", "rule", "error"});
    }

    /// @return a time of a line
    Time At(std::size_t line, const char* column) const
    {
        return NanoSeconds(std::stoll(Field(m_lines, line, column)));
    }

    const std::string m_name = Temporary("connections.csv");
    World m_world;
    CsvLines m_lines;
};

TEST_F(Connections, BothEndsOfOneThatIsClosed)
{
    m_world.ServeFor(MilliSeconds(100));
    const auto caller = m_world.CallFor(MilliSeconds(50));
    uint32_t iss = 0;
    uint32_t irs = 0;
    m_world.At(0, MilliSeconds(10), [&] {
        iss = caller->GetStatus().iss;
        irs = caller->GetStatus().irs;
    });
    Run(Hours(1));
    ASSERT_EQ(m_lines.size(), 3U);
    const auto calling = Of(0).at(0);
    const auto accepted = Of(1).at(0);
    EXPECT_EQ(Fields(calling,
                     {"connection",
                      "family",
                      "local_address",
                      "local_port",
                      "remote_address",
                      "remote_port",
                      "began"}),
              "1 4 10.0.0.1 5000 10.0.0.2 80 active");
    EXPECT_EQ(Fields(accepted,
                     {"connection",
                      "family",
                      "local_address",
                      "local_port",
                      "remote_address",
                      "remote_port",
                      "began"}),
              "2 4 10.0.0.2 80 10.0.0.1 5000 passive");
    EXPECT_EQ(Field(m_lines, calling, "iss"), std::to_string(iss));
    EXPECT_EQ(Field(m_lines, calling, "irs"), std::to_string(irs));
    EXPECT_EQ(Field(m_lines, accepted, "iss"), std::to_string(irs));
    EXPECT_EQ(Field(m_lines, accepted, "irs"), std::to_string(iss));
    for (const auto line : {calling, accepted})
    {
        // A link of 1500 octets, less 20 for each header; ns-3's default buffer of 131072 octets
        // needs a shift of 2 to fit 16 bits.
        EXPECT_EQ(Fields(line,
                         {"local_mss",
                          "remote_mss",
                          "local_window_scale",
                          "remote_window_scale",
                          "sack",
                          "timestamps"}),
                  "1460 1460 2 2 1 1");
    }
    EXPECT_EQ(At(calling, "start_ns"), MilliSeconds(1));
    EXPECT_GT(At(accepted, "start_ns"), MilliSeconds(2)); // the link takes 1 ms
    EXPECT_GT(At(calling, "established_ns"), MilliSeconds(3));
    EXPECT_GT(At(accepted, "established_ns"), MilliSeconds(4));
    EXPECT_EQ(End(calling), "TIME-WAIT TIMER-2MSL -");
    EXPECT_EQ(Field(m_lines, accepted, "last_state"), "LAST-ACK");
    EXPECT_LT(At(accepted, "end_ns"), MilliSeconds(120));
    EXPECT_GT(At(calling, "end_ns"), Seconds(240)); // 2MSL
}

TEST_F(Connections, OptionsCountOnlyIfBothEndsOfferThem)
{
    const auto listener = m_world.ServeFor(MilliSeconds(100));
    listener->SetAttribute("WindowScaling", BooleanValue(false));
    listener->SetAttribute("Sack", BooleanValue(false));
    const auto caller = m_world.CallFor(MilliSeconds(50));
    caller->SetAttribute("Timestamp", BooleanValue(false));
    Run(Hours(1));
    for (const uint32_t side : {0, 1})
    {
        EXPECT_EQ(Fields(Of(side).at(0),
                         {"local_mss",
                          "remote_mss",
                          "local_window_scale",
                          "remote_window_scale",
                          "sack",
                          "timestamps"}),
                  "1460 1460 - - 0 0")
            << side;
    }
}

TEST_F(Connections, OneThatIsRefused)
{
    m_world.CallFor(MilliSeconds(50));
    Run(Hours(1));
    ASSERT_EQ(m_lines.size(), 2U); // the other node never had a connection
    EXPECT_EQ(Fields(1, {"node", "began", "irs", "remote_mss", "established_ns"}),
              "0 active - - -");
    EXPECT_NE(Field(m_lines, 1, "iss"), "");
    EXPECT_EQ(Fields(1, {"last_state", "error"}), "SYN-SENT refused");
    EXPECT_EQ(Fields(1, {"octets_sent", "octets_received"}), "0 0");
}

TEST_F(Connections, OneThatTimesOut)
{
    m_world.Deafen(1);
    m_world.CallFor(Hours(2));
    Run(Hours(1));
    ASSERT_EQ(m_lines.size(), 2U);
    EXPECT_EQ(End(1), "SYN-SENT TIMER-SYN-GIVE-UP timed out");
}

TEST_F(Connections, OneThatStaysHalfOpen)
{
    m_world.Deafen(0);
    m_world.ServeFor(MilliSeconds(100));
    m_world.CallFor(MilliSeconds(1));
    Run(Hours(1));
    ASSERT_EQ(Of(1).size(), 1U);
    const auto line = Of(1).at(0);
    EXPECT_EQ(Fields(line, {"connection", "began", "local_mss", "remote_mss", "established_ns"}),
              "2 passive 1460 1460 -");
    EXPECT_EQ(Fields(line, {"last_state", "rule"}), "SYN-RCVD TIMER-SYN-ACK-PASSIVE");
    EXPECT_EQ(Fields(line, {"octets_sent", "octets_received"}), "0 0");
}

TEST_F(Connections, ThoseAliveAtTheEndHaveNoEnd)
{
    m_world.ServeFor(Hours(2));
    m_world.CallFor(MilliSeconds(50));
    Run(Seconds(10));
    ASSERT_EQ(m_lines.size(), 3U);
    EXPECT_EQ(Fields(1, {"node", "last_state", "end_ns", "rule", "clause", "error"}),
              "0 FIN-WAIT-2 - - - -");
    EXPECT_EQ(Fields(1, {"octets_sent", "octets_received"}), "- -");
    EXPECT_EQ(Fields(2, {"node", "last_state", "end_ns", "rule", "clause", "error"}),
              "1 CLOSE-WAIT - - - -");
}

TEST_F(Connections, OneInTimeWaitIsAlive)
{
    m_world.ServeFor(MilliSeconds(100));
    m_world.CallFor(MilliSeconds(50));
    Run(Seconds(10));
    EXPECT_EQ(Fields(Of(0).at(0), {"last_state", "end_ns"}), "TIME-WAIT -");
}

TEST_F(Connections, OneThatIsAborted)
{
    m_world.Serve([](Ptr<TcpFsmSocket> accepted) {
        Simulator::Schedule(MilliSeconds(10), [accepted] { accepted->Abort(); });
    });
    m_world.CallFor(MilliSeconds(50));
    Run(Hours(1));
    EXPECT_EQ(Fields(Of(0).at(0), {"last_state", "error"}), "ESTABLISHED reset");
    EXPECT_EQ(Fields(Of(1).at(0), {"last_state", "rule"}), "ESTABLISHED ABORT-RST");
    EXPECT_EQ(Field(m_lines, Of(0).at(0), "clause"), "RFC 9293 3.10.7.4 second (ESTABLISHED)");
}

TEST_F(Connections, SynsThatCross)
{
    const auto first = m_world.NewSocket(0, 5000);
    const auto second = m_world.NewSocket(1, 80);
    m_world.At(0, MilliSeconds(1), [&] { first->Connect(m_world.AddressOf(1, 80)); });
    m_world.At(1, MilliSeconds(1), [&] { second->Connect(m_world.AddressOf(0, 5000)); });
    Run(Seconds(1));
    ASSERT_EQ(m_lines.size(), 3U);
    EXPECT_EQ(Fields(1, {"node", "began", "last_state"}), "0 simultaneous ESTABLISHED");
    EXPECT_EQ(Fields(2, {"node", "began", "last_state"}), "1 simultaneous ESTABLISHED");
    EXPECT_EQ(Fields(1, {"iss", "irs", "sack"}), Fields(2, {"irs", "iss", "sack"}));
}

/// The server closes first, so that the caller's port may call again in the server's TIME-WAIT.
class ReopenedConnections : public Connections
{
  protected:
    ReopenedConnections()
    {
        m_world.ServeFor(MilliSeconds(10));
        m_world.CallFor(MilliSeconds(50));
        m_world.At(0, Seconds(1), [this] {
            m_again = m_world.NewSocket(0, 5000);
            EXPECT_EQ(m_again->Connect(m_world.AddressOf(1, 80)), 0);
        });
    }

    Ptr<TcpFsmSocket> m_again; //!< the second call
};

TEST_F(ReopenedConnections, AreLinesOfTheirOwnWithTheSameNumber)
{
    Run(Seconds(1.005));
    ASSERT_EQ(Of(1).size(), 2U);
    const auto before = Of(1).at(0);
    const auto after = Of(1).at(1);
    EXPECT_EQ(Fields(before, {"connection", "began", "last_state"}), "2 passive TIME-WAIT");
    EXPECT_EQ(Fields(after, {"connection", "began", "last_state"}), "2 reopened ESTABLISHED");
    EXPECT_EQ(Field(m_lines, before, "end_ns"), Field(m_lines, after, "start_ns"));
    EXPECT_NE(Field(m_lines, before, "iss"), Field(m_lines, after, "iss"));
    EXPECT_EQ(Field(m_lines, before, "clause").substr(0, 17), "RFC 1122 4.2.2.13");
}

TEST_F(ReopenedConnections, WhoseHandshakeFailsLeaveTheOldOneAlive)
{
    m_world.At(0, Seconds(1), [this] { m_world.Deafen(0); });
    m_world.At(0, Seconds(1.5), [this] { m_again->Abort(); }); // sends no SYN again
    Run(Seconds(239));
    ASSERT_EQ(Of(1).size(), 2U);
    const auto reopened = Of(1).at(0);
    const auto old = Of(1).at(1);
    EXPECT_EQ(Fields(reopened, {"connection", "began", "last_state"}), "2 reopened SYN-RCVD");
    EXPECT_NE(Field(m_lines, reopened, "end_ns"), "");
    EXPECT_EQ(Fields(old, {"connection", "began", "last_state", "end_ns", "rule"}),
              "2 passive TIME-WAIT - -");
}

TEST_F(Connections, ThatBeganBeforeTheFileAreLeftOut)
{
    const auto late = Temporary("late.csv");
    m_world.ServeFor(MilliSeconds(100));
    m_world.CallFor(MilliSeconds(50));
    m_world.At(0, MilliSeconds(20), [&] { TcpFsmTraceHelper().EnableConnections(late); });
    Run(Hours(1));
    EXPECT_EQ(ReadCsv(late).size(), 1U);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

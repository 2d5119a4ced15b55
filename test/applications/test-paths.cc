// SPDX-License-Identifier: GPL-2.0-only

// The trace paths of scripts: all sources of ns-3's sockets connect and fire, for sockets that
// connect and for accepted ones.

#include "endpoint.h"
#include "network.h"

#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/sequence-number.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/traffic-control-helper.h"

#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace test
{
namespace
{

const std::string SOCKETS = "/$ns3::TcpL4Protocol/SocketList/";

/// Counts how often each source fires.
using Counts = std::map<std::string, int>;

template <typename T>
void
CountChange(Counts* counts, std::string path, T /* before */, T /* after */)
{
    ++(*counts)[path];
}

void
CountPacket(Counts* counts,
            std::string path,
            Ptr<const Packet> /* packet */,
            const TcpHeader& /* header */,
            Ptr<const TcpSocketBase> /* socket */)
{
    ++(*counts)[path];
}

void
CountRetransmission(Counts* counts,
                    std::string path,
                    Ptr<const Packet> /* packet */,
                    const TcpHeader& /* header */,
                    const Address& /* local */,
                    const Address& /* remote */,
                    Ptr<const TcpSocketBase> /* socket */)
{
    ++(*counts)[path];
}

/// Connects sources of values of one type along a path; each must be there.
template <typename T>
void
ConnectAll(const std::string& sockets, const std::vector<std::string>& sources, Counts& counts)
{
    for (const auto& source : sources)
    {
        EXPECT_TRUE(
            Config::ConnectFailSafe(sockets + source, MakeBoundCallback(&CountChange<T>, &counts)))
            << sockets << source;
    }
}

/// Connects all sources of the sockets along a path.
void
ConnectAllSources(const std::string& sockets, Counts& counts)
{
    ConnectAll<uint32_t>(sockets,
                         {"CongestionWindow",
                          "CongestionWindowInflated",
                          "SlowStartThreshold",
                          "BytesInFlight",
                          "RWND",
                          "AdvWND"},
                         counts);
    ConnectAll<Time>(sockets, {"RTT", "LastRTT", "RTO"}, counts);
    ConnectAll<SequenceNumber32>(sockets,
                                 {"NextTxSequence",
                                  "HighestSequence",
                                  "HighestRxSequence",
                                  "HighestRxAck",
                                  "EcnEchoSeq",
                                  "EcnCeSeq",
                                  "EcnCwrSeq",
                                  "RxBuffer/NextRxSequence"},
                                 counts);
    ConnectAll<TcpSocket::TcpStates_t>(sockets, {"State"}, counts);
    ConnectAll<TcpSocketState::TcpCongState_t>(sockets, {"CongState"}, counts);
    ConnectAll<TcpSocketState::EcnState_t>(sockets, {"EcnState"}, counts);
    ConnectAll<DataRate>(sockets, {"PacingRate"}, counts);
    for (const std::string source : {"Tx", "Rx"})
    {
        EXPECT_TRUE(
            Config::ConnectFailSafe(sockets + source, MakeBoundCallback(&CountPacket, &counts)));
    }
    EXPECT_TRUE(Config::ConnectFailSafe(sockets + "Retransmission",
                                        MakeBoundCallback(&CountRetransmission, &counts)));
}

class Paths : public SimulationTest, public testing::WithParamInterface<bool>
{
};

TEST_P(Paths, AllSourcesFire)
{
    constexpr uint32_t OCTETS = 300000;
    const bool acceptedSends = GetParam();
    Config::SetDefault("ns3::TcpSocketBase::UseEcn", StringValue("On"));
    Config::SetDefault("ns3::TcpSocketState::EnablePacing", StringValue("true"));
    Config::SetDefault("ns3::TcpSocketBase::MinRto", TimeValue(MilliSeconds(20)));
    Config::SetDefault("ns3::DropTailQueue<Packet>::MaxSize", StringValue("1p"));
    Counts counts;
    Network network;
    // A queue that marks packets.
    TrafficControlHelper queues;
    queues.Uninstall(network.GetDevices());
    queues.SetRootQueueDisc("ns3::CobaltQueueDisc",
                            "UseEcn",
                            StringValue("true"),
                            "CeThreshold",
                            StringValue("2ms"));
    queues.Install(network.GetDevices());
    Endpoint server(network, 1, acceptedSends ? OCTETS : 1);
    server.awaited = acceptedSends ? 1 : OCTETS;
    server.Listen();
    Endpoint client(network, 0, acceptedSends ? 1 : OCTETS);
    client.awaited = acceptedSends ? OCTETS : 1;
    client.ConnectAt(Time(0));
    network.GetFilter().Drop("data", TcpFsmOccurrence::Nth(100));
    network.At(0, MilliSeconds(16), [&counts] {
        ConnectAllSources("/NodeList/*" + SOCKETS + "*/", counts);
    });
    network.Run(Seconds(50));
    EXPECT_EQ(server.received + client.received, OCTETS + 1);
    // The listener is socket 0 of node 1.
    const std::string connecting = "/NodeList/0" + SOCKETS + "0/";
    const std::string accepted = "/NodeList/1" + SOCKETS + "1/";
    const std::string sender = acceptedSends ? accepted : connecting;
    const std::string receiver = acceptedSends ? connecting : accepted;
    for (const char* source : {"CongestionWindow",
                               "CongestionWindowInflated",
                               "SlowStartThreshold",
                               "BytesInFlight",
                               "RTT",
                               "LastRTT",
                               "RTO",
                               "NextTxSequence",
                               "HighestSequence",
                               "HighestRxAck",
                               "State",
                               "CongState",
                               "EcnState",
                               "EcnEchoSeq",
                               "EcnCwrSeq",
                               "PacingRate",
                               "Retransmission",
                               "Tx",
                               "Rx"})
    {
        EXPECT_GT(counts[sender + source], 0) << sender << source;
    }
    for (const char* source : {"HighestRxSequence",
                               "RxBuffer/NextRxSequence",
                               "EcnCeSeq",
                               "EcnState",
                               "State",
                               "Tx",
                               "Rx"})
    {
        EXPECT_GT(counts[receiver + source], 0) << receiver << source;
    }
}

TEST_P(Paths, WindowsShrinkWhenNothingIsRead)
{
    const bool acceptedSends = GetParam();
    Counts counts;
    Network network;
    Endpoint server(network, 1, acceptedSends ? 50000 : 0);
    Endpoint client(network, 0, acceptedSends ? 0 : 50000);
    server.reads = client.reads = false;
    server.Listen();
    client.ConnectAt(Time(0));
    network.At(0, MilliSeconds(16), [&counts] {
        ConnectAllSources("/NodeList/*" + SOCKETS + "*/", counts);
    });
    network.Run(Seconds(1));
    const std::string connecting = "/NodeList/0" + SOCKETS + "0/";
    const std::string accepted = "/NodeList/1" + SOCKETS + "1/";
    EXPECT_GT(counts[(acceptedSends ? accepted : connecting) + "RWND"], 5);
    EXPECT_GT(counts[(acceptedSends ? connecting : accepted) + "AdvWND"], 5);
}

std::string
NameOfSender(const testing::TestParamInfo<bool>& info)
{
    return info.param ? "Accepted" : "Connecting";
}

INSTANTIATE_TEST_SUITE_P(Sender, Paths, testing::Bool(), NameOfSender);

class PathsFromTheStart : public SimulationTest
{
};

TEST_F(PathsFromTheStart, TxAndRxSeeWhatIsOnTheLink)
{
    Counts counts;
    Network network;
    Endpoint server(network, 1, 0);
    server.Listen();
    Endpoint client(network, 0, 100000);
    const std::string caller = "/NodeList/0" + SOCKETS + "0/";
    for (const std::string source : {"Tx", "Rx"})
    {
        Config::Connect(caller + source, MakeBoundCallback(&CountPacket, &counts));
    }
    client.ConnectAt(Time(0));
    network.Run(Seconds(50));
    EXPECT_EQ(counts[caller + "Tx"], static_cast<int>(network.SentBy(0).size()));
    EXPECT_EQ(counts[caller + "Rx"], static_cast<int>(network.SentBy(1).size()));
}

} // namespace
} // namespace test
} // namespace ns3

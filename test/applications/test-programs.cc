// SPDX-License-Identifier: GPL-2.0-only

// ns-3's applications and code on sockets run unchanged, on our TCP at both ends or at one.

#include "endpoint.h"
#include "network.h"
#include "tcp-fsm-l4-protocol.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/three-gpp-http-client.h"
#include "ns3/three-gpp-http-helper.h"
#include "ns3/three-gpp-http-server.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <tuple>

namespace ns3
{
namespace test
{
namespace
{

constexpr TcpFsmStack FSM = TcpFsmStack::FSM;
constexpr TcpFsmStack STOCK = TcpFsmStack::STOCK;
constexpr uint32_t OCTETS = 300000;
/// Twice the maximum segment lifetime.
const Time TIME_WAIT_LENGTH = Seconds(240);

/// Which stacks the client and the server have, and the family.
using Ends = std::tuple<TcpFsmStack, TcpFsmStack, bool>;

class Programs : public SimulationTest, public testing::WithParamInterface<Ends>
{
  protected:
    Programs()
        : m_network({.client = std::get<0>(GetParam()),
                     .server = std::get<1>(GetParam()),
                     .ipv6 = std::get<2>(GetParam())})
    {
    }

    /// Expects that each end closed and had its FIN acknowledged, without a reset, and that our
    /// TCP has no connection left once TIME-WAIT is over.
    void ExpectClosed()
    {
        for (uint32_t side = 0; side < 2; ++side)
        {
            EXPECT_TRUE(m_network.SentWith(side, TcpHeader::RST).empty()) << "node " << side;
            const auto fins = m_network.SentWith(side, TcpHeader::FIN);
            ASSERT_FALSE(fins.empty()) << "node " << side;
            const auto& answers = m_network.SentBy(1 - side);
            EXPECT_TRUE(
                std::any_of(answers.begin(),
                            answers.end(),
                            [&](const auto& answer) { return answer.ack == fins.back().End(); }))
                << "node " << side;
        }
        m_network.Run(m_endOfTest + TIME_WAIT_LENGTH + Seconds(1));
        for (uint32_t side = 0; side < 2; ++side)
        {
            if (auto tcp = m_network.GetNodes().Get(side)->GetObject<TcpFsmL4Protocol>())
            {
                EXPECT_TRUE(tcp->GetConnections().empty()) << "node " << side;
            }
        }
    }

    Network m_network;                    //!< the nodes
    const Time m_endOfTest{Seconds(100)}; //!< when all applications have stopped
};

TEST_P(Programs, BulkSendToPacketSink)
{
    PacketSinkHelper sink("ns3::TcpSocketFactory", m_network.AnyAddress());
    auto server = sink.Install(m_network.GetNodes().Get(1));
    server.Start(START);
    server.Stop(START + Seconds(50));
    BulkSendHelper source("ns3::TcpSocketFactory", m_network.AddressOf(1));
    source.SetAttribute("MaxBytes", UintegerValue(OCTETS));
    source.Install(m_network.GetNodes().Get(0)).Start(START);
    m_network.Run(m_endOfTest);
    EXPECT_EQ(DynamicCast<PacketSink>(server.Get(0))->GetTotalRx(), OCTETS);
    ExpectClosed();
}

TEST_P(Programs, OnOffToPacketSink)
{
    PacketSinkHelper sink("ns3::TcpSocketFactory", m_network.AnyAddress());
    auto server = sink.Install(m_network.GetNodes().Get(1));
    server.Start(START);
    server.Stop(START + Seconds(50));
    OnOffHelper source("ns3::TcpSocketFactory", m_network.AddressOf(1));
    source.SetConstantRate(DataRate("100kbps"), 500);
    source.SetAttribute("MaxBytes", UintegerValue(OCTETS));
    source.SetAttribute("OnTime", StringValue("ns3::ConstantRandomVariable[Constant=0.7]"));
    source.SetAttribute("OffTime", StringValue("ns3::ConstantRandomVariable[Constant=0.3]"));
    source.Install(m_network.GetNodes().Get(0)).Start(START);
    m_network.Run(m_endOfTest);
    EXPECT_EQ(DynamicCast<PacketSink>(server.Get(0))->GetTotalRx(), OCTETS);
    ExpectClosed();
}

/// Counts whole objects and octets of 3GPP HTTP.
struct HttpLog
{
    void OnServed(uint32_t size)
    {
        ++objectsServed;
        octetsServed += size;
    }

    void OnSent(Ptr<const Packet> packet)
    {
        octetsSent += packet->GetSize();
    }

    void OnReceived(Ptr<const ThreeGppHttpClient> /* client */, Ptr<const Packet> /* packet */)
    {
        ++objectsReceived;
    }

    void OnPacket(Ptr<const Packet> packet, const Address& /* from */)
    {
        octetsReceived += packet->GetSize();
    }

    uint32_t objectsServed{0};   //!< objects that the server made
    uint64_t octetsServed{0};    //!< their octets
    uint64_t octetsSent{0};      //!< octets that the server has given to TCP
    uint32_t objectsReceived{0}; //!< objects that arrived whole
    uint64_t octetsReceived{0};  //!< octets that arrived
};

TEST_P(Programs, ThreeGppHttp)
{
    HttpLog log;
    auto server =
        ThreeGppHttpServerHelper(m_network.AddressOf(1)).Install(m_network.GetNodes().Get(1));
    server.Start(START);
    server.Stop(START + Seconds(90));
    server.Get(0)->TraceConnectWithoutContext("MainObject", MakeCallback(&HttpLog::OnServed, &log));
    server.Get(0)->TraceConnectWithoutContext("EmbeddedObject",
                                              MakeCallback(&HttpLog::OnServed, &log));
    server.Get(0)->TraceConnectWithoutContext("Tx", MakeCallback(&HttpLog::OnSent, &log));
    auto client =
        ThreeGppHttpClientHelper(m_network.AddressOf(1)).Install(m_network.GetNodes().Get(0));
    client.Start(START + Seconds(1));
    client.Stop(START + Seconds(80));
    client.Get(0)->TraceConnectWithoutContext("RxMainObject",
                                              MakeCallback(&HttpLog::OnReceived, &log));
    client.Get(0)->TraceConnectWithoutContext("RxEmbeddedObject",
                                              MakeCallback(&HttpLog::OnReceived, &log));
    client.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&HttpLog::OnPacket, &log));
    m_network.Run(m_endOfTest);
    EXPECT_GT(log.objectsServed, 3U);
    EXPECT_EQ(log.objectsReceived, log.objectsServed);
    EXPECT_GT(log.octetsSent, log.octetsServed); // with their headers
    EXPECT_EQ(log.octetsReceived, log.octetsSent);
    ExpectClosed();
}

TEST_P(Programs, SocketsBothWays)
{
    Endpoint server(m_network, 1, OCTETS / 2);
    server.awaited = OCTETS;
    server.Listen();
    Endpoint client(m_network, 0, OCTETS);
    client.awaited = OCTETS / 2;
    client.ConnectAt(Time(0));
    m_network.Run(m_endOfTest);
    EXPECT_EQ(client.connected, 1);
    EXPECT_EQ(server.received, OCTETS);
    EXPECT_EQ(client.received, OCTETS / 2);
    EXPECT_TRUE(server.intact && client.intact);
    EXPECT_EQ(client.failed + client.errors + server.errors, 0);
    server.socket->Close();
    ExpectClosed();
}

TEST_P(Programs, SocketsOneAfterAnother)
{
    constexpr uint32_t CLIENTS = 5;
    Endpoint server(m_network, 1, 0);
    server.Listen();
    std::vector<std::unique_ptr<Endpoint>> clients;
    for (uint32_t i = 0; i < CLIENTS; ++i)
    {
        clients.push_back(std::make_unique<Endpoint>(m_network, 0, OCTETS / CLIENTS));
        clients.back()->ConnectAt(Seconds(i));
    }
    m_network.Run(m_endOfTest);
    EXPECT_EQ(server.accepted.size(), CLIENTS);
    EXPECT_EQ(server.received, OCTETS);
    EXPECT_TRUE(server.intact);
    EXPECT_EQ(server.closed, int{CLIENTS});
    server.socket->Close();
    ExpectClosed();
}

std::string
NameOf(const testing::TestParamInfo<Ends>& info)
{
    const auto& [client, server, ipv6] = info.param;
    return TcpFsmStackName(client) + "_to_" + TcpFsmStackName(server) + (ipv6 ? "_6" : "_4");
}

INSTANTIATE_TEST_SUITE_P(Mixed,
                         Programs,
                         testing::Values(Ends(FSM, FSM, false),
                                         Ends(FSM, FSM, true),
                                         Ends(FSM, STOCK, false),
                                         Ends(FSM, STOCK, true),
                                         Ends(STOCK, FSM, false),
                                         Ends(STOCK, FSM, true)),
                         NameOf);

} // namespace
} // namespace test
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Ways to make sockets, and what they do before the simulation runs or where they are not ours.

#include "endpoint.h"
#include "network.h"

#include "ns3/assert.h"
#include "ns3/config.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-cubic.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-socket-factory.h"
#include "ns3/tcp-fsm-socket.h"
#include "ns3/tcp-prr-recovery.h"
#include "ns3/tcp-scalable.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace test
{
namespace
{

class Sockets : public SimulationTest
{
  protected:
    /// Expects that a socket of node 0 connects to node 1 and sends.
    void ExpectUsable(Network& network, const Ptr<Socket>& socket)
    {
        ASSERT_TRUE(DynamicCast<TcpFsmSocket>(socket));
        Endpoint server(network, 1, 0);
        server.Listen();
        network.At(0, Time(0), [&] { EXPECT_EQ(socket->Connect(network.AddressOf(1)), 0); });
        network.At(0, Seconds(1), [&] { EXPECT_EQ(socket->Send(Create<Packet>(1000)), 1000); });
        network.At(0, Seconds(2), [&] { EXPECT_EQ(socket->Close(), 0); });
        network.Run(Seconds(10));
        EXPECT_EQ(server.received, 1000U);
        EXPECT_EQ(server.closed, 1);
    }

    /// @return the protocol of a node
    static Ptr<TcpFsmL4Protocol> ProtocolOf(Network& network, uint32_t side)
    {
        return network.GetNodes().Get(side)->GetObject<TcpFsmL4Protocol>();
    }
};

using SocketErrors = Sockets;

TEST_F(Sockets, OfTheFactoryByTypeId)
{
    Network network;
    const auto node = network.GetNodes().Get(0);
    ExpectUsable(network, Socket::CreateSocket(node, TcpSocketFactory::GetTypeId()));
}

TEST_F(Sockets, OfTheFactoryByName)
{
    Network network;
    const auto type = TypeId::LookupByName("ns3::TcpSocketFactory");
    ExpectUsable(network, Socket::CreateSocket(network.GetNodes().Get(0), type));
}

TEST_F(Sockets, OfTheFactoryAsAnObject)
{
    Network network;
    const auto factory = network.GetNodes().Get(0)->GetObject<TcpSocketFactory>();
    ASSERT_TRUE(factory);
    ExpectUsable(network, factory->CreateSocket());
}

TEST_F(Sockets, OfOurFactory)
{
    Network network;
    const auto node = network.GetNodes().Get(0);
    ExpectUsable(network, Socket::CreateSocket(node, TcpFsmSocketFactory::GetTypeId()));
}

TEST_F(Sockets, OfTheProtocolWithACongestionControl)
{
    Network network;
    const auto socket = ProtocolOf(network, 0)->CreateSocket(TcpScalable::GetTypeId());
    PointerValue congestion;
    socket->GetAttribute("CongestionOps", congestion);
    EXPECT_TRUE(congestion.Get<TcpScalable>());
    ExpectUsable(network, socket);
}

TEST_F(Sockets, OfTheProtocolWithCongestionControlAndRecovery)
{
    Network network;
    const auto protocol = ProtocolOf(network, 0);
    ExpectUsable(network,
                 protocol->CreateSocket(TcpCubic::GetTypeId(), TcpPrrRecovery::GetTypeId()));
}

TEST_F(Sockets, ConnectBeforeTheSimulationRuns)
{
    // ns-3's own TCP crashes here: its SYN meets a traffic control layer that is not yet set up.
    Network network;
    Endpoint server(network, 1, 0);
    server.Listen();
    Endpoint client(network, 0, 1000);
    client.socket->SetConnectCallback(MakeNullCallback<void, Ptr<Socket>>(),
                                      MakeNullCallback<void, Ptr<Socket>>());
    EXPECT_EQ(client.socket->Connect(network.AddressOf(1)), 0);
    network.At(0, Time(0), [&] { client.socket->Send(Create<Packet>(1000)); });
    network.Run(Seconds(10));
    EXPECT_EQ(server.received, 1000U);
}

TEST_F(Sockets, CloseWhileConnectingGivesUp)
{
    for (const TcpFsmStack stack : {TcpFsmStack::FSM, TcpFsmStack::STOCK})
    {
        Network network({.client = stack});
        Endpoint server(network, 1, 0);
        server.Listen();
        Endpoint client(network, 0, 0);
        network.At(0, Time(0), [&] {
            EXPECT_EQ(client.socket->Connect(network.AddressOf(1)), 0);
            EXPECT_EQ(client.socket->Send(Create<Packet>(500)), 500);
            EXPECT_EQ(client.socket->Close(), 0);
        });
        network.Run(Seconds(10));
        // RFC 9293 3.10.4: CLOSE in SYN-SENT discards queued SENDs. Stock goes on.
        EXPECT_EQ(server.received, stack == TcpFsmStack::FSM ? 0U : 500U);
        EXPECT_EQ(network.DataOf(0).empty(), stack == TcpFsmStack::FSM);
    }
}

/// What the message about a socket of the base class says.
const std::string NOT_SERVED =
    "node 0: TcpL4Protocol::CreateSocket\\(\\) of the base class has made a "
    "TcpSocketBase.*call Socket::CreateSocket\\(\\) with TcpSocketFactory";

TEST_F(SocketErrors, StockSocketThatConnects)
{
    Network network;
    const Ptr<TcpL4Protocol> base = ProtocolOf(network, 0);
    const auto socket = base->CreateSocket();
    network.At(0, Time(0), [&] { socket->Connect(network.AddressOf(1)); });
    EXPECT_DEATH(network.Run(Seconds(1)), NOT_SERVED);
}

TEST_F(SocketErrors, StockSocketThatListens)
{
    Network network;
    const Ptr<TcpL4Protocol> base = ProtocolOf(network, 0);
    const auto socket = base->CreateSocket();
    socket->Bind(network.AnyAddress());
    socket->Listen();
    Endpoint client(network, 1, 0);
    network.At(1, Time(0), [&] { client.socket->Connect(network.AddressOf(0)); });
    EXPECT_DEATH(network.Run(Seconds(1)), NOT_SERVED);
}

TEST_F(SocketErrors, StockSocketBesideOurs)
{
    Network network;
    const Ptr<TcpL4Protocol> base = ProtocolOf(network, 0);
    base->CreateSocket();
    EXPECT_DEATH(Endpoint(network, 0, 0), NOT_SERVED);
}

TEST_F(SocketErrors, SocketWithoutANode)
{
    const auto socket = CreateObject<TcpFsmSocket>();
    Network network;
    EXPECT_EQ(socket->Bind(), -1);
    EXPECT_EQ(socket->Connect(network.AddressOf(1)), -1);
    EXPECT_EQ(socket->Listen(), -1);
    EXPECT_EQ(socket->Send(Create<Packet>(1), 0), -1);
    EXPECT_EQ(socket->Close(), -1);
    EXPECT_EQ(socket->GetError(), TcpFsmError::NOT_CONN);
}

#ifdef NS3_ASSERT_ENABLE

/// Writes its state as the base does in its own state machine.
class Writer : public TcpFsmSocket
{
  public:
    void Write()
    {
        m_state = SYN_RCVD;
    }
};

/// What the assertion says.
const std::string BEHIND = "the state was written behind the table: CLOSED -> SYN-RCVD";

TEST_F(SocketErrors, StateThatTheTableDidNotDecide)
{
    const auto writer = CreateObject<Writer>();
    EXPECT_DEATH(writer->Write(), BEHIND);
}

TEST_F(SocketErrors, StateThatTheTableDidNotDecideWhileItDecidesAnother)
{
    const auto writer = CreateObject<Writer>();
    Network network;
    Endpoint server(network, 1, 0);
    server.socket->TraceConnectWithoutContext(
        "State",
        Callback<void, TcpSocket::TcpStates_t, TcpSocket::TcpStates_t>(
            [writer](TcpSocket::TcpStates_t, TcpSocket::TcpStates_t) { writer->Write(); }));
    EXPECT_DEATH(
        {
            server.Listen();
            network.Run(Seconds(1));
        },
        BEHIND);
}

#endif

TEST_F(SocketErrors, UnknownAttributes)
{
    EXPECT_DEATH(TcpFsmHelper().SetAttribute("SocketTipe", StringValue("ns3::TcpCubic")),
                 "SocketTipe");
    Network network;
    Endpoint client(network, 0, 0);
    EXPECT_DEATH(client.socket->SetAttribute("SegmentSise", UintegerValue(1)), "SegmentSise");
}

} // namespace
} // namespace test
} // namespace ns3

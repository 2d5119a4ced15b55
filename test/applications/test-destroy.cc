// SPDX-License-Identifier: GPL-2.0-only

// The end of a simulation, with connections in any state, and the next one in the same process.

#include "endpoint.h"
#include "network.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-socket.h"
#include "ns3/tcp-header.h"

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <sstream>
#include <string>

namespace ns3
{
namespace test
{
namespace
{

/// How long a transfer runs before the simulation is taken down; by then the client is in a state.
struct Stop
{
    int64_t microseconds;            //!< after START
    TcpSocket::TcpStates_t client;   //!< the client's state
    TcpSocket::TcpStates_t accepted; //!< the state of the server's connection
};

class Destroy : public SimulationTest, public testing::WithParamInterface<Stop>
{
  protected:
    /// @return the state of a node's connection, CLOSED if there is none
    static TcpSocket::TcpStates_t StateOf(const Network& network, uint32_t side)
    {
        const auto tcp = network.GetNodes().Get(side)->GetObject<TcpFsmL4Protocol>();
        for (const auto& connection : tcp->GetConnections())
        {
            if (connection.state != TcpSocket::LISTEN)
            {
                return connection.state;
            }
        }
        return TcpSocket::CLOSED;
    }

    /// Expects that calls on a socket fail, and do nothing else.
    static void ExpectDead(const Ptr<Socket>& socket, const Address& address)
    {
        EXPECT_EQ(socket->Bind(), -1);
        EXPECT_EQ(socket->Bind6(), -1);
        EXPECT_EQ(socket->Bind(address), -1);
        EXPECT_EQ(socket->Connect(address), -1);
        EXPECT_EQ(socket->Listen(), -1);
        EXPECT_EQ(socket->Send(Create<Packet>(1)), -1);
        EXPECT_EQ(socket->ShutdownSend(), -1);
        EXPECT_EQ(socket->ShutdownRecv(), -1);
        EXPECT_EQ(socket->Close(), -1);
        EXPECT_EQ(DynamicCast<TcpFsmSocket>(socket)->Abort(), -1);
        EXPECT_EQ(DynamicCast<TcpFsmSocket>(socket)->GetError(), TcpFsmError::NOT_CONN);
        Address ignored;
        socket->GetSockName(ignored);
        socket->GetPeerName(ignored);
        while (const auto packet = socket->Recv())
        {
            ASSERT_GT(packet->GetSize(), 0U);
        }
    }
};

TEST_P(Destroy, InAnyState)
{
    auto network = std::make_unique<Network>();
    Endpoint server(*network, 1, 0);
    server.closes = false;
    server.Listen();
    Endpoint client(*network, 0, 1000);
    client.ConnectAt(Time(0));
    network->At(1, Seconds(2), [&] { server.accepted.at(0)->Close(); });
    network->Run(MicroSeconds(GetParam().microseconds));
    EXPECT_EQ(StateOf(*network, 0), GetParam().client);
    EXPECT_EQ(StateOf(*network, 1), GetParam().accepted);
    const Address address = network->AddressOf(1);
    network.reset();
    ExpectDead(client.socket, address);
    ExpectDead(server.socket, address);
    for (const auto& socket : server.accepted)
    {
        ExpectDead(socket, address);
    }
    EXPECT_EQ(client.errors + client.failed + server.errors, 0) << "nobody is told";
}

INSTANTIATE_TEST_SUITE_P(
    States,
    Destroy,
    testing::Values(Stop{3000, TcpSocket::SYN_SENT, TcpSocket::CLOSED},
                    Stop{8000, TcpSocket::SYN_SENT, TcpSocket::SYN_RCVD},
                    Stop{12000, TcpSocket::FIN_WAIT_1, TcpSocket::SYN_RCVD},
                    Stop{15300, TcpSocket::FIN_WAIT_1, TcpSocket::ESTABLISHED},
                    Stop{1000000, TcpSocket::FIN_WAIT_2, TcpSocket::CLOSE_WAIT},
                    Stop{2002000, TcpSocket::FIN_WAIT_2, TcpSocket::LAST_ACK},
                    Stop{2008000, TcpSocket::TIME_WAIT, TcpSocket::LAST_ACK},
                    Stop{3000000, TcpSocket::TIME_WAIT, TcpSocket::CLOSED}),
    [](const auto& info) { return "After" + std::to_string(info.param.microseconds) + "us"; });

class Again : public SimulationTest
{
};

/// Runs a transfer that loses some segments. @return all that was on the link, with times
std::string
RunOnce(bool ipv6)
{
    std::ostringstream log;
    Network network({.ipv6 = ipv6});
    network.GetFilter().Drop("data", TcpFsmOccurrence::Probability(0.05));
    Endpoint server(network, 1, 20000);
    server.awaited = 100000;
    server.Listen();
    Endpoint client(network, 0, 100000);
    client.awaited = 20000;
    client.ConnectAt(Time(0));
    Endpoint second(network, 0, 100000);
    second.awaited = 20000;
    second.ConnectAt(MilliSeconds(5));
    network.Run(Seconds(100));
    EXPECT_EQ(server.received, 200000U);
    for (uint32_t side = 0; side < 2; ++side)
    {
        for (const auto& segment : network.SentBy(side))
        {
            log << segment.time << ' ' << segment.sourcePort << ' ' << segment << ' ';
            for (const uint8_t octet : segment.options)
            {
                log << int{octet} << ' ';
            }
            log << '\n';
        }
    }
    return log.str();
}

TEST_F(Again, SameSeedSameSegments)
{
    for (const bool ipv6 : {false, true})
    {
        const std::string first = RunOnce(ipv6);
        EXPECT_GT(first.size(), 10000U);
        EXPECT_TRUE(RunOnce(ipv6) == first) << "IPv" << (ipv6 ? 6 : 4);
    }
}

} // namespace
} // namespace test
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Which sockets are in SocketList, and under which index.

#include "endpoint.h"
#include "network.h"

#include "ns3/config.h"
#include "ns3/tcp-fsm-l4-protocol.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace ns3
{
namespace test
{
namespace
{

const std::string SOCKETS = "/$ns3::TcpL4Protocol/SocketList/";

/// @return the sockets that a node lists, by index
std::set<std::string>
Listed(uint32_t node)
{
    std::set<std::string> indices;
    const std::string prefix = "/NodeList/" + std::to_string(node) + SOCKETS;
    const auto matches = Config::LookupMatches(prefix + "*");
    for (std::size_t i = 0; i < matches.GetN(); ++i)
    {
        const std::string path = matches.GetMatchedPath(i);
        const auto end = path.find('/', prefix.size());
        indices.insert(path.substr(prefix.size(), end - prefix.size()));
    }
    return indices;
}

class SocketLists : public SimulationTest
{
};

TEST_F(SocketLists, SameIndicesAsStock)
{
    for (const TcpFsmStack stack : {TcpFsmStack::FSM, TcpFsmStack::STOCK})
    {
        SCOPED_TRACE(TcpFsmStackName(stack));
        Network network({.client = stack, .server = stack});
        EXPECT_EQ(Listed(0), (std::set<std::string>{}));
        Endpoint server(network, 1, 0);
        Endpoint client(network, 0, 1000);
        Endpoint second(network, 0, 1000);
        client.closes = second.closes = false;
        EXPECT_EQ(Listed(0), (std::set<std::string>{"0", "1"})) << "before Bind() and Connect()";
        EXPECT_EQ(Listed(1), (std::set<std::string>{"0"}));
        server.Listen();
        client.ConnectAt(Time(0));
        second.ConnectAt(Seconds(1));
        network.Run(MilliSeconds(500));
        EXPECT_EQ(Listed(1), (std::set<std::string>{"0", "1"})) << "listener, accepted";
        network.Run(MilliSeconds(1500));
        EXPECT_EQ(Listed(0), (std::set<std::string>{"0", "1"}));
        EXPECT_EQ(Listed(1), (std::set<std::string>{"0", "1", "2"}));
    }
}

TEST_F(SocketLists, SocketsLeaveWhenTheyEnd)
{
    Network network;
    Endpoint server(network, 1, 0);
    server.Listen();
    Endpoint closing(network, 0, 1000);
    Endpoint failing(network, 0, 1000);
    Endpoint staying(network, 0, 1000);
    staying.closes = false;
    closing.ConnectAt(Time(0));
    network.At(0, Time(0), [&] { failing.socket->Connect(network.AddressOf(1, PORT + 1)); });
    staying.ConnectAt(Time(0));
    network.Run(Seconds(1));
    EXPECT_EQ(Listed(0), (std::set<std::string>{"2"}));
    EXPECT_EQ(Listed(1).size(), 2U); // the listener and the one that stays
}

TEST_F(SocketLists, SocketThatNeverOpensLeavesWhenClosed)
{
    Network network;
    Endpoint unused(network, 0, 0);
    Endpoint bound(network, 0, 0);
    bound.socket->Bind();
    EXPECT_EQ(Listed(0).size(), 2U);
    unused.socket->Close();
    EXPECT_EQ(Listed(0), (std::set<std::string>{"1"}));
    bound.socket->Close();
    EXPECT_TRUE(Listed(0).empty());
}

TEST_F(SocketLists, HalfOpenAndTimeWaitAreInGetConnectionsOnly)
{
    Network network;
    Endpoint server(network, 1, 0);
    server.Listen();
    Endpoint client(network, 0, 1000);
    client.ConnectAt(Time(0));
    const auto tcp = network.GetNodes().Get(1)->GetObject<TcpFsmL4Protocol>();
    network.Run(MilliSeconds(8)); // the SYN has arrived, the SYN-ACK not yet
    EXPECT_EQ(Listed(1).size(), 1U);
    EXPECT_EQ(tcp->GetConnections().size(), 2U);
    EXPECT_EQ(tcp->GetConnections().back().state, TcpSocket::SYN_RCVD);
    network.Run(Seconds(2));
    EXPECT_TRUE(Listed(0).empty());
    const auto left = network.GetNodes().Get(0)->GetObject<TcpFsmL4Protocol>()->GetConnections();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].state, TcpSocket::TIME_WAIT);
}

} // namespace
} // namespace test
} // namespace ns3

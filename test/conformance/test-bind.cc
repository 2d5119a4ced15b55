// SPDX-License-Identifier: GPL-2.0-only

// Local addresses: a socket takes one only once, and opens nothing in a family that its node lacks
// (RFC 9293 3.10.1).

#include "fixture.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Calls that give a socket its local address.
class Bind : public FamilyTest
{
  protected:
    /// @return the local port of a socket
    static uint16_t PortOf(const Application& user)
    {
        Address name;
        user.socket->GetSockName(name);
        return InetSocketAddress::IsMatchingType(name)
                   ? InetSocketAddress::ConvertFrom(name).GetPort()
                   : Inet6SocketAddress::ConvertFrom(name).GetPort();
    }

    /// Expects a bound socket to stay with its address.
    void ExpectRefused(Application& user)
    {
        const uint16_t before = PortOf(user);
        for (const uint16_t port : {0, 81})
        {
            EXPECT_EQ(user.Bind(Any(port)), -1);
            EXPECT_EQ(user.GetErrorName(), "EINVAL");
        }
        CallOn(GetNode(), [&] {
            EXPECT_EQ(user.socket->Bind(), -1);
            EXPECT_EQ(user.socket->Bind6(), -1);
        });
        EXPECT_EQ(PortOf(user), before);
    }

    /// @return names of a conversation from a port of the peer to one of the node
    TcpFsmRawConnection::Config Between(uint16_t peerPort, uint16_t nodePort) const
    {
        auto names = config;
        names.peerPort = peerPort;
        names.nodePort = nodePort;
        return names;
    }
};

TCP_FSM_OVER_FAMILIES(Bind);

TEST_P(Bind, IsRefusedTheSecondTime)
{
    for (const uint16_t port : {0, 80})
    {
        auto& user = NewApplication();
        ASSERT_EQ(user.Bind(Any(port)), 0);
        ExpectRefused(user);
    }
}

TEST_P(Bind, IsRefusedOnceOpen)
{
    auto& caller = NewApplication();
    ASSERT_EQ(caller.Connect(PeerAt(40000)), 0);
    ExpectRefused(caller);
    auto& listener = NewApplication();
    ASSERT_EQ(listener.Bind(Any(0)), 0);
    ASSERT_EQ(listener.Listen(), 0);
    ExpectRefused(listener);
}

TEST_P(Bind, IsPossibleAgainOnceClosed)
{
    auto& user = NewApplication();
    ASSERT_EQ(user.Bind(Any(80)), 0);
    user.Close();
    EXPECT_EQ(user.Bind(Any(81)), 0);
    EXPECT_EQ(PortOf(user), 81);
}

TEST_P(Bind, WithoutAPortLeavesItToConnect)
{
    auto& user = NewApplication();
    ASSERT_EQ(user.Bind(Any(0)), 0);
    EXPECT_EQ(PortOf(user), 0);
    ASSERT_EQ(user.Connect(PeerAt(40000)), 0);
    EXPECT_NE(PortOf(user), 0);
    Run(MilliSeconds(5));
    const auto syns = Peer().TakeReceived();
    ASSERT_EQ(syns.size(), 1U);
    EXPECT_EQ(syns[0].sourcePort, PortOf(user));
}

TEST_P(Bind, WithoutAPortLeavesItToListen)
{
    auto& user = NewApplication();
    ASSERT_EQ(user.Bind(Any(0)), 0);
    ASSERT_EQ(user.Listen(), 0);
    auto& other = NewConversation(Between(40000, PortOf(user)));
    other.OpenPassive();
    EXPECT_EQ(State(other), "ESTABLISHED");
}

// A fully specified foreign socket counts whether or not the local one was chosen.
TEST_P(Bind, WithoutAPortKeepsThePeerOfAListener)
{
    for (const bool isBound : {true, false})
    {
        auto& user = NewApplication();
        ASSERT_EQ(isBound ? user.Bind(Any(0)) : 0, 0);
        ASSERT_EQ(user.ListenTo(PeerAt(40000)), 0);
        auto& stranger = NewConversation(Between(40001, PortOf(user)));
        stranger.Inject(Syn());
        stranger.Expect(RstAck().Seq(0).Ack(stranger.Irs() + 1));
        auto& friendly = NewConversation(Between(40000, PortOf(user)));
        friendly.OpenPassive();
        EXPECT_EQ(State(friendly), "ESTABLISHED");
    }
}

/// A node that has the family of the test only, and its peer.
class OneFamily : public ::testing::TestWithParam<Family>
{
  protected:
    OneFamily()
        : m_node(MakeNode(IsIpv6()))
    {
        m_link.ipv6 = IsIpv6();
        m_user = NewUser();
    }

    ~OneFamily() override
    {
        Simulator::Destroy();
    }

    static bool IsIpv6()
    {
        return GetParam() == Family::IPV6;
    }

    static Ptr<Node> MakeNode(bool ipv6)
    {
        InternetStackHelper stack;
        stack.SetIpv4StackInstall(!ipv6);
        stack.SetIpv6StackInstall(ipv6);
        auto node = CreateObject<Node>();
        TcpFsmHelper(stack).Install(node);
        return node;
    }

    std::unique_ptr<Application> NewUser() const
    {
        return std::make_unique<Application>(
            m_node,
            DynamicCast<TcpFsmSocket>(Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId())));
    }

    /// @return an address of the other family
    static Address Foreign()
    {
        return IsIpv6() ? Address(InetSocketAddress("192.0.2.1", 80))
                        : Address(Inet6SocketAddress("2001:db8:ffff::1", 80));
    }

    Ptr<Node> m_node;                    //!< the node
    TcpFsmRawPeer::Config m_link;        //!< its link
    std::unique_ptr<Application> m_user; //!< of a socket
};

TCP_FSM_OVER_FAMILIES(OneFamily);

TEST_P(OneFamily, ConnectToTheOtherHasNoRoute)
{
    EXPECT_EQ(m_user->Connect(Foreign()), -1);
    EXPECT_EQ(m_user->GetErrorName(), "EHOSTUNREACH");
    // The attempt leaves nothing behind.
    TcpFsmRawPeer peer(m_node, m_link);
    TcpFsmRunFor(MilliSeconds(1));
    TcpFsmRawConnection connection(peer, {});
    const auto socketAddress = [](const Address& address, uint16_t port) {
        return IpAddress(address).ToSocketAddress(port);
    };
    const auto& names = connection.GetConfig();
    EXPECT_EQ(m_user->Bind(socketAddress(peer.GetNodeAddress(), names.nodePort)), 0);
    EXPECT_EQ(m_user->Connect(socketAddress(peer.GetAddress(), names.peerPort)), 0);
    EXPECT_TRUE(connection.OpenActive());
    EXPECT_EQ(m_user->socket->GetState(), State::ESTABLISHED);
    m_user->Abort();
}

TEST_P(OneFamily, SendToTheOtherHasNoRoute)
{
    ASSERT_EQ(m_user->socket->Bind(), 0);
    ASSERT_EQ(m_user->Listen(), 0);
    EXPECT_EQ(m_user->SendTo(10, Foreign()), -1);
    EXPECT_EQ(m_user->GetErrorName(), "EHOSTUNREACH");
    EXPECT_EQ(m_user->socket->GetState(), State::LISTEN);
}

// RFC 9293 3.7.1: 576 less 40, 1280 less 60.
TEST_P(OneFamily, SegmentsOfTheOtherAreTheSmallest)
{
    const bool isIpv4 = IsIpv6();
    const Flow flow =
        isIpv4 ? Flow{IpAddress(Ipv4Address("192.0.2.1")), IpAddress(Ipv4Address("192.0.2.2"))}
               : Flow{IpAddress(Ipv6Address("2001:db8:ffff::1")),
                      IpAddress(Ipv6Address("2001:db8:ffff::2"))};
    EXPECT_EQ(m_node->GetObject<TcpFsmL4Protocol>()->GetMss(flow, nullptr), isIpv4 ? 536 : 1220);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

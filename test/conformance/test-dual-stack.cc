// SPDX-License-Identifier: GPL-2.0-only

// IPv4 connections of a listener on the unspecified IPv6 address: RFC 3493 3.7, RFC 4291 2.5.5.2,
// with the reactions of RFC 9293 3.10.7.

#include "fixture.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv6.h"
#include "ns3/packet.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{
const Ipv6Address PEER_IPV6("2001:db8:ffff::1");
}

/// The peer speaks IPv4, the listener asked for IPv6.
class DualStack : public Conformance
{
  protected:
    DualStack()
        : Conformance(Family::IPV4)
    {
    }

    Address AnyIpv6() const
    {
        return Inet6SocketAddress(Ipv6Address::GetAny(), 80);
    }

    Application& ListenOn(const Address& local)
    {
        auto& listener = NewApplication();
        EXPECT_EQ(listener.Bind(local), 0);
        EXPECT_EQ(listener.ListenWithBacklog(5), 0);
        return listener;
    }

    /// A connection over IPv4 whose user is App().
    void Open()
    {
        auto& listener = ListenOn(AnyIpv6());
        Main().OpenPassive();
        ASSERT_NE(Accept(listener), nullptr);
    }

    /// An open connection that the node closed.
    void ReachTimeWait()
    {
        Open();
        App().Close();
        Expect(Fin());
        Send(Fin());
        Expect(Ack());
        ASSERT_EQ(State(), "TIME-WAIT");
    }

    /// @return the node's global IPv6 address; the first is link-local
    Ipv6Address NodeIpv6()
    {
        const auto ipv6 = GetNode()->GetObject<Ipv6>();
        const auto interface = ipv6->GetInterfaceForDevice(Peer().GetNodeDevice());
        return ipv6->GetAddress(interface, 1).GetAddress();
    }

    /// @return a conversation over IPv6
    Conversation& NewConversationOverIpv6()
    {
        auto names = config;
        names.peerAddress = PEER_IPV6;
        names.nodeAddress = NodeIpv6();
        return NewConversation(names);
    }

    static Address Mapped(const Address& ipv4, uint16_t port)
    {
        const auto address = Ipv4Address::ConvertFrom(ipv4);
        return Inet6SocketAddress(Ipv6Address::MakeIpv4MappedAddress(address), port);
    }
};

TEST_F(DualStack, TakesAConnectionOverIpv4)
{
    Open();
    EXPECT_EQ(State(), "ESTABLISHED");
    App().Send(100);
    Expect(Text(100));
    Send(Text(50));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().received, 50U);
    Send(Fin());
    Expect(Ack());
    App().Close();
    Expect(Fin());
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

// RFC 3493 3.7: "returned as IPv4-mapped IPv6 addresses".
TEST_F(DualStack, NamesAreMappedAddresses)
{
    Open();
    const auto& names = Main().GetConfig();
    Address address;
    EXPECT_EQ(App().socket->GetPeerName(address), 0);
    EXPECT_EQ(address, Mapped(names.peerAddress, 40000));
    EXPECT_EQ(App().socket->GetSockName(address), 0);
    EXPECT_EQ(address, Mapped(names.nodeAddress, 80));
}

// The same of recvfrom(), which need not ask for it otherwise.
TEST_F(DualStack, RecvFromTellsTheMappedAddress)
{
    Open();
    App().reading = false;
    Send(Text(50));
    Expect(Ack(), MilliSeconds(500));
    CallOn(GetNode(), [&] {
        Address from;
        const auto packet = App().socket->RecvFrom(from);
        ASSERT_TRUE(packet);
        EXPECT_EQ(packet->GetSize(), 50U);
        EXPECT_EQ(from, Mapped(Main().GetConfig().peerAddress, 40000));
        Address unchanged;
        EXPECT_FALSE(App().socket->RecvFrom(unchanged));
        EXPECT_EQ(unchanged, Address());
        EXPECT_EQ(App().GetErrorName(), "EAGAIN");
    });
}

TEST_F(DualStack, CallbacksGetTheMappedAddress)
{
    Address requested;
    Address created;
    auto& listener = NewApplication();
    ASSERT_EQ(listener.Bind(AnyIpv6()), 0);
    listener.socket->SetAcceptCallback(
        Callback<bool, Ptr<Socket>, const Address&>([&](Ptr<Socket>, const Address& from) {
            requested = from;
            return true;
        }),
        Callback<void, Ptr<Socket>, const Address&>(
            [&](Ptr<Socket>, const Address& from) { created = from; }));
    ASSERT_EQ(listener.Listen(), 0);
    Main().OpenPassive();
    EXPECT_EQ(requested, Mapped(Main().GetConfig().peerAddress, 40000));
    EXPECT_EQ(created, Mapped(Main().GetConfig().peerAddress, 40000));
}

TEST_F(DualStack, ConnectionsAreListed)
{
    ListenOn(AnyIpv6());
    Send(Syn());
    Expect(SynAck());
    EXPECT_EQ(State(), "SYN-RCVD");
    Send(Ack());
    ExpectNothing();
    const auto all = Connections();
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[0].state, TcpSocket::LISTEN);
    EXPECT_EQ(all[0].family, 6);
    EXPECT_EQ(all[1].state, TcpSocket::ESTABLISHED);
    EXPECT_EQ(all[1].localPort, 80);
    EXPECT_EQ(all[1].remotePort, 40000);
}

// RFC 9293 3.7.1: the segment size follows from the family on the wire.
TEST_F(DualStack, SegmentSizeIsThatOfIpv4)
{
    config.synOptions = {};
    auto& listener = ListenOn(AnyIpv6());
    Send(Syn());
    Expect(SynAck());
    EXPECT_EQ(Main().Last().GetMss(), Mss());
    Send(Ack());
    ExpectNothing();
    ASSERT_NE(Accept(listener), nullptr);
    App().Send(600);
    Expect({Text(536), Text(64)});
    Send(Ack());
}

// 3.10.7.2 second; 3.10.7.4 fifth; 3.10.7.4 second.
TEST_F(DualStack, ResetsAreSentAndTaken)
{
    ListenOn(AnyIpv6());
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
    Send(Syn());
    Expect(SynAck());
    Inject(Ack().Ack(Iss() + 1000));
    Expect(Rst().Seq(Iss() + 1000));
    EXPECT_EQ(State(), "SYN-RCVD");
    Inject(Rst());
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "gone");
    EXPECT_TRUE(IsListening());
}

// 3.8.1: the SYN-ACK is sent again.
TEST_F(DualStack, SynAckIsSentAgain)
{
    ListenOn(AnyIpv6());
    Send(Syn());
    Expect(SynAck());
    Expect(SynAck(), Seconds(1));
    Send(Ack());
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "ESTABLISHED");
}

TEST_F(DualStack, AbortSendsAReset)
{
    Open();
    App().Abort();
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
}

// 3.6.1.
TEST_F(DualStack, TimeWaitAnswersAndEnds)
{
    ReachTimeWait();
    ExpectNothing(Seconds(200));
    Inject(Fin().Seq(RcvNxt() - 1));
    Expect(Ack());
    ExpectNothing(Seconds(200));
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(Seconds(41));
    EXPECT_EQ(State(), "gone");
}

// 3.6.1, MAY-2.
TEST_F(DualStack, TimeWaitReopens)
{
    auto& listener = ListenOn(AnyIpv6());
    Main().OpenPassive();
    ASSERT_NE(Accept(listener), nullptr);
    App().Close();
    Expect(Fin());
    Send(Fin());
    Expect(Ack());
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() + 1;
    Send(Syn().Seq(irs));
    Run(MilliSeconds(EXCHANGE_MS));
    const auto sent = Main().Take();
    ASSERT_EQ(sent.size(), 1);
    EXPECT_EQ(sent[0].Kind(), "SYN-ACK");
    EXPECT_EQ(sent[0].ack, irs + 1);
    EXPECT_GT(static_cast<int32_t>(sent[0].seq - before), 0);
    Send(Ack().Ack(Iss() + 1));
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
    ASSERT_NE(Accept(listener), nullptr);
    Address address;
    EXPECT_EQ(App().socket->GetPeerName(address), 0);
    EXPECT_EQ(address, Mapped(Main().GetConfig().peerAddress, 40000));
}

TEST_F(DualStack, TakesBothFamiliesAtOnce)
{
    auto& listener = ListenOn(AnyIpv6());
    Main().OpenPassive();
    auto& other = NewConversationOverIpv6();
    other.OpenPassive();
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_EQ(State(other), "ESTABLISHED");
    Address address;
    ASSERT_NE(Accept(listener), nullptr);
    App().socket->GetPeerName(address);
    EXPECT_EQ(address, Mapped(Main().GetConfig().peerAddress, 40000));
    ASSERT_NE(Accept(listener), nullptr);
    App().socket->GetPeerName(address);
    EXPECT_EQ(address, Address(Inet6SocketAddress(PEER_IPV6, 40000)));
}

// The more exact listener gets the connection, whichever came first.
TEST_F(DualStack, ListenerOnIpv4Wins)
{
    for (const bool ipv4First : {true, false})
    {
        const uint16_t port = ipv4First ? 81 : 82;
        const Address any4 = Any(port);
        const Address any6 = Inet6SocketAddress(Ipv6Address::GetAny(), port);
        auto& first = ListenOn(ipv4First ? any4 : any6);
        auto& second = ListenOn(ipv4First ? any6 : any4);
        auto names = config;
        names.nodePort = port;
        auto& other = NewConversation(names);
        other.OpenPassive();
        auto& wanted = ipv4First ? first : second;
        auto& unwanted = ipv4First ? second : first;
        EXPECT_EQ(Accept(unwanted), nullptr);
        ASSERT_NE(Accept(wanted), nullptr);
        Address address;
        App().socket->GetPeerName(address);
        EXPECT_TRUE(InetSocketAddress::IsMatchingType(address));
        wanted.Close();
    }
}

// Only the unspecified address stands for both families: others meet CLOSED (3.10.7.1).
TEST_F(DualStack, ListenerOnOneIpv6AddressTakesNone)
{
    ListenOn(Inet6SocketAddress(NodeIpv6(), 80));
    Inject(Syn());
    Expect(RstAck().Seq(0).Ack(Irs() + 1));
    EXPECT_EQ(Connections().size(), 1);
}

TEST_F(DualStack, ListenerOnAnyIpv4TakesNoIpv6)
{
    Listen();
    auto& other = NewConversationOverIpv6();
    other.Inject(Syn());
    other.Expect(RstAck().Seq(0).Ack(other.Irs() + 1));
}

TEST_F(DualStack, Bind6ListensForBoth)
{
    auto& listener = NewApplication();
    CallOn(GetNode(), [&] { EXPECT_EQ(listener.socket->Bind6(), 0); });
    ASSERT_EQ(listener.ListenWithBacklog(5), 0);
    Address address;
    listener.socket->GetSockName(address);
    auto names = config;
    names.nodePort = Inet6SocketAddress::ConvertFrom(address).GetPort();
    auto& other = NewConversation(names);
    other.OpenPassive();
    EXPECT_EQ(State(other), "ESTABLISHED");
}

// RFC 9293 3.9.1.9, 3.9.2 (MUST-49): the fields of IPv4 are those set for IPv4.
TEST_F(DualStack, SegmentsHaveTheFieldsOfIpv4)
{
    auto& listener = NewApplication();
    listener.socket->SetIpTtl(33);
    listener.socket->SetIpTos(0x48);
    listener.socket->SetIpv6HopLimit(44);
    listener.socket->SetIpv6Tclass(0x60);
    ASSERT_EQ(listener.Bind(AnyIpv6()), 0);
    ASSERT_EQ(listener.ListenWithBacklog(5), 0);
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777).Ttl(33).Tos(0x48));
    Send(Syn());
    Expect(SynAck().Ttl(33).Tos(0x48));
    Send(Ack());
    ExpectNothing();
    ASSERT_NE(Accept(listener), nullptr);
    App().Send(10);
    Expect(Text(10).Ttl(33).Tos(0x48));
    App().Abort();
    Expect(Rst().Seq(SndNxt()).Ttl(33).Tos(0x48));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

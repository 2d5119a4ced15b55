// SPDX-License-Identifier: GPL-2.0-only

// Sockets bound to a device (SO_BINDTODEVICE elsewhere) on a node with two links: which segments
// they meet (RFC 9293 3.10.7.1, 3.10.7.2), and where theirs leave.

#include "fixture.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv6.h"

#include <memory>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class BoundDevice : public FamilyTest
{
  protected:
    /// Adds the second link.
    void AddLink()
    {
        Main();
        m_second = std::make_unique<TcpFsmRawPeer>(GetNode(), link);
    }

    void TearDown() override
    {
        m_second.reset();
        Conformance::TearDown();
    }

    TcpFsmRawPeer& Second()
    {
        return *m_second;
    }

    /// @return the device of the first link
    Ptr<NetDevice> FirstDevice()
    {
        return Peer().GetNodeDevice();
    }

    /// @return the device of the second link
    Ptr<NetDevice> SecondDevice()
    {
        return Second().GetNodeDevice();
    }

    /// A listener of a device, whose connections wait for Accept().
    Application& ListenOn(const Ptr<NetDevice>& device)
    {
        auto& listener = NewApplication();
        listener.socket->BindToNetDevice(device);
        EXPECT_EQ(listener.Bind(Any(80)), 0);
        EXPECT_EQ(listener.ListenWithBacklog(5), 0);
        return listener;
    }

    /// @return an address to which both links lead
    Address FarPeer() const
    {
        return IsIpv6() ? Address(Ipv6Address("2001:db8:ffff::1"))
                        : Address(Ipv4Address("203.0.113.1"));
    }

    Address FarPeerAt(uint16_t port) const
    {
        return IsIpv6() ? Address(Inet6SocketAddress(Ipv6Address::ConvertFrom(FarPeer()), port))
                        : Address(InetSocketAddress(Ipv4Address::ConvertFrom(FarPeer()), port));
    }

    /// @return names of a conversation of that address over one of the links
    TcpFsmRawConnection::Config NamesOfFarPeer(const TcpFsmRawPeer& there) const
    {
        auto names = config;
        names.peerAddress = FarPeer();
        names.nodeAddress = there.GetNodeAddress();
        return names;
    }

  private:
    std::unique_ptr<TcpFsmRawPeer> m_second; //!< on the second link
};

TCP_FSM_OVER_FAMILIES(BoundDevice);

TEST_P(BoundDevice, ListenerTakesSynsOfItsDevice)
{
    AddLink();
    auto& listener = ListenOn(FirstDevice());
    Main().OpenPassive();
    ASSERT_NE(Accept(listener), nullptr);
    App().Send(100);
    Expect(Text(100));
    EXPECT_EQ(App().socket->GetBoundNetDevice(), FirstDevice());
    EXPECT_TRUE(Second().TakeReceived().empty());
}

// 3.10.7.1: there is no listener for the others.
TEST_P(BoundDevice, OtherSynsMeetClosed)
{
    AddLink();
    ListenOn(SecondDevice());
    Inject(Syn());
    Expect(RstAck().Seq(0).Ack(Irs() + 1));
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
    EXPECT_EQ(Connections().size(), 1);
    Conversation second(Second(), {}, GetGuards());
    second.OpenPassive();
    EXPECT_EQ(State(second), "ESTABLISHED");
}

TEST_P(BoundDevice, TwoListenersShareAPort)
{
    AddLink();
    auto& one = ListenOn(FirstDevice());
    auto& two = ListenOn(SecondDevice());
    Main().OpenPassive();
    EXPECT_EQ(Accept(two), nullptr);
    EXPECT_NE(Accept(one), nullptr);
    Conversation second(Second(), {}, GetGuards());
    second.OpenPassive();
    EXPECT_EQ(Accept(one), nullptr);
    EXPECT_NE(Accept(two), nullptr);
}

// 3.10.1: one that is bound to no device is for all of them.
TEST_P(BoundDevice, ListenerOfAllDevicesIsInTheWay)
{
    AddLink();
    ListenOn(nullptr);
    auto& other = NewApplication();
    other.socket->BindToNetDevice(FirstDevice());
    EXPECT_EQ(other.Bind(Any(80)), -1);
    EXPECT_EQ(other.GetErrorName(), "EADDRINUSE");
}

// All segments of a connection, its entries' too, leave by the device that the listener is bound
// to, whichever link has the better route.
TEST_P(BoundDevice, HalfOpenEntryKeepsTheDevice)
{
    AddLink();
    for (auto* there : {&Peer(), &Second()})
    {
        auto& elsewhere = there == &Peer() ? Second() : Peer();
        ListenOn(there->GetNodeDevice());
        Conversation far(*there, NamesOfFarPeer(*there), GetGuards());
        far.Inject(Ack().Ack(777));
        far.Expect(Rst().Seq(777));
        far.Send(Syn());
        far.Expect(SynAck());
        far.Expect(SynAck(), Seconds(1));
        far.Inject(Syn().Seq(far.Irs()));
        far.Expect(SynAck());
        far.Inject(Ack().Seq(far.RcvNxt() - 1).Ack(far.SndNxt()));
        far.Expect(Ack());
        far.Inject(Ack().Ack(far.SndNxt() + 10));
        far.Expect(Rst().Seq(far.SndNxt() + 10));
        EXPECT_EQ(State(far), "SYN-RCVD");
        far.Inject(Rst());
        far.ExpectNothing();
        EXPECT_TRUE(elsewhere.TakeReceived().empty());
        there->TakeReceived();
    }
}

TEST_P(BoundDevice, ConnectionAndTimeWaitKeepTheDevice)
{
    AddLink();
    for (auto* there : {&Peer(), &Second()})
    {
        auto& elsewhere = there == &Peer() ? Second() : Peer();
        auto& listener = ListenOn(there->GetNodeDevice());
        Conversation far(*there, NamesOfFarPeer(*there), GetGuards());
        far.OpenPassive();
        auto* user = Accept(listener);
        ASSERT_NE(user, nullptr);
        user->Send(100);
        far.Expect(Text(100));
        far.Inject(Syn());
        far.Expect(Ack());
        far.Send(Ack());
        user->Close();
        far.Expect(Fin());
        far.Send(Fin());
        far.Expect(Ack());
        ASSERT_EQ(State(far), "TIME-WAIT");
        far.Inject(Fin().Seq(far.RcvNxt() - 1));
        far.Expect(Ack());
        far.Inject(Syn());
        far.Expect(Ack());
        far.Inject(Rst());
        far.ExpectNothing();
        EXPECT_TRUE(elsewhere.TakeReceived().empty());
        there->TakeReceived();
    }
}

// 3.10.1, active OPEN: the device decides on the way and on the source address (3.9.2.3, MUST-44).
TEST_P(BoundDevice, ConnectingSocketSendsOutOfItsDevice)
{
    AddLink();
    for (const bool toSecond : {false, true})
    {
        auto& there = toSecond ? Second() : Peer();
        auto& elsewhere = toSecond ? Peer() : Second();
        auto& user = NewApplication();
        user.socket->BindToNetDevice(there.GetNodeDevice());
        const uint16_t port = toSecond ? 40002 : 40001;
        ASSERT_EQ(user.Connect(FarPeerAt(port)), 0);
        Run(Seconds(5));
        const auto syns = there.TakeReceived();
        ASSERT_GE(syns.size(), 2U);
        for (const auto& syn : syns)
        {
            EXPECT_EQ(syn.Kind(), "SYN");
            EXPECT_EQ(syn.source, there.GetNodeAddress());
            EXPECT_EQ(syn.destinationPort, port);
        }
        EXPECT_TRUE(elsewhere.TakeReceived().empty());
        user.Abort();
    }
}

// 3.7.1, MUST-67: the segment size is that of the link which the device leads to.
TEST_P(BoundDevice, OffersTheSegmentSizeOfItsDevice)
{
    AddLink();
    for (auto* there : {&Peer(), &Second()})
    {
        const uint16_t mtu = there == &Peer() ? 1400 : 1300;
        there->GetNodeDevice()->SetMtu(mtu);
        ListenOn(there->GetNodeDevice());
        Conversation far(*there, NamesOfFarPeer(*there), GetGuards());
        far.Send(Syn());
        far.Expect(SynAck().Options(TcpFsmRawSegment::Mss(mtu - (IsIpv6() ? 60 : 40))));
        far.Inject(Rst());
        far.ExpectNothing();
    }
}

// 3.10.7.1: over another link there is no such connection.
TEST_P(BoundDevice, SegmentsOfAnotherDeviceMeetClosed)
{
    AddLink();
    // Else ns-3 drops what arrives by another link than its address's (RFC 1122 3.3.4.2).
    GetNode()->GetObject<Ipv6>()->SetAttribute("StrongEndSystemModel", BooleanValue(false));
    auto& listener = ListenOn(FirstDevice());
    auto names = Main().GetConfig();
    names.peerAddress = Peer().GetAddress();
    names.nodeAddress = Peer().GetNodeAddress();
    Conversation stray(Second(), names, GetGuards());
    const auto expectRst = [this, &stray] {
        stray.Inject(Ack().Seq(RcvNxt()).Ack(SndNxt()));
        Expect(Rst().Seq(SndNxt()));
    };
    Send(Syn());
    Expect(SynAck());
    expectRst();
    EXPECT_EQ(State(), "SYN-RCVD");
    Send(Ack());
    ExpectNothing();
    ASSERT_NE(Accept(listener), nullptr);
    expectRst();
    EXPECT_EQ(State(), "ESTABLISHED");
    App().Close();
    Expect(Fin());
    Send(Fin());
    Expect(Ack());
    expectRst();
    EXPECT_EQ(State(), "TIME-WAIT");
}

// 3.6.1, MAY-2: a SYN that reopens needs a listener that takes SYNs of its device.
TEST_P(BoundDevice, TimeWaitReopensForAListenerOfTheDevice)
{
    AddLink();
    auto& first = ListenOn(FirstDevice());
    Main().OpenPassive();
    ASSERT_NE(Accept(first), nullptr);
    App().Close();
    Expect(Fin());
    Send(Fin());
    Expect(Ack());
    ASSERT_EQ(State(), "TIME-WAIT");
    first.Close();
    ListenOn(SecondDevice());
    Inject(Syn().Seq(RcvNxt() + 1000));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
    ListenOn(FirstDevice());
    Inject(Syn().Seq(RcvNxt() + 1000));
    Run(MilliSeconds(EXCHANGE_MS));
    const auto sent = Main().Take();
    ASSERT_EQ(sent.size(), 1);
    EXPECT_EQ(sent[0].Kind(), "SYN-ACK");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

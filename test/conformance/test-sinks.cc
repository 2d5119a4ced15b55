// SPDX-License-Identifier: GPL-2.0-only

// Trace sinks and callbacks that call back: the calls of RFC 9293 3.10 are legal at any time, also
// in the midst of a segment or a timer of the connection that they end.

#include "fixture.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class Sinks : public FamilyTest
{
  protected:
    /// Does something whenever a state is entered.
    void WhenEntering(TcpSocket::TcpStates_t state, const std::function<void()>& act)
    {
        using Sink = Callback<void, const TcpFsmTransition&>;
        L4()->TraceConnectWithoutContext("Transition",
                                         Sink([state, act](const TcpFsmTransition& transition) {
                                             if (transition.to == state)
                                             {
                                                 act();
                                             }
                                         }));
    }
};

TCP_FSM_OVER_FAMILIES(Sinks);

// 3.10.4, SYN-SENT: no SYN has left yet, and none does.
TEST_P(Sinks, ActiveOpenMayBeClosed)
{
    auto& user = NewApplication();
    WhenEntering(TcpSocket::SYN_SENT, [&user] { user.socket->Close(); });
    user.Connect(PeerAt(40000));
    Run(Seconds(5));
    EXPECT_TRUE(Peer().TakeReceived().empty());
    EXPECT_TRUE(Connections().empty());
}

// 3.10.4, LISTEN: its half-open connections go with it.
TEST_P(Sinks, ListenerMayBeClosedAtItsHalfOpenConnection)
{
    auto& listener = Listen();
    Send(Syn());
    Expect(SynAck());
    L4()->TraceConnectWithoutContext(
        "Reaction",
        Callback<void, const TcpFsmTransition&>([&listener](const TcpFsmTransition& reaction) {
            if (reaction.from == TcpSocket::SYN_RCVD &&
                listener.socket->GetState() == State::LISTEN)
            {
                listener.socket->Close();
            }
        }));
    Inject(Syn().Seq(Irs()));
    Run(Seconds(5));
    Peer().TakeReceived();
    EXPECT_TRUE(Connections().empty());
}

// The application closes the listener when it is asked whether it wants the connection.
TEST_P(Sinks, ListenerMayBeClosedWhenAskedForAConnection)
{
    auto& listener = Listen();
    listener.socket->SetAcceptCallback(
        Callback<bool, Ptr<Socket>, const Address&>([&listener](Ptr<Socket>, const Address&) {
            listener.socket->Close();
            return true;
        }),
        MakeNullCallback<void, Ptr<Socket>, const Address&>());
    Inject(Syn());
    ExpectNothing(Seconds(5));
    EXPECT_TRUE(Connections().empty());
}

// 3.10.5, TIME-WAIT.
TEST_P(Sinks, TimeWaitMayBeAborted)
{
    Reach("TIME-WAIT");
    L4()->TraceConnectWithoutContext(
        "Reaction",
        Callback<void, const TcpFsmTransition&>([this](const TcpFsmTransition& reaction) {
            if (reaction.segment != 0 && reaction.from == TcpSocket::TIME_WAIT)
            {
                App().socket->Abort();
            }
        }));
    Inject(Fin().Seq(RcvNxt() - 1));
    Run(Seconds(1));
    EXPECT_EQ(State(), "gone");
}

// 3.6.1, MAY-2: a connection that the application refuses is refused to an old peer too.
TEST_P(Sinks, ReopeningAsksTheApplication)
{
    auto& listener = Listen();
    Main().OpenPassive();
    App().Close();
    Expect(Fin());
    Send(Fin());
    Expect(Ack());
    ASSERT_EQ(State(), "TIME-WAIT");
    listener.socket->SetAcceptCallback(Callback<bool, Ptr<Socket>, const Address&>(
                                           [](Ptr<Socket>, const Address&) { return false; }),
                                       MakeNullCallback<void, Ptr<Socket>, const Address&>());
    Peer().TakeReceived();
    Inject(Syn().Seq(RcvNxt() + 1000));
    Run(Seconds(1));
    for (const auto& segment : Peer().TakeReceived())
    {
        EXPECT_NE(segment.Kind(), "SYN-ACK");
    }
    EXPECT_EQ(State(), "TIME-WAIT");
}

// 3.10.1: buffers and options of a socket are those of its one connection; an attempt that met no
// peer may be repeated.
TEST_P(Sinks, SocketHasOneConnection)
{
    auto& user = Connect();
    Main().OpenActive();
    ASSERT_EQ(State(), "ESTABLISHED");
    user.Abort();
    Expect(Rst());
    EXPECT_EQ(user.Connect(PeerAt(40001)), -1);
    EXPECT_EQ(user.GetErrorName(), "EINVAL");
    EXPECT_EQ(user.Listen(), -1);

    auto& again = NewApplication();
    ASSERT_EQ(again.Connect(PeerAt(40002)), 0);
    again.Close();
    EXPECT_EQ(again.Connect(PeerAt(40003)), 0);
}

// 3.10.4, LISTEN: nor does a connection wait for Accept() at a listener that is gone.
TEST_P(Sinks, ListenerMayBeClosedAtItsEstablishedConnection)
{
    auto& listener = NewApplication();
    ASSERT_EQ(listener.Bind(Any(80)), 0);
    ASSERT_EQ(listener.ListenWithBacklog(4), 0);
    WhenEntering(TcpSocket::ESTABLISHED, [&listener] { listener.socket->Close(); });
    Send(Syn());
    Expect(SynAck());
    Send(Ack());
    Expect(Rst());
    EXPECT_TRUE(Connections().empty());
}

// A user that has called Close() is told nothing but an error, not even of the connection.
TEST_P(Sinks, ClosedCallerIsNotToldThatItIsConnected)
{
    auto& user = NewApplication();
    ASSERT_EQ(user.Bind(Any(80)), 0);
    WhenEntering(TcpSocket::ESTABLISHED,
                 [&user] { Simulator::ScheduleNow([&user] { user.socket->Close(); }); });
    user.Connect(PeerAt(40000));
    Expect(Syn());
    Send(SynAck());
    Expect({Ack(), Fin()});
    EXPECT_TRUE(user.told.empty());
    EXPECT_EQ(user.socket->GetTxAvailable(), 0U);
}

/// What an application does when it is told of data that came with the peer's SYN.
class KeptText : public Conformance, public ::testing::WithParamInterface<std::string>
{
  protected:
    KeptText()
        : Conformance(Family::IPV4)
    {
    }
};

INSTANTIATE_TEST_SUITE_P(Then, KeptText, ::testing::Values("Abort", "Close"));

// 3.10.7.4 fifth: text of the SYN is for the user once the state is ESTABLISHED.
TEST_P(KeptText, MayEndTheConnection)
{
    auto& user = Connect();
    Expect(Syn());
    Send(Syn().Text(100));
    Expect(SynAck().Ack(Irs() + 1));
    user.socket->SetRecvCallback(Callback<void, Ptr<Socket>>([this](Ptr<Socket> socket) {
        auto own = DynamicCast<TcpFsmSocket>(socket);
        EXPECT_EQ(GetParam() == "Abort" ? own->Abort() : own->Close(), 0);
    }));
    Inject(Ack().Seq(Irs() + 1));
    Run(Seconds(1));
    EXPECT_EQ(Main().Take().size(), 1U);
    EXPECT_EQ(State(), "gone");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

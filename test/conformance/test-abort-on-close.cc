// SPDX-License-Identifier: GPL-2.0-only

// A CLOSE that does what ABORT does (attribute AbortOnClose, SO_LINGER with 0 elsewhere): RFC 9293
// 3.10.5 in place of 3.10.4.

#include "fixture.h"

#include "ns3/boolean.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class AbortOnCloseIn : public StateTest
{
  protected:
    /// Brings the node into the state and lets the next CLOSE abort.
    Application& ReachWithUser()
    {
        Application* user = nullptr;
        if (GetStart() == "CLOSED")
        {
            user = &NewApplication();
        }
        else if (GetStart() == "LISTEN")
        {
            user = &Listen();
        }
        else
        {
            Reach(GetStart());
            user = &App();
        }
        user->socket->SetAttribute("AbortOnClose", BooleanValue(true));
        return *user;
    }

    bool IsIn(const std::vector<std::string>& states) const
    {
        return std::find(states.begin(), states.end(), GetStartState()) != states.end();
    }
};

// A half-open connection of a listener has no user.
TCP_FSM_OVER_STATES(AbortOnCloseIn, Except(States(), {"SYN-RCVD"}));

class AbortOnClose : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(AbortOnClose);

// 3.10.5: a RST from SYN-RCVD to CLOSE-WAIT, "connection does not exist" in CLOSED, no segment
// elsewhere.
TEST_P(AbortOnCloseIn, CloseAborts)
{
    auto& user = ReachWithUser();
    const auto before = user.told;
    if (IsIn({"CLOSED"}))
    {
        EXPECT_EQ(user.Close(), -1);
        EXPECT_EQ(user.GetErrorName(), "ENOTCONN");
        ExpectNothing(Seconds(1));
        return;
    }
    EXPECT_EQ(user.Close(), 0);
    EXPECT_EQ(user.socket->GetStatus().connection.state, TcpSocket::CLOSED);
    EXPECT_EQ(State(), "gone");
    if (IsIn({"SYN-RCVD", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"}))
    {
        Expect(Rst().Seq(SndNxt()));
    }
    ExpectNothing(Seconds(300));
    if (IsIn({"CLOSING", "LAST-ACK", "TIME-WAIT"}))
    {
        EXPECT_EQ(user.told, before);
    }
    // There is nothing left to close.
    EXPECT_EQ(user.Close(), -1);
    EXPECT_EQ(user.GetErrorName(), "ENOTCONN");
}

// 3.10.5: what the user is told is what ABORT tells.
TEST_P(AbortOnClose, TellsWhatAbortTells)
{
    Listen();
    Main().OpenPassive();
    auto& closer = App();
    auto& other = NewConversation(40001);
    other.OpenPassive();
    auto& aborter = App();
    closer.socket->SetAttribute("AbortOnClose", BooleanValue(true));
    EXPECT_EQ(closer.Close(), 0);
    EXPECT_EQ(aborter.Abort(), 0);
    Expect(Rst().Seq(SndNxt()));
    other.Expect(Rst().Seq(other.SndNxt()));
    EXPECT_EQ(closer.told, aborter.told);
    EXPECT_EQ(closer.GetErrorName(), aborter.GetErrorName());
}

// 3.10.5: "All queued SENDs and RECEIVEs should be given 'connection reset' notification; all
// segments queued for transmission [...] should be flushed".
TEST_P(AbortOnClose, FlushesWhatIsQueued)
{
    SetSocketDefault("AbortOnClose", BooleanValue(true));
    Reach("ESTABLISHED");
    Send(Ack().Window(100));
    ExpectNothing();
    App().Send(1000);
    Run(Seconds(1));
    EXPECT_FALSE(Main().Take().empty());
    EXPECT_EQ(App().Close(), 0);
    Expect(Rst().Seq(SndNxt()));
    ExpectNothing(Seconds(300));
    EXPECT_NE(App().GetErrorName(), "");
    // 3.10.7.1: the connection is gone.
    Inject(Ack());
    Expect(Rst().Seq(SndNxt()));
}

// The peer does not see a FIN, even if the handshake has just ended.
TEST_P(AbortOnClose, IsInheritedFromTheListener)
{
    auto& listener = Listen();
    listener.socket->SetAttribute("AbortOnClose", BooleanValue(true));
    Main().OpenPassive();
    EXPECT_EQ(App().Close(), 0);
    Expect(Rst().Seq(SndNxt()));
    ExpectNothing(Seconds(300));
    EXPECT_TRUE(IsListening());
}

TEST_P(AbortOnClose, DoesNotChangeAHalfClose)
{
    SetSocketDefault("AbortOnClose", BooleanValue(true));
    Reach("ESTABLISHED");
    EXPECT_EQ(App().ShutdownSend(), 0);
    Expect(Fin());
    EXPECT_EQ(State(), "FIN-WAIT-1");
    EXPECT_EQ(App().Close(), 0);
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
}

// 3.10.5 (LISTEN): half-open entries go silently, connections not accepted by a RST.
TEST_P(AbortOnClose, OfAListenerEndsItsChildren)
{
    auto& listener = NewApplication();
    listener.socket->SetAttribute("AbortOnClose", BooleanValue(true));
    // As everywhere in ns-3, connections begin with the listener's close callbacks.
    listener.socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                                       MakeNullCallback<void, Ptr<Socket>>());
    ASSERT_EQ(listener.Bind(Any(80)), 0);
    ASSERT_EQ(listener.ListenWithBacklog(5), 0);
    Main().OpenPassive();
    auto& accepted = NewConversation(40001);
    auto& halfOpen = NewConversation(40002);
    accepted.OpenPassive();
    halfOpen.Send(Syn());
    halfOpen.Expect(SynAck());
    auto* first = Accept(listener);
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(listener.Close(), 0);
    accepted.Expect(Rst().Seq(accepted.SndNxt()));
    halfOpen.ExpectNothing(Seconds(100));
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_EQ(Connections().size(), 1);
    halfOpen.Inject(Ack());
    halfOpen.Expect(Rst().Seq(halfOpen.SndNxt()));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

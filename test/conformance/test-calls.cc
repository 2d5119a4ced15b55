// SPDX-License-Identifier: GPL-2.0-only

// Calls in every state and their errors: RFC 9293 3.10.1 to 3.10.6.

#include "fixture.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::AnyOf;
using ::testing::ElementsAre;

class CallsIn : public StateTest
{
  protected:
    /// Brings the node into the state and makes the user of the connection known.
    Application& ReachWithUser()
    {
        if (GetStart() == "CLOSED")
        {
            return NewApplication();
        }
        if (GetStart() == "LISTEN")
        {
            return Listen();
        }
        Reach(GetStart());
        return App();
    }

    /// @return the state as the socket tells it
    std::string StateOf(const Application& user) const
    {
        return std::string(TcpFsmStateName(user.socket->GetStatus().connection.state));
    }

    /// Expects a call to be refused, nothing to be sent and the state to stay.
    void ExpectRefused(Application& user, int result)
    {
        EXPECT_EQ(result, -1);
        EXPECT_NE(user.GetErrorName(), "");
        EXPECT_EQ(StateOf(user), GetStartState());
        ExpectNothing();
    }

    bool IsIn(const std::vector<std::string>& states) const
    {
        return std::find(states.begin(), states.end(), GetStartState()) != states.end();
    }
};

// A half-open connection of a listener has no user.
TCP_FSM_OVER_STATES(CallsIn, Except(States(), {"SYN-RCVD"}));

// 3.10.1, passive: "error: connection already exists".
TEST_P(CallsIn, PassiveOpen)
{
    auto& user = ReachWithUser();
    if (IsIn({"CLOSED", "LISTEN"}))
    {
        if (GetStart() == "CLOSED")
        {
            user.Bind(Any(80));
        }
        EXPECT_EQ(user.Listen(), 0);
        EXPECT_EQ(StateOf(user), "LISTEN");
        return;
    }
    ExpectRefused(user, user.Listen());
}

// 3.10.1, active.
TEST_P(CallsIn, ActiveOpen)
{
    auto& user = ReachWithUser();
    if (IsIn({"CLOSED", "LISTEN"}))
    {
        if (GetStart() == "CLOSED")
        {
            user.Bind(Any(80));
        }
        EXPECT_EQ(user.Connect(PeerAt(40000)), 0);
        EXPECT_EQ(StateOf(user), "SYN-SENT");
        Expect(Syn());
        return;
    }
    ExpectRefused(user, user.Connect(PeerAt(40000)));
    EXPECT_THAT(user.GetErrorName(), AnyOf("EISCONN", "EALREADY", "EINPROGRESS"));
}

// 3.10.2.
TEST_P(CallsIn, Send)
{
    auto& user = ReachWithUser();
    if (IsIn({"CLOSED", "LISTEN"}))
    {
        ExpectRefused(user, user.Send(10));
        EXPECT_EQ(user.GetErrorName(), "ENOTCONN");
    }
    else if (IsIn({"SYN-SENT"}))
    {
        EXPECT_EQ(user.Send(10), 10);
        ExpectNothing();
        Send(SynAck());
        const auto first = SndNxt();
        Run(MilliSeconds(100));
        uint32_t octets = 0;
        for (const auto& segment : Main().Take())
        {
            EXPECT_EQ(segment.seq, first);
            octets += static_cast<uint32_t>(segment.data.size());
        }
        EXPECT_EQ(octets, 10);
    }
    else if (IsIn({"ESTABLISHED", "CLOSE-WAIT"}))
    {
        EXPECT_EQ(user.Send(10), 10);
        Expect(Text(10));
    }
    else
    {
        ExpectRefused(user, user.Send(10));
        EXPECT_EQ(user.GetErrorName(), "EPIPE");
    }
}

// 3.10.3.
TEST_P(CallsIn, Receive)
{
    auto& user = ReachWithUser();
    user.endOfStream = false;
    const int result = user.Receive(100);
    if (IsIn({"CLOSED", "LISTEN"}))
    {
        EXPECT_EQ(result, -1);
        EXPECT_EQ(user.GetErrorName(), "ENOTCONN");
    }
    else if (IsIn({"CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"}))
    {
        EXPECT_EQ(result, 0);
        EXPECT_TRUE(user.endOfStream);
    }
    else
    {
        EXPECT_EQ(result, -1);
        EXPECT_EQ(user.GetErrorName(), "EAGAIN");
    }
    EXPECT_EQ(StateOf(user), GetStartState());
    ExpectNothing();
}

// 3.10.4.
TEST_P(CallsIn, Close)
{
    auto& user = ReachWithUser();
    const bool hadHalfClose = GetStart() == "FIN-WAIT-1" || GetStart() == "FIN-WAIT-2";
    if (IsIn({"CLOSED"}))
    {
        ExpectRefused(user, user.Close());
        EXPECT_EQ(user.GetErrorName(), "ENOTCONN");
    }
    else if (IsIn({"LISTEN", "SYN-SENT"}))
    {
        EXPECT_EQ(user.Close(), 0);
        EXPECT_EQ(StateOf(user), "CLOSED");
        ExpectNothing(Seconds(10));
    }
    else if (IsIn({"ESTABLISHED", "CLOSE-WAIT"}))
    {
        EXPECT_EQ(user.Close(), 0);
        EXPECT_EQ(StateOf(user), IsIn({"ESTABLISHED"}) ? "FIN-WAIT-1" : "LAST-ACK");
        Expect(Fin());
    }
    else if (IsIn({"SYN-RCVD"}))
    {
        EXPECT_EQ(user.Close(), 0);
        EXPECT_EQ(StateOf(user), "FIN-WAIT-1");
        Expect(Fin());
    }
    else if (hadHalfClose)
    {
        EXPECT_EQ(user.Close(), 0);
        EXPECT_EQ(StateOf(user), GetStartState());
        ExpectNothing();
        ExpectRefused(user, user.Close());
    }
    else
    {
        ExpectRefused(user, user.Close());
    }
}

// 3.6: a half-close.
TEST_P(CallsIn, HalfClose)
{
    auto& user = ReachWithUser();
    if (IsIn({"SYN-SENT"}))
    {
        EXPECT_EQ(user.ShutdownSend(), 0);
        EXPECT_EQ(StateOf(user), "SYN-SENT");
        ExpectNothing();
        EXPECT_EQ(user.Send(10), -1);
        Send(SynAck());
        Expect({Ack(), Fin()});
        EXPECT_EQ(StateOf(user), "FIN-WAIT-1");
    }
    else if (IsIn({"SYN-RCVD", "ESTABLISHED", "CLOSE-WAIT"}))
    {
        EXPECT_EQ(user.ShutdownSend(), 0);
        EXPECT_EQ(StateOf(user), IsIn({"CLOSE-WAIT"}) ? "LAST-ACK" : "FIN-WAIT-1");
        Expect(Fin());
    }
    else
    {
        ExpectRefused(user, user.ShutdownSend());
    }
}

// Not of the RFC: the state stays, nothing is sent.
TEST_P(CallsIn, ReceiveSideShutdown)
{
    auto& user = ReachWithUser();
    if (IsIn({"CLOSED", "LISTEN"}))
    {
        ExpectRefused(user, user.ShutdownRecv());
        return;
    }
    EXPECT_EQ(user.ShutdownRecv(), 0);
    EXPECT_EQ(StateOf(user), GetStartState());
    ExpectNothing();
}

// 3.10.5.
TEST_P(CallsIn, Abort)
{
    auto& user = ReachWithUser();
    if (IsIn({"CLOSED"}))
    {
        ExpectRefused(user, user.Abort());
        EXPECT_EQ(user.GetErrorName(), "ENOTCONN");
        return;
    }
    EXPECT_EQ(user.Abort(), 0);
    EXPECT_EQ(StateOf(user), "CLOSED");
    EXPECT_EQ(State(), "gone");
    if (IsIn({"SYN-RCVD", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"}))
    {
        Expect(Rst().Seq(SndNxt()));
    }
    ExpectNothing(Seconds(300));
}

// 3.10.6: answers in every state.
TEST_P(CallsIn, Status)
{
    auto& user = ReachWithUser();
    const auto status = user.socket->GetStatus();
    EXPECT_EQ(TcpFsmStateName(status.connection.state), GetStartState());
    if (IsIn({"CLOSED", "LISTEN"}))
    {
        return;
    }
    EXPECT_EQ(status.connection.localPort, 80);
    EXPECT_EQ(status.connection.remotePort, 40000);
    EXPECT_EQ(status.connection.remoteAddress, Main().GetConfig().peerAddress);
    EXPECT_EQ(status.connection.localAddress, Main().GetConfig().nodeAddress);
    EXPECT_EQ(status.connection.family, IsIpv6() ? 6 : 4);
    EXPECT_EQ(status.iss, Iss());
    EXPECT_EQ(status.sndNxt, SndNxt());
    EXPECT_EQ(status.sndUna, SndUna());
    if (!IsIn({"SYN-SENT"}))
    {
        EXPECT_EQ(status.irs, Irs());
        EXPECT_EQ(status.rcvNxt, RcvNxt());
        EXPECT_EQ(status.rcvWnd, Window());
        EXPECT_EQ(status.sndWnd, config.window);
    }
}

// 3.10.5: "connection reset" to queued SENDs and RECEIVEs; CLOSING, LAST-ACK, TIME-WAIT: "ok".
TEST_P(CallsIn, AbortIsToldWhereThereIsSomethingToLose)
{
    auto& user = ReachWithUser();
    const auto before = user.told;
    user.Abort();
    Run(Seconds(1));
    Main().Take();
    if (IsIn({"CLOSED", "LISTEN", "CLOSING", "LAST-ACK", "TIME-WAIT"}))
    {
        EXPECT_EQ(user.told, before);
    }
    EXPECT_LE(user.told.size(), before.size() + 1);
}

class ListenAgain : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(ListenAgain);

// 3.10.1: a passive OPEN with the peer given waits for that peer, and for no other.
TEST_P(ListenAgain, WithAnotherPeerIsRefused)
{
    auto& user = NewApplication();
    ASSERT_EQ(user.Bind(Any(80)), 0);
    ASSERT_EQ(user.ListenTo(PeerAt(40000)), 0);
    EXPECT_EQ(user.ListenTo(PeerAt(40000)), 0);
    EXPECT_EQ(user.ListenTo(PeerAt(40001)), -1);
    EXPECT_EQ(user.GetErrorName(), "EINVAL");
    Send(Syn());
    Expect(SynAck());
    auto& other = NewConversation(40001);
    other.Send(Syn());
    other.Expect(RstAck());
}

// What is refused changes nothing, the backlog included.
TEST_P(ListenAgain, InAConnectionIsRefused)
{
    Reach("ESTABLISHED");
    EXPECT_EQ(App().ListenWithBacklog(3), -1);
    EXPECT_EQ(App().ListenTo(PeerAt(40001)), -1);
    App().Send(100);
    Expect(Text(100));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

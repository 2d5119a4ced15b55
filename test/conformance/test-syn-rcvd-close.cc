// SPDX-License-Identifier: GPL-2.0-only

// CLOSE in SYN-RCVD (arrow 11) and LISTEN to SYN-SENT (arrow 6, and by OPEN): RFC 9293 3.10.1,
// 3.10.2, 3.10.4.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class SynRcvdClose : public FamilyTest
{
  protected:
    void CloseInSynRcvd()
    {
        Reach("SYN-RCVD/simultaneous");
        EXPECT_EQ(App().Close(), 0);
        EXPECT_EQ(State(), "FIN-WAIT-1");
        Expect(Fin());
    }
};

TCP_FSM_OVER_FAMILIES(SynRcvdClose);

class ListenToSynSent : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(ListenToSynSent);

// 3.10.4: "form a FIN segment and send it, and enter FIN-WAIT-1 state".
TEST_P(SynRcvdClose, AckOfBothLeadsToFinWait2)
{
    CloseInSynRcvd();
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// The SYN-ACK stays first in the retransmission queue.
TEST_P(SynRcvdClose, SynAckStaysFirstInTheQueue)
{
    CloseInSynRcvd();
    Run(Seconds(1));
    const auto again = Main().Take();
    ASSERT_FALSE(again.empty());
    EXPECT_EQ(again[0].Kind(), "SYN-ACK");
    EXPECT_EQ(again[0].seq, Iss());
    EXPECT_EQ(State(), "FIN-WAIT-1");
}

// An ACK of the SYN alone keeps the state; then the FIN is retransmitted.
TEST_P(SynRcvdClose, AckOfTheSynAloneKeepsFinWait1)
{
    CloseInSynRcvd();
    Send(Ack().Ack(Iss() + 1));
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-1");
    Expect(Fin().Seq(Iss() + 1), Seconds(2));
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// Arrow 15 as from any FIN-WAIT-1.
TEST_P(SynRcvdClose, FinWithTheAckOfBothLeadsToTimeWait)
{
    CloseInSynRcvd();
    Send(Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(SynRcvdClose, FinWithoutTheAckOfOursLeadsToClosing)
{
    CloseInSynRcvd();
    Send(Fin().Ack(Iss() + 1));
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSING");
}

// As a SYN: 7 retransmissions, "timed out".
TEST_P(SynRcvdClose, GivesUpAsASyn)
{
    CloseInSynRcvd();
    Run(Seconds(400));
    for (const auto& segment : Main().Take())
    {
        EXPECT_FALSE(segment.Has(TcpHeader::RST));
    }
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().GetErrorName(), "ETIMEDOUT");
}

// 3.10.4: with queued data the CLOSE is remembered until ESTABLISHED.
TEST_P(SynRcvdClose, WithQueuedTextIsRemembered)
{
    Reach("SYN-RCVD/simultaneous");
    EXPECT_EQ(App().Send(100), 100);
    EXPECT_EQ(App().Close(), 0);
    EXPECT_EQ(State(), "SYN-RCVD");
    ExpectNothing();
    EXPECT_EQ(App().Send(10), -1);
    Send(Ack());
    Expect(Text(100).Fin());
    EXPECT_EQ(State(), "FIN-WAIT-1");
}

// The same after arrow 13: it is carried out after the last step of the segment.
TEST_P(SynRcvdClose, RememberedCloseMeetsAFin)
{
    Reach("SYN-RCVD/simultaneous");
    App().Send(100);
    App().ShutdownSend();
    Send(Fin());
    Run(MilliSeconds(20));
    uint32_t last = 0;
    for (const auto& segment : Main().Take())
    {
        last = segment.End();
        EXPECT_FALSE(segment.Has(TcpHeader::RST));
    }
    EXPECT_EQ(last, Iss() + 102);
    EXPECT_EQ(State(), "LAST-ACK");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

// 3.10.1: "If active and the remote socket is specified, then change the connection from passive to
// active": the half-open connections go silently.
TEST_P(ListenToSynSent, ByAnActiveOpen)
{
    auto& user = Listen();
    auto& halfOpen = NewConversation(40001);
    halfOpen.Send(Syn());
    halfOpen.Expect(SynAck());
    EXPECT_EQ(user.Connect(PeerAt(40000)), 0);
    Expect(Syn());
    halfOpen.ExpectNothing(Time(0));
    EXPECT_EQ(State(), "SYN-SENT");
    EXPECT_EQ(State(halfOpen), "gone");
    EXPECT_FALSE(IsListening());
    Send(SynAck());
    Expect(Ack());
    EXPECT_THAT(user.told, ElementsAre("connected"));
}

// 3.10.2: arrow 6; the text is queued.
TEST_P(ListenToSynSent, BySendWithAnAddress)
{
    auto& user = Listen();
    EXPECT_EQ(user.SendTo(100, PeerAt(40000)), 100);
    Expect(Syn());
    EXPECT_EQ(State(), "SYN-SENT");
    Send(SynAck());
    Expect({Ack(), Text(100)}, MilliSeconds(40));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// The listener with a given peer (a fully specified passive OPEN).
TEST_P(ListenToSynSent, BySendOfAListenerWithAGivenPeer)
{
    auto& user = NewApplication();
    user.Bind(Any(80));
    EXPECT_EQ(user.ListenTo(PeerAt(40000)), 0);
    EXPECT_EQ(user.Send(100), 100);
    Expect(Syn());
    EXPECT_EQ(State(), "SYN-SENT");
}

// 3.10.7.2 with a given peer: others meet CLOSED.
TEST_P(ListenToSynSent, ListenerWithAGivenPeerTakesOnlyThatOne)
{
    auto& user = NewApplication();
    user.Bind(Any(80));
    EXPECT_EQ(user.ListenTo(PeerAt(40000)), 0);
    auto& other = NewConversation(40001);
    other.Inject(Syn());
    other.Expect(RstAck().Seq(0).Ack(other.Irs() + 1));
    Send(Syn());
    Expect(SynAck());
    EXPECT_EQ(State(), "SYN-RCVD");
}

// MUST-11: it counts as active, a RST refuses it.
TEST_P(ListenToSynSent, CountsAsActive)
{
    auto& user = Listen();
    user.Connect(PeerAt(40000));
    Expect(Syn());
    Send(Syn());
    Expect(SynAck());
    Inject(Rst());
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "gone");
    EXPECT_FALSE(IsListening());
    EXPECT_THAT(user.told, ElementsAre("failed ECONNREFUSED"));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

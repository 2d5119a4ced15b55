// SPDX-License-Identifier: GPL-2.0-only

// Closing: RFC 9293 3.6, 3.10.4, 3.10.7.4 fifth and eighth; RFC 1122 4.2.2.13.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class Close : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(Close);

// Figure 12, the side that closes first: arrows 12, 14, 17, 21.
TEST_P(Close, FirstGoesThroughFinWait)
{
    Reach("ESTABLISHED");
    EXPECT_EQ(App().Close(), 0);
    EXPECT_EQ(State(), "FIN-WAIT-1");
    Expect(Fin());
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
    Send(Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(Seconds(241));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre());
}

// Figure 12, the other side: arrows 13, 19, 20.
TEST_P(Close, SecondGoesThroughCloseWait)
{
    Reach("ESTABLISHED");
    Send(Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSE-WAIT");
    EXPECT_TRUE(App().endOfStream);
    ExpectNothing(Seconds(300));
    EXPECT_EQ(App().Close(), 0);
    Expect(Fin());
    EXPECT_EQ(State(), "LAST-ACK");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
    Inject(Ack());
    Expect(Rst().Seq(SndNxt()));
}

// Figure 13: arrows 12, 16, 18.
TEST_P(Close, SimultaneousGoesThroughClosing)
{
    Reach("ESTABLISHED");
    App().Close();
    Expect(Fin());
    Send(Fin().Ack(SndUna()));
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSING");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

// 3.10.7.4 eighth: arrow 15, FIN and the ACK of ours in one segment: one record.
TEST_P(Close, FinWithTheAckOfOursLeadsToTimeWaitAtOnce)
{
    Reach("FIN-WAIT-1");
    const auto before = GetGuards().GetTransitions().size();
    Send(Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
    EXPECT_EQ(GetGuards().GetTransitions().size(), before + 1);
    EXPECT_EQ(GetGuards().GetTransitions().back().from, TcpSocket::FIN_WAIT_1);
}

// 3.10.4: "queue this until all preceding SENDs have been segmentized, then form a FIN segment".
TEST_P(Close, FinRidesOnTheLastSegment)
{
    Reach("ESTABLISHED");
    App().Send(100);
    App().Close();
    EXPECT_EQ(State(), "FIN-WAIT-1");
    Expect(Text(100).Fin());
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

TEST_P(Close, FinFollowsWhatTheWindowHeldBack)
{
    config.window = 1000;
    config.synOptions = TcpFsmRawSegment::Mss(500);
    Reach("ESTABLISHED");
    App().Send(1800);
    App().Close();
    Expect({Text(500), Text(500)});
    EXPECT_EQ(State(), "FIN-WAIT-1");
    Send(Ack());
    Expect({Text(500), Text(300).Fin()});
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// The same from CLOSE-WAIT: LAST-ACK when the FIN is sent.
TEST_P(Close, InCloseWaitTheStateChangesWithTheFin)
{
    config.window = 1000;
    config.synOptions = TcpFsmRawSegment::Mss(500);
    Reach("CLOSE-WAIT");
    App().Send(1800);
    App().Close();
    Expect({Text(500), Text(500)});
    EXPECT_EQ(State(), "CLOSE-WAIT");
    Send(Ack());
    Expect({Text(500), Text(300).Fin()});
    EXPECT_EQ(State(), "LAST-ACK");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

// While our FIN is unsent, a FIN that arrives takes FIN-WAIT-1 to CLOSING; the text still goes out.
TEST_P(Close, FinArrivingBeforeOursIsSentLeadsToClosing)
{
    config.window = 1000;
    config.synOptions = TcpFsmRawSegment::Mss(500);
    Reach("ESTABLISHED");
    App().Send(1800);
    App().Close();
    Expect({Text(500), Text(500)});
    Send(Fin().Ack(SndUna()));
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSING");
    Send(Ack());
    Expect({Text(500), Text(300).Fin()});
    EXPECT_EQ(State(), "CLOSING");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

// While our FIN is unsent, no ACK covers it.
TEST_P(Close, AckOfAllTextButNotOfTheFinKeepsFinWait1)
{
    Reach("ESTABLISHED");
    App().Send(100);
    App().Close();
    Expect(Text(100).Fin());
    Send(Ack().Ack(SndNxt() - 1));
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-1");
    // The FIN alone is sent again.
    Expect(Fin().Seq(SndNxt() - 1), Seconds(2));
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// 3.6: "a half-close": receiving goes on.
TEST_P(Close, AfterAHalfCloseTextIsStillReceived)
{
    Reach("ESTABLISHED");
    EXPECT_EQ(App().ShutdownSend(), 0);
    Expect(Fin());
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(State(), "FIN-WAIT-2");
    EXPECT_EQ(App().received, 100);
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().received, 200);
    EXPECT_EQ(App().Send(10), -1);
    Send(Text(50).Fin());
    Expect(Ack());
    EXPECT_EQ(App().received, 250);
    EXPECT_TRUE(App().endOfStream);
    EXPECT_EQ(State(), "TIME-WAIT");
}

// Half-close then CLOSE: no second FIN, receiving ends; a further one is refused.
TEST_P(Close, AfterAHalfCloseEndsReceiving)
{
    Reach("FIN-WAIT-2");
    EXPECT_EQ(App().Close(), 0);
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
    EXPECT_EQ(App().Close(), -1);
    Send(Text(10));
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
}

// RFC 1122 4.2.2.13, SHLD-3: text that comes after CLOSE is answered with a RST.
TEST_P(Close, TextAfterItIsAnsweredWithAReset)
{
    Reach("FIN-WAIT-2/closed");
    Send(Text(10));
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
}

TEST_P(Close, TextInFinWait1AfterItIsAnsweredWithAReset)
{
    Reach("FIN-WAIT-1/closed");
    const auto acked = SndUna();
    Send(Text(10).Ack(acked));
    Expect(Rst().Seq(acked));
    EXPECT_EQ(State(), "gone");
}

TEST_P(Close, TextBeyondAHoleAfterItIsAnsweredWithAReset)
{
    Reach("FIN-WAIT-2/closed");
    Inject(Text(10).Seq(RcvNxt() + 100));
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
}

// An old duplicate is no text after CLOSE.
TEST_P(Close, OldTextAfterItIsOnlyAcknowledged)
{
    Listen();
    Main().OpenPassive();
    Send(Text(10));
    Expect(Ack(), MilliSeconds(500));
    App().Close();
    Expect(Fin());
    Send(Ack());
    ExpectNothing();
    Inject(Text(10).Seq(RcvNxt() - 10));
    Expect(Ack());
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// A FIN without text is taken in any case.
TEST_P(Close, FinAfterItIsTaken)
{
    Reach("FIN-WAIT-2/closed");
    Send(Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

// RFC 1122 4.2.2.13: "if there is received data still unread, it SHOULD send a RST".
TEST_P(Close, WithUnreadTextSendsAReset)
{
    Reach("ESTABLISHED");
    App().reading = false;
    Send(Text(10));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().Close(), 0);
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
    ExpectNothing(Seconds(100));
}

TEST_P(Close, WithUnreadTextInCloseWaitSendsAReset)
{
    Reach("ESTABLISHED");
    App().reading = false;
    Send(Text(10).Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSE-WAIT");
    App().Close();
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
}

TEST_P(Close, WithUnreadTextAfterAHalfCloseSendsAReset)
{
    Reach("FIN-WAIT-2");
    App().reading = false;
    Send(Text(10));
    Expect(Ack(), MilliSeconds(500));
    App().Close();
    Expect(Rst().Seq(SndNxt()));
    EXPECT_EQ(State(), "gone");
}

// An unread end of stream is no unread text.
TEST_P(Close, WithAllTextReadSendsAFin)
{
    Reach("ESTABLISHED");
    App().reading = false;
    Send(Text(10).Fin());
    Expect(Ack());
    EXPECT_EQ(App().Receive(100), 10);
    App().Close();
    Expect(Fin());
    EXPECT_EQ(State(), "LAST-ACK");
}

// 3.10.4: CLOSE in SYN-SENT deletes the TCB, nothing is sent: arrow 4.
TEST_P(Close, InSynSentSendsNothing)
{
    Reach("SYN-SENT");
    EXPECT_EQ(App().Close(), 0);
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre());
    Inject(SynAck());
    Expect(Rst().Seq(SndNxt()));
}

// 3.10.4: arrow 2; half-open connections of the listener go silently.
TEST_P(Close, OfAListenerEndsHalfOpenConnectionsSilently)
{
    auto& listener = Listen();
    Send(Syn());
    Expect(SynAck());
    EXPECT_EQ(listener.Close(), 0);
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_FALSE(IsListening());
    Inject(Ack());
    Expect(Rst().Seq(SndNxt()));
}

// Connections that were accepted are no business of the listener.
TEST_P(Close, OfAListenerLeavesItsConnectionsAlone)
{
    auto& listener = Listen();
    Main().OpenPassive();
    listener.Close();
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "ESTABLISHED");
    Send(Text(10));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().received, 10);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

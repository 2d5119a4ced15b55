// SPDX-License-Identifier: GPL-2.0-only

// Simultaneous open: RFC 9293 3.5 Figure 7 (MUST-10), 3.10.7.3 fourth, 3.10.7.4; MUST-11.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class SimultaneousOpen : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(SimultaneousOpen);

// Figure 7 line 3 and 6: arrow 8, then arrow 9.
TEST_P(SimultaneousOpen, SynIsAnsweredWithSynAckAndTheirSynAckWithAnAck)
{
    Reach("SYN-SENT");
    Send(Syn());
    Expect(SynAck().Seq(Iss()).Ack(Irs() + 1));
    EXPECT_EQ(State(), "SYN-RCVD");
    EXPECT_THAT(App().told, ElementsAre());
    Inject(SynAck().Seq(Irs()));
    Expect(Ack());
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_THAT(App().told, ElementsAre("connected"));
    ExpectNothing(Seconds(100));
}

TEST_P(SimultaneousOpen, AckAloneOpensTheConnectionToo)
{
    Reach("SYN-RCVD/simultaneous");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_THAT(App().told, ElementsAre("connected"));
}

// The window of their SYN-ACK is SND.WND.
TEST_P(SimultaneousOpen, WindowOfTheirSynAckCounts)
{
    Reach("SYN-RCVD/simultaneous");
    Inject(SynAck().Seq(Irs()).Window(2000));
    Expect(Ack());
    EXPECT_EQ(App().socket->GetStatus().sndWnd, 2000);
}

// The SYN counts as trimmed; what follows is processed.
TEST_P(SimultaneousOpen, TextAndFinInTheirSynAckAreTaken)
{
    Reach("SYN-RCVD/simultaneous");
    Inject(SynAck().Seq(Irs()).Text(20).Fin());
    Expect(Ack().Ack(Irs() + 22));
    EXPECT_EQ(State(), "CLOSE-WAIT");
    EXPECT_EQ(App().received, 20);
}

// 3.10.7.3 fourth: riding text is queued "for processing after the ESTABLISHED state is reached";
// our SYN-ACK acknowledges the SYN alone.
TEST_P(SimultaneousOpen, TextInTheirSynIsKeptUntilTheConnectionIsOpen)
{
    Reach("SYN-SENT");
    Inject(Syn().Text(20));
    Send(Syn());
    Expect({SynAck().Ack(Irs() + 1), SynAck().Ack(Irs() + 1)});
    EXPECT_EQ(App().received, 0);
    Inject(SynAck().Seq(Irs()));
    Expect(Ack().Ack(Irs() + 21), MilliSeconds(500));
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_EQ(App().received, 20);
}

TEST_P(SimultaneousOpen, FinInTheirSynIsLeftForTheirRetransmission)
{
    Reach("SYN-SENT");
    Inject(SynFin());
    Expect(SynAck().Ack(Irs() + 1));
    EXPECT_EQ(State(), "SYN-RCVD");
    Send(Syn());
    Expect(SynAck());
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
}

// Their SYN again: the SYN-ACK again.
TEST_P(SimultaneousOpen, TheirRetransmittedSynIsAnsweredAgain)
{
    Reach("SYN-RCVD/simultaneous");
    Inject(Syn().Seq(Irs()));
    Expect(SynAck().Ack(Irs() + 1));
    EXPECT_EQ(State(), "SYN-RCVD");
}

// Their SYN-ACK with an ACK of something else: as step 5.
TEST_P(SimultaneousOpen, TheirSynAckWithAWrongAckIsReset)
{
    Reach("SYN-RCVD/simultaneous");
    Inject(SynAck().Seq(Irs()).Ack(Iss()));
    Expect(Rst().Seq(Iss()));
    Inject(SynAck().Seq(Irs()).Ack(Iss() + 2));
    Expect(Rst().Seq(Iss() + 2));
    EXPECT_EQ(State(), "SYN-RCVD");
}

// At a passive entry a SYN-ACK is only challenged.
TEST_P(SimultaneousOpen, SynAckAtAPassiveEntryIsChallenged)
{
    Reach("SYN-RCVD");
    Inject(SynAck().Seq(Irs()));
    Expect(Ack());
    EXPECT_EQ(State(), "SYN-RCVD");
}

// MUST-11: it keeps track of how SYN-RCVD was reached: a RST refuses the connection.
TEST_P(SimultaneousOpen, ResetRefusesTheConnection)
{
    Reach("SYN-RCVD/simultaneous");
    Inject(Rst());
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("failed ECONNREFUSED"));
}

// 3.10.7.4 fourth: a SYN in the window is challenged, the connection was active.
TEST_P(SimultaneousOpen, SynInTheWindowIsChallenged)
{
    Reach("SYN-RCVD/simultaneous");
    Inject(Syn().Seq(RcvNxt() + 10));
    Expect(Ack());
    EXPECT_EQ(State(), "SYN-RCVD");
}

// Text queued by SEND goes out when the connection opens.
TEST_P(SimultaneousOpen, QueuedTextFollows)
{
    Reach("SYN-SENT");
    EXPECT_EQ(App().Send(100), 100);
    Send(Syn());
    Expect(SynAck());
    Send(Ack());
    Expect(Text(100));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Challenge ACKs, the range of SEG.ACK, and limits of ACKs: RFC 9293 3.10.7.4 first, fourth, fifth;
// RFC 5961 4, 5, 7.

#include "fixture.h"

#include "ns3/uinteger.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class Challenge : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(Challenge);

class ChallengeIn : public StateTest
{
};

TCP_FSM_OVER_STATES(ChallengeIn, Except(SynchronizedStates(), {"TIME-WAIT"}));

// RFC 5961 4.2: "irrespective of the sequence number".
TEST_P(ChallengeIn, SynIsChallenged)
{
    Reach(GetStart());
    for (const uint32_t offset : {0U, 10U, 100000U, 0U - 10})
    {
        for (const auto& segment : {Syn(), SynAck(), SynFin(), Syn().Text(10)})
        {
            Inject(segment.Seq(RcvNxt() + offset));
            Expect(Ack());
        }
    }
    EXPECT_EQ(State(), GetStartState());
}

// RFC 5961 5.2: SND.UNA - MAX.SND.WND <= SEG.ACK <= SND.NXT, else an ACK; the text is not taken.
TEST_P(ChallengeIn, AckOutsideTheRangeIsChallenged)
{
    Reach(GetStart());
    for (const uint32_t ack : {SndNxt() + 1, SndNxt() + 100000, SndUna() - config.window - 1})
    {
        Inject(Ack().Ack(ack));
        Expect(Ack());
        Inject(Fin().Ack(ack).Text(10));
        Expect(Ack());
    }
    EXPECT_EQ(State(), GetStartState());
}

TEST_P(ChallengeIn, AckInTheRangeIsNotChallenged)
{
    Reach(GetStart());
    for (const uint32_t ack : {SndUna(), SndUna() - 1, SndUna() - config.window})
    {
        Inject(Ack().Ack(ack));
        ExpectNothing();
    }
    EXPECT_EQ(State(), GetStartState());
}

// 3.10.7.4 first.
TEST_P(ChallengeIn, EmptySegmentOutsideTheWindowIsAcknowledged)
{
    Reach(GetStart());
    Inject(Ack().Seq(RcvNxt() - 1));
    Expect(Ack());
    Run(Seconds(2));
    Main().Take();
    Inject(Ack().Seq(RightEdge() + 1));
    Expect(Ack().Seq(SndNxt()));
    EXPECT_EQ(State(), GetStartState());
}

// MAX.SND.WND is the largest window ever, not the last.
TEST_P(Challenge, RangeFollowsTheLargestWindow)
{
    Reach("ESTABLISHED");
    Send(Ack().Window(100));
    ExpectNothing();
    Inject(Ack().Ack(SndUna() - config.window));
    ExpectNothing();
    Inject(Ack().Ack(SndUna() - config.window - 1));
    Expect(Ack());
}

// 3.10.7.4 fifth: text with a duplicate ACK is taken.
TEST_P(Challenge, TextWithAnOldAckInTheRangeIsTaken)
{
    Reach("ESTABLISHED");
    App().Send(100);
    Expect(Text(100));
    Send(Ack());
    ExpectNothing();
    Send(Text(50).Ack(SndUna() - 50));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().received, 50);
}

// RFC 5961 7: at most 100 a second for the node; over it: silence.
TEST_P(Challenge, AtMostAHundredASecond)
{
    Reach("ESTABLISHED");
    Run(Seconds(1));
    for (int i = 0; i < 150; ++i)
    {
        Inject(Rst().Seq(RcvNxt() + 10));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 100);
    Run(Seconds(1));
    Inject(Rst().Seq(RcvNxt() + 10));
    Expect(Ack());
    EXPECT_EQ(State(), "ESTABLISHED");
}

TEST_P(Challenge, LimitIsOfTheNodeNotOfTheConnection)
{
    Listen();
    Main().OpenPassive();
    auto& other = NewConversation(40001);
    other.OpenPassive();
    Run(Seconds(1));
    for (int i = 0; i < 75; ++i)
    {
        Inject(Rst().Seq(RcvNxt() + 10));
        other.Inject(Syn().Seq(other.RcvNxt() + 10));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size() + other.Take().size(), 100);
}

TEST_P(Challenge, LimitIsAnAttribute)
{
    tcp.SetAttribute("ChallengeAckLimit", UintegerValue(5));
    Reach("ESTABLISHED");
    Run(Seconds(1));
    for (int i = 0; i < 20; ++i)
    {
        Inject(Ack().Ack(SndNxt() + 1000));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 5);
}

TEST_P(Challenge, LimitCanBeLifted)
{
    tcp.SetAttribute("ChallengeAckLimit", UintegerValue(0));
    Reach("ESTABLISHED");
    for (int i = 0; i < 500; ++i)
    {
        Inject(Rst().Seq(RcvNxt() + 10));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 500);
}

// What breaks loops of ACKs: two a second after the first.
TEST_P(Challenge, AcksToEmptySegmentsAreLimited)
{
    Reach("ESTABLISHED");
    Run(Seconds(10));
    const int seconds = 10;
    for (int i = 0; i < 100 * seconds; ++i)
    {
        Inject(Ack().Seq(RcvNxt() - 1));
        Run(MilliSeconds(10));
    }
    const auto sent = Main().Take().size();
    EXPECT_GE(sent, 10U);
    EXPECT_LE(sent, 1U + 2 * (seconds + 1));
}

// ACKs to data, FIN and probes are never limited.
TEST_P(Challenge, AcksToTextAreNotLimited)
{
    Reach("ESTABLISHED");
    Send(Text(10));
    Expect(Ack(), MilliSeconds(500));
    for (int i = 0; i < 300; ++i)
    {
        Inject(Text(10).Seq(RcvNxt() - 10));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 300);
    for (int i = 0; i < 300; ++i)
    {
        Inject(Fin().Seq(RcvNxt() - 5));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 300);
}

// After the first, at most two in one second, whatever the number of segments.
TEST_P(Challenge, AcksToABurstOfEmptySegmentsAreThreeAtMost)
{
    Reach("ESTABLISHED");
    Run(Seconds(10));
    for (int i = 0; i < 100; ++i)
    {
        Inject(Ack().Seq(RcvNxt() - 1));
        Run(MilliSeconds(1));
    }
    Run(MilliSeconds(20));
    const auto sent = Main().Take().size();
    EXPECT_GE(sent, 1U);
    EXPECT_LE(sent, 3U);
}

TEST_P(Challenge, LimitOfAcksToEmptySegmentsIsOfTheConnection)
{
    Listen();
    Main().OpenPassive();
    auto& other = NewConversation(40001);
    other.OpenPassive();
    for (int i = 0; i < 100; ++i)
    {
        Inject(Ack().Seq(RcvNxt() - 1));
    }
    Run(MilliSeconds(20));
    Main().Take();
    other.Inject(Ack().Seq(other.RcvNxt() - 1));
    other.Expect(Ack());
}

// The two limits are apart.
TEST_P(Challenge, AcksToEmptySegmentsDoNotUseUpChallengeAcks)
{
    tcp.SetAttribute("ChallengeAckLimit", UintegerValue(1));
    Reach("ESTABLISHED");
    Run(Seconds(1));
    Inject(Ack().Seq(RcvNxt() - 1));
    Expect(Ack());
    Inject(Rst().Seq(RcvNxt() + 10));
    Expect(Ack());
    Inject(Rst().Seq(RcvNxt() + 10));
    ExpectNothing();
    Inject(Text(10).Seq(RcvNxt() - 10));
    Expect(Ack());
}

// Entries without a socket use up the same limit.
TEST_P(Challenge, LimitHoldsForHalfOpenEntriesAndTimeWait)
{
    tcp.SetAttribute("ChallengeAckLimit", UintegerValue(3));
    Reach("TIME-WAIT");
    auto& halfOpen = NewConversation(40001);
    halfOpen.Send(Syn());
    halfOpen.Expect(SynAck());
    for (int i = 0; i < 10; ++i)
    {
        Inject(Rst().Seq(RcvNxt() + 10));
        halfOpen.Inject(Rst().Seq(halfOpen.RcvNxt() + 10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size() + halfOpen.Take().size(), 3);
    EXPECT_EQ(State(), "TIME-WAIT");
    EXPECT_EQ(State(halfOpen), "SYN-RCVD");
}

TEST_P(Challenge, LimitOfAcksToEmptySegmentsHoldsForEntries)
{
    Reach("TIME-WAIT");
    auto& halfOpen = NewConversation(40001);
    halfOpen.Send(Syn());
    halfOpen.Expect(SynAck());
    for (int i = 0; i < 50; ++i)
    {
        Inject(Ack().Seq(RcvNxt() - 2));
        halfOpen.Inject(Ack().Seq(halfOpen.RcvNxt() - 1));
    }
    Run(MilliSeconds(20));
    for (auto* conversation : {&Main(), &halfOpen})
    {
        const auto sent = conversation->Take().size();
        EXPECT_GE(sent, 1U);
        EXPECT_LE(sent, 3U);
    }
}

// Figure 7: a SYN at IRS is no challenge, it was lost on the way.
TEST_P(Challenge, SynAckSentAgainIsNotLimited)
{
    tcp.SetAttribute("ChallengeAckLimit", UintegerValue(1));
    Reach("SYN-RCVD");
    for (int i = 0; i < 300; ++i)
    {
        Inject(Syn().Seq(Irs()));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 300);
}

// The ACK of a retransmitted FIN in TIME-WAIT isn't either.
TEST_P(Challenge, AcksToFinsAreNotLimited)
{
    tcp.SetAttribute("ChallengeAckLimit", UintegerValue(1));
    Reach("TIME-WAIT");
    for (int i = 0; i < 300; ++i)
    {
        Inject(Fin().Seq(RcvNxt() - 1));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 300);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

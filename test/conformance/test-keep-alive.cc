// SPDX-License-Identifier: GPL-2.0-only

// Keep-alives: RFC 9293 3.8.4 (MUST-24 to MUST-29).

#include "fixture.h"

#include "ns3/boolean.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class KeepAlive : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(KeepAlive);

// MUST-25: off by default.
TEST_P(KeepAlive, IsOffByDefault)
{
    Reach("ESTABLISHED");
    ExpectNothing(Hours(5));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// MUST-28: not before two hours; an answer begins them anew.
TEST_P(KeepAlive, ProbesAfterTwoIdleHours)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    Reach("ESTABLISHED");
    ExpectNothing(Seconds(7198));
    Expect(Ack().Seq(SndNxt() - 1), Seconds(3));
    Send(Ack());
    ExpectNothing(Seconds(7195));
    Expect(Ack().Seq(SndNxt() - 1), Seconds(10));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// MUST-29: one unanswered probe proves nothing; eight of them do.
TEST_P(KeepAlive, GivesUpAfterEightProbesWithoutAnAnswer)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    Reach("ESTABLISHED");
    Run(Seconds(7190));
    ExpectNothing(Time(0));
    const auto times = ExpectRepeated(Ack().Seq(SndNxt() - 1), Seconds(1000));
    ASSERT_EQ(times.size(), 8U);
    EXPECT_EQ((times[7] - times[6]).RoundTo(Time::S), Seconds(75));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
}

class KeepAliveIn : public StateTest
{
};

TCP_FSM_OVER_STATES(KeepAliveIn, Except(SynchronizedStates(), {"TIME-WAIT"}));

// Only where the peer may be gone without a word: in ESTABLISHED, FIN-WAIT-2 and CLOSE-WAIT; what
// has text or a FIN outstanding finds out by itself.
TEST_P(KeepAliveIn, ProbesWhereNothingElseIsOutstanding)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    SetSocketDefault("KeepAliveTime", TimeValue(Seconds(30)));
    Reach(GetStart());
    const bool isProbed = GetStartState() == "ESTABLISHED" || GetStartState() == "FIN-WAIT-2" ||
                          GetStartState() == "CLOSE-WAIT";
    Run(Seconds(40));
    std::size_t probes = 0;
    for (const auto& segment : Main().Take())
    {
        if (segment.Has(TcpHeader::FIN))
        {
            continue;
        }
        ++probes;
        EXPECT_EQ(segment.Kind(), "ACK");
        EXPECT_EQ(segment.seq, SndNxt() - 1);
        EXPECT_EQ(segment.ack, RcvNxt());
        EXPECT_TRUE(segment.data.empty());
    }
    EXPECT_EQ(probes, isProbed ? 1U : 0U);
    EXPECT_EQ(State(), GetStartState());
}

// Any segment of the peer begins the idle time anew; an answer forgets the probes so far.
TEST_P(KeepAlive, AnswersForgetTheProbesSoFar)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    Reach("ESTABLISHED");
    for (int round = 0; round < 3; ++round)
    {
        Run(Seconds(7190));
        ExpectNothing(Time(0));
        const auto times = ExpectRepeated(Ack().Seq(SndNxt() - 1), Seconds(10 + 6 * 75 + 10));
        EXPECT_EQ(times.size(), 7U);
        Send(Ack());
        ExpectNothing();
    }
    EXPECT_EQ(State(), "ESTABLISHED");
}

TEST_P(KeepAlive, TextOfThePeerBeginsTheIdleTimeAnew)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    Reach("ESTABLISHED");
    for (int i = 0; i < 5; ++i)
    {
        ExpectNothing(Seconds(7000));
        Send(Text(10));
        Expect(Ack(), MilliSeconds(500));
    }
}

// Limits are attributes (MUST-28: "configurable").
TEST_P(KeepAlive, TimesAreAttributes)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    SetSocketDefault("KeepAliveTime", TimeValue(Seconds(10)));
    SetSocketDefault("KeepAliveInterval", TimeValue(Seconds(2)));
    SetSocketDefault("KeepAliveProbes", UintegerValue(3));
    Reach("ESTABLISHED");
    const auto times = ExpectRepeated(Ack().Seq(SndNxt() - 1), Seconds(100));
    ASSERT_EQ(times.size(), 3U);
    EXPECT_EQ(times[0].RoundTo(Time::S), Seconds(10));
    EXPECT_EQ((times[2] - times[1]).RoundTo(Time::S), Seconds(2));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
    // No give-up sends a RST; nothing comes after it.
    ExpectNothing(Seconds(1000));
}

// 3.10.7.1: a peer that has forgotten the connection says so.
TEST_P(KeepAlive, ResetInAnswerToAProbeEndsTheConnection)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    SetSocketDefault("KeepAliveTime", TimeValue(Seconds(10)));
    Reach("ESTABLISHED");
    Expect(Ack().Seq(SndNxt() - 1), Seconds(11));
    Inject(Rst().Seq(Main().Last().ack));
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ECONNRESET"));
}

// What is not acceptable may come from anybody; it does not tell that the peer is there.
TEST_P(KeepAlive, IsNotHeldOffByUnacceptableSegments)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    Reach("ESTABLISHED");
    Run(Seconds(7000));
    Inject(Text(10).Seq(RcvNxt() - 1000000));
    Expect(Ack());
    Expect(Ack().Seq(SndNxt() - 1), Seconds(210));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

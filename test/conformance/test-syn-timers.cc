// SPDX-License-Identifier: GPL-2.0-only

// Retransmission of SYN and SYN-ACK: RFC 9293 3.8.3 (MUST-23), RFC 6298, RFC 1122 4.2.3.5.

#include "fixture.h"

#include "ns3/uinteger.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class SynTimers : public FamilyTest
{
  protected:
    /// @return the times from the first one, which was at time 0
    std::vector<int64_t> InMilliseconds(const std::vector<Time>& times, Time first) const
    {
        std::vector<int64_t> numbers;
        for (const auto& time : times)
        {
            numbers.push_back((time - first).GetMilliSeconds());
        }
        return numbers;
    }
};

TCP_FSM_OVER_FAMILIES(SynTimers);

// RFC 6298 2.1, 5.5: 1 s, doubled; at most 64 s; 3.8.3, MUST-23: at least 3 minutes.
TEST_P(SynTimers, SynIsSentAgainSevenTimesThenTheAttemptTimesOut)
{
    Connect();
    const auto times = ExpectRepeated(Syn().Window(65535), Seconds(190));
    ASSERT_EQ(times.size(), 8);
    EXPECT_THAT(InMilliseconds(times, times[0]),
                ElementsAre(0, 1000, 3000, 7000, 15000, 31000, 63000, 127000));
    EXPECT_EQ(State(), "SYN-SENT");
    EXPECT_THAT(App().told, ElementsAre());
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("failed ETIMEDOUT"));
    EXPECT_NEAR(GetGuards().GetTransitions().back().time.GetSeconds(), 191, 0.1);
}

TEST_P(SynTimers, RetriesAndFirstTimeoutAreAttributes)
{
    SetSocketDefault("SynRetries", UintegerValue(2));
    SetSocketDefault("InitialRto", TimeValue(Seconds(3)));
    Connect();
    const auto times = ExpectRepeated(Syn(), Seconds(100));
    ASSERT_EQ(times.size(), 3);
    EXPECT_THAT(InMilliseconds(times, times[0]), ElementsAre(0, 3000, 9000));
    EXPECT_THAT(App().told, ElementsAre("failed ETIMEDOUT"));
    EXPECT_EQ(State(), "gone");
}

// A half-open connection: 5 retransmissions, the end is silent; the listener stays.
TEST_P(SynTimers, SynAckIsSentAgainFiveTimesThenTheEntryGoes)
{
    Listen();
    Send(Syn());
    const auto times = ExpectRepeated(SynAck(), Seconds(62));
    ASSERT_EQ(times.size(), 6);
    EXPECT_THAT(InMilliseconds(times, times[0]), ElementsAre(0, 1000, 3000, 7000, 15000, 31000));
    EXPECT_EQ(State(), "SYN-RCVD");
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_TRUE(IsListening());
    EXPECT_FALSE(HasApp());
}

// A simultaneous open is an active one: 7 retransmissions, "timed out".
TEST_P(SynTimers, SynAckOfASimultaneousOpenIsSentAgainAsASyn)
{
    Reach("SYN-SENT");
    Send(Syn());
    const auto times = ExpectRepeated(SynAck(), Seconds(400));
    ASSERT_GE(times.size(), 8U);
    EXPECT_LE(times.size(), 9U);
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("failed ETIMEDOUT"));
}

// The peer's answer to a retransmission is as good as to the first one.
TEST_P(SynTimers, AnswerToARetransmissionOpensTheConnection)
{
    Connect();
    Expect({Syn(), Syn(), Syn()}, Seconds(4));
    Send(SynAck());
    Expect(Ack());
    EXPECT_EQ(State(), "ESTABLISHED");
    ExpectNothing(Seconds(300));
    EXPECT_THAT(App().told, ElementsAre("connected"));
}

TEST_P(SynTimers, AckOfARetransmittedSynAckOpensTheConnection)
{
    Listen();
    Send(Syn());
    Expect({SynAck(), SynAck(), SynAck()}, Seconds(4));
    Send(Ack());
    ExpectNothing(Seconds(300));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// RFC 6298 5.7: after a SYN was retransmitted the timeout is 3 s when data begins to flow.
TEST_P(SynTimers, AfterALostSynDataBeginsWithThreeSeconds)
{
    Connect();
    Expect({Syn(), Syn()}, Seconds(2));
    Send(SynAck());
    Expect(Ack());
    App().Send(100);
    Expect(Text(100));
    ExpectNothing(Seconds(3) - MilliSeconds(60));
    Expect(Text(100).Seq(SndNxt() - 100), MilliSeconds(100));
}

// A SYN sent again by the peer gets the SYN-ACK again; it does not wait for the timer.
TEST_P(SynTimers, RetransmittedSynIsAnsweredAtOnce)
{
    Listen();
    Send(Syn());
    Expect(SynAck());
    Inject(Syn().Seq(Irs()));
    Expect(SynAck().Seq(Iss()).Ack(Irs() + 1));
    EXPECT_EQ(Connections().size(), 2);
}

// 3.10.7.4 second and fourth: a RST or a SYN in the window end the timer too.
TEST_P(SynTimers, StopWithTheEntry)
{
    Listen();
    Send(Syn());
    Expect(SynAck());
    Inject(Syn().Seq(RcvNxt()));
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_TRUE(IsListening());
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

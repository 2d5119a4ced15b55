// SPDX-License-Identifier: GPL-2.0-only

// What a SYN does in TIME-WAIT (attribute TimeWaitSyn) in the profile freebsd, with its switches:
// in place of RFC 9293 3.6.1 (MAY-2) and 3.10.7.4 fourth.

#include "fixture.h"

#include "ns3/string.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class TimeWaitSwitches : public FamilyTest
{
  protected:
    TimeWaitSwitches()
    {
        tcp.SetProfile("freebsd");
    }

    void Set(const std::string& attribute, const std::string& value)
    {
        tcp.SetAttribute(attribute, StringValue(value));
    }
};

TCP_FSM_OVER_FAMILIES(TimeWaitSwitches);

// TimeWaitSyn=FreeBsd: SEG.SEQ > RCV.NXT and a listener reopen, without a listener it is dropped;
// insecure_syn has no effect.
TEST_P(TimeWaitSwitches, SynInTimeWaitNeedsAListener)
{
    Reach("TIME-WAIT/active");
    Inject(Syn().Seq(RcvNxt() + 10));
    Inject(SynFin().Seq(RcvNxt() + 10));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(TimeWaitSwitches, SynFinReopensTimeWait)
{
    Reach("TIME-WAIT");
    const uint32_t irs = RcvNxt() + 10;
    Inject(SynFin().Seq(irs));
    Run(MilliSeconds(EXCHANGE_MS));
    const auto sent = Main().Take();
    ASSERT_EQ(sent.size(), 1);
    EXPECT_EQ(sent[0].Kind(), "SYN-ACK");
    EXPECT_EQ(sent[0].ack, irs + 1);
}

TEST_P(TimeWaitSwitches, InsecureSynHasNoEffectInTimeWait)
{
    Set("SynCheck", "Rfc793");
    Reach("TIME-WAIT");
    Inject(Syn());
    Inject(Syn().Seq(RcvNxt() - 10));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(TimeWaitSwitches, SegmentsWithAckInTimeWaitAreAnswered)
{
    Reach("TIME-WAIT");
    for (const auto& segment : {SynAck(), SynAck().Seq(RcvNxt() + 10), Fin(), Text(10)})
    {
        Inject(segment);
        Expect(Ack());
    }
    Inject(NoFlags());
    Inject(NoFlags().Fin());
    Inject(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(TimeWaitSwitches, ResetsInTimeWaitAreIgnoredWithInsecureRst)
{
    Set("RstCheck", "Rfc793");
    Reach("TIME-WAIT");
    Inject(Rst());
    Inject(Rst().Seq(RcvNxt() + 10));
    Inject(RstAck());
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

// TimeWaitSyn=Challenge: "challenge ACK to every SYN, SYN-ACK, SYN-FIN".
TEST_P(TimeWaitSwitches, ChallengeAnswersEverySynInTimeWait)
{
    Set("TimeWaitSyn", "Challenge");
    Reach("TIME-WAIT");
    for (const auto& segment : {Syn(), SynAck(), SynFin()})
    {
        for (const uint32_t offset : {0U, 10U, 0U - 10, 100000U})
        {
            Inject(segment.Seq(RcvNxt() + offset));
            Expect(Ack());
        }
    }
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(TimeWaitSwitches, ChallengeWithInsecureSynEndsTimeWait)
{
    Set("TimeWaitSyn", "Challenge");
    Set("SynCheck", "Rfc793");
    Reach("TIME-WAIT");
    Inject(Syn().Seq(RcvNxt() - 1));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
    Inject(Syn().Seq(RcvNxt() + 10));
    Expect(RstAck());
    EXPECT_EQ(State(), "gone");
}

// TimeWaitSyn=Rfc793 (RFC 793 3.9 fourth): no reopening, in the window a RST, else step 1's ACK.
TEST_P(TimeWaitSwitches, Rfc793EndsTimeWaitByASyn)
{
    Set("TimeWaitSyn", "Rfc793");
    Set("SynCheck", "Rfc793");
    Reach("TIME-WAIT");
    Inject(Syn().Seq(RcvNxt() - 10));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
    Inject(Syn().Seq(RcvNxt() + 1));
    Expect(RstAck());
    EXPECT_EQ(State(), "gone");
}

// Without insecure_syn: a challenge ACK, whatever the SYN.
TEST_P(TimeWaitSwitches, Rfc793AloneChallengesEverySynInTimeWait)
{
    Set("TimeWaitSyn", "Rfc793");
    Reach("TIME-WAIT");
    for (const uint32_t offset : {0U, 10U, 0U - 10, 100000U})
    {
        Inject(Syn().Seq(RcvNxt() + offset));
        Expect(Ack());
    }
    EXPECT_EQ(State(), "TIME-WAIT");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

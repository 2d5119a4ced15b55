// SPDX-License-Identifier: GPL-2.0-only

// A new SYN in TIME-WAIT: RFC 9293 3.6.1 (MAY-2), RFC 1122 4.2.2.13, RFC 6191.

#include "fixture.h"

#include "ns3/string.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class Reopen : public FamilyTest
{
  protected:
    /// A connection with timestamps that the node closed; TSval was 1000.
    void ReachWithTimestamps()
    {
        Listen();
        Send(Syn().Options(TcpFsmRawSegment::Mss(1460) + Timestamps(1000, 0)));
        Expect(SynAck());
        const auto offered = TimestampsOf(Main().Last());
        ASSERT_TRUE(offered);
        const auto stamp = Timestamps(1000, offered->first);
        Send(Ack().Options(stamp));
        ExpectNothing();
        App().Close();
        Expect(Fin());
        Send(Fin().Options(stamp));
        Expect(Ack());
        ASSERT_EQ(State(), "TIME-WAIT");
    }

    /// The SYN-ACK of the node's new connection: its ISS is above the old SND.NXT.
    void ExpectNewSynAck(uint32_t irs, uint32_t oldSndNxt)
    {
        Run(MilliSeconds(EXCHANGE_MS));
        const auto sent = Main().Take();
        ASSERT_EQ(sent.size(), 1);
        EXPECT_EQ(sent[0].Kind(), "SYN-ACK");
        EXPECT_EQ(sent[0].ack, irs + 1);
        EXPECT_GT(static_cast<int32_t>(sent[0].seq - oldSndNxt), 0);
        EXPECT_EQ(State(), "SYN-RCVD");
    }
};

TCP_FSM_OVER_FAMILIES(Reopen);

TEST_P(Reopen, SynAboveRcvNxtOpensANewConnection)
{
    Reach("TIME-WAIT");
    auto* old = &App();
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() + 1;
    Send(Syn().Seq(irs));
    ExpectNewSynAck(irs, before);
    Send(Ack().Ack(Iss() + 1));
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_NE(&App(), old);
    EXPECT_EQ(old->socket->GetStatus().connection.state, TcpSocket::CLOSED);
    EXPECT_EQ(old->CountTerminal(), 0);
}

TEST_P(Reopen, FarAboveRcvNxtToo)
{
    Reach("TIME-WAIT");
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() + 0x7fffffff;
    Send(Syn().Seq(irs));
    ExpectNewSynAck(irs, before);
}

TEST_P(Reopen, SynFinIsASynWhoseFinIsDiscarded)
{
    Reach("TIME-WAIT");
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() + 1;
    Inject(SynFin().Seq(irs).Text(10));
    ExpectNewSynAck(irs, before);
}

TEST_P(Reopen, SynAtOrBelowRcvNxtIsChallenged)
{
    Reach("TIME-WAIT");
    for (const uint32_t offset : {0U, 0U - 1, 0U - 100000})
    {
        Inject(Syn().Seq(RcvNxt() + offset));
        Expect(Ack());
    }
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(Reopen, SynAckIsChallenged)
{
    Reach("TIME-WAIT");
    Inject(SynAck().Seq(RcvNxt() + 10));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(Reopen, NeedsAListener)
{
    Reach("TIME-WAIT/active");
    Inject(Syn().Seq(RcvNxt() + 1));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

// RFC 6191 2: the old connection had timestamps, the new one's are newer.
TEST_P(Reopen, NewerTimestampOpensWhateverTheNumber)
{
    ReachWithTimestamps();
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() - 100000;
    Send(Syn().Seq(irs).Options(TcpFsmRawSegment::Mss(1460) + Timestamps(1001, 0)));
    ExpectNewSynAck(irs, before);
}

TEST_P(Reopen, EqualTimestampNeedsAHigherNumber)
{
    ReachWithTimestamps();
    const auto options = TcpFsmRawSegment::Mss(1460) + Timestamps(1000, 0);
    Inject(Syn().Seq(RcvNxt()).Options(options));
    Expect(Ack());
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() + 1;
    Send(Syn().Seq(irs).Options(options));
    ExpectNewSynAck(irs, before);
}

TEST_P(Reopen, OlderTimestampIsChallengedWhateverTheNumber)
{
    ReachWithTimestamps();
    Inject(Syn().Seq(RcvNxt() + 1000).Options(TcpFsmRawSegment::Mss(1460) + Timestamps(999, 0)));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(Reopen, MissingTimestampNeedsAHigherNumber)
{
    ReachWithTimestamps();
    Inject(Syn().Seq(RcvNxt() - 1000));
    Expect(Ack());
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() + 1;
    Send(Syn().Seq(irs));
    ExpectNewSynAck(irs, before);
}

// RFC 6191 2: the old one had none, the new one has.
TEST_P(Reopen, TimestampsWhereThereWereNoneOpenWhateverTheNumber)
{
    Reach("TIME-WAIT");
    const auto before = SndNxt();
    const uint32_t irs = RcvNxt() - 100000;
    Send(Syn().Seq(irs).Options(TcpFsmRawSegment::Mss(1460) + Timestamps(7, 0)));
    ExpectNewSynAck(irs, before);
}

// MAY-2 (1): returns to TIME-WAIT if the SYN turns out to be an old duplicate.
TEST_P(Reopen, ThatEndsByResetReturnsToTheRestOfTimeWait)
{
    Reach("TIME-WAIT");
    ExpectNothing(Seconds(100));
    const auto oldSndNxt = SndNxt();
    const auto oldRcvNxt = RcvNxt();
    Inject(Syn().Seq(RcvNxt() + 1000));
    ExpectNewSynAck(RcvNxt() + 1000, oldSndNxt);
    Inject(Rst().Seq(oldRcvNxt + 1001));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
    Inject(Fin().Seq(oldRcvNxt + 1).Ack(oldSndNxt));
    Expect(Ack().Seq(oldSndNxt).Ack(oldRcvNxt));
    ExpectNothing(Seconds(139));
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(Seconds(2));
    EXPECT_EQ(State(), "gone");
}

TEST_P(Reopen, ThatIsNeverAnsweredReturnsToTimeWait)
{
    Reach("TIME-WAIT");
    const auto oldSndNxt = SndNxt();
    Inject(Syn().Seq(RcvNxt() + 1000));
    ExpectNewSynAck(RcvNxt() + 1000, oldSndNxt);
    Run(Seconds(100));
    for (const auto& segment : Main().Take())
    {
        EXPECT_EQ(segment.Kind(), "SYN-ACK");
    }
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(Seconds(138));
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(Seconds(5));
    EXPECT_EQ(State(), "gone");
}

TEST_P(Reopen, ThatMeetsASynReturnsToTimeWait)
{
    Reach("TIME-WAIT");
    const auto oldSndNxt = SndNxt();
    const uint32_t irs = RcvNxt() + 1000;
    Inject(Syn().Seq(irs));
    ExpectNewSynAck(irs, oldSndNxt);
    Inject(Syn().Seq(irs + 10));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

// Attribute TimeWaitSyn.
TEST_P(Reopen, NeverWithTimeWaitSynChallenge)
{
    L4()->SetAttribute("TimeWaitSyn", StringValue("Challenge"));
    Reach("TIME-WAIT");
    for (const auto& segment : {Syn(), SynFin(), SynAck()})
    {
        Inject(segment.Seq(RcvNxt() + 1000));
        Expect(Ack());
    }
    EXPECT_EQ(State(), "TIME-WAIT");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

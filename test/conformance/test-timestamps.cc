// SPDX-License-Identifier: GPL-2.0-only

// Timestamps and PAWS: RFC 7323 3.2, 4.3, 5.3.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class TimestampOption : public FamilyTest
{
  protected:
    /// An open connection with timestamps; TS.Recent is 1000.
    void Open()
    {
        Listen();
        Send(Syn().Options(TcpFsmRawSegment::Mss(1460) + Timestamps(1000, 0)));
        Expect(SynAck());
        ASSERT_TRUE(TimestampsOf(Main().Last()));
        EXPECT_EQ(TimestampsOf(Main().Last())->second, 1000);
        m_echo = TimestampsOf(Main().Last())->first;
        Send(Ack().Options(Timestamps(1000, m_echo)));
        ExpectNothing();
        ASSERT_EQ(State(), "ESTABLISHED");
    }

    uint32_t m_echo{0}; //!< the node's first TSval
};

TCP_FSM_OVER_FAMILIES(TimestampOption);

TEST_P(TimestampOption, IsOnEverySegmentOnceAgreed)
{
    Open();
    App().Send(100);
    Expect(Text(100));
    ASSERT_TRUE(TimestampsOf(Main().Last()));
    EXPECT_EQ(TimestampsOf(Main().Last())->second, 1000);
    Send(Text(50).Options(Timestamps(1010, m_echo)));
    Expect(Ack(), MilliSeconds(500));
    ASSERT_TRUE(TimestampsOf(Main().Last()));
    EXPECT_EQ(TimestampsOf(Main().Last())->second, 1010);
}

TEST_P(TimestampOption, IsNotUsedUnlessThePeerOffersIt)
{
    Reach("ESTABLISHED");
    App().Send(100);
    Expect(Text(100));
    EXPECT_FALSE(TimestampsOf(Main().Last()));
}

// RFC 7323 5.3 R1: older than TS.Recent: ACK, drop.
TEST_P(TimestampOption, OlderOneIsAcknowledgedAndDropped)
{
    Open();
    Inject(Text(50).Options(Timestamps(999, m_echo)));
    Expect(Ack());
    EXPECT_EQ(App().received, 0);
    Send(Text(50).Options(Timestamps(1000, m_echo)));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().received, 50);
}

// RFC 7323 3.2: "a segment without it SHOULD be silently dropped".
TEST_P(TimestampOption, MissingOneIsDroppedSilently)
{
    Open();
    Inject(Text(50));
    Inject(Fin());
    ExpectNothing(Seconds(1));
    EXPECT_EQ(App().received, 0);
}

// RFC 7323 5.2: never checked for a RST.
TEST_P(TimestampOption, IsNotCheckedForAReset)
{
    Open();
    Inject(Rst());
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

// RFC 7323 4.3 (2): TS.Recent only from segments at or before Last.ACK.sent.
TEST_P(TimestampOption, RecentOneIsNotTakenFromSegmentsBeyondAHole)
{
    Open();
    Inject(Text(50).Seq(RcvNxt() + 50).Options(Timestamps(2000, m_echo)));
    Expect(Ack());
    EXPECT_EQ(TimestampsOf(Main().Last())->second, 1000);
    Send(Text(50).Options(Timestamps(1500, m_echo)));
    Expect(Ack().Ack(RcvNxt() + 50));
    EXPECT_EQ(TimestampsOf(Main().Last())->second, 1500);
}

// RFC 7323 4.3: Last.ACK.sent is "the last ACK sent", also by a segment with text.
TEST_P(TimestampOption, RecentOneIsTakenThoughAllAcksRideOnText)
{
    Open();
    for (const uint32_t value : {1010U, 1020U, 1030U})
    {
        Send(Text(50).Options(Timestamps(value, m_echo)));
        ExpectNothing(); // the ACK is delayed
        App().Send(50);
        Expect(Text(50));
        EXPECT_EQ(TimestampsOf(Main().Last())->second, value);
    }
}

// RFC 7323 5.5: in 24 days of idleness the peer's clock may have gone half round.
TEST_P(TimestampOption, RecentOneIsForgottenAfterTwentyFourDays)
{
    Open();
    Run(Days(23));
    Inject(Text(50).Options(Timestamps(999, m_echo)));
    Expect(Ack());
    EXPECT_EQ(App().received, 0);
    Run(Days(2));
    Send(Text(50).Options(Timestamps(999, m_echo)));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().received, 50);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// From facts back to numbers: trimming, replies, modular arithmetic.

#include "numbers.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

TEST(SeqNumber, IsOrderedTheShorterWayRound)
{
    for (const uint32_t origin : ORIGINS)
    {
        const SeqNumber a(origin);
        EXPECT_LT(a, a + 1);
        EXPECT_LT(a - 1, a);
        EXPECT_LT(a, a + 0x7fffffff);
        EXPECT_GT(a, a - 0x7fffffff);
        EXPECT_EQ((a + 5) - a, 5);
        EXPECT_EQ(a - (a + 5), -5);
        EXPECT_EQ((a + 5) - 5, a);
        EXPECT_EQ((a + 0x80000000LL).Value(), origin + 0x80000000U);
    }
}

TEST(TrimToWindow, LeavesWhatFits)
{
    for (const uint32_t origin : ORIGINS)
    {
        const Sequences seqs = SequencesAt(origin);
        const auto expect = [&](int64_t seq, uint32_t length, uint32_t skip, uint32_t taken) {
            const Trimmed text = TrimToWindow(SegmentAt(seqs, seq, CTL_ACK, length), seqs);
            EXPECT_EQ(text.skip, skip) << seq << "+" << length;
            EXPECT_EQ(text.length, taken) << seq << "+" << length;
        };
        expect(0, 10, 0, 10);
        expect(0, 0, 0, 0);
        expect(0, 1000, 0, 1000);
        expect(0, 1001, 0, 1000);
        expect(-10, 10, 0, 0);
        expect(-10, 30, 10, 20);
        expect(-10, 2000, 10, 1000);
        expect(990, 20, 0, 10);
        expect(999, 1, 0, 1);
        expect(1000, 1, 0, 0);
        expect(400, 50, 0, 50);
    }
}

TEST(TrimToWindow, OfAClosedWindowLeavesNothing)
{
    Sequences seqs = SequencesAt(0xffffec78);
    seqs.rcvWnd = 0;
    EXPECT_EQ(TrimToWindow(SegmentAt(seqs, 0, CTL_ACK, 10), seqs).length, 0U);
    seqs.rcvWnd = 1;
    EXPECT_EQ(TrimToWindow(SegmentAt(seqs, 0, CTL_ACK, 10), seqs).length, 1U);
}

TEST(TrimToWindow, PassesOverASyn)
{
    const Sequences seqs = SequencesAt(0);
    const Trimmed text = TrimToWindow(SegmentAt(seqs, -11, CTL_SYN, 20), seqs);
    EXPECT_EQ(text.skip, 10U) << "of the data, which begins after the SYN";
    EXPECT_EQ(text.length, 10U);
}

TEST(Segment, LengthCountsSynAndFin)
{
    Segment segment;
    EXPECT_EQ(segment.Length(), 0U);
    segment.textLength = 7;
    EXPECT_EQ(segment.Length(), 7U);
    segment.flags = CTL_SYN | CTL_ACK | CTL_PSH;
    EXPECT_EQ(segment.Length(), 8U);
    segment.flags = CTL_SYN | CTL_FIN;
    EXPECT_EQ(segment.Length(), 9U);
    EXPECT_EQ(FinPosition(segment), SeqNumber(8));
}

/// The replies to a segment with data and FIN.
class Composed : public ::testing::TestWithParam<uint32_t>
{
  protected:
    /// Expects a reply; seq and ack are absolute, ack 0 without the ACK bit.
    void Expect(Reply reply, uint8_t flags, SeqNumber seq, SeqNumber ack = SeqNumber(0)) const
    {
        const Segment out = Compose(reply, m_segment, m_seqs);
        EXPECT_EQ(out.flags, flags) << ToString(reply);
        EXPECT_EQ(out.seq.Value(), seq.Value()) << ToString(reply);
        EXPECT_EQ(out.ack.Value(), ack.Value()) << ToString(reply);
        EXPECT_EQ(out.textLength, 0U) << ToString(reply);
        EXPECT_FALSE(out.hasTimestamp) << ToString(reply);
    }

    Sequences m_seqs = SequencesAt(GetParam());
    Segment m_segment = SegmentAt(m_seqs, 3, CTL_ACK | CTL_FIN, 10, 42);
};

TEST_P(Composed, Resets)
{
    Expect(Reply::RST_FOR_ACK, CTL_RST, m_segment.ack);
    Expect(Reply::RST_ACK_FOR_SEGMENT, CTL_RST | CTL_ACK, SeqNumber(0), m_segment.seq + 11);
    Expect(Reply::RST, CTL_RST, m_seqs.sndNxt);
    Expect(Reply::RST_ACK, CTL_RST | CTL_ACK, m_seqs.sndNxt, m_seqs.rcvNxt);
}

TEST_P(Composed, ResetForASynCountsIt)
{
    m_segment.flags = CTL_SYN;
    m_segment.textLength = 0;
    Expect(Reply::RST_ACK_FOR_SEGMENT, CTL_RST | CTL_ACK, SeqNumber(0), m_segment.seq + 1);
}

TEST_P(Composed, Acks)
{
    Expect(Reply::ACK, CTL_ACK, m_seqs.sndNxt, m_seqs.rcvNxt);
    Expect(Reply::CHALLENGE_ACK, CTL_ACK, m_seqs.sndNxt, m_seqs.rcvNxt);
}

TEST_P(Composed, Syns)
{
    Expect(Reply::SYN, CTL_SYN, m_seqs.iss);
    Expect(Reply::SYN_ACK, CTL_SYN | CTL_ACK, m_seqs.iss, m_seqs.rcvNxt);
}

TEST_P(Composed, Fin)
{
    Expect(Reply::FIN, CTL_FIN | CTL_ACK, m_seqs.sndNxt, m_seqs.rcvNxt);
    m_seqs.finSent = true;
    Expect(Reply::FIN, CTL_FIN | CTL_ACK, m_seqs.sndNxt - 1, m_seqs.rcvNxt);
}

TEST_P(Composed, Probes)
{
    Expect(Reply::KEEP_ALIVE, CTL_ACK, m_seqs.sndNxt - 1, m_seqs.rcvNxt);
    Expect(Reply::WINDOW_PROBE, CTL_ACK, m_seqs.sndUna - 1, m_seqs.rcvNxt);
}

INSTANTIATE_TEST_SUITE_P(From, Composed, ::testing::ValuesIn(ORIGINS));

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

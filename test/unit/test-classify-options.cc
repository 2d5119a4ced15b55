// SPDX-License-Identifier: GPL-2.0-only

// From numbers to facts: timestamps, SYNs in TIME-WAIT, urgent data, SYNs with data.

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

TEST(ClassifyTimestamp, ChecksOnlyWhatWasNegotiated)
{
    Sequences seqs = SequencesAt(0);
    Segment segment = SegmentAt(seqs, 0, CTL_ACK, 10);
    const auto timestamp = [&] { return Classify(segment, seqs, true).Get<Timestamp>(); };
    EXPECT_EQ(timestamp(), Timestamp::GOOD) << "none negotiated, none there";
    segment.hasTimestamp = true;
    seqs.tsRecent = 100;
    EXPECT_EQ(timestamp(), Timestamp::GOOD) << "none negotiated: ignored";
    seqs.hasTimestamps = true;
    EXPECT_EQ(timestamp(), Timestamp::OLD);
    segment.hasTimestamp = false;
    EXPECT_EQ(timestamp(), Timestamp::MISSING);
}

TEST(ClassifyTimestamp, IsModular)
{
    for (const uint32_t recent : {0U, 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU})
    {
        Sequences seqs = SequencesAt(0);
        seqs.hasTimestamps = true;
        seqs.tsRecent = recent;
        Segment segment = SegmentAt(seqs, 0, CTL_ACK);
        segment.hasTimestamp = true;
        const auto timestamp = [&](uint32_t ahead) {
            segment.timestampValue = recent + ahead;
            return Classify(segment, seqs, true).Get<Timestamp>();
        };
        EXPECT_EQ(timestamp(0), Timestamp::GOOD);
        EXPECT_EQ(timestamp(1), Timestamp::GOOD);
        EXPECT_EQ(timestamp(0x7fffffff), Timestamp::GOOD);
        EXPECT_EQ(timestamp(0xffffffff), Timestamp::OLD) << "one before";
        EXPECT_EQ(timestamp(0x80000001), Timestamp::OLD);
    }
}

/// A SYN in TIME-WAIT, SEG.SEQ from RCV.NXT.
class NewerSyn : public ::testing::TestWithParam<uint32_t>
{
  protected:
    NewerSyn()
    {
        m_seqs.tsRecent = 5000;
    }

    Newer Without(int64_t seq) const
    {
        return Classify(SegmentAt(m_seqs, seq, CTL_SYN), m_seqs, true).Get<Newer>();
    }

    Newer With(int64_t seq, uint32_t timestamp) const
    {
        Segment segment = SegmentAt(m_seqs, seq, CTL_SYN);
        segment.hasTimestamp = true;
        segment.timestampValue = timestamp;
        return Classify(segment, m_seqs, true).Get<Newer>();
    }

    Sequences m_seqs = SequencesAt(GetParam());
};

TEST_P(NewerSyn, NoTimestampsAtAll)
{
    EXPECT_EQ(Without(1), Newer::YES);
    EXPECT_EQ(Without(0x7fffffff), Newer::YES) << "far beyond the window";
    EXPECT_EQ(Without(0), Newer::NO);
    EXPECT_EQ(Without(-1), Newer::NO);
    EXPECT_EQ(Without(-0x7fffffff), Newer::NO);
}

TEST_P(NewerSyn, OnlyTheNewSynHasThem)
{
    EXPECT_EQ(With(-1, 1), Newer::NO) << "we do not use them: SEG.SEQ decides";
    EXPECT_EQ(With(1, 1), Newer::YES);
    m_seqs.wouldUseTimestamps = true;
    EXPECT_EQ(With(-1, 1), Newer::YES);
    EXPECT_EQ(Without(-1), Newer::NO);
    EXPECT_EQ(Without(1), Newer::YES);
}

TEST_P(NewerSyn, TheOldConnectionHadThem)
{
    m_seqs.hasTimestamps = true;
    EXPECT_EQ(With(-1, 5001), Newer::YES);
    EXPECT_EQ(With(1, 5001), Newer::YES);
    EXPECT_EQ(With(1, 4999), Newer::NO) << "an older TSval, whatever SEG.SEQ";
    EXPECT_EQ(With(1, 5000), Newer::YES) << "equal: SEG.SEQ decides";
    EXPECT_EQ(With(0, 5000), Newer::NO);
    EXPECT_EQ(With(-1, 5000), Newer::NO);
    EXPECT_EQ(Without(1), Newer::YES) << "absent: SEG.SEQ decides";
    EXPECT_EQ(Without(-1), Newer::NO);
}

INSTANTIATE_TEST_SUITE_P(From, NewerSyn, ::testing::ValuesIn(ORIGINS));

TEST(TimeWaitSynFreeBsd, LooksAtTheSequenceNumberAlone)
{
    Sequences seqs = SequencesAt(0);
    seqs.hasTimestamps = true;
    seqs.tsRecent = 5000;
    const auto answer = [&seqs](int64_t seq, uint32_t timestamp) {
        Segment segment = SegmentAt(seqs, seq, CTL_SYN);
        segment.hasTimestamp = true;
        segment.timestampValue = timestamp;
        Facts facts = Classify(segment, seqs, true);
        facts.Set(Listener::PRESENT);
        return Step(State::TIME_WAIT, Event::STEP_EXCEPTIONS, facts, FREEBSD_POLICY).action.next;
    };
    EXPECT_EQ(answer(1, 5001), State::SYN_RCVD);
    EXPECT_EQ(answer(-1, 4999), std::nullopt);
    EXPECT_EQ(answer(1, 4999), State::SYN_RCVD) << "SEG.SEQ > RCV.NXT, an older TSval: reopens";
    EXPECT_EQ(answer(-1, 5001), std::nullopt) << "SEG.SEQ < RCV.NXT, a newer TSval: dropped";
}

TEST(ClassifyUrgent, IsTheFurthestPointer)
{
    for (const uint32_t origin : ORIGINS)
    {
        Sequences seqs = SequencesAt(origin);
        Segment segment = SegmentAt(seqs, 0, CTL_ACK | CTL_URG, 10);
        const auto urgent = [&](uint16_t pointer) {
            segment.urgentPointer = pointer;
            return Classify(segment, seqs, true).Get<Urgent>();
        };
        EXPECT_EQ(urgent(5), Urgent::NEW);
        seqs.rcvUp = seqs.rcvNxt + 5;
        EXPECT_EQ(urgent(5), Urgent::NONE) << "told before";
        EXPECT_EQ(urgent(4), Urgent::NONE);
        EXPECT_EQ(urgent(6), Urgent::NEW);
        EXPECT_EQ(urgent(65535), Urgent::NEW);
        segment.flags = CTL_ACK;
        EXPECT_EQ(urgent(65535), Urgent::NONE) << "no URG";
    }
}

/// A SYN before the peer is known: what rides on it is judged as after the SYN.
class FirstSyn : public ::testing::TestWithParam<uint32_t>
{
  protected:
    Facts Of(uint8_t flags, uint32_t length) const
    {
        Sequences seqs;
        seqs.iss = seqs.sndUna = SeqNumber(77);
        seqs.sndNxt = seqs.iss + 1;
        seqs.rcvWnd = 1000;
        Segment segment;
        segment.flags = flags;
        segment.seq = SeqNumber(GetParam());
        segment.ack = seqs.sndNxt;
        segment.textLength = length;
        return Classify(segment, seqs, false);
    }
};

TEST_P(FirstSyn, CarriesDataAndFin)
{
    const Facts bare = Of(CTL_SYN, 0);
    EXPECT_EQ(bare.Get<Flags>(), Flags::SYN);
    EXPECT_EQ(bare.Get<Ack>(), Ack::NONE);
    EXPECT_EQ(bare.Get<Text>(), Text::NONE);
    EXPECT_EQ(bare.Get<Fin>(), Fin::NONE);
    const Facts full = Of(CTL_SYN | CTL_ACK | CTL_FIN, 10);
    EXPECT_EQ(full.Get<Flags>(), Flags::SYN_FIN);
    EXPECT_EQ(full.Get<Ack>(), Ack::NEW);
    EXPECT_EQ(full.Get<Text>(), Text::NEW);
    EXPECT_EQ(full.Get<Fin>(), Fin::REACHED);
    EXPECT_EQ(Of(CTL_SYN | CTL_FIN, 0).Get<Fin>(), Fin::REACHED);
    EXPECT_EQ(Of(CTL_SYN | CTL_FIN, 1000).Get<Fin>(), Fin::NONE) << "cut off at the right edge";
}

TEST_P(FirstSyn, OtherSegmentsAreJudgedByFlagsAndAckAlone)
{
    const Facts facts = Of(CTL_ACK | CTL_FIN, 10);
    EXPECT_EQ(facts.Get<Flags>(), Flags::FIN);
    EXPECT_EQ(facts.Get<Ack>(), Ack::NEW);
    EXPECT_EQ(facts.Get<Text>(), Text::NONE);
    EXPECT_EQ(facts.Get<Fin>(), Fin::NONE);
}

INSTANTIATE_TEST_SUITE_P(From, FirstSyn, ::testing::ValuesIn(ORIGINS));

TEST(ClassifySyn, AgainWithDataInSynRcvd)
{
    for (const uint32_t origin : ORIGINS)
    {
        Sequences seqs = SequencesAt(origin);
        seqs.rcvNxt = seqs.irs + 1;
        const Segment segment = SegmentAt(seqs, -1, CTL_SYN | CTL_ACK, 10);
        const Facts facts = Classify(segment, seqs, true);
        EXPECT_EQ(facts.Get<Seq>(), Seq::INITIAL);
        EXPECT_EQ(facts.Get<Arrival>(), Arrival::ACCEPTABLE);
        EXPECT_EQ(facts.Get<Text>(), Text::NEW) << "the text begins at RCV.NXT";
        const Trimmed text = TrimToWindow(segment, seqs);
        EXPECT_EQ(text.skip, 0U);
        EXPECT_EQ(text.length, 10U);
        const Segment withFin = SegmentAt(seqs, -1, CTL_SYN | CTL_ACK | CTL_FIN, 10);
        EXPECT_EQ(Classify(withFin, seqs, true).Get<Fin>(), Fin::REACHED);
        EXPECT_EQ(FinPosition(withFin), seqs.rcvNxt + 10);
    }
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

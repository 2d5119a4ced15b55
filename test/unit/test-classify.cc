// SPDX-License-Identifier: GPL-2.0-only

// From numbers to facts: flags, ACK, SEQ, arrival, text and FIN.

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

/// Everything at several places of the sequence space: far from the wrap, across it, at half way.
class Classified : public ::testing::TestWithParam<uint32_t>
{
  protected:
    /// ISS, SND.UNA = ISS + 1000, SND.NXT = ISS + 2000; IRS = n, RCV.NXT = n + 5000, W = 1000.
    Sequences m_seqs = SequencesAt(GetParam());

    /// @return the facts of a segment whose SEG.SEQ is given from RCV.NXT, SEG.ACK from SND.UNA
    Facts At(int64_t seq, uint8_t flags = CTL_ACK, uint32_t length = 0, int64_t ack = 0) const
    {
        return Classify(SegmentAt(m_seqs, seq, flags, length, ack), m_seqs, true);
    }

    template <typename D>
    D Of(int64_t seq, uint8_t flags = CTL_ACK, uint32_t length = 0, int64_t ack = 0) const
    {
        return At(seq, flags, length, ack).Get<D>();
    }
};

TEST_P(Classified, Flags)
{
    EXPECT_EQ(Of<Flags>(0, CTL_ACK), Flags::PLAIN);
    EXPECT_EQ(Of<Flags>(0, 0), Flags::PLAIN);
    EXPECT_EQ(Of<Flags>(0, CTL_PSH | CTL_URG), Flags::PLAIN);
    EXPECT_EQ(Of<Flags>(0, CTL_FIN | CTL_ACK), Flags::FIN);
    EXPECT_EQ(Of<Flags>(0, CTL_SYN), Flags::SYN);
    EXPECT_EQ(Of<Flags>(0, CTL_SYN | CTL_ACK), Flags::SYN);
    EXPECT_EQ(Of<Flags>(0, CTL_SYN | CTL_FIN), Flags::SYN_FIN);
    EXPECT_EQ(Of<Flags>(0, CTL_RST), Flags::RST);
    EXPECT_EQ(Of<Flags>(0, CTL_RST | CTL_ACK), Flags::RST);
    EXPECT_EQ(Of<Flags>(0, CTL_RST | CTL_SYN | CTL_FIN), Flags::RST);
}

TEST_P(Classified, AckRange)
{
    // MAX.SND.WND = 500, so that the range begins at SND.UNA - 500 and ends at SND.NXT.
    EXPECT_EQ(Of<Ack>(0, 0, 0, 0), Ack::NONE);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, -501), Ack::TOO_OLD);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, -500), Ack::OLD);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, -1), Ack::OLD);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 0), Ack::CURRENT);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 1), Ack::NEW);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 1000), Ack::NEW);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 1001), Ack::UNSENT);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 0x40000000), Ack::UNSENT);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, -0x40000000), Ack::TOO_OLD);
}

TEST_P(Classified, AckOfFin)
{
    m_seqs.finSent = true;
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 999), Ack::NEW) << "all but the FIN";
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 1000), Ack::COVERS_FIN);
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 1001), Ack::UNSENT);
    m_seqs.sndUna = m_seqs.sndNxt;
    EXPECT_EQ(Of<Ack>(0, CTL_ACK, 0, 0), Ack::CURRENT) << "acknowledged before";
}

TEST_P(Classified, AckBeforeThePeerIsKnown)
{
    m_seqs = Sequences{};
    m_seqs.iss = m_seqs.sndUna = SeqNumber(GetParam());
    m_seqs.sndNxt = m_seqs.iss + 1;
    const auto ack = [&](int64_t value) {
        Segment segment;
        segment.flags = CTL_ACK;
        segment.ack = m_seqs.iss + value;
        return Classify(segment, m_seqs, false).Get<Ack>();
    };
    EXPECT_EQ(ack(1), Ack::NEW);
    EXPECT_NE(ack(0), Ack::NEW) << "SEG.ACK =< ISS is unacceptable";
    EXPECT_NE(ack(-1), Ack::NEW);
    EXPECT_EQ(ack(2), Ack::UNSENT);
}

TEST_P(Classified, SeqOfAnEmptySegment)
{
    EXPECT_EQ(Of<Seq>(0), Seq::EXACT);
    EXPECT_EQ(Of<Seq>(1), Seq::IN_WINDOW);
    EXPECT_EQ(Of<Seq>(999), Seq::IN_WINDOW);
    EXPECT_EQ(Of<Seq>(1000), Seq::OUTSIDE) << "RCV.NXT + W is outside";
    EXPECT_EQ(Of<Seq>(-1), Seq::OUTSIDE);
    EXPECT_EQ(Of<Seq>(-0x40000000), Seq::OUTSIDE);
    EXPECT_EQ(Of<Seq>(0x40000000), Seq::OUTSIDE);
}

TEST_P(Classified, SeqIsThatOfTheUntrimmedSegment)
{
    EXPECT_EQ(Of<Seq>(-1, CTL_ACK, 10), Seq::OUTSIDE) << "though its data reaches the window";
    EXPECT_EQ(Of<Seq>(0, CTL_ACK, 5000), Seq::EXACT);
}

TEST_P(Classified, SeqInitial)
{
    EXPECT_EQ(Of<Seq>(-5000), Seq::OUTSIDE) << "IRS, long after";
    m_seqs.irs = m_seqs.rcvNxt - 1;
    EXPECT_EQ(Of<Seq>(-1), Seq::INITIAL);
    EXPECT_EQ(Of<Seq>(-2), Seq::OUTSIDE);
    EXPECT_EQ(Of<Seq>(0), Seq::EXACT);
}

TEST_P(Classified, SeqWithoutAWindow)
{
    m_seqs.rcvWnd = 0;
    EXPECT_EQ(Of<Seq>(0), Seq::EXACT);
    EXPECT_EQ(Of<Seq>(1), Seq::OUTSIDE);
    m_seqs.rcvWnd = 1;
    EXPECT_EQ(Of<Seq>(0), Seq::EXACT);
    EXPECT_EQ(Of<Seq>(1), Seq::OUTSIDE) << "RCV.NXT + W is outside";
    m_seqs.rcvWnd = 2;
    EXPECT_EQ(Of<Seq>(1), Seq::IN_WINDOW);
}

TEST_P(Classified, ArrivalOfAnEmptySegment)
{
    EXPECT_EQ(Of<Arrival>(-1), Arrival::UNACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(0), Arrival::ACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(999), Arrival::ACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(1000), Arrival::UNACCEPTABLE);
    m_seqs.rcvWnd = 2;
    EXPECT_EQ(Of<Arrival>(1), Arrival::ACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(2), Arrival::UNACCEPTABLE) << "the allowance is for W < 2";
}

TEST_P(Classified, ArrivalOfAnEmptySegmentAtAClosedWindow)
{
    for (const uint32_t window : {0U, 1U})
    {
        m_seqs.rcvWnd = window;
        EXPECT_EQ(Of<Arrival>(-1), Arrival::UNACCEPTABLE);
        EXPECT_EQ(Of<Arrival>(0), Arrival::ACCEPTABLE);
        EXPECT_EQ(Of<Arrival>(1), Arrival::ACCEPTABLE) << "probes crossed, W = " << window;
        EXPECT_EQ(Of<Arrival>(2), Arrival::ACCEPTABLE) << "a FIN after the probe's octet";
        EXPECT_EQ(Of<Arrival>(3), Arrival::UNACCEPTABLE);
    }
}

TEST_P(Classified, ArrivalOfData)
{
    EXPECT_EQ(Of<Arrival>(0, CTL_ACK, 1), Arrival::ACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(0, CTL_ACK, 5000), Arrival::ACCEPTABLE) << "beyond the window too";
    EXPECT_EQ(Of<Arrival>(999, CTL_ACK, 1), Arrival::ACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(1000, CTL_ACK, 1), Arrival::UNACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(-10, CTL_ACK, 11), Arrival::ACCEPTABLE) << "its last octet is new";
    EXPECT_EQ(Of<Arrival>(-10, CTL_ACK, 10), Arrival::ENDS_AT_NEXT);
    EXPECT_EQ(Of<Arrival>(-10, CTL_ACK, 9), Arrival::UNACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(-10, CTL_ACK, 1010), Arrival::ACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(-10, CTL_ACK, 1011), Arrival::UNACCEPTABLE)
        << "neither end is in the window: the four cases of RFC 9293 say so";
}

TEST_P(Classified, ArrivalCountsSynAndFin)
{
    EXPECT_EQ(Of<Arrival>(-1, CTL_ACK | CTL_FIN), Arrival::ENDS_AT_NEXT) << "the FIN again";
    EXPECT_EQ(Of<Arrival>(-2, CTL_ACK | CTL_FIN, 1), Arrival::ENDS_AT_NEXT);
    EXPECT_EQ(Of<Arrival>(-1, CTL_ACK | CTL_FIN, 1), Arrival::ACCEPTABLE) << "the FIN is new";
    EXPECT_EQ(Of<Arrival>(-1, CTL_SYN), Arrival::ENDS_AT_NEXT);
    EXPECT_EQ(Of<Arrival>(-1, CTL_SYN | CTL_FIN), Arrival::ACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(-2, CTL_SYN | CTL_FIN), Arrival::ENDS_AT_NEXT);
    EXPECT_EQ(Of<Arrival>(1000, CTL_ACK | CTL_FIN), Arrival::UNACCEPTABLE);
}

TEST_P(Classified, ArrivalAtAZeroWindow)
{
    m_seqs.rcvWnd = 0;
    EXPECT_EQ(Of<Arrival>(0, CTL_ACK, 1), Arrival::ZERO_WINDOW) << "a probe";
    EXPECT_EQ(Of<Arrival>(0, CTL_ACK, 1460), Arrival::ZERO_WINDOW);
    EXPECT_EQ(Of<Arrival>(0, CTL_ACK | CTL_FIN), Arrival::ZERO_WINDOW);
    EXPECT_EQ(Of<Arrival>(0, CTL_SYN), Arrival::UNACCEPTABLE) << "no allowance for a SYN";
    EXPECT_EQ(Of<Arrival>(1, CTL_ACK, 1), Arrival::UNACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(1, CTL_ACK | CTL_FIN), Arrival::UNACCEPTABLE);
    EXPECT_EQ(Of<Arrival>(-1, CTL_ACK, 1), Arrival::ENDS_AT_NEXT);
    EXPECT_EQ(Of<Arrival>(-1, CTL_ACK, 2), Arrival::UNACCEPTABLE);
}

TEST_P(Classified, NothingIsTakenFromAZeroWindow)
{
    m_seqs.rcvWnd = 0;
    const Facts facts = At(0, CTL_ACK | CTL_FIN, 10);
    EXPECT_EQ(facts.Get<Text>(), Text::NONE);
    EXPECT_EQ(facts.Get<Fin>(), Fin::NONE);
}

TEST_P(Classified, Text)
{
    EXPECT_EQ(Of<Text>(0), Text::NONE);
    EXPECT_EQ(Of<Text>(0, CTL_ACK, 1), Text::NEW);
    EXPECT_EQ(Of<Text>(500, CTL_ACK, 1), Text::NEW) << "out of order";
    EXPECT_EQ(Of<Text>(999, CTL_ACK, 100), Text::NEW);
    EXPECT_EQ(Of<Text>(-10, CTL_ACK, 10), Text::NONE) << "an old duplicate";
    EXPECT_EQ(Of<Text>(-10, CTL_ACK, 11), Text::NEW);
    EXPECT_EQ(Of<Text>(1000, CTL_ACK, 1), Text::NONE);
    EXPECT_EQ(Of<Text>(-10, CTL_ACK | CTL_FIN, 10), Text::NONE) << "only the FIN is new";
}

TEST_P(Classified, FinPosition)
{
    EXPECT_EQ(Of<Fin>(0, CTL_ACK, 10), Fin::NONE);
    EXPECT_EQ(Of<Fin>(0, CTL_ACK | CTL_FIN), Fin::REACHED);
    EXPECT_EQ(Of<Fin>(0, CTL_ACK | CTL_FIN, 10), Fin::REACHED);
    EXPECT_EQ(Of<Fin>(-10, CTL_ACK | CTL_FIN, 20), Fin::REACHED);
    EXPECT_EQ(Of<Fin>(-10, CTL_ACK | CTL_FIN, 10), Fin::REACHED) << "right after old data";
    EXPECT_EQ(Of<Fin>(-1, CTL_ACK | CTL_FIN), Fin::NONE) << "the FIN again is below the window";
    EXPECT_EQ(Of<Fin>(1, CTL_ACK | CTL_FIN), Fin::BEYOND);
    EXPECT_EQ(Of<Fin>(500, CTL_ACK | CTL_FIN, 10), Fin::BEYOND);
}

TEST_P(Classified, FinAtTheRightEdgeIsCutOff)
{
    EXPECT_EQ(Of<Fin>(0, CTL_ACK | CTL_FIN, 999), Fin::REACHED) << "the last octet of the window";
    const Facts facts = At(0, CTL_ACK | CTL_FIN, 1000);
    EXPECT_EQ(facts.Get<Arrival>(), Arrival::ACCEPTABLE);
    EXPECT_EQ(facts.Get<Text>(), Text::NEW) << "its data is taken";
    EXPECT_EQ(facts.Get<Fin>(), Fin::NONE) << "at RCV.NXT + W";
    EXPECT_EQ(Of<Fin>(0, CTL_ACK | CTL_FIN, 2000), Fin::NONE);
    m_seqs.rcvWnd = 1;
    EXPECT_EQ(Of<Fin>(0, CTL_ACK | CTL_FIN), Fin::REACHED);
    EXPECT_EQ(Of<Fin>(0, CTL_ACK | CTL_FIN, 1), Fin::NONE);
    EXPECT_EQ(Of<Text>(0, CTL_ACK | CTL_FIN, 1), Text::NEW);
}

INSTANTIATE_TEST_SUITE_P(From, Classified, ::testing::ValuesIn(ORIGINS));

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// The four-case test of RFC 9293 3.10.7.4, octet by octet, around every edge of small windows.

#include "numbers.h"
#include "possible.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Octets of a segment, numbered from RCV.NXT: SYN, then data, then FIN.
struct Octets
{
    int64_t seq;     //!< the first
    uint32_t length; //!< octets of data
    uint8_t flags;   //!< CTL_SYN, CTL_FIN

    int64_t TextBegin() const
    {
        return seq + ((flags & CTL_SYN) ? 1 : 0);
    }

    int64_t TextEnd() const
    {
        return TextBegin() + length;
    }

    int64_t End() const
    {
        return TextEnd() + ((flags & CTL_FIN) ? 1 : 0);
    }
};

/// @return true if the octet is in the window
bool
IsIn(int64_t octet, uint32_t window)
{
    return octet >= 0 && octet < window;
}

/// Table 6 of RFC 9293, and the allowances for closed windows.
Arrival
ExpectedArrival(const Octets& o, uint32_t window)
{
    if (o.End() == o.seq)
    {
        const bool table = window == 0 ? o.seq == 0 : IsIn(o.seq, window);
        const bool crossed = window <= 1 && (o.seq == 1 || o.seq == 2);
        return table || crossed ? Arrival::ACCEPTABLE : Arrival::UNACCEPTABLE;
    }
    if (window > 0 && (IsIn(o.seq, window) || IsIn(o.End() - 1, window)))
    {
        return Arrival::ACCEPTABLE;
    }
    if (o.End() == 0)
    {
        return Arrival::ENDS_AT_NEXT;
    }
    return window == 0 && o.seq == 0 && !(o.flags & CTL_SYN) ? Arrival::ZERO_WINDOW
                                                             : Arrival::UNACCEPTABLE;
}

/// Counts the octets of data in the window one by one.
uint32_t
ExpectedText(const Octets& o, uint32_t window)
{
    uint32_t taken = 0;
    for (int64_t octet = o.TextBegin(); octet < o.TextEnd(); ++octet)
    {
        taken += IsIn(octet, window) ? 1 : 0;
    }
    return taken;
}

Fin
ExpectedFin(const Octets& o, uint32_t window)
{
    if (!(o.flags & CTL_FIN) || !IsIn(o.TextEnd(), window))
    {
        return Fin::NONE;
    }
    // No hole: every octet from RCV.NXT up to the FIN is the segment's.
    return o.TextBegin() <= 0 ? Fin::REACHED : Fin::BEYOND;
}

Seq
ExpectedSeq(const Octets& o, uint32_t window)
{
    if (o.seq == 0)
    {
        return Seq::EXACT;
    }
    return IsIn(o.seq, window) ? Seq::IN_WINDOW : Seq::OUTSIDE;
}

/// Calls f(octets, segment) for each small segment around the edges of a window.
template <typename F>
void
ForEachSegment(const Sequences& seqs, F f)
{
    for (int64_t seq = -10; seq <= 10; ++seq)
    {
        for (uint32_t length = 0; length <= 20; ++length)
        {
            for (const int flags : {0, int{CTL_FIN}, int{CTL_SYN}, CTL_SYN | CTL_FIN})
            {
                const auto bits = static_cast<uint8_t>(flags | CTL_ACK);
                f(Octets{seq, length, static_cast<uint8_t>(flags)},
                  SegmentAt(seqs, seq, bits, length));
            }
        }
    }
}

constexpr auto WINDOWS = {0U, 1U, 2U, 3U, 7U};

class FourCases : public ::testing::TestWithParam<uint32_t>
{
};

TEST_P(FourCases, AgreeWithCountingOctets)
{
    Sequences seqs = SequencesAt(GetParam());
    for (const uint32_t window : WINDOWS)
    {
        seqs.rcvWnd = window;
        ForEachSegment(seqs, [&](const Octets& o, const Segment& segment) {
            SCOPED_TRACE(::testing::Message() << "W=" << window << ", " << o.seq << "+" << o.length
                                              << ", flags " << int{o.flags});
            const Facts facts = Classify(segment, seqs, true);
            const Trimmed text = TrimToWindow(segment, seqs);
            EXPECT_EQ(facts.Get<Arrival>(), ExpectedArrival(o, window));
            EXPECT_EQ(facts.Get<Seq>(), ExpectedSeq(o, window));
            EXPECT_EQ(text.length, ExpectedText(o, window));
            EXPECT_EQ(facts.Get<Text>(), text.length > 0 ? Text::NEW : Text::NONE);
            EXPECT_EQ(facts.Get<Fin>(), ExpectedFin(o, window));
        });
    }
}

TEST_P(FourCases, GiveOnlyPossibleSituations)
{
    Sequences seqs = SequencesAt(GetParam());
    for (const int64_t received : {1, 5000})
    {
        seqs.rcvNxt = seqs.irs + received;
        for (const uint32_t window : WINDOWS)
        {
            seqs.rcvWnd = window;
            ForEachSegment(seqs, [&](const Octets&, const Segment& segment) {
                Situation situation;
                situation.state = State::ESTABLISHED;
                situation.facts = Classify(segment, seqs, true);
                EXPECT_TRUE(SegmentIsPossible(situation)) << Describe(situation);
            });
        }
    }
}

INSTANTIATE_TEST_SUITE_P(From, FourCases, ::testing::ValuesIn(ORIGINS));

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

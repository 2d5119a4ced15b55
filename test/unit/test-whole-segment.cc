// SPDX-License-Identifier: GPL-2.0-only

// Laws about whole segments (RFC 9293 3.10.7, RFC 5961).

#include "law.h"
#include "outcome.h"
#include "walk.h"

#include <bit>
#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Calls f(situation, walk) for each possible segment in each of some states.
template <typename F>
void
ForEachWalkIn(Set<State> states, F f)
{
    for (uint64_t bits = states.bits; bits != 0; bits &= bits - 1)
    {
        ForEachWalk(static_cast<State>(std::countr_zero(bits)), f);
    }
}

/// Applies a law to a walk.
void
Apply(Law& law, bool holds, const Situation& s, const Walk& walk)
{
    if (holds)
    {
        law.Held();
    }
    else
    {
        law.Break(walk.count == 0 ? "no row" : walk.Last().id, Describe(s));
    }
}

/// @return the number of kinds of replies, the two pure ACKs being one
int
KindsOfReplies(const Walk& walk)
{
    const uint32_t challenge = 1U << static_cast<int>(Reply::CHALLENGE_ACK);
    const uint32_t ack = 1U << static_cast<int>(Reply::ACK);
    const uint32_t replies =
        (walk.replies & challenge) != 0 ? (walk.replies & ~challenge) | ack : walk.replies;
    return std::popcount(replies);
}

/// @return true if a RST was sent
bool
SentReset(const Walk& walk)
{
    return walk.Sent(Reply::RST) || walk.Sent(Reply::RST_ACK) || walk.Sent(Reply::RST_FOR_ACK) ||
           walk.Sent(Reply::RST_ACK_FOR_SEGMENT);
}

/// What moves RCV.NXT or keeps data for later.
constexpr int TAKES = TAKE_TEXT | DISCARD_TEXT | KEEP_TEXT | TAKE_FIN | REMEMBER_FIN;

TEST(WholeSegment, IsProcessedInOrder)
{
    Law possible("no step is taken in a state where it cannot happen");
    Law done("entering CLOSED, LISTEN or SYN-RCVD ends the segment");
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        Apply(possible, !walk.stuck, s, walk);
        for (std::size_t i = 0; i < walk.count; ++i)
        {
            const Action& a = walk.rows[i]->action;
            if (a.next == State::CLOSED || a.next == State::LISTEN || a.next == State::SYN_RCVD)
            {
                done.Holds(i + 1 == walk.count && a.then == Then::DROP, s, *walk.rows[i]);
            }
        }
    });
}

TEST(WholeSegment, HasOneKindOfReply)
{
    Law law("at most one kind of reply, equal ACKs being one (MUST-58)");
    Law fin("the one other pair: an ACK that FreeBSD's FIN again makes superfluous");
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        if (walk.Sent(Reply::FIN))
        {
            Apply(fin, s.Is(ClosingReply::FIN_AGAIN) && KindsOfReplies(walk) <= 2, s, walk);
        }
        else
        {
            Apply(law, KindsOfReplies(walk) <= 1, s, walk);
        }
    });
}

TEST(WholeSegment, AResetIsNeverAnsweredWithOne)
{
    Law reset("no RST for a RST");
    Law challenge("a RST is answered only in window under RFC 5961, with a challenge ACK");
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        if (s.Is(Flags::RST))
        {
            Apply(reset, !SentReset(walk), s, walk);
            const bool challenged = s.Is(Seq::IN_WINDOW, RstCheck::RFC5961) &&
                                    walk.replies == 1U << static_cast<int>(Reply::CHALLENGE_ACK);
            Apply(challenge, walk.replies == 0 || challenged, s, walk);
        }
    });
}

TEST(WholeSegment, BlindSegmentsChangeNothing)
{
    Law law("SEQ outside and unacceptable: no state change but a SYN's in TIME-WAIT, no data");
    ForEachWalkIn(STEP_STATES, [&](const Situation& s, const Walk& walk) {
        if (s.Is(Seq::OUTSIDE, Arrival::UNACCEPTABLE))
        {
            const bool reopened = s.Is(State::TIME_WAIT) && s.HasSyn();
            Apply(law,
                  (walk.transitions == 0 || reopened) && (walk.effects & TAKES) == 0 &&
                      (walk.effects & TAKE_ACK) == 0,
                  s,
                  walk);
        }
    });
}

TEST(WholeSegment, UnacceptableOnesChangeNothing)
{
    Law law("not acceptable: no state change but by step 0, by RST, or by an old ACK if told so");
    Law text("not acceptable: text and FIN are not taken");
    ForEachWalkIn(STEP_STATES, [&](const Situation& s, const Walk& walk) {
        if (s.Is(Arrival::ACCEPTABLE))
        {
            return;
        }
        const bool byException = walk.count > 0 && walk.rows[0]->event == Event::STEP_EXCEPTIONS;
        const bool byAck = s.Is(Arrival::ZERO_WINDOW) ||
                           (s.Is(Arrival::ENDS_AT_NEXT, ProcessOldAck::ON) && !s.HasSyn());
        if (!s.Is(Flags::RST) && !byException)
        {
            Apply(law, walk.transitions == 0 || byAck, s, walk);
            Apply(text, (walk.effects & TAKES) == 0, s, walk);
        }
    });
}

TEST(WholeSegment, WithoutAckChangesNothing)
{
    Law law("no ACK, SYN or RST: no state change, nothing taken");
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        if (!s.HasAck() && !s.HasSyn() && !s.Is(Flags::RST))
        {
            Apply(law, walk.transitions == 0 && walk.effects == NO_EFFECT, s, walk);
        }
    });
}

TEST(WholeSegment, OldTimestampsChangeNothing)
{
    Law old("old: one ACK, no change");
    Law missing("missing: silent, no change");
    ForEachWalkIn(STEP_STATES, [&](const Situation& s, const Walk& walk) {
        const bool byException = walk.count > 0 && walk.rows[0]->event == Event::STEP_EXCEPTIONS;
        if (s.Is(Flags::RST) || s.Is(Timestamp::GOOD) || byException || s.Is(DropSynFin::ON))
        {
            return;
        }
        const bool noChange = walk.transitions == 0 && walk.effects == NO_EFFECT;
        // What FreeBSD drops in TIME-WAIT shows only by the absence of a reply.
        const bool dropped = walk.replies == 0 && s.Is(TimeWaitSyn::FREEBSD, State::TIME_WAIT);
        Apply(s.Is(Timestamp::OLD) ? old : missing,
              noChange && (dropped || walk.Sent(Reply::ACK) == s.Is(Timestamp::OLD)),
              s,
              walk);
    });
}

TEST(WholeSegment, AZeroWindowIsAnsweredOnce)
{
    Law law("W = 0, exact data or FIN or probe with a good ACK: an ACK");
    ForEachWalkIn(STEP_STATES, [&](const Situation& s, const Walk& walk) {
        if (s.Is(Arrival::ZERO_WINDOW, Timestamp::GOOD) && s.Is(Flags::PLAIN | Flags::FIN) &&
            s.Is(Ack::CURRENT) && !s.Is(State::SYN_RCVD | State::TIME_WAIT))
        {
            Apply(law, walk.replies == 1U << static_cast<int>(Reply::ACK), s, walk);
        }
    });
}

TEST(WholeSegment, EstablishedNeedsOurSynAcknowledged)
{
    Law law("ESTABLISHED is entered only by SND.UNA < SEG.ACK =< SND.NXT");
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        constexpr uint32_t INTO = 1U << 9 | 1U << 10;
        if ((walk.arrows & INTO) != 0 || walk.end == State::ESTABLISHED)
        {
            Apply(law, s.Is(Ack::NEW) || s.Is(State::ESTABLISHED), s, walk);
        }
    });
}

TEST(WholeSegment, DataIsTakenInThreeStates)
{
    Law law("data and FIN are taken only with a good ACK, before the peer's FIN");
    constexpr auto TAKING = State::SYN_SENT | State::SYN_RCVD | State::ESTABLISHED |
                            State::FIN_WAIT_1 | State::FIN_WAIT_2;
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        if ((walk.effects & (TAKES & ~KEEP_TEXT)) != 0)
        {
            Apply(law, s.Is(TAKING) && s.HasAck() && !s.Is(Ack::UNSENT), s, walk);
        }
    });
}

TEST(WholeSegment, TakesFewArrowsAtOnce)
{
    Law one("at most one transition, but a FIN with the handshake's ACK takes two");
    Law record("a FIN with the ACK of ours in FIN-WAIT-1 takes arrow 15 alone");
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        const bool opened = s.Is(State::SYN_SENT | State::SYN_RCVD);
        const bool fin = opened && walk.end == State::CLOSE_WAIT;
        // Late data after our FIN was acknowledged: FIN-WAIT-2 first, then the RST.
        const bool late = s.Is(State::FIN_WAIT_1) && walk.end == State::CLOSED;
        Apply(one, walk.transitions <= (fin || late ? 2 : 1), s, walk);
        if (s.Is(State::FIN_WAIT_1) && walk.end == State::TIME_WAIT)
        {
            Apply(record, walk.arrows == 1U << 15, s, walk);
        }
    });
}

TEST(WholeSegment, TellsAtMostOneEnd)
{
    Law law("at most one signal other than connected, and only on entering another state");
    constexpr uint32_t CONNECTED = 1U << static_cast<int>(Signal::CONNECTED);
    ForEachWalkIn(ANY_STATE, [&](const Situation& s, const Walk& walk) {
        const uint32_t ends = walk.signals & ~CONNECTED;
        Apply(law, ends == 0 || (std::popcount(ends) == 1 && walk.transitions > 0), s, walk);
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Segments in CLOSED, LISTEN and SYN-SENT (RFC 9293 3.10.7.1 to 3.10.7.3).

#include "law.h"
#include "outcome.h"
#include "space.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

TEST(SegmentFilter, DropsSynFinOnlyWhereTold)
{
    Law drops("DropSynFin: SYN-FIN is dropped before every other step");
    Law passes("everything else passes, SYN-FIN too in CLOSED and in TIME-WAIT under Challenge");
    ForEachOutcome(Event::SEGMENT_FILTER, [&](const Situation& s, const Row& row) {
        const bool exempt = s.Is(State::CLOSED) || s.Is(State::TIME_WAIT, TimeWaitSyn::CHALLENGE);
        if (s.Is(DropSynFin::ON, Flags::SYN_FIN) && !exempt)
        {
            drops.Holds(DropsSilently(row), s, row);
        }
        else
        {
            passes.Holds(PassesBy(row), s, row);
        }
    });
}

TEST(SegmentInClosed, IsAnsweredWithAResetUnlessItIsOne)
{
    Law rst("RST: nothing");
    Law blackhole("Blackhole: nothing");
    Law ack("with ACK: <SEQ=SEG.ACK><CTL=RST>");
    Law noAck("without ACK: <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>");
    ForEachOutcome(Event::SEGMENT, State::CLOSED, [&](const Situation& s, const Row& row) {
        if (s.Is(Flags::RST))
        {
            rst.Holds(DropsSilently(row), s, row);
        }
        else if (s.Is(Blackhole::ON))
        {
            blackhole.Holds(DropsSilently(row), s, row);
        }
        else if (s.HasAck())
        {
            ack.Holds(AnswersAndDrops(row, Reply::RST_FOR_ACK), s, row);
        }
        else
        {
            noAck.Holds(AnswersAndDrops(row, Reply::RST_ACK_FOR_SEGMENT), s, row);
        }
    });
}

TEST(SegmentInListen, OnlyASynWithoutAckMakesAnEntry)
{
    Law rst("RST: dropped");
    Law ack("any ACK: <SEQ=SEG.ACK><CTL=RST>, stay");
    Law synAck("ListenSynAck=Drop: a SYN-ACK is dropped");
    Law full("accept queue full: a new SYN is dropped");
    Law syn("SYN, SYN-FIN: arrow 5, SYN-ACK, a half-open entry");
    Law riding("data and FIN on the SYN are discarded");
    Law evict("the oldest entry goes exactly if the half-open queue is full");
    Law others("anything else: dropped");
    ForEachOutcome(Event::SEGMENT, State::LISTEN, [&](const Situation& s, const Row& row) {
        if (s.Is(Flags::RST))
        {
            rst.Holds(DropsSilently(row), s, row);
        }
        else if (s.HasAck() && s.HasSyn() && s.Is(ListenSynAck::DROP))
        {
            synAck.Holds(DropsSilently(row), s, row);
        }
        else if (s.HasAck())
        {
            ack.Holds(AnswersAndDrops(row, Reply::RST_FOR_ACK), s, row);
        }
        else if (!s.HasSyn())
        {
            others.Holds(DropsSilently(row), s, row);
        }
        else if (s.Is(AcceptQueue::FULL))
        {
            full.Holds(DropsSilently(row), s, row);
        }
        else
        {
            syn.Holds(row.action.arrow == 5 && Sends(row, Reply::SYN_ACK) &&
                          Enters(row, State::SYN_RCVD) && Has(row, ADD_HALF_OPEN) &&
                          Tells(row, Signal::NONE),
                      s,
                      row);
            constexpr int TAKES = TAKE_TEXT | KEEP_TEXT | DISCARD_TEXT | TAKE_FIN | REMEMBER_FIN;
            riding.Holds((row.action.effects & TAKES) == 0 && row.action.then == Then::DROP,
                         s,
                         row);
            evict.Holds(Has(row, EVICT_OLDEST) == s.Is(HalfOpenQueue::FULL), s, row);
        }
    });
}

/// Not SND.UNA < SEG.ACK =< SND.NXT.
bool
IsBadAck(const Situation& s)
{
    return s.HasAck() && !s.Is(Ack::NEW);
}

TEST(SegmentInSynSent, AckAndResetComeFirst)
{
    Law badAck("unacceptable ACK: <SEQ=SEG.ACK><CTL=RST>, stay");
    Law badReset("unacceptable ACK with RST: dropped");
    Law refused("RST with acceptable ACK: CLOSED, connection refused, no reply");
    Law blind("RST without ACK: dropped");
    ForEachOutcome(Event::SEGMENT, State::SYN_SENT, [&](const Situation& s, const Row& row) {
        if (IsBadAck(s))
        {
            if (s.Is(Flags::RST))
            {
                badReset.Holds(DropsSilently(row), s, row);
            }
            else
            {
                badAck.Holds(AnswersAndDrops(row, Reply::RST_FOR_ACK), s, row);
            }
        }
        else if (s.Is(Flags::RST, Ack::NONE))
        {
            blind.Holds(DropsSilently(row), s, row);
        }
        else if (s.Is(Flags::RST))
        {
            refused.Holds(Enters(row, State::CLOSED) && Tells(row, Signal::REFUSED) &&
                              IsSilent(row) && row.action.then == Then::DROP,
                          s,
                          row);
        }
    });
}

TEST(SegmentInSynSent, ASynOpens)
{
    Law synAck("SYN with ACK: arrow 10, ACK, both taken, the text follows");
    Law crossed("SYN without ACK: arrow 8, SYN-ACK, the SYN taken, nothing told");
    Law kept("data on the crossed SYN is kept, not acknowledged; its FIN is ignored");
    Law others("neither SYN nor RST: dropped");
    ForEachOutcome(Event::SEGMENT, State::SYN_SENT, [&](const Situation& s, const Row& row) {
        if (s.Is(Flags::RST) || IsBadAck(s))
        {
            return;
        }
        if (!s.HasSyn())
        {
            others.Holds(DropsSilently(row), s, row);
        }
        else if (s.HasAck())
        {
            synAck.Holds(row.action.arrow == 10 && Sends(row, Reply::ACK) && Has(row, TAKE_SYN) &&
                             Has(row, TAKE_ACK) && row.action.then == Then::TO_URGENT,
                         s,
                         row);
        }
        else
        {
            crossed.Holds(row.action.arrow == 8 && Sends(row, Reply::SYN_ACK) &&
                              Has(row, TAKE_SYN) && row.action.then == Then::DROP,
                          s,
                          row);
            constexpr int ACKNOWLEDGES = TAKE_TEXT | DISCARD_TEXT | TAKE_FIN | REMEMBER_FIN;
            kept.Holds((row.action.effects & ACKNOWLEDGES) == 0 &&
                           (Has(row, KEEP_TEXT) || s.Is(Text::NONE)),
                       s,
                       row);
        }
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

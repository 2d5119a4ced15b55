// SPDX-License-Identifier: GPL-2.0-only

// Steps 1 to 4 (RFC 9293 3.10.7.4 first to fifth, RFC 5961 3 and 4, RFC 7323 5.3).

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

TEST(StepSequence, TimestampsComeFirst)
{
    Law old("an old timestamp: ACK, dropped");
    Law missing("a missing timestamp: dropped silently");
    ForEachOutcome(Event::STEP_SEQUENCE, [&](const Situation& s, const Row& row) {
        if (s.Is(Flags::RST))
        {
            return;
        }
        if (s.Is(Timestamp::OLD))
        {
            old.Holds(AnswersAndDrops(row, Reply::ACK), s, row);
        }
        else if (s.Is(Timestamp::MISSING))
        {
            missing.Holds(DropsSilently(row), s, row);
        }
    });
}

TEST(StepSequence, UnacceptableSegmentsAreAcknowledged)
{
    Law reset("a RST skips the step");
    Law good("acceptable: goes on");
    Law bad("unacceptable: ACK, dropped");
    Law old("ends at RCV.NXT: ACK, dropped unless ProcessOldAck lets its ACK field through");
    Law probe("a zero window: one ACK, and its ACK and URG are processed");
    Law all("no row of the step changes the state or sends anything but an ACK");
    ForEachOutcome(Event::STEP_SEQUENCE, [&](const Situation& s, const Row& row) {
        all.Holds(Stays(row) && (IsSilent(row) || Sends(row, Reply::ACK)), s, row);
        if (s.Is(Flags::RST))
        {
            reset.Holds(PassesBy(row), s, row);
            return;
        }
        if (!s.Is(Timestamp::GOOD))
        {
            return;
        }
        switch (s.Get<Arrival>())
        {
        case Arrival::ACCEPTABLE:
            good.Holds(PassesBy(row), s, row);
            break;
        case Arrival::UNACCEPTABLE:
            bad.Holds(AnswersAndDrops(row, Reply::ACK), s, row);
            break;
        case Arrival::ENDS_AT_NEXT:
            if (s.Is(ProcessOldAck::OFF))
            {
                old.Holds(AnswersAndDrops(row, Reply::ACK), s, row);
            }
            else
            {
                // A SYN ends in step 3 in any case, so that both ways are right for it.
                old.Holds(Sends(row, Reply::ACK) &&
                              (row.action.then == Then::GO_ON || s.HasSyn() || !s.HasAck()),
                          s,
                          row);
            }
            break;
        case Arrival::ZERO_WINDOW:
            probe.Holds(Sends(row, Reply::ACK) && row.action.then == Then::GO_ON, s, row);
        }
    });
}

TEST(StepReset, IsJudgedBySequenceNumberAlone)
{
    Law exact("exact: believed");
    Law window("in window: challenge ACK under RFC 5961, believed under RFC 793");
    Law outside("outside: dropped silently");
    Law timeWait("Rfc1337: every RST in TIME-WAIT is dropped silently");
    Law others("no RST: goes on");
    ForEachOutcome(Event::STEP_RST, [&](const Situation& s, const Row& row) {
        if (!s.Is(Flags::RST))
        {
            others.Holds(PassesBy(row), s, row);
        }
        else if (s.Is(State::TIME_WAIT, Rfc1337::ON))
        {
            timeWait.Holds(DropsSilently(row), s, row);
        }
        else if (s.Is(Seq::EXACT))
        {
            exact.Holds(PassesBy(row), s, row);
        }
        else if (s.Is(Seq::IN_WINDOW))
        {
            window.Holds(s.Is(RstCheck::RFC5961) ? AnswersAndDrops(row, Reply::CHALLENGE_ACK)
                                                 : PassesBy(row),
                         s,
                         row);
        }
        else
        {
            outside.Holds(DropsSilently(row), s, row);
        }
    });
}

TEST(StepSyn, IsChallenged)
{
    Law challenge("SYN, SYN-ACK, SYN-FIN: challenge ACK, dropped");
    Law passive("SYN-RCVD from a listener: back to LISTEN without a reply, the SYN not taken up");
    Law reopened("SYN-RCVD from TIME-WAIT: back to TIME-WAIT");
    Law others("no SYN: goes on");
    ForEachOutcome(Event::STEP_SYN, [&](const Situation& s, const Row& row) {
        if (!s.HasSyn())
        {
            others.Holds(PassesBy(row) || s.Is(Flags::RST), s, row);
            return;
        }
        const bool quietly = IsSilent(row) && row.action.effects == NO_EFFECT &&
                             Tells(row, Signal::NONE) && row.action.then == Then::DROP;
        if (s.Is(State::SYN_RCVD, Origin::PASSIVE))
        {
            const bool inWindow = s.Is(Seq::EXACT | Seq::IN_WINDOW);
            passive.Holds((Enters(row, State::LISTEN) && quietly) ||
                              (s.Is(SynCheck::RFC793) && !inWindow),
                          s,
                          row);
        }
        else if (s.Is(State::SYN_RCVD, Origin::REOPENED) && s.Is(SynCheck::RFC5961))
        {
            reopened.Holds(Enters(row, State::TIME_WAIT) && quietly, s, row);
        }
        else if (s.Is(SynCheck::RFC5961))
        {
            challenge.Holds(AnswersAndDrops(row, Reply::CHALLENGE_ACK), s, row);
        }
    });
}

TEST(StepSyn, ResetsUnderRfc793)
{
    Law inWindow("exact or in window: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>, CLOSED, reset");
    Law outside("outside: ACK, no change");
    ForEachOutcome(Event::STEP_SYN, [&](const Situation& s, const Row& row) {
        const bool entry = s.Is(State::SYN_RCVD, Origin::PASSIVE | Origin::REOPENED);
        if (!s.HasSyn() || !s.Is(SynCheck::RFC793) || entry)
        {
            return;
        }
        if (s.Is(Seq::EXACT | Seq::IN_WINDOW))
        {
            inWindow.Holds(Sends(row, Reply::RST_ACK) && Enters(row, State::CLOSED) &&
                               Tells(row, Signal::RESET) && row.action.then == Then::DROP,
                           s,
                           row);
        }
        else
        {
            outside.Holds(IsPureAck(row.action.reply) && Stays(row) &&
                              row.action.then == Then::DROP,
                          s,
                          row);
        }
    });
}

TEST(StepAckMissing, DropsSilently)
{
    Law none("no ACK: dropped silently");
    Law others("ACK: goes on");
    ForEachOutcome(Event::STEP_ACK_MISSING, [&](const Situation& s, const Row& row) {
        if (s.HasAck())
        {
            others.Holds(PassesBy(row), s, row);
        }
        else
        {
            none.Holds(DropsSilently(row) || s.Is(Flags::RST), s, row);
        }
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

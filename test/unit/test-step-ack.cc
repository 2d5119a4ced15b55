// SPDX-License-Identifier: GPL-2.0-only

// Step 5, the ACK field (RFC 9293 3.10.7.4 fifth, RFC 5961 5).

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

TEST(StepAck, EndsTheHandshake)
{
    Law good("SND.UNA < SEG.ACK =< SND.NXT: arrow 9, the window taken, goes on without a reply");
    Law full("accept queue full: a handshake's last ACK is dropped, the entry stays");
    Law bad("any other ACK: <SEQ=SEG.ACK><CTL=RST>, dropped, stay");
    Law answered("any other ACK of a segment that step 1 has answered: dropped");
    ForEachOutcome(Event::STEP_ACK, State::SYN_RCVD, [&](const Situation& s, const Row& row) {
        if (!s.HasAck())
        {
            return;
        }
        if (!s.Is(Ack::NEW) && !s.Is(Arrival::ACCEPTABLE))
        {
            answered.Holds(DropsSilently(row), s, row);
        }
        else if (!s.Is(Ack::NEW))
        {
            bad.Holds(AnswersAndDrops(row, Reply::RST_FOR_ACK), s, row);
        }
        else if (s.Is(AcceptQueue::FULL) && !s.Is(Origin::ACTIVE))
        {
            full.Holds(DropsSilently(row), s, row);
        }
        else
        {
            good.Holds(row.action.arrow == 9 && Has(row, TAKE_ACK) && IsSilent(row) &&
                           row.action.then == Then::GO_ON,
                       s,
                       row);
        }
    });
}

TEST(StepAck, ChecksItsRange)
{
    Law challenge("RFC 5961: outside its range: challenge ACK, dropped");
    Law unsent("RFC 793: beyond SND.NXT: ACK, dropped");
    Law ignored("RFC 793: below SND.UNA: ignored, goes on");
    Law duplicate("RFC 5961: a duplicate ACK goes on");
    ForEachOutcome(Event::STEP_ACK, SYNCHRONIZED, [&](const Situation& s, const Row& row) {
        const bool goesOn = Stays(row) && IsSilent(row) && row.action.then == Then::GO_ON;
        if (s.Is(AckCheck::RFC5961, Ack::TOO_OLD | Ack::UNSENT))
        {
            challenge.Holds(AnswersAndDrops(row, Reply::CHALLENGE_ACK), s, row);
        }
        else if (s.Is(AckCheck::RFC793, Ack::UNSENT))
        {
            unsent.Holds(AnswersAndDrops(row, Reply::ACK), s, row);
        }
        else if (s.Is(AckCheck::RFC793, Ack::TOO_OLD | Ack::OLD))
        {
            ignored.Holds(goesOn, s, row);
        }
        else if (s.Is(Ack::OLD | Ack::CURRENT))
        {
            duplicate.Holds(goesOn, s, row);
        }
    });
}

TEST(StepAck, TakesGoodAcks)
{
    Law window("SND.UNA =< SEG.ACK =< SND.NXT: the queue and the window follow");
    Law outside("beyond SND.NXT nothing is taken");
    ForEachOutcome(Event::STEP_ACK, SYNCHRONIZED, [&](const Situation& s, const Row& row) {
        // In TIME-WAIT there is nothing left to acknowledge, and no window is needed.
        if (s.Is(Ack::CURRENT | Ack::NEW | Ack::COVERS_FIN) && !s.Is(State::TIME_WAIT))
        {
            const bool ended = Enters(row, State::CLOSED);
            window.Holds(Has(row, TAKE_ACK) || ended, s, row);
        }
        else if (s.Is(Ack::UNSENT) || (s.Is(Ack::TOO_OLD, AckCheck::RFC5961)))
        {
            outside.Holds(row.action.effects == NO_EFFECT, s, row);
        }
    });
}

TEST(StepAck, OfOurFin)
{
    Law wait1("FIN-WAIT-1: arrow 14, goes on");
    Law both("FIN-WAIT-1 with a FIN at RCV.NXT: stays for arrow 15 in step 7");
    Law closing("CLOSING: arrow 18, nothing sent");
    Law lastAck("LAST-ACK: arrow 20, nothing sent, the segment is done");
    Law others("no other ACK changes a synchronised state");
    ForEachOutcome(Event::STEP_ACK, SYNCHRONIZED, [&](const Situation& s, const Row& row) {
        const bool goesOn = IsSilent(row) && row.action.then == Then::GO_ON;
        if (!s.Is(Ack::COVERS_FIN))
        {
            others.Holds(Stays(row), s, row);
        }
        else if (s.Is(State::FIN_WAIT_1, Fin::REACHED))
        {
            both.Holds(Stays(row) && goesOn && Has(row, TAKE_ACK), s, row);
        }
        else if (s.Is(State::FIN_WAIT_1))
        {
            wait1.Holds(row.action.arrow == 14 && goesOn, s, row);
        }
        else if (s.Is(State::CLOSING))
        {
            closing.Holds(row.action.arrow == 18 && IsSilent(row), s, row);
        }
        else if (s.Is(State::LAST_ACK))
        {
            lastAck.Holds(row.action.arrow == 20 && IsSilent(row) && row.action.then == Then::DROP,
                          s,
                          row);
        }
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

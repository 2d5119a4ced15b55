// SPDX-License-Identifier: GPL-2.0-only

// Steps 5a to 7: URG, text and FIN (RFC 9293 3.10.7.4 sixth to eighth).

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

/// The states in which the peer's FIN was not seen.
constexpr auto RECEIVING = State::ESTABLISHED | State::FIN_WAIT_1 | State::FIN_WAIT_2;

TEST(StepUrgent, IsTakenWhileThePeerSends)
{
    Law taken("a new urgent pointer is taken in ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2");
    Law ignored("elsewhere, or without one, nothing happens");
    Law all("goes on, no state change, no reply");
    ForEachOutcome(Event::STEP_URGENT, [&](const Situation& s, const Row& row) {
        all.Holds(Stays(row) && IsSilent(row) && row.action.then == Then::GO_ON, s, row);
        if (s.Is(RECEIVING, Urgent::NEW))
        {
            taken.Holds(row.action.effects == TAKE_URGENT, s, row);
        }
        else
        {
            ignored.Holds(PassesBy(row), s, row);
        }
    });
}

TEST(StepText, IsTakenWhileThePeerSends)
{
    // Taking data acknowledges it, at once or delayed: no reply of the row itself is needed.
    Law taken("the application receives: taken");
    Law shut("receive-side shutdown: taken, that is acknowledged, and discarded");
    Law late("after CLOSE in FIN-WAIT-1, FIN-WAIT-2: <SEQ=SEG.ACK><CTL=RST>, CLOSED");
    Law none("no text, or after the peer's FIN: nothing happens");
    ForEachOutcome(Event::STEP_TEXT, [&](const Situation& s, const Row& row) {
        const bool goesOn = (IsSilent(row) || Sends(row, Reply::ACK)) && Stays(row) &&
                            Tells(row, Signal::NONE) && row.action.then == Then::GO_ON;
        if (!s.Is(RECEIVING, Text::NEW))
        {
            none.Holds(PassesBy(row), s, row);
        }
        else if (s.Is(Receiving::OPEN))
        {
            taken.Holds(row.action.effects == TAKE_TEXT && goesOn, s, row);
        }
        else if (s.Is(Receiving::SHUT))
        {
            shut.Holds(row.action.effects == (TAKE_TEXT | DISCARD_TEXT) && goesOn, s, row);
        }
        else if (!s.Is(State::ESTABLISHED))
        {
            late.Holds(Sends(row, Reply::RST_FOR_ACK) && Enters(row, State::CLOSED) &&
                           row.action.then == Then::DROP,
                       s,
                       row);
        }
    });
}

TEST(StepText, DoesNotResetBeforeARememberedCloseIsCarriedOut)
{
    Law law("ESTABLISHED with a CLOSE still to be carried out: no reset, no state change");
    ForEachOutcome(Event::STEP_TEXT, State::ESTABLISHED, [&](const Situation& s, const Row& row) {
        if (s.Is(Receiving::CLOSED))
        {
            law.Holds(Stays(row) && !IsReset(row.action.reply), s, row);
        }
    });
}

TEST(StepFin, MovesToTheClosingStates)
{
    Law established("ESTABLISHED: arrow 13");
    Law both("FIN-WAIT-1, our FIN acknowledged by this segment: arrow 15");
    Law closing("FIN-WAIT-1, else: arrow 16");
    Law wait2("FIN-WAIT-2: arrow 17");
    Law all("the FIN is taken and acknowledged");
    ForEachOutcome(Event::STEP_FIN, RECEIVING, [&](const Situation& s, const Row& row) {
        if (!s.Is(Fin::REACHED))
        {
            return;
        }
        const bool finAgain = s.Is(State::FIN_WAIT_1, ClosingReply::FIN_AGAIN);
        all.Holds(row.action.effects == TAKE_FIN && (finAgain || Sends(row, Reply::ACK)), s, row);
        if (s.Is(State::ESTABLISHED))
        {
            established.Holds(row.action.arrow == 13, s, row);
        }
        else if (s.Is(State::FIN_WAIT_2))
        {
            wait2.Holds(row.action.arrow == 17, s, row);
        }
        else if (s.Is(Ack::COVERS_FIN))
        {
            both.Holds(row.action.arrow == 15 && Sends(row, Reply::ACK), s, row);
        }
        else
        {
            closing.Holds(row.action.arrow == 16, s, row);
        }
    });
}

TEST(StepFin, FreeBsdSendsItsFinAgainInClosing)
{
    Law again("ClosingReply=FinAgain: entering CLOSING sends our FIN again if it was sent");
    Law unsent("an unsent FIN is not sent: ACK");
    ForEachOutcome(Event::STEP_FIN, State::FIN_WAIT_1, [&](const Situation& s, const Row& row) {
        if (Enters(row, State::CLOSING) && s.Is(ClosingReply::FIN_AGAIN))
        {
            if (s.Is(OwnFin::SENT))
            {
                again.Holds(Sends(row, Reply::FIN), s, row);
            }
            else
            {
                unsent.Holds(Sends(row, Reply::ACK), s, row);
            }
        }
    });
}

TEST(StepFin, BehindAHoleIsRemembered)
{
    Law law("beyond a hole: remembered, acknowledged at once, no state change");
    ForEachOutcome(Event::STEP_FIN, RECEIVING, [&](const Situation& s, const Row& row) {
        if (s.Is(Fin::BEYOND))
        {
            law.Holds(row.action.effects == REMEMBER_FIN && Stays(row) && Sends(row, Reply::ACK),
                      s,
                      row);
        }
    });
}

TEST(StepFin, ASecondOneIsOnlyAcknowledged)
{
    Law law("CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT: ACK of the unchanged RCV.NXT, stay");
    ForEachOutcome(Event::STEP_FIN, Not(RECEIVING), [&](const Situation& s, const Row& row) {
        if (s.Is(Not(Fin::NONE)))
        {
            law.Holds(Sends(row, Reply::ACK) && Stays(row) && row.action.effects == NO_EFFECT &&
                          Tells(row, Signal::NONE),
                      s,
                      row);
        }
    });
}

TEST(StepFin, ConcernsOnlyFins)
{
    Law law("no FIN in the window: nothing happens");
    ForEachOutcome(Event::STEP_FIN, [&](const Situation& s, const Row& row) {
        if (s.Is(Fin::NONE))
        {
            law.Holds(DoesNothing(row), s, row);
        }
    });
}

TEST(FinReached, IsTakenWhenTheHoleFills)
{
    Law all("the FIN is taken and acknowledged");
    Law arrows("arrow 13, 16 or 17");
    ForEachOutcome(Event::FIN_REACHED, [&](const Situation& s, const Row& row) {
        const bool finAgain =
            s.Is(State::FIN_WAIT_1, ClosingReply::FIN_AGAIN) && s.Is(OwnFin::SENT);
        all.Holds(row.action.effects == TAKE_FIN && Sends(row, finAgain ? Reply::FIN : Reply::ACK),
                  s,
                  row);
        const int expected = s.Is(State::ESTABLISHED) ? 13 : s.Is(State::FIN_WAIT_1) ? 16 : 17;
        arrows.Holds(row.action.arrow == expected, s, row);
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

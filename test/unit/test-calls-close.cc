// SPDX-License-Identifier: GPL-2.0-only

// The calls that end a connection (RFC 9293 3.10.4 and 3.10.5, RFC 1122 4.2.2.13).

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

/// The states in which a CLOSE resets if received data was not read.
constexpr auto RESETTABLE =
    State::ESTABLISHED | State::FIN_WAIT_1 | State::FIN_WAIT_2 | State::CLOSE_WAIT;

/// The states in which the peer may still wait for something from us.
constexpr auto ABORT_SENDS_RST = RESETTABLE | State::SYN_RCVD;

/// The states in which only one FIN, ours, is or was on its way.
constexpr auto OUR_FIN_ASKED =
    State::FIN_WAIT_1 | State::FIN_WAIT_2 | State::CLOSING | State::LAST_ACK | State::TIME_WAIT;

TEST(Close, BeforeTheConnection)
{
    Law closed("CLOSED: error, no connection");
    Law before("LISTEN and SYN-SENT: CLOSED, no segment");
    ForEachOutcome(Event::CLOSE, [&](const Situation& s, const Row& row) {
        if (s.Is(State::CLOSED))
        {
            closed.Holds(row.action.refusal == Refusal::NO_CONNECTION, s, row);
        }
        else if (s.Is(State::LISTEN | State::SYN_SENT))
        {
            before.Holds(Enters(row, State::CLOSED) && IsSilent(row), s, row);
        }
    });
}

TEST(Close, InSynRcvd)
{
    Law empty("nothing queued: FIN-WAIT-1 with a FIN, receiving ends");
    Law queued("data queued: remembered until ESTABLISHED");
    Law second("a second CLOSE: error, closing");
    Law afterHalf("the first CLOSE after a half-close: ok, receiving ends, no second FIN");
    Law any("stays or enters FIN-WAIT-1, and sends nothing but a FIN");
    ForEachOutcome(Event::CLOSE, State::SYN_RCVD, [&](const Situation& s, const Row& row) {
        any.Holds((Stays(row) || Enters(row, State::FIN_WAIT_1)) &&
                      (IsSilent(row) || Sends(row, Reply::FIN)),
                  s,
                  row);
        const bool asks = Has(row, QUEUE_FIN) || Sends(row, Reply::FIN);
        if (s.Is(Receiving::CLOSED))
        {
            second.Holds(row.action.refusal == Refusal::CLOSING, s, row);
        }
        else if (s.Is(OwnFin::PENDING))
        {
            afterHalf.Holds(!IsRefused(row) && !asks && row.action.effects == END_RECEIVING,
                            s,
                            row);
        }
        else if (s.Is(Queue::EMPTY))
        {
            empty.Holds(Enters(row, State::FIN_WAIT_1) && asks && Has(row, END_RECEIVING), s, row);
        }
        else
        {
            queued.Holds(Stays(row) && !IsRefused(row) && IsSilent(row) && Has(row, QUEUE_FIN) &&
                             Has(row, END_RECEIVING),
                         s,
                         row);
        }
    });
}

TEST(Close, WithUnreadDataResets)
{
    Law law("unread data: <SEQ=SND.NXT><CTL=RST>, CLOSED");
    Law only("no CLOSE sends a RST without unread data, or later than CLOSE-WAIT");
    ForEachOutcome(Event::CLOSE, [&](const Situation& s, const Row& row) {
        const bool first = !s.Is(Receiving::CLOSED);
        if (s.Is(RESETTABLE, Unread::SOME) && first)
        {
            law.Holds(Sends(row, Reply::RST) && Enters(row, State::CLOSED), s, row);
        }
        else
        {
            only.Holds(!IsReset(row.action.reply), s, row);
        }
    });
}

TEST(Close, SendsOurFinOnce)
{
    Law first("ESTABLISHED: FIN-WAIT-1 at once, the FIN after the data, receiving ends");
    Law wait("CLOSE-WAIT: the FIN is queued; LAST-ACK comes when it is sent");
    Law afterHalf("first CLOSE after a half-close: ok, receiving ends, no second FIN, no change");
    Law later("later ones: error, closing");
    ForEachOutcome(Event::CLOSE, [&](const Situation& s, const Row& row) {
        const bool asks = Has(row, QUEUE_FIN) || Sends(row, Reply::FIN);
        if (s.Is(State::CLOSED | State::LISTEN) || s.Is(State::SYN_SENT | State::SYN_RCVD))
        {
            return;
        }
        if (s.Is(Receiving::CLOSED))
        {
            later.Holds(row.action.refusal == Refusal::CLOSING, s, row);
        }
        else if (s.Is(RESETTABLE, Unread::SOME))
        {
            return;
        }
        else if (s.Is(State::ESTABLISHED, OwnFin::NONE))
        {
            first.Holds(Enters(row, State::FIN_WAIT_1) && asks && Has(row, END_RECEIVING), s, row);
        }
        else if (s.Is(State::CLOSE_WAIT, OwnFin::NONE))
        {
            wait.Holds((Stays(row) || Enters(row, State::LAST_ACK)) && asks &&
                           Has(row, END_RECEIVING) && !IsRefused(row),
                       s,
                       row);
        }
        else if (!s.Is(State::ESTABLISHED))
        {
            afterHalf.Holds(Stays(row) && !IsRefused(row) && !asks && IsSilent(row) &&
                                row.action.effects == END_RECEIVING,
                            s,
                            row);
        }
    });
}

TEST(HalfClose, LeavesReceivingAlone)
{
    Law none("CLOSED and LISTEN: error");
    Law sent("SYN-SENT: the FIN follows the handshake");
    Law rcvd("SYN-RCVD: as CLOSE");
    Law established("ESTABLISHED: FIN-WAIT-1 at once, even with unread data");
    Law wait("CLOSE-WAIT: the FIN is queued");
    Law again("once our FIN is asked for: error");
    Law all("receiving goes on and nothing is reset");
    ForEachOutcome(Event::HALF_CLOSE, [&](const Situation& s, const Row& row) {
        const bool asks = Has(row, QUEUE_FIN) || Sends(row, Reply::FIN);
        all.Holds(!Has(row, END_RECEIVING) && !Has(row, SHUT_RECEIVING) &&
                      !IsReset(row.action.reply) && !Enters(row, State::CLOSED),
                  s,
                  row);
        if (s.Is(State::CLOSED | State::LISTEN))
        {
            none.Holds(IsRefused(row), s, row);
        }
        else if (s.Is(OUR_FIN_ASKED) || s.Is(State::CLOSE_WAIT, OwnFin::PENDING))
        {
            again.Holds(IsRefused(row), s, row);
        }
        else if (s.Is(OwnFin::PENDING))
        {
            return; // a repetition before ESTABLISHED: nothing is said about it
        }
        else if (s.Is(State::SYN_SENT))
        {
            sent.Holds(Stays(row) && IsSilent(row) && Has(row, QUEUE_FIN), s, row);
        }
        else if (s.Is(State::SYN_RCVD))
        {
            const bool now = s.Is(Queue::EMPTY);
            rcvd.Holds(asks && (now ? Enters(row, State::FIN_WAIT_1) : Stays(row)), s, row);
        }
        else if (s.Is(State::ESTABLISHED))
        {
            established.Holds(Enters(row, State::FIN_WAIT_1) && asks, s, row);
        }
        else
        {
            wait.Holds((Stays(row) || Enters(row, State::LAST_ACK)) && asks, s, row);
        }
    });
}

TEST(RememberedClose, IsCarriedOutInEstablished)
{
    Law established("ESTABLISHED: FIN-WAIT-1, the FIN is asked for");
    Law wait("CLOSE-WAIT: the FIN is asked for");
    Law unread("a CLOSE (not a half-close) with unread data resets");
    ForEachOutcome(Event::REMEMBERED_CLOSE, [&](const Situation& s, const Row& row) {
        const bool asks = Has(row, QUEUE_FIN) || Sends(row, Reply::FIN);
        if (!s.Is(OwnFin::PENDING))
        {
            return;
        }
        if (s.Is(Receiving::CLOSED, Unread::SOME))
        {
            unread.Holds(Sends(row, Reply::RST) && Enters(row, State::CLOSED), s, row);
        }
        else if (s.Is(State::ESTABLISHED))
        {
            established.Holds(Enters(row, State::FIN_WAIT_1) && asks, s, row);
        }
        else
        {
            wait.Holds((Stays(row) || Enters(row, State::LAST_ACK)) && asks, s, row);
        }
    });
}

TEST(Abort, EndsEveryConnection)
{
    Law none("CLOSED: error");
    Law reset("SYN-RCVD to CLOSE-WAIT: <SEQ=SND.NXT><CTL=RST>, CLOSED");
    Law silent("LISTEN, SYN-SENT, CLOSING, LAST-ACK, TIME-WAIT: CLOSED, no segment");
    ForEachOutcome(Event::ABORT, [&](const Situation& s, const Row& row) {
        if (s.Is(State::CLOSED))
        {
            none.Holds(IsRefused(row), s, row);
        }
        else if (s.Is(ABORT_SENDS_RST))
        {
            reset.Holds(Enters(row, State::CLOSED) && Sends(row, Reply::RST), s, row);
        }
        else
        {
            silent.Holds(Enters(row, State::CLOSED) && IsSilent(row), s, row);
        }
    });
}

TEST(FinSent, SendsTheFinAndMovesCloseWaitToLastAck)
{
    Law wait("CLOSE-WAIT: LAST-ACK");
    Law others("FIN-WAIT-1 and CLOSING: no change");
    Law all("the FIN is sent");
    ForEachOutcome(Event::FIN_SENT, [&](const Situation& s, const Row& row) {
        all.Holds(Sends(row, Reply::FIN), s, row);
        if (s.Is(State::CLOSE_WAIT))
        {
            wait.Holds(Enters(row, State::LAST_ACK), s, row);
        }
        else
        {
            others.Holds(Stays(row), s, row);
        }
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

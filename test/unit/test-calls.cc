// SPDX-License-Identifier: GPL-2.0-only

// The calls that open a connection and use it (RFC 9293 3.10.1 to 3.10.3, 3.10.6).

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

/// The states in which our application has asked for the end of the sending side.
constexpr auto ENDING =
    State::FIN_WAIT_1 | State::FIN_WAIT_2 | State::CLOSING | State::LAST_ACK | State::TIME_WAIT;

TEST(PassiveOpen, ListensOnceAndForNewConnectionsOnly)
{
    Law closed("CLOSED: LISTEN, nothing sent");
    Law listen("LISTEN: ok, nothing happens");
    Law others("elsewhere: error, the connection exists");
    ForEachOutcome(Event::PASSIVE_OPEN, [&](const Situation& s, const Row& row) {
        switch (s.state)
        {
        case State::CLOSED:
            closed.Holds(Enters(row, State::LISTEN) && IsSilent(row), s, row);
            break;
        case State::LISTEN:
            listen.Holds(DoesNothing(row) && !IsRefused(row), s, row);
            break;
        default:
            others.Holds(row.action.refusal == Refusal::EXISTS, s, row);
        }
    });
}

TEST(ActiveOpen, SendsASynFromClosedAndListen)
{
    Law open("CLOSED and LISTEN: SYN-SENT, SYN sent");
    Law handshake("SYN-SENT and SYN-RCVD: error, the connection exists (or is in progress)");
    Law others("elsewhere: error, the connection exists");
    ForEachOutcome(Event::ACTIVE_OPEN, [&](const Situation& s, const Row& row) {
        const Refusal refusal = row.action.refusal;
        if (s.Is(State::CLOSED | State::LISTEN))
        {
            open.Holds(Enters(row, State::SYN_SENT) && Sends(row, Reply::SYN), s, row);
        }
        else if (s.Is(State::SYN_SENT | State::SYN_RCVD))
        {
            handshake.Holds(refusal == Refusal::EXISTS || refusal == Refusal::IN_PROGRESS, s, row);
        }
        else
        {
            others.Holds(refusal == Refusal::EXISTS, s, row);
        }
    });
}

TEST(Send, QueuesUntilTheSendingSideIsClosed)
{
    Law closed("CLOSED: error, no connection");
    Law peer("LISTEN with a peer: SYN-SENT, SYN sent, data queued");
    Law noPeer("LISTEN without a peer: error");
    Law pending("a pending CLOSE refuses SEND");
    Law queued("SYN-SENT, SYN-RCVD, ESTABLISHED, CLOSE-WAIT: queued, no state change");
    Law ending("after CLOSE: error, closing");
    ForEachOutcome(Event::SEND, [&](const Situation& s, const Row& row) {
        const Refusal refusal = row.action.refusal;
        if (s.Is(State::CLOSED))
        {
            closed.Holds(refusal == Refusal::NO_CONNECTION, s, row);
        }
        else if (s.Is(State::LISTEN, Peer::GIVEN))
        {
            peer.Holds(Enters(row, State::SYN_SENT) && Sends(row, Reply::SYN) &&
                           Has(row, QUEUE_DATA),
                       s,
                       row);
        }
        else if (s.Is(State::LISTEN))
        {
            noPeer.Holds(IsRefused(row), s, row);
        }
        else if (s.Is(ENDING))
        {
            ending.Holds(refusal == Refusal::CLOSING, s, row);
        }
        else if (s.Is(OwnFin::PENDING))
        {
            pending.Holds(refusal == Refusal::CLOSING, s, row);
        }
        else
        {
            queued.Holds(!IsRefused(row) && Stays(row) && row.action.effects == QUEUE_DATA, s, row);
        }
    });
}

TEST(Receive, ChangesNothing)
{
    Law closed("CLOSED: error, no connection");
    Law listen("LISTEN: error, not connected");
    Law others("elsewhere: data, a wait, or the end of stream");
    Law all("no state change, nothing sent");
    ForEachOutcome(Event::RECEIVE, [&](const Situation& s, const Row& row) {
        all.Holds(Stays(row) && IsSilent(row), s, row);
        if (s.Is(State::CLOSED))
        {
            closed.Holds(row.action.refusal == Refusal::NO_CONNECTION, s, row);
        }
        else if (s.Is(State::LISTEN))
        {
            listen.Holds(row.action.refusal == Refusal::NOT_CONNECTED, s, row);
        }
        else
        {
            others.Holds(!IsRefused(row), s, row);
        }
    });
}

TEST(ShutdownReceive, OnlyShutsTheReceivingSide)
{
    Law none("CLOSED and LISTEN: error");
    Law closed("after CLOSE: ok, nothing changes");
    Law others("elsewhere: ok, no state change, nothing sent");
    ForEachOutcome(Event::SHUTDOWN_RECEIVE, [&](const Situation& s, const Row& row) {
        if (s.Is(State::CLOSED | State::LISTEN))
        {
            none.Holds(IsRefused(row), s, row);
        }
        else if (s.Is(Receiving::CLOSED))
        {
            closed.Holds(!IsRefused(row) && Stays(row) && IsSilent(row) &&
                             row.action.effects == 0 && Tells(row, Signal::NONE),
                         s,
                         row);
        }
        else
        {
            others.Holds(!IsRefused(row) && Stays(row) && IsSilent(row) &&
                             row.action.effects == SHUT_RECEIVING && Tells(row, Signal::NONE),
                         s,
                         row);
        }
    });
}

TEST(Status, AnswersInEveryState)
{
    Law law("never refused, nothing happens");
    ForEachOutcome(Event::STATUS, [&](const Situation& s, const Row& row) {
        law.Holds(DoesNothing(row) && !IsRefused(row), s, row);
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

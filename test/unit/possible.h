// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_POSSIBLE_H
#define TCP_FSM_TEST_POSSIBLE_H

#include "situation.h"

/**
 * @file
 * The product of the dimensions has points that no segment and no connection can be at. What a
 * table says there means nothing, so the laws leave them out.
 */

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// The states that only the peer's FIN leads to.
inline constexpr auto AFTER_PEERS_FIN =
    State::CLOSE_WAIT | State::CLOSING | State::LAST_ACK | State::TIME_WAIT;

/// @return false if no segment has this SEQ class and this arrival class at once
inline bool
ArrivalIsPossible(const Situation& s)
{
    const bool noSyn = s.Is(Flags::PLAIN | Flags::FIN);
    switch (s.Get<Seq>())
    {
    case Seq::EXACT:
        // Unacceptable: W = 0 and a SYN. Data at RCV.NXT cannot end there.
        return s.Is(Arrival::ACCEPTABLE) || (s.Is(Arrival::ZERO_WINDOW) && noSyn) ||
               (s.Is(Arrival::UNACCEPTABLE) && !noSyn);
    case Seq::IN_WINDOW:
        return s.Is(Arrival::ACCEPTABLE);
    case Seq::INITIAL:
        // The peer's FIN has moved RCV.NXT further.
        return !s.Is(Arrival::ZERO_WINDOW) && !s.Is(AFTER_PEERS_FIN);
    case Seq::OUTSIDE:
        return !s.Is(Arrival::ZERO_WINDOW);
    }
    return false;
}

/// @return false if no segment combines these values
inline bool
SegmentIsPossible(const Situation& s)
{
    const bool hasFin = s.Is(Flags::FIN | Flags::SYN_FIN | Flags::RST);
    if (s.Is(Not(Fin::NONE)) && !hasFin)
    {
        return false;
    }
    if (s.Is(State::CLOSED | State::LISTEN | State::SYN_SENT))
    {
        // RCV.NXT is not known yet; text and FIN count only behind a SYN.
        const bool syn = s.HasSyn();
        return s.Is(Seq::EXACT | Seq::INITIAL, Arrival::ACCEPTABLE, Timestamp::GOOD, Newer::NO) &&
               s.Is(Later::NO) && s.Is(Seq::INITIAL) == syn && s.Is(Not(Fin::BEYOND)) &&
               (syn || s.Is(Text::NONE, Fin::NONE));
    }
    if (!ArrivalIsPossible(s) || s.Is(Seq::EXACT | Seq::INITIAL, Later::YES))
    {
        return false;
    }
    switch (s.Get<Arrival>())
    {
    case Arrival::ZERO_WINDOW:
    case Arrival::ENDS_AT_NEXT:
        return s.Is(Text::NONE, Fin::NONE);
    case Arrival::UNACCEPTABLE:
        return s.Is(Fin::NONE);
    case Arrival::ACCEPTABLE:
        break;
    }
    // A SYN at RCV.NXT shifts text and FIN by one; step 3 ends such segments anyway.
    const bool behindHole = s.Is(Seq::IN_WINDOW) || (s.Is(Seq::EXACT) && s.HasSyn());
    return behindHole ? s.Is(Not(Fin::REACHED)) : s.Is(Not(Fin::BEYOND));
}

/// @return the values that our FIN can have in a state
inline Set<OwnFin>
OwnFinOf(State state)
{
    switch (state)
    {
    case State::CLOSED:
    case State::LISTEN:
        return OwnFin::NONE;
    case State::SYN_SENT:
    case State::SYN_RCVD:
    case State::ESTABLISHED: // until the remembered CLOSE is carried out
    case State::CLOSE_WAIT:
        return OwnFin::NONE | OwnFin::PENDING;
    case State::FIN_WAIT_1:
    case State::CLOSING:
        return OwnFin::PENDING | OwnFin::SENT;
    case State::FIN_WAIT_2:
    case State::LAST_ACK:
    case State::TIME_WAIT:
        return OwnFin::SENT;
    }
    return Set<OwnFin>(uint64_t{0});
}

/// @return false if no connection in this state combines these values
inline bool
ConnectionIsPossible(const Situation& s)
{
    if (!s.Is(OwnFinOf(s.state)))
    {
        return false;
    }
    // CLOSE asks for a FIN; in SYN-SENT it ends the attempt.
    if (s.Is(Receiving::CLOSED) && (s.Is(OwnFin::NONE) || s.Is(State::SYN_SENT)))
    {
        return false;
    }
    if (s.Is(State::CLOSED | State::LISTEN) && !s.Is(Receiving::OPEN, Unread::NONE, Queue::EMPTY))
    {
        return false;
    }
    // Data that came with a SYN waits in SYN-RCVD, and may count as unread.
    if ((s.Is(State::SYN_SENT) && !s.Is(Unread::NONE)) ||
        (s.Is(State::SYN_SENT | State::SYN_RCVD) && !s.Is(Outstanding::NONE)))
    {
        return false;
    }
    // Without a FIN in the way, sent is sent; behind a sent FIN nothing is queued.
    if (s.Is(OwnFin::SENT, Queue::QUEUED))
    {
        return false;
    }
    const bool allAcknowledged = s.Is(State::FIN_WAIT_2 | State::TIME_WAIT);
    if (allAcknowledged && (s.Is(Ack::NEW | Ack::COVERS_FIN) || s.Is(Outstanding::SOME)))
    {
        return false;
    }
    return !s.Is(Ack::COVERS_FIN) || s.Is(OwnFin::SENT);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_POSSIBLE_H

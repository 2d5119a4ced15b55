// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_SUCCESSORS_H
#define TCP_FSM_TEST_SUCCESSORS_H

#include "moves.h"
#include "pair.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// What the channel does with a segment.
enum class Fate : uint8_t
{
    NONE,      //!< no segment is concerned
    DELIVERED, //!< it arrives
    COPIED,    //!< it arrives, and a copy stays in flight
    LOST
};

/// One thing that happens to a pair.
struct Successor
{
    Pair pair;                 //!< the pair after it, neither renumbered nor sorted
    unsigned side{0};          //!< the host concerned
    const Move* move{nullptr}; //!< what it does, nullptr if the segment is lost
    Fate fate{Fate::NONE};     //!< what became of a segment
    uint32_t segment{0};       //!< the segment
    bool progress{false};      //!< no loss, and may be counted on
    const char* flaw{nullptr}; //!< what should never happen
};

/// Carries a move of one host out on the pair.
inline void
Take(Successor& next, const Move& move, unsigned room)
{
    Pair& pair = next.pair;
    next.move = &move;
    next.progress = move.progress;
    const uint64_t before = pair.host[next.side];
    pair.host[next.side] = move.host;
    const unsigned peer = 1 - next.side;
    const uint64_t connection = wire::SeqIsn::Get(next.segment);
    if (move.tookOctet)
    {
        next.flaw = wire::Arrived::Get(next.segment) ? "an octet is taken twice" : nullptr;
        pair.MarkOctet(peer, connection);
    }
    if (move.tookFin)
    {
        pair.MarkFin(peer, connection);
    }
    if (move.closedInOrder &&
        (!hostfield::FinArrived::Get(before) ||
         (hostfield::OutgoingOf::Get(before) && !hostfield::OctetArrived::Get(before))))
    {
        next.flaw = "LAST-ACK ends, but the peer has not taken all";
    }
    for (const uint32_t segment : move.sent)
    {
        if (segment != 0 &&
            !pair.Send(static_cast<uint32_t>(wire::Sender::Put(segment, next.side)), room))
        {
            // Lost for want of room. An ACK and a FIN sent at once need all the room there is when
            // there is less than the most, so that this is no loss then.
            next.progress = next.progress && room < MAX_FLIGHT;
        }
    }
    if (!move.flaw.empty())
    {
        next.flaw = move.flaw.c_str();
    }
}

/**
 * Calls f with everything that can happen to a pair.
 * @param moves the moves of hosts
 * @param pair the pair
 * @param room segments in flight at most
 * @param f called with each Successor; the moves it points to last as long as `moves`
 */
template <typename F>
void
ForEachSuccessor(Moves& moves, const Pair& pair, unsigned room, F f)
{
    for (unsigned side = 0; side < 2; ++side)
    {
        for (const Move& move : moves.OfHost(pair.host[side]))
        {
            Successor next;
            next.pair = pair;
            next.side = side;
            Take(next, move, room);
            f(next);
        }
    }
    for (std::size_t i = 0; i < MAX_FLIGHT && pair.flight[i] != 0; ++i)
    {
        const unsigned receiver = 1 - wire::Sender::Get(pair.flight[i]);
        const Move& move = moves.OfSegment(pair.host[receiver], pair.flight[i]);
        for (const Fate fate : {Fate::DELIVERED, Fate::COPIED, Fate::LOST})
        {
            Successor next;
            next.pair = pair;
            next.side = receiver;
            next.fate = fate;
            next.segment = pair.flight[i];
            if (fate != Fate::COPIED)
            {
                next.pair.Remove(i);
            }
            if (fate != Fate::LOST)
            {
                Take(next, move, room);
            }
            f(next);
        }
    }
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_SUCCESSORS_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_SPACE_H
#define TCP_FSM_TEST_SPACE_H

#include "possible.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Dimensions that describe a segment; a law may speak of any of them.
using SegmentDimensions = std::tuple<Flags, Ack, Seq, Arrival, Timestamp, Text, Fin, Urgent>;

/// The events of an arriving segment, in the order in which they are raised.
inline constexpr auto STEPS = std::to_array({Event::STEP_EXCEPTIONS,
                                             Event::STEP_SEQUENCE,
                                             Event::STEP_RST,
                                             Event::STEP_RST_ACCEPTED,
                                             Event::STEP_SYN,
                                             Event::STEP_ACK_MISSING,
                                             Event::STEP_ACK,
                                             Event::STEP_URGENT,
                                             Event::STEP_TEXT,
                                             Event::STEP_FIN});

/// Situations explored by this process so far.
inline uint64_t g_explored = 0;

/// @return true if the event is part of the processing of a segment
inline bool
IsOfSegment(Event event)
{
    return event >= Event::SEGMENT_FILTER && event <= Event::STEP_FIN;
}

/// @return true if some row of the event in these states looks at the dimension
template <typename D>
bool
Matters(Event event, Set<State> states)
{
    for (const Row& row : Table())
    {
        if (row.event == event && !row.guard.IsFree<D>() &&
            (row.Reach().GetBits<State>() & states.bits) != 0)
        {
            return true;
        }
    }
    return false;
}

/**
 * @param events events that are explored together
 * @param states the states to explore
 * @return every value of each dimension that some row looks at or that a law may speak of, the
 *         first value of the others
 */
template <typename Events>
Guard
SpaceOf(const Events& events, Set<State> states)
{
    Guard space = FirstPoint();
    bool ofSegment = false;
    for (const Event event : events)
    {
        ofSegment = ofSegment || IsOfSegment(event);
        ForEachDimension([&]<typename D>() {
            // OwnFin hangs on the state: most states are impossible with its first value.
            if (Matters<D>(event, states) || std::is_same_v<D, OwnFin>)
            {
                space.SetBits<D>(detail::ALL_BITS<D>);
            }
        });
    }
    if (ofSegment)
    {
        ForEachIn<SegmentDimensions>([&]<typename D>() { space.SetBits<D>(detail::ALL_BITS<D>); });
    }
    space.SetBits<State>(states.bits);
    return space;
}

/// Calls f(situation) for each possible situation of a space, from dimension I on.
template <std::size_t I, typename F>
void
Explore(const Guard& space, Situation& situation, F& f)
{
    if constexpr (I == std::tuple_size_v<Dimensions>)
    {
        f(std::as_const(situation));
    }
    else
    {
        using D = std::tuple_element_t<I, Dimensions>;
        for (uint64_t bits = space.GetBits<D>(); bits != 0; bits &= bits - 1)
        {
            situation.Set(static_cast<D>(std::countr_zero(bits)));
            // Each test as soon as what it looks at is chosen.
            if ((std::is_same_v<D, Later> && !SegmentIsPossible(situation)) ||
                (std::is_same_v<D, Outstanding> && !ConnectionIsPossible(situation)))
            {
                continue;
            }
            Explore<I + 1>(space, situation, f);
        }
        situation.Set(D{});
    }
}

/**
 * Calls f(situation) for each possible situation of a space.
 * @return how many there are
 */
template <typename F>
uint64_t
ForEachSituation(const Guard& space, F f)
{
    uint64_t count = 0;
    auto counting = [&](const Situation& situation) {
        ++count;
        f(situation);
    };
    Situation situation;
    Explore<0>(space, situation, counting);
    g_explored += count;
    return count;
}

/**
 * Calls f(situation, row) for each possible situation of an event.
 * @return how many there are
 */
template <typename F>
uint64_t
ForEachOutcome(Event event, Set<State> states, F f)
{
    const Set<State> reach{StatesOf(event).bits & states.bits};
    return ForEachSituation(SpaceOf(std::array{event}, reach), [&](const Situation& s) {
        f(s, Step(s.state, event, s.facts, s.policy));
    });
}

/// The same in every state in which the event can happen.
template <typename F>
uint64_t
ForEachOutcome(Event event, F f)
{
    return ForEachOutcome(event, ANY_STATE, f);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_SPACE_H

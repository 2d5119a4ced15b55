// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_WALK_H
#define TCP_FSM_TEST_WALK_H

#include "space.h"

#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// What the rows did with a whole segment.
struct Walk
{
    std::array<const Row*, STEPS.size() + 2> rows; //!< those that are recorded
    std::size_t count{0};                          //!< how many
    State end{State::CLOSED};                      //!< the state afterwards
    bool stuck{false};   //!< a step was to be taken in a state where it cannot happen
    uint32_t replies{0}; //!< bit i: Reply i was sent
    uint16_t effects{0}; //!< union of the effects
    uint32_t arrows{0};  //!< bit i: arrow i was taken
    uint32_t signals{0}; //!< bit i: Signal i was told
    int transitions{0};  //!< number of state changes

    /// @return true if the reply was sent
    bool Sent(Reply reply) const
    {
        return ((replies >> static_cast<int>(reply)) & 1) != 0;
    }

    /// @return the last recorded row, for messages
    const Row& Last() const
    {
        return *rows[count - 1];
    }
};

/// @return true if the event can happen in the state
inline bool
IsPossibleIn(Event event, State state)
{
    return ((StatesOf(event).bits >> static_cast<int>(state)) & 1) != 0;
}

/// Takes one step of a segment. @return how the segment goes on
inline Then
Take(Event event, const Situation& s, Walk& walk)
{
    if (!IsPossibleIn(event, walk.end))
    {
        walk.stuck = true;
        return Then::DROP;
    }
    const Row& row = Step(walk.end, event, s.facts, s.policy);
    const Action& a = row.action;
    if (!a.quiet)
    {
        walk.rows[walk.count++] = &row;
    }
    walk.replies |= a.reply == Reply::NONE ? 0 : 1U << static_cast<int>(a.reply);
    walk.effects |= a.effects;
    walk.arrows |= a.arrow == 0 ? 0 : 1U << a.arrow;
    walk.signals |= a.signal == Signal::NONE ? 0 : 1U << static_cast<int>(a.signal);
    if (a.next)
    {
        walk.end = *a.next;
        ++walk.transitions;
    }
    return a.then;
}

/// Processes a whole segment as the owner of a connection does.
inline Walk
Process(const Situation& s)
{
    Walk walk;
    walk.end = s.state;
    if (Take(Event::SEGMENT_FILTER, s, walk) == Then::DROP)
    {
        return walk;
    }
    Then then = Then::GO_ON;
    if (IsPossibleIn(Event::SEGMENT, s.state))
    {
        then = Take(Event::SEGMENT, s, walk);
        walk.stuck = walk.stuck || then == Then::GO_ON;
    }
    for (const Event event : STEPS)
    {
        if (then == Then::DROP)
        {
            break;
        }
        if (then == Then::TO_URGENT && event < Event::STEP_URGENT)
        {
            continue;
        }
        const Then after = Take(event, s, walk);
        then = after == Then::GO_ON ? then : after;
    }
    return walk;
}

/// @return the states that a segment can pass through from this one, this one included
inline Set<State>
Onwards(State state)
{
    switch (state)
    {
    case State::SYN_SENT:
    case State::SYN_RCVD:
        return state | State::ESTABLISHED;
    case State::FIN_WAIT_1:
        return state | State::FIN_WAIT_2;
    case State::CLOSING:
        return state | State::TIME_WAIT;
    default:
        return state;
    }
}

/// @return the space of the whole segments that can arrive in a state
inline Guard
WalkSpace(State state)
{
    // No state is left for another synchronised one before step 5.
    const std::vector<Event> first = {Event::SEGMENT_FILTER,
                                      Event::SEGMENT,
                                      Event::STEP_EXCEPTIONS,
                                      Event::STEP_SEQUENCE,
                                      Event::STEP_RST,
                                      Event::STEP_RST_ACCEPTED,
                                      Event::STEP_SYN,
                                      Event::STEP_ACK_MISSING,
                                      Event::STEP_ACK};
    const std::vector<Event> then = {Event::STEP_URGENT, Event::STEP_TEXT, Event::STEP_FIN};
    Guard space = SpaceOf(first, state);
    const Guard later = SpaceOf(then, Onwards(state));
    ForEachDimension(
        [&]<typename D>() { space.SetBits<D>(space.GetBits<D>() | later.GetBits<D>()); });
    space.Put(state);
    return space;
}

/// Calls f(situation, walk) for each possible segment in a state. @return how many there are
template <typename F>
uint64_t
ForEachWalk(State state, F f)
{
    return ForEachSituation(WalkSpace(state), [&](const Situation& s) { f(s, Process(s)); });
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_WALK_H

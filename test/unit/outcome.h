// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_OUTCOME_H
#define TCP_FSM_TEST_OUTCOME_H

#include "situation.h"

/**
 * @file
 * Short questions about what a row does.
 */

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// @return true if the state does not change
inline bool
Stays(const Row& row)
{
    return !row.action.next;
}

/// @return true if the row enters the state
inline bool
Enters(const Row& row, State state)
{
    return row.action.next == state;
}

/// @return true if the row sends exactly this
inline bool
Sends(const Row& row, Reply reply)
{
    return row.action.reply == reply;
}

/// @return true if nothing is sent
inline bool
IsSilent(const Row& row)
{
    return row.action.reply == Reply::NONE;
}

/// @return true if nothing is sent, told or changed
inline bool
DoesNothing(const Row& row)
{
    const Action& a = row.action;
    return a.reply == Reply::NONE && !a.next && a.effects == NO_EFFECT && a.signal == Signal::NONE;
}

/// @return true if the segment is done and nothing else happens
inline bool
DropsSilently(const Row& row)
{
    return DoesNothing(row) && row.action.then == Then::DROP;
}

/// @return true if the segment is done after a reply, and nothing else happens
inline bool
AnswersAndDrops(const Row& row, Reply reply)
{
    Action rest = row.action;
    rest.reply = Reply::NONE;
    return Sends(row, reply) && !rest.next && rest.effects == NO_EFFECT &&
           rest.signal == Signal::NONE && rest.then == Then::DROP;
}

/// @return true if the step does not concern the segment
inline bool
PassesBy(const Row& row)
{
    return DoesNothing(row) && row.action.then == Then::GO_ON;
}

/// @return true if a call is refused
inline bool
IsRefused(const Row& row)
{
    return row.action.refusal != Refusal::NONE;
}

/// @return true if the application is told exactly this
inline bool
Tells(const Row& row, Signal signal)
{
    return row.action.signal == signal;
}

/// @return true if the row has the effect
inline bool
Has(const Row& row, Effect effect)
{
    return row.action.Has(effect);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_OUTCOME_H

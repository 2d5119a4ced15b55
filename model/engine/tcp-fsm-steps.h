// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_STEPS_H
#define TCP_FSM_STEPS_H

#include "tcp-fsm-row.h"

namespace ns3
{
namespace tcpfsm
{

/**
 * Takes a segment through the steps of RFC 9293 3.10.7, beginning with any of them.
 *
 * @tparam Owner has `State GetState() const` and `const Row* Fire(Event, Arriving&)`, which carries
 * the matching row out and returns it, or nullptr if somebody else goes on with the segment
 * @tparam Arriving what the owner needs to know about the segment
 * @param owner of the connection
 * @param incoming the segment
 * @param first the step to begin with
 */
template <typename Owner, typename Arriving>
void
RunSteps(Owner& owner, Arriving& incoming, Event first = Event::SEGMENT_FILTER)
{
    for (auto step = static_cast<unsigned>(first); step <= static_cast<unsigned>(Event::STEP_FIN);
         ++step)
    {
        const auto event = static_cast<Event>(step);
        if (!CanHappen(event, owner.GetState()))
        {
            continue;
        }
        const Row* row = owner.Fire(event, incoming);
        if (row == nullptr || row->action.then == Then::DROP)
        {
            return;
        }
        if (row->action.then == Then::TO_URGENT)
        {
            step = static_cast<unsigned>(Event::STEP_URGENT) - 1;
        }
    }
}

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_STEPS_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_INCOMING_H
#define TCP_FSM_INCOMING_H

#include "tcp-fsm-classify.h"
#include "tcp-fsm-flow.h"

#include "ns3/packet.h"
#include "ns3/tcp-header.h"

#include <cstdint>

namespace ns3
{
namespace tcpfsm
{

/// A segment on its way through the steps.
struct Incoming
{
    Flow flow;          //!< addresses and ports, seen from this node
    Ptr<Packet> packet; //!< the data, headers removed
    TcpHeader header;   //!< the TCP header
    Segment segment;    //!< the control part of it
    uint64_t number{0}; //!< number of the segment on the node, from 1
    uint8_t ecn{0};     //!< the two ECN bits of the IP header (RFC 3168 5)
    Facts facts;        //!< facts that follow from the numbers
};

/**
 * Takes a segment through the steps of RFC 9293 3.10.7, beginning with any of them.
 *
 * @tparam Owner has `State GetState() const` and `const Row* Fire(Event, Incoming&)`, which carries
 * the matching row out and returns it, or nullptr if somebody else goes on with the segment
 * @param owner of the connection
 * @param incoming the segment
 * @param first the step to begin with
 */
template <typename Owner>
void
RunSteps(Owner& owner, Incoming& incoming, Event first = Event::SEGMENT_FILTER)
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
        if (row->action.then == Then::TO_TEXT)
        {
            step = static_cast<unsigned>(Event::STEP_TEXT) - 1;
        }
    }
}

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_INCOMING_H

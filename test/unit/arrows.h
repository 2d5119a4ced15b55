// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_ARROWS_H
#define TCP_FSM_TEST_ARROWS_H

#include "tcp-fsm-row.h"

#include <algorithm>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// An arrow of RFC 9293 Figure 5.
struct Arrow
{
    int number;                //!< 1 to 21, top to bottom, left to right
    State from;                //!< where it starts
    State to;                  //!< where it ends
    std::vector<Event> events; //!< what can cause it

    /// @return true if the event can cause it
    bool IsCausedBy(Event event) const
    {
        return std::find(events.begin(), events.end(), event) != events.end();
    }
};

/// The 21 arrows. The diagram's CLOSE is the CLOSE call, a half-close, or either one remembered.
inline const std::vector<Arrow> ARROWS = {
    {1, State::CLOSED, State::LISTEN, {Event::PASSIVE_OPEN}},
    {2, State::LISTEN, State::CLOSED, {Event::CLOSE}},
    {3, State::CLOSED, State::SYN_SENT, {Event::ACTIVE_OPEN}},
    {4, State::SYN_SENT, State::CLOSED, {Event::CLOSE}},
    {5, State::LISTEN, State::SYN_RCVD, {Event::SEGMENT}},
    {6, State::LISTEN, State::SYN_SENT, {Event::SEND}},
    {7, State::SYN_RCVD, State::LISTEN, {Event::STEP_RST_ACCEPTED}},
    {8, State::SYN_SENT, State::SYN_RCVD, {Event::SEGMENT}},
    {9, State::SYN_RCVD, State::ESTABLISHED, {Event::STEP_ACK, Event::STEP_EXCEPTIONS}},
    {10, State::SYN_SENT, State::ESTABLISHED, {Event::SEGMENT}},
    {11, State::SYN_RCVD, State::FIN_WAIT_1, {Event::CLOSE, Event::HALF_CLOSE}},
    {12,
     State::ESTABLISHED,
     State::FIN_WAIT_1,
     {Event::CLOSE, Event::HALF_CLOSE, Event::REMEMBERED_CLOSE}},
    {13, State::ESTABLISHED, State::CLOSE_WAIT, {Event::STEP_FIN, Event::FIN_REACHED}},
    {14, State::FIN_WAIT_1, State::FIN_WAIT_2, {Event::STEP_ACK}},
    {15, State::FIN_WAIT_1, State::TIME_WAIT, {Event::STEP_FIN}},
    {16, State::FIN_WAIT_1, State::CLOSING, {Event::STEP_FIN, Event::FIN_REACHED}},
    {17, State::FIN_WAIT_2, State::TIME_WAIT, {Event::STEP_FIN, Event::FIN_REACHED}},
    {18, State::CLOSING, State::TIME_WAIT, {Event::STEP_ACK}},
    {19,
     State::CLOSE_WAIT,
     State::LAST_ACK,
     {Event::CLOSE, Event::HALF_CLOSE, Event::REMEMBERED_CLOSE, Event::FIN_SENT}},
    {20, State::LAST_ACK, State::CLOSED, {Event::STEP_ACK}},
    {21, State::TIME_WAIT, State::CLOSED, {Event::TIME_WAIT_TIMEOUT}},
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_ARROWS_H

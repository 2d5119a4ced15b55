// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_SECOND_READING_H
#define TCP_FSM_TEST_SECOND_READING_H

#include "situation.h"

#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// What RFC 9293 wants done with a whole segment.
struct Reading
{
    State end{State::CLOSED}; //!< the state afterwards
    uint32_t replies{0};      //!< bit i: Reply i is sent
    uint16_t effects{0};      //!< union of the effects, TAKE_ACK left out
    uint32_t arrows{0};       //!< bit i: arrow i is taken
    uint32_t signals{0};      //!< bit i: Signal i is told
};

/**
 * RFC 9293 3.10.7 read a second time, as a program without a table: the steps in their order, an
 * `if` for each sentence. The table must agree with it about every segment.
 *
 * @param situation a state, a segment and a policy
 * @return what is to be done
 */
Reading Read(const Situation& situation);

/// @return a reading in words, for messages
std::string Describe(const Reading& reading);

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_SECOND_READING_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_LADDER_H
#define TCP_FSM_TEST_LADDER_H

#include "successors.h"

#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/**
 * Draws a run as a ladder: a column for each host, segments between them; calls, timers and the
 * rules that fired beside the host concerned. Sequence numbers are told relative to the ISNs,
 * which are A1, A2, ... and B1, B2, ... in the order in which they were chosen.
 *
 * @param moves the moves of hosts
 * @param room segments in flight at most
 * @param run the pairs of the run, each number canonical, the first being two closed hosts
 * @param flaw what is broken at its end
 * @param after whether it is broken by a successor of the last pair
 * @return the ladder
 */
std::string DrawLadder(Moves& moves,
                       unsigned room,
                       const std::vector<Key>& run,
                       const std::string& flaw,
                       bool after);

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_LADDER_H

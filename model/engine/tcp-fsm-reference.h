// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_REFERENCE_H
#define TCP_FSM_REFERENCE_H

#include "tcp-fsm-engine.h"

#include <string>

/**
 * @file
 * The rules in words, read off the table.
 */

namespace ns3
{
namespace tcpfsm
{

/**
 * @param rule a row
 * @return the states in which it can match, such as "CLOSED, LISTEN", "all" or "all but CLOSED",
 *         among those in which its event can happen
 */
std::string DescribeStates(const Row& rule);

/**
 * @param rule a row
 * @return what must hold besides the state, such as "flags SYN or SYN-FIN; ack none"; only the
 *         dimensions that it looks at
 */
std::string DescribeCondition(const Row& rule);

/**
 * @param effects union of Effect
 * @return them in words, such as "SYN taken, text kept"; empty if there are none
 */
std::string DescribeEffects(uint16_t effects);

/// @return the reference of all rules, arrows and profiles, in Markdown
std::string ToMarkdown();

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_REFERENCE_H

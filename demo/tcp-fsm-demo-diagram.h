// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_DIAGRAM_H
#define TCP_FSM_DEMO_DIAGRAM_H

#include "tcp-fsm-demo-arrows.h"

#include <string>

namespace ns3
{

/**
 * @brief Draw the state diagram from the table of rules, with the count of each arrow.
 * @param arrows the counts
 * @return a digraph in Graphviz's language
 */
std::string TcpFsmDemoDiagram(const TcpFsmDemoArrows& arrows);

} // namespace ns3

#endif // TCP_FSM_DEMO_DIAGRAM_H

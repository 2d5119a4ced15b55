// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_DIAGRAM_H
#define TCP_FSM_DEMO_DIAGRAM_H

#include "tcp-fsm-demo-arrows.h"

#include <string>

namespace ns3
{

/**
 * @brief Draw the state diagram from the table of rules, with the count of each arrow.
 *
 * Writes state-diagram.dot; Graphviz makes a picture of it.
 *
 * @param folder where the file goes
 * @param arrows the counts
 */
void TcpFsmDemoDraw(const std::string& folder, const TcpFsmDemoArrows& arrows);

} // namespace ns3

#endif // TCP_FSM_DEMO_DIAGRAM_H

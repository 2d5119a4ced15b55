// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_CONVERSATIONS_H
#define TCP_FSM_DEMO_CONVERSATIONS_H

#include "tcp-fsm-demo-observer.h"

namespace ns3
{

/**
 * @brief Hold conversations that together walk every arrow of the state diagram.
 *
 * Each has nodes of its own. Most are between two nodes with our TCP; where one of those would not
 * send what is wanted at that moment, it talks to a raw peer, over IPv4 and over IPv6. Runs the
 * simulator until all connections have ended; other events that are due run along.
 *
 * @param observer what watches the nodes
 */
void TcpFsmDemoConverse(TcpFsmDemoObserver& observer);

} // namespace ns3

#endif // TCP_FSM_DEMO_CONVERSATIONS_H

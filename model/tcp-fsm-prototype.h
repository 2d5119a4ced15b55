// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_PROTOTYPE_H
#define TCP_FSM_PROTOTYPE_H

#include "ns3/ptr.h"

namespace ns3
{

class TcpFsmSocket;

namespace tcpfsm
{

/**
 * Does what CreateObject() does, at half the cost: a socket that was made so is copied for as long
 * as no default of an attribute changes. ns-3 does not tell of changes, but it replaces the value.
 *
 * @return a socket whose attributes have the defaults of this moment
 */
Ptr<TcpFsmSocket> MakeSocket();

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_PROTOTYPE_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_ARRANGE_H
#define TCP_FSM_TABLE_ARRANGE_H

#include "tcp-fsm-node-under-test.h"
#include "tcp-fsm-raw-connection.h"

#include <string>

namespace ns3
{

/**
 * @brief Bring a fresh node into a state by calls and segments, as its users and peers would.
 *
 * A listener stands at the connection's port of the node in every state but CLOSED, SYN-SENT and
 * SYN-RCVD by simultaneous open. Takes less than 0.4 s of simulated time, so no retransmission is
 * due within 0.5 s after it. Whether the state was reached is for the caller to see:
 * TcpFsmTableStateOf().
 *
 * @param state one of TcpFsmTableStates()
 * @param node the node under test, fresh
 * @param connection the peer's end, fresh
 */
void TcpFsmTableArrange(const std::string& state,
                        TcpFsmNodeUnderTest& node,
                        TcpFsmRawConnection& connection);

/**
 * @brief Read which state the connection of a case is in.
 *
 * A connection that the node knows no more counts as CLOSED, but as LISTEN if it was no more than
 * half-open and the listener is there to take the next.
 *
 * @param start the state that the case started in, one of TcpFsmTableStates()
 * @param node the node under test
 * @param connection the peer's end
 * @return one of TcpFsmTableRows()
 */
std::string TcpFsmTableStateOf(const std::string& start,
                               const TcpFsmNodeUnderTest& node,
                               const TcpFsmRawConnection& connection);

} // namespace ns3

#endif // TCP_FSM_TABLE_ARRANGE_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_H
#define TCP_FSM_TABLE_H

#include "tcp-fsm-rows-calls.h"
#include "tcp-fsm-rows-segment.h"
#include "tcp-fsm-rows-steps.h"
#include "tcp-fsm-rows-timers.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{

/// Joins arrays of rows.
template <std::size_t... N>
constexpr auto
Join(const std::array<Row, N>&... parts)
{
    std::array<Row, (N + ...)> all{};
    auto out = all.begin();
    ((out = std::copy(parts.begin(), parts.end(), out)), ...);
    return all;
}

/// The table: every rule, calls first, then segments in the order of the steps, then the rest.
inline constexpr auto TABLE = Join(OPEN_ROWS,
                                   TRANSFER_ROWS,
                                   CLOSE_ROWS,
                                   OTHER_CALL_ROWS,
                                   FILTER_ROWS,
                                   CLOSED_ROWS,
                                   LISTEN_ROWS,
                                   SYN_SENT_ROWS,
                                   EXCEPTION_ROWS,
                                   TIME_WAIT_SYN_ROWS,
                                   TIME_WAIT_ROWS,
                                   SEQUENCE_ROWS,
                                   RST_ROWS,
                                   RST_ACCEPTED_ROWS,
                                   SYN_ROWS,
                                   ACK_ROWS,
                                   URGENT_ROWS,
                                   TEXT_ROWS,
                                   FIN_ROWS,
                                   TIMER_ROWS,
                                   ICMP_ROWS,
                                   HALF_OPEN_ROWS);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TABLE_H

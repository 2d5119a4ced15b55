// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_POOL_H
#define TCP_FSM_TABLE_POOL_H

#include "tcp-fsm-process-pool.h"
#include "tcp-fsm-table-run.h"

#include <vector>

namespace ns3
{

/**
 * @brief Run each case in a process of its own, so that a crash is an answer like others.
 *
 * Must be called while this process has neither a simulation nor other threads. What a case writes
 * to standard error is kept back; its last line is in the note of a crash.
 *
 * @param tasks what to run
 * @param options how to run it
 * @return the answers in the order of the tasks
 * @throw std::system_error if no process or pipe can be made
 */
std::vector<TcpFsmTableAnswer> TcpFsmTableRunAll(const std::vector<TcpFsmTableTask>& tasks,
                                                 const TcpFsmProcessOptions& options = {});

} // namespace ns3

#endif // TCP_FSM_TABLE_POOL_H

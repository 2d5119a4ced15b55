// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_POOL_H
#define TCP_FSM_TABLE_POOL_H

#include "tcp-fsm-table-run.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace ns3
{

/// How to run many cases.
struct TcpFsmTablePoolOptions
{
    unsigned jobs{0};                   //!< processes at a time; 0: one for each core
    std::chrono::seconds timeLimit{30}; //!< real time that a case may take
    /// Called in this process as cases end, with how many have and how many there are.
    std::function<void(std::size_t done, std::size_t all)> progress{};
};

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
                                                 const TcpFsmTablePoolOptions& options = {});

} // namespace ns3

#endif // TCP_FSM_TABLE_POOL_H

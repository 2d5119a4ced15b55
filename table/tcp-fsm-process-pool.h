// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_PROCESS_POOL_H
#define TCP_FSM_PROCESS_POOL_H

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief What a process does.
 *
 * It calls `report` with its result, once and as early as it is known: what happens afterwards, a
 * crash too, does not take it back. The result must not hold the character 0x1e.
 */
using TcpFsmProcess = std::function<void(const std::function<void(const std::string&)>& report)>;

/// How a process ended.
struct TcpFsmProcessEnd
{
    std::optional<std::string> result; //!< what it reported
    bool isGood{false};                //!< it reported, and ended in good order
    bool isLate{false};                //!< it was killed for taking too long
    std::string reason;                //!< if not isGood: how it ended, and its last words
};

/// How to run many processes.
struct TcpFsmProcessOptions
{
    unsigned jobs{0};                   //!< processes at a time; 0: one for each core
    std::chrono::seconds timeLimit{30}; //!< real time that one may take
    /// Called in this process as they end, with how many have and how many there are.
    std::function<void(std::size_t done, std::size_t all)> progress{};
};

/**
 * @brief Run each function in a process of its own, so that memory is fresh and a crash is an
 * answer like others.
 *
 * Must be called while this process has neither a simulation nor other threads. What a process
 * writes to standard error is kept back; its last line is in the reason of a bad end.
 *
 * @param processes what to run
 * @param options how to run it
 * @return how they ended, in the order of the processes
 * @throw std::system_error if no process or pipe can be made
 */
std::vector<TcpFsmProcessEnd> TcpFsmRunProcesses(const std::vector<TcpFsmProcess>& processes,
                                                 const TcpFsmProcessOptions& options = {});

} // namespace ns3

#endif // TCP_FSM_PROCESS_POOL_H

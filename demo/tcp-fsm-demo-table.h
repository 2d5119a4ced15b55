// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_TABLE_H
#define TCP_FSM_DEMO_TABLE_H

#include "tcp-fsm-table-expected.h"
#include "tcp-fsm-table-format.h"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ns3
{

/// What a stack made of the status table over a family.
struct TcpFsmDemoTableCount
{
    TcpFsmStack stack{TcpFsmStack::FSM}; //!< the stack
    bool ipv6{false};                    //!< IPv6, else IPv4
    std::size_t cells{0};                //!< cells of the table
    std::size_t exactRight{0};           //!< of them right for the exact segment
    std::size_t right{0};                //!< of them right for every variant of the segment
    std::map<TcpFsmTableVerdict, std::size_t> cases{}; //!< cases by verdict
};

/**
 * @brief Fill the status table for both stacks and both families, each case in its own process.
 *
 * Writes status-table.md and status-table.csv. To be called before there is a simulation.
 *
 * @param folder where the files go
 * @param expected the file of expectations
 * @param progress called as cases end, with how many have and how many there are
 * @return the counts by stack and family
 */
std::vector<TcpFsmDemoTableCount> TcpFsmDemoFillTable(
    const std::string& folder,
    const std::string& expected,
    const std::function<void(std::size_t done, std::size_t all)>& progress);

} // namespace ns3

#endif // TCP_FSM_DEMO_TABLE_H

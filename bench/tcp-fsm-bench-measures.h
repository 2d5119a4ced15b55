// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_MEASURES_H
#define TCP_FSM_BENCH_MEASURES_H

#include "tcp-fsm-bench-series.h"
#include "tcp-fsm-node-under-test.h"

#include <cstdint>

/**
 * @file
 * What the subcommands measure. Times are processor time in user mode; octets of the heap include
 * the allocator's own. Each must be called in a fresh process.
 */

namespace ns3
{

/// Connections that come and go while those that are measured stay open; some are in TIME-WAIT.
constexpr uint32_t TCP_FSM_BENCH_NEWCOMERS = 300;

/**
 * @brief Connections that are all open at a time: what one more costs, from its opening to the end
 * of TIME-WAIT, while they are idle; what opening, an exchange and closing cost for each of them,
 * while their number grows from none and falls to none; and what an idle end (two to a connection)
 * and one in TIME-WAIT hold.
 * @param stack which TCP
 * @param count how many connections
 * @return the figures
 */
TcpFsmBenchFigures TcpFsmMeasureConnections(TcpFsmStack stack, uint32_t count);

/**
 * @brief Connections one after another, in laps; TIME-WAIT passes after each lap.
 * @param stack which TCP
 * @param count connections in a lap
 * @param laps how many laps
 * @param every tell of the laps that this divides; 0: of laps 1, 2, 5, 10, 20, 50, …
 * @return time and memory after these laps and the last
 */
TcpFsmBenchFigures TcpFsmMeasureChurn(TcpFsmStack stack,
                                      uint32_t count,
                                      uint32_t laps,
                                      uint32_t every = 0);

/**
 * @brief SYNs from forged addresses.
 * @param stack which TCP
 * @param count how many
 * @return the figures
 */
TcpFsmBenchFigures TcpFsmMeasureFlood(TcpFsmStack stack, uint32_t count);

/**
 * @brief One transfer.
 * @param stack which TCP
 * @param octets its size
 * @param traced suffix of a file that all reactions are traced to, such as ".npy"; empty: none
 * @return the figures
 */
TcpFsmBenchFigures TcpFsmMeasureBulk(TcpFsmStack stack, uint64_t octets, const std::string& traced);

/**
 * @brief The engine alone.
 * @param steps how many decisions
 * @return the figures
 */
TcpFsmBenchFigures TcpFsmMeasureStep(uint64_t steps);

} // namespace ns3

#endif // TCP_FSM_BENCH_MEASURES_H

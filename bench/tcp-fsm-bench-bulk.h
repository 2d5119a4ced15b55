// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_BULK_H
#define TCP_FSM_BENCH_BULK_H

#include "tcp-fsm-bench-usage.h"
#include "tcp-fsm-node-under-test.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// What a transfer has cost.
struct TcpFsmBenchBulkResult
{
    TcpFsmBenchUsage before; //!< when it began
    TcpFsmBenchUsage after;  //!< when the last octet had arrived and all files were closed
    double simulated{0};     //!< simulated time it took, seconds
};

/**
 * @brief Transfer octets over a link of 1 Gb/s and 1 ms, in segments of 1400 octets.
 * @param stack which TCP
 * @param octets how many
 * @param traceFile where all reactions of both nodes are traced to; empty: nowhere
 * @return the cost
 * @throw std::runtime_error if not all octets arrive
 */
TcpFsmBenchBulkResult TcpFsmBenchBulk(TcpFsmStack stack,
                                      uint64_t octets,
                                      const std::string& traceFile = "");

} // namespace ns3

#endif // TCP_FSM_BENCH_BULK_H

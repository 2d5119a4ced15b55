// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_USAGE_H
#define TCP_FSM_BENCH_USAGE_H

#include <cstdint>

namespace ns3
{

/// What this process has used so far.
struct TcpFsmBenchUsage
{
    double cpu{0};             //!< processor time in user mode, seconds
    double wall{0};            //!< a clock, seconds
    uint64_t heapBytes{0};     //!< octets of the heap in use, the allocator's own included
    uint64_t residentBytes{0}; //!< octets of memory the system has given it (RSS)

    /// @return the usage at this moment
    static TcpFsmBenchUsage Now();

    /**
     * @return processor time in user mode so far, seconds
     *
     * By itself, since counting a heap of many pieces takes longer than what may be measured.
     */
    static double ProcessorTime();

    /**
     * @brief Tell what something has cost.
     * @param before the usage when it began
     * @param count how many there were
     * @return processor time for each, microseconds
     */
    double MicrosecondsEach(const TcpFsmBenchUsage& before, uint64_t count) const;

    /**
     * @brief Tell what something holds.
     * @param before the usage before it was made
     * @param count how many there are
     * @return heap for each, octets
     */
    double HeapBytesEach(const TcpFsmBenchUsage& before, uint64_t count) const;
};

} // namespace ns3

#endif // TCP_FSM_BENCH_USAGE_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_SERIES_H
#define TCP_FSM_BENCH_SERIES_H

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// The figures of one measurement by name; the name ends with the unit.
using TcpFsmBenchFigures = std::vector<std::pair<std::string, double>>;

/// One thing to measure.
struct TcpFsmBenchMeasurement
{
    nlohmann::ordered_json labels;               //!< what distinguishes it: bench, n, …
    std::string side;                            //!< what it is compared with others by: "stock"
    std::function<TcpFsmBenchFigures()> measure; //!< does it, in a process of its own
};

/// How to measure.
struct TcpFsmBenchSeriesOptions
{
    unsigned rounds{3};                   //!< how often each is measured
    std::chrono::seconds timeLimit{3600}; //!< real time that one measurement may take
};

/**
 * @brief Measure once, in a process of its own.
 * @param measure what to do there
 * @param timeLimit real time that it may take
 * @return the figures by name
 * @throw std::runtime_error that says why there are none
 */
nlohmann::ordered_json TcpFsmBenchOnce(const std::function<TcpFsmBenchFigures()>& measure,
                                       std::chrono::seconds timeLimit);

/**
 * @brief Measure all in turn, round after round, each time in a process of its own, so that memory
 * is fresh and what disturbs the machine hits all alike.
 *
 * Prints a line of JSON for each measurement; at the end for each figure one with median, least and
 * largest value; and for measurements that differ by their side only, one with the ratios of the
 * medians to the first side's.
 *
 * @param measurements what to measure
 * @param options how
 * @param os where to print
 * @return false if a measurement failed
 */
bool TcpFsmBenchRun(const std::vector<TcpFsmBenchMeasurement>& measurements,
                    const TcpFsmBenchSeriesOptions& options,
                    std::ostream& os);

} // namespace ns3

#endif // TCP_FSM_BENCH_SERIES_H

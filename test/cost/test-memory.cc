// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-measures.h"
#include "tcp-fsm-bench-series.h"

#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

/**
 * @file
 * Octets of the heap that a connection holds, with the allocator's own.
 */

namespace
{

using namespace ns3;

/// In a process of its own: what other tests have left on the heap does not count.
nlohmann::ordered_json
Measure(const std::function<TcpFsmBenchFigures()>& measure)
{
    return TcpFsmBenchOnce(measure, std::chrono::seconds(600));
}

double
Get(const nlohmann::ordered_json& figures, const char* name)
{
    return figures.at(name).get<double>();
}

TEST(Memory, HalfOpenConnection)
{
    const auto figures = Measure([] { return TcpFsmMeasureFlood(TcpFsmStack::FSM, 10000); });
    EXPECT_LE(Get(figures, "half_open_bytes"), 128);
}

TEST(Memory, TimeWaitAndIdleConnections)
{
    const auto figures = Measure([] { return TcpFsmMeasureConnections(TcpFsmStack::FSM, 3000); });
    EXPECT_LE(Get(figures, "time_wait_bytes"), 160) << "in TIME-WAIT";
    EXPECT_LE(Get(figures, "idle_socket_bytes"), 5000) << "an idle socket in ESTABLISHED";
}

TEST(Memory, StaysLevelWhenConnectionsComeAndGo)
{
    const auto figures = Measure([] { return TcpFsmMeasureChurn(TcpFsmStack::FSM, 100, 100); });
    // 5000 connections later: no more than ns-3's free lists of packets still grow.
    EXPECT_LE(Get(figures, "heap_kB_lap100") - Get(figures, "heap_kB_lap50"), 5000 * 0.05);
}

} // namespace

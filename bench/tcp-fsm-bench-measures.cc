// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-measures.h"

#include "tcp-fsm-bench-bulk.h"
#include "tcp-fsm-bench-connections.h"
#include "tcp-fsm-bench-flood.h"
#include "tcp-fsm-bench-step.h"
#include "tcp-fsm-bench-usage.h"

#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace ns3
{

namespace
{

/// Connections that fill the free lists of packets and the like before anything is measured.
constexpr uint32_t WARM_UP = 5000;

/// Laps of newcomers that are measured, after one that is not: it gets the heap into order.
constexpr uint32_t NEWCOMER_LAPS = 5;

/// What one more connection costs while others are open: processor time, microseconds.
double
MeasureNewcomers(TcpFsmBenchConnections& nodes)
{
    const auto runLap = [&nodes] {
        nodes.OneAfterAnother(TCP_FSM_BENCH_NEWCOMERS);
        nodes.Forget();
    };
    runLap();
    const TcpFsmBenchUsage start{.cpu = TcpFsmBenchUsage::ProcessorTime()};
    for (uint32_t lap = 0; lap < NEWCOMER_LAPS; ++lap)
    {
        runLap();
    }
    const TcpFsmBenchUsage end{.cpu = TcpFsmBenchUsage::ProcessorTime()};
    return end.MicrosecondsEach(start, NEWCOMER_LAPS * TCP_FSM_BENCH_NEWCOMERS);
}

/// Whether a lap is among those that are told: each that `every` divides; 0: 1, 2, 5, 10, 20, 50, …
bool
IsTold(uint32_t lap, uint32_t every)
{
    if (every > 0)
    {
        return lap % every == 0;
    }
    while (lap % 10 == 0)
    {
        lap /= 10;
    }
    return lap == 1 || lap == 2 || lap == 5;
}

/// A file that is gone in the end.
class ScratchFile
{
  public:
    explicit ScratchFile(const std::string& suffix)
        : m_path(std::filesystem::temp_directory_path() /
                 ("tcp-fsm-bench-" + std::to_string(getpid()) + suffix))
    {
    }

    ~ScratchFile()
    {
        std::remove(m_path.c_str());
    }

    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    std::string GetName() const
    {
        return m_path.string();
    }

  private:
    std::filesystem::path m_path;
};

} // namespace

TcpFsmBenchFigures
TcpFsmMeasureConnections(TcpFsmStack stack, uint32_t count)
{
    TcpFsmBenchConnections nodes(stack, count);
    nodes.OneAfterAnother(WARM_UP);
    nodes.Forget();

    const auto start = TcpFsmBenchUsage::Now();
    nodes.Open(count);
    const auto opened = TcpFsmBenchUsage::Now();
    nodes.Exchange();
    nodes.Settle();
    const auto idle = TcpFsmBenchUsage::Now();
    nodes.Forget();
    const double newcomer = MeasureNewcomers(nodes);
    const auto closing = TcpFsmBenchUsage::Now();
    nodes.Close();
    nodes.LetTimersPass();
    const auto closed = TcpFsmBenchUsage::Now();
    nodes.Forget();
    const auto end = TcpFsmBenchUsage::Now();
    // Memory is what goes in the end: the free lists that ns-3 fills meanwhile are not TCP's.
    const double open = opened.MicrosecondsEach(start, count);
    const double exchange = idle.MicrosecondsEach(opened, count);
    const double close = end.MicrosecondsEach(closing, count);
    return {{"newcomer_us", newcomer},
            {"connection_us", open + exchange + close},
            {"open_us", open},
            {"exchange_us", exchange},
            {"close_us", close},
            {"idle_socket_bytes", idle.HeapBytesEach(end, uint64_t{2} * count)},
            {"time_wait_bytes", closed.HeapBytesEach(end, count)},
            {"left_bytes", end.HeapBytesEach(start, count)},
            {"wall_s", end.wall - start.wall}};
}

TcpFsmBenchFigures
TcpFsmMeasureChurn(TcpFsmStack stack, uint32_t count, uint32_t laps, uint32_t every)
{
    TcpFsmBenchConnections nodes(stack, count);
    TcpFsmBenchFigures figures;
    const auto start = TcpFsmBenchUsage::Now();
    auto before = start;
    for (uint32_t lap = 1; lap <= laps; ++lap)
    {
        nodes.OneAfterAnother(count);
        nodes.Forget();
        const auto after = TcpFsmBenchUsage::Now();
        if (IsTold(lap, every) || lap == laps)
        {
            const std::string suffix = "_lap" + std::to_string(lap);
            figures.emplace_back("connection_us" + suffix, after.MicrosecondsEach(before, count));
            figures.emplace_back("heap_kB" + suffix, static_cast<double>(after.heapBytes) / 1000);
            figures.emplace_back("rss_kB" + suffix,
                                 static_cast<double>(after.residentBytes) / 1000);
        }
        before = after;
    }
    figures.emplace_back("wall_s", before.wall - start.wall);
    return figures;
}

TcpFsmBenchFigures
TcpFsmMeasureFlood(TcpFsmStack stack, uint32_t count)
{
    TcpFsmBenchFlood flood(stack);
    flood.MeetAddresses(count);
    const auto start = TcpFsmBenchUsage::Now();
    flood.SendSyns(count);
    const auto end = TcpFsmBenchUsage::Now();
    return {{"syn_us", end.MicrosecondsEach(start, count)},
            {"half_open_bytes", end.HeapBytesEach(start, count)},
            {"wall_s", end.wall - start.wall}};
}

TcpFsmBenchFigures
TcpFsmMeasureBulk(TcpFsmStack stack, uint64_t octets, const std::string& traced)
{
    const ScratchFile file(traced);
    const auto result = TcpFsmBenchBulk(stack, octets, traced.empty() ? "" : file.GetName());
    return {{"cpu_s", result.after.cpu - result.before.cpu},
            {"wall_s", result.after.wall - result.before.wall},
            {"simulated_s", result.simulated}};
}

TcpFsmBenchFigures
TcpFsmMeasureStep(uint64_t steps)
{
    return {{"step_ns", TcpFsmBenchStep(steps)}};
}

} // namespace ns3

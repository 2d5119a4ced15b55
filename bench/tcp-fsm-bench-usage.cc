// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-usage.h"

#include <chrono>
#include <fstream>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

namespace ns3
{

TcpFsmBenchUsage
TcpFsmBenchUsage::Now()
{
    TcpFsmBenchUsage usage;
    usage.cpu = ProcessorTime();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now().time_since_epoch();
    usage.wall = wall.count();
    const auto heap = mallinfo2();
    usage.heapBytes = heap.uordblks + heap.hblkhd;
    uint64_t pages = 0;
    uint64_t resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    usage.residentBytes = resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    return usage;
}

double
TcpFsmBenchUsage::ProcessorTime()
{
    rusage times{};
    getrusage(RUSAGE_SELF, &times);
    return static_cast<double>(times.ru_utime.tv_sec) +
           static_cast<double>(times.ru_utime.tv_usec) / 1e6;
}

double
TcpFsmBenchUsage::MicrosecondsEach(const TcpFsmBenchUsage& before, uint64_t count) const
{
    return (cpu - before.cpu) * 1e6 / static_cast<double>(count);
}

double
TcpFsmBenchUsage::HeapBytesEach(const TcpFsmBenchUsage& before, uint64_t count) const
{
    return (static_cast<double>(heapBytes) - static_cast<double>(before.heapBytes)) /
           static_cast<double>(count);
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-conversations.h"
#include "tcp-fsm-demo-observer.h"
#include "tcp-fsm-demo-table.h"
#include "tcp-fsm-demo-transfer.h"
#include "tcp-fsm-table-output.h"

#include "ns3/command-line.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-diagram.h"
#include "ns3/tcp-fsm-reference.h"

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <unistd.h>

using namespace ns3;

namespace
{

/// The expectations of the source tree that the program was built in.
std::string
FindExpected()
{
    std::error_code error;
    auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (; folder.has_relative_path(); folder = folder.parent_path())
    {
        const auto path = folder / "test" / "conformance" / "expected.csv";
        if (std::filesystem::exists(path, error))
        {
            return path.string();
        }
    }
    throw std::runtime_error("--expected: there is no test/conformance/expected.csv above the "
                             "program; say where the file is");
}

void
Print(TcpFsmDemoTableCount count)
{
    using enum TcpFsmTableVerdict;
    std::printf("  %-5s %s: %2zu of %zu cells right, %2zu for every variant; "
                "%zu cases: %zu right, %zu allowed, %zu wrong\n",
                TcpFsmStackName(count.stack).c_str(),
                count.ipv6 ? "IPv6" : "IPv4",
                count.exactRight,
                count.cells,
                count.right,
                count.cases[RIGHT] + count.cases[ALLOWED] + count.cases[WRONG],
                count.cases[RIGHT],
                count.cases[ALLOWED],
                count.cases[WRONG]);
}

/// @return whether all of this module's cells are right
bool
FillTable(const std::string& folder, const std::string& expected)
{
    std::printf("Status table: what this module (fsm) and ns-3's own TCP (stock) do in each state "
                "with each segment\n");
    std::fflush(stdout);
    const bool isTerminal = isatty(STDERR_FILENO) != 0;
    bool good = true;
    const auto counts =
        TcpFsmDemoFillTable(folder, expected, [isTerminal](std::size_t done, std::size_t all) {
            if (isTerminal && (done % 16 == 0 || done == all))
            {
                std::fprintf(stderr, "\r  %zu of %zu cases%s", done, all, done == all ? "\r" : "");
            }
        });
    for (const auto& count : counts)
    {
        Print(count);
        good = good && (count.stack == TcpFsmStack::STOCK || count.right == count.cells);
    }
    return good;
}

/// @return whether the file arrived and all arrows were walked
bool
RunConnections(const std::string& folder)
{
    std::printf("Connections: a transfer over a link that loses %d %% of packets, and "
                "conversations\n",
                TcpFsmDemoTransfer::LOSS_PERCENT);
    std::fflush(stdout);
    TcpFsmDemoObserver observer(folder);
    const TcpFsmDemoTransfer transfer(observer);
    TcpFsmDemoConverse(observer);
    const uint64_t received = transfer.GetReceived();
    Simulator::Destroy();

    const auto& arrows = observer.GetArrows();
    TcpFsmWriteOutput(arrows.Draw(), folder + "/state-diagram.dot");
    TcpFsmWriteOutput(tcpfsm::ToMermaid(), folder + "/state-diagram.mmd");
    TcpFsmWriteOutput(tcpfsm::ToMarkdown(), folder + "/rules.md");
    std::printf("  %llu of %u octets received\n",
                static_cast<unsigned long long>(received),
                TcpFsmDemoTransfer::OCTETS);
    std::printf("  %zu of %d arrows of the state diagram walked, in %llu changes of state\n",
                arrows.Walked(),
                tcpfsm::ARROWS_IN_DIAGRAM,
                static_cast<unsigned long long>(arrows.All()));
    for (const auto& arrow : arrows.Missing())
    {
        std::printf("  missing: %s\n", arrow.c_str());
    }
    return received == TcpFsmDemoTransfer::OCTETS && arrows.Missing().empty();
}

void
MakeFolder(const std::string& output)
{
    std::error_code error;
    std::filesystem::create_directories(output, error);
    if (error || access(output.c_str(), W_OK | X_OK) != 0)
    {
        throw std::runtime_error("--output: no files can be made in " + output);
    }
}

int
Main(int argc, char* argv[])
{
    std::string output = "build/demo";
    std::string expected;
    CommandLine line("tcp-fsm-demo.cc");
    line.Usage("Shows the module at work: fills the status table, transfers a file, walks the "
               "state diagram.");
    line.AddValue("output", "folder for the files", output);
    line.AddValue("expected", "what the RFCs say (CSV); none: the project's file", expected);
    line.Parse(argc, argv);

    const auto start = std::chrono::steady_clock::now();
    MakeFolder(output);
    // Each case has a process of its own, made while there is no simulation here.
    const bool tableIsRight = FillTable(output, expected.empty() ? FindExpected() : expected);
    const bool connectionsAreRight = RunConnections(output);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::printf("%s; %.1f s, files in %s\n",
                tableIsRight && connectionsAreRight ? "All as it should be" : "SOMETHING IS WRONG",
                taken.count(),
                output.c_str());
    return tableIsRight && connectionsAreRight ? 0 : 1;
}

} // namespace

int
main(int argc, char* argv[])
{
    try
    {
        return Main(argc, argv);
    }
    catch (const std::exception& error)
    {
        std::cerr << "tcp-fsm-demo: " << error.what() << "\n";
        return 2;
    }
}

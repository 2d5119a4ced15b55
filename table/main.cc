// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-options.h"
#include "tcp-fsm-table-case.h"
#include "tcp-fsm-table-expected.h"
#include "tcp-fsm-table-format.h"
#include "tcp-fsm-table-output.h"
#include "tcp-fsm-table-pool.h"

#include "ns3/command-line.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

using namespace ns3;

namespace
{

constexpr int EXIT_WRONG_CASES = 1;
constexpr int EXIT_TROUBLE = 2;

/// The options as they stand on the command line.
struct Options
{
    std::string stack{"both"};
    std::string family{"ipv4"};
    std::string state{"all"};
    std::string segment{"all"};
    std::string variant{"all"};
    std::string format{"md"};
    std::string output;
    std::string expected;
    std::string jobs{"0"};
    bool check{false};
};

/// Take a comma-separated list of valid words, in the order of the valid ones; "all" is all.
std::vector<std::string>
ParseList(const std::string& option,
          const std::string& value,
          const std::vector<std::string>& valid)
{
    if (value == "all")
    {
        return valid;
    }
    std::vector<std::string> wanted;
    std::size_t begin = 0;
    while (begin <= value.size())
    {
        const auto end = std::min(value.find(',', begin), value.size());
        const auto word = value.substr(begin, end - begin);
        if (std::find(valid.begin(), valid.end(), word) == valid.end())
        {
            auto words = valid;
            words.emplace_back("all");
            TcpFsmRefuseValue(option, word, words);
        }
        wanted.push_back(word);
        begin = end + 1;
    }
    return wanted;
}

std::vector<TcpFsmTableTask>
MakeTasks(const Options& options)
{
    using enum TcpFsmStack;
    const auto stacks = TcpFsmParseChoice<std::vector<TcpFsmStack>>(
        "stack",
        options.stack,
        {{"fsm", {FSM}}, {"stock", {STOCK}}, {"both", {FSM, STOCK}}});
    const auto families = TcpFsmParseChoice<std::vector<bool>>(
        "family",
        options.family,
        {{"ipv4", {false}}, {"ipv6", {true}}, {"both", {false, true}}});
    const auto states = ParseList("state", options.state, TcpFsmTableStates());
    const auto segments = ParseList("segment", options.segment, TcpFsmTableSegments());
    const auto variants = ParseList("variant", options.variant, TcpFsmTableVariants());
    const auto has = [](const std::vector<std::string>& words, const std::string& word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    std::vector<TcpFsmTableTask> tasks;
    for (const auto stack : stacks)
    {
        for (const bool ipv6 : families)
        {
            for (const auto& question : TcpFsmTableCases())
            {
                if (has(states, question.state) && has(segments, question.segment) &&
                    has(variants, question.variant))
                {
                    tasks.push_back({stack, ipv6, question});
                }
            }
        }
    }
    if (tasks.empty())
    {
        throw TcpFsmUsageError("--variant: " + options.variant + " does not exist for --segment " +
                               options.segment + " in --state " + options.state);
    }
    return tasks;
}

/// The expectations beside the program, or in the source tree that it was built in.
std::string
FindExpected()
{
    std::error_code error;
    auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    if (std::filesystem::exists(folder / "expected.csv", error))
    {
        return (folder / "expected.csv").string();
    }
    for (int up = 0; up < 3; ++up)
    {
        folder = folder.parent_path();
        const auto path = folder / "test" / "conformance" / "expected.csv";
        if (std::filesystem::exists(path, error))
        {
            return path.string();
        }
    }
    throw TcpFsmUsageError(
        "--expected: there is no test/conformance/expected.csv above the program; "
        "say where the file is");
}

TcpFsmTableExpected
LoadExpected(const std::string& path)
{
    try
    {
        return TcpFsmTableExpected::Load(path.empty() ? FindExpected() : path);
    }
    catch (const TcpFsmUsageError&)
    {
        throw;
    }
    catch (const std::runtime_error& error)
    {
        throw TcpFsmUsageError(std::string("--expected: ") + error.what());
    }
}

void
ShowProgress(std::size_t done, std::size_t all)
{
    if (done % 16 == 0 || done == all)
    {
        std::cerr << "\r" << done << " of " << all << " cases" << (done == all ? "\n" : "")
                  << std::flush;
    }
}

int
Main(int argc, char* argv[])
{
    Options options;
    CommandLine line("tcp-fsm-table.cc");
    line.Usage("The status table: what TCP does in each state with each segment, found by bringing "
               "a fresh\nsimulated node into the state, injecting the segment and watching the "
               "wire.");
    line.AddValue("stack", "TCP to ask: fsm, stock, both", options.stack);
    line.AddValue("family", "address family: ipv4, ipv6, both", options.family);
    line.AddValue("state",
                  "states to start from: " + TcpFsmJoin(TcpFsmTableStates()),
                  options.state);
    line.AddValue("segment", "segments: " + TcpFsmJoin(TcpFsmTableSegments()), options.segment);
    line.AddValue("variant",
                  "numbers they carry: " + TcpFsmJoin(TcpFsmTableVariants()),
                  options.variant);
    line.AddValue("format", "md (Markdown), csv, json", options.format);
    line.AddValue("output", "file to write; none: standard output", options.output);
    line.AddValue("expected",
                  "what the RFCs say (CSV); none: the project's file",
                  options.expected);
    line.AddValue("jobs", "cases at a time, 0: one for each core", options.jobs);
    line.AddValue("check", "exit with 1 if fsm has a wrong case", options.check);
    TcpFsmRefuseUnknown(
        {argv + 1, argv + argc},
        {"stack", "family", "state", "segment", "variant", "format", "output", "expected", "jobs"},
        {"check"});
    line.Parse(argc, argv);

    using Format = std::string (*)(const std::vector<TcpFsmTableResult>&);
    const auto format = TcpFsmParseChoice<Format>(
        "format",
        options.format,
        {{"md", &TcpFsmTableToMarkdown}, {"csv", &TcpFsmTableToCsv}, {"json", &TcpFsmTableToJson}});
    TcpFsmProcessOptions pool{
        .jobs = static_cast<unsigned>(TcpFsmParseNumber("jobs", options.jobs, 0, 1024))};
    if (isatty(STDERR_FILENO) != 0)
    {
        pool.progress = &ShowProgress;
    }
    const auto tasks = MakeTasks(options);
    TcpFsmCheckOutput(options.output);
    const auto expected = LoadExpected(options.expected);

    const auto results = TcpFsmTableJudge(tasks, TcpFsmTableRunAll(tasks, pool), expected);
    TcpFsmWriteOutput(format(results), options.output);
    const bool anyWrong = std::any_of(results.begin(), results.end(), [](const auto& result) {
        return result.task.stack == TcpFsmStack::FSM && result.verdict == TcpFsmTableVerdict::WRONG;
    });
    return options.check && anyWrong ? EXIT_WRONG_CASES : 0;
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
        std::cerr << "tcp-fsm-table: " << error.what() << "\n";
        return EXIT_TROUBLE;
    }
}

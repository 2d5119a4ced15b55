// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-measures.h"
#include "tcp-fsm-bench-series.h"
#include "tcp-fsm-options.h"

#include "ns3/command-line.h"

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr int EXIT_FAILED = 1;
constexpr int EXIT_TROUBLE = 2;

/// Beyond this ns-3's own TCP has no ports left, and its time is quadratic before.
constexpr uint64_t MOST_STOCK = 16384;

/// The options as they stand on the command line.
struct Options
{
    std::string stack{"both"};
    std::string rounds{"3"};
    std::string n;
    std::string laps{"100"};
    std::string every{"0"};
    std::string size{"100000000"};
    std::string format{"npy"};
};

/// A subcommand: what it is about, and what its measurements are.
struct Subcommand
{
    std::string name;
    std::string help;
    std::vector<std::string> options;
    std::string n; //!< default of --n
    std::vector<TcpFsmBenchMeasurement> (*plan)(const Options&);
};

std::vector<TcpFsmStack>
ParseStacks(const Options& options)
{
    using enum TcpFsmStack;
    return TcpFsmParseChoice<std::vector<TcpFsmStack>>(
        "stack",
        options.stack,
        {{"fsm", {FSM}}, {"stock", {STOCK}}, {"both", {FSM, STOCK}}});
}

/// Numbers separated by commas.
std::vector<uint32_t>
ParseNumbers(const Options& options)
{
    constexpr uint64_t MOST = 1000000;
    std::vector<uint32_t> numbers;
    for (std::size_t begin = 0; begin <= options.n.size();)
    {
        const auto end = std::min(options.n.find(',', begin), options.n.size());
        const auto word = options.n.substr(begin, end - begin);
        numbers.push_back(static_cast<uint32_t>(TcpFsmParseNumber("n", word, 1, MOST)));
        begin = end + 1;
    }
    return numbers;
}

/// A measurement of each size on each stack; of both stacks, stock only in sizes that it can take.
template <typename Measure>
std::vector<TcpFsmBenchMeasurement>
OfEachSize(const std::string& name,
           const Options& options,
           Measure measure,
           uint64_t mostStock = MOST_STOCK)
{
    std::vector<TcpFsmBenchMeasurement> plan;
    const auto stacks = ParseStacks(options);
    for (const uint32_t n : ParseNumbers(options))
    {
        for (const TcpFsmStack stack : stacks)
        {
            const bool isTooMany = stack == TcpFsmStack::STOCK && n > mostStock;
            if (isTooMany && stacks.size() == 1)
            {
                throw TcpFsmUsageError("--n: " + std::to_string(n) +
                                       " is too many for --stack=stock, which has ports for " +
                                       std::to_string(mostStock) + " here");
            }
            if (!isTooMany)
            {
                plan.push_back({{{"bench", name}, {"n", n}},
                                TcpFsmStackName(stack),
                                [measure, stack, n] { return measure(stack, n); }});
            }
        }
    }
    return plan;
}

std::vector<TcpFsmBenchMeasurement>
PlanConnections(const Options& options)
{
    return OfEachSize("connections",
                      options,
                      &TcpFsmMeasureConnections,
                      MOST_STOCK - TCP_FSM_BENCH_NEWCOMERS);
}

std::vector<TcpFsmBenchMeasurement>
PlanFlood(const Options& options)
{
    return OfEachSize("flood", options, &TcpFsmMeasureFlood);
}

std::vector<TcpFsmBenchMeasurement>
PlanChurn(const Options& options)
{
    const auto laps = static_cast<uint32_t>(TcpFsmParseNumber("laps", options.laps, 1, 1000000));
    const auto every = static_cast<uint32_t>(TcpFsmParseNumber("every", options.every, 0, laps));
    auto plan = OfEachSize("churn", options, [laps, every](TcpFsmStack stack, uint32_t n) {
        return TcpFsmMeasureChurn(stack, n, laps, every);
    });
    for (auto& measurement : plan)
    {
        measurement.labels["laps"] = laps;
    }
    return plan;
}

uint64_t
ParseSize(const Options& options)
{
    return TcpFsmParseNumber("size", options.size, 1, 1000000000000);
}

std::vector<TcpFsmBenchMeasurement>
PlanBulk(const Options& options)
{
    const uint64_t size = ParseSize(options);
    std::vector<TcpFsmBenchMeasurement> plan;
    // Stock first: the ratio is that of this module over it.
    auto stacks = ParseStacks(options);
    std::reverse(stacks.begin(), stacks.end());
    for (const TcpFsmStack stack : stacks)
    {
        plan.push_back({{{"bench", "bulk"}, {"octets", size}},
                        TcpFsmStackName(stack),
                        [stack, size] { return TcpFsmMeasureBulk(stack, size, ""); }});
    }
    return plan;
}

std::vector<TcpFsmBenchMeasurement>
PlanTrace(const Options& options)
{
    const uint64_t size = ParseSize(options);
    const auto suffix = TcpFsmParseChoice<std::string>("format",
                                                       options.format,
                                                       {{"csv", ".csv"}, {"npy", ".npy"}});
    const auto plan = [&](const std::string& side, const std::string& traced) {
        return TcpFsmBenchMeasurement{
            {{"bench", "trace"}, {"octets", size}, {"format", options.format}},
            side,
            [size, traced] { return TcpFsmMeasureBulk(TcpFsmStack::FSM, size, traced); }};
    };
    return {plan("untraced", ""), plan("traced", suffix)};
}

std::vector<TcpFsmBenchMeasurement>
PlanStep(const Options& options)
{
    const uint64_t size = ParseSize(options);
    return {
        {{{"bench", "step"}, {"steps", size}}, "fsm", [size] { return TcpFsmMeasureStep(size); }}};
}

const std::vector<Subcommand>&
Subcommands()
{
    static const std::vector<Subcommand> ALL{
        {"connections",
         "N connections open at a time: time for one more and for each, memory of idle ends and of "
         "TIME-WAIT",
         {"stack", "rounds", "n"},
         "1000,4000",
         &PlanConnections},
        {"churn",
         "N connections one after another, again and again: time and memory after laps",
         {"stack", "rounds", "n", "laps", "every"},
         "100",
         &PlanChurn},
        {"flood",
         "N SYNs from forged addresses: time and memory for each",
         {"stack", "rounds", "n"},
         "10000,100000",
         &PlanFlood},
        {"bulk",
         "a transfer: time of this module over stock",
         {"stack", "rounds", "size"},
         "",
         &PlanBulk},
        {"trace",
         "a transfer: time with all reactions traced to a file over time without",
         {"rounds", "size", "format"},
         "",
         &PlanTrace},
        {"step", "one decision of the engine", {"rounds", "size"}, "", &PlanStep}};
    return ALL;
}

std::string
Usage()
{
    std::string text =
        "Measures what TCP costs, beside ns-3's own in the same run. Prints lines of "
        "JSON.\n\nusage: tcp-fsm-bench SUBCOMMAND [--option=value...]\n\n";
    for (const auto& subcommand : Subcommands())
    {
        text += "  " + subcommand.name + std::string(13 - subcommand.name.size(), ' ') +
                subcommand.help + "\n";
    }
    return text + "\ntcp-fsm-bench SUBCOMMAND --help tells the options of one.\n";
}

const Subcommand&
FindSubcommand(const std::string& name)
{
    std::vector<std::string> names;
    for (const auto& subcommand : Subcommands())
    {
        if (subcommand.name == name)
        {
            return subcommand;
        }
        names.push_back(subcommand.name);
    }
    throw TcpFsmUsageError("no such subcommand: \"" + name + "\"; valid: " + TcpFsmJoin(names));
}

int
Main(const std::vector<std::string>& words)
{
    if (words.empty() || words.front() == "--help" || words.front() == "-h")
    {
        (words.empty() ? std::cerr : std::cout) << Usage();
        return words.empty() ? EXIT_TROUBLE : 0;
    }
    const Subcommand& subcommand = FindSubcommand(words.front());
    std::vector<std::string> arguments(words.begin() + 1, words.end());
    Options options;
    options.n = subcommand.n;
    CommandLine line("tcp-fsm-bench.cc");
    line.Usage("tcp-fsm-bench " + subcommand.name + ": " + subcommand.help);
    const auto add = [&](const std::string& name, const std::string& help, std::string& value) {
        if (std::find(subcommand.options.begin(), subcommand.options.end(), name) !=
            subcommand.options.end())
        {
            line.AddValue(name, help, value);
        }
    };
    add("stack", "TCP to measure: fsm, stock, both", options.stack);
    add("rounds", "how often each is measured", options.rounds);
    add("n", "how many; several numbers, separated by commas, are several measurements", options.n);
    add("laps", "how often", options.laps);
    add("every", "tell of every such lap; 0: of laps 1, 2, 5, 10, 20, 50, ...", options.every);
    add("size", subcommand.name == "step" ? "decisions" : "octets", options.size);
    add("format", "of the trace file: npy, csv", options.format);
    TcpFsmRefuseUnknown(arguments, subcommand.options, {});
    arguments.insert(arguments.begin(), "tcp-fsm-bench");
    line.Parse(arguments);
    const TcpFsmBenchSeriesOptions series{
        .rounds = static_cast<unsigned>(TcpFsmParseNumber("rounds", options.rounds, 1, 1000))};
    return TcpFsmBenchRun(subcommand.plan(options), series, std::cout) ? 0 : EXIT_FAILED;
}

} // namespace

int
main(int argc, char* argv[])
{
    try
    {
        return Main({argv + 1, argv + argc});
    }
    catch (const std::exception& error)
    {
        std::cerr << "tcp-fsm-bench: " << error.what() << "\n";
        return EXIT_TROUBLE;
    }
}

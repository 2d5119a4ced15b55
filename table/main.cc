// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-case.h"
#include "tcp-fsm-table-expected.h"
#include "tcp-fsm-table-format.h"
#include "tcp-fsm-table-output.h"
#include "tcp-fsm-table-pool.h"

#include "ns3/command-line.h"
#include "ns3/config.h"
#include "ns3/string.h"

#include <algorithm>
#include <charconv>
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

/// A value on the command line that cannot be used; the message names the option.
struct UsageError : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

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

std::string
Join(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words)
    {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

[[noreturn]] void
RefuseValue(const std::string& option,
            const std::string& value,
            const std::vector<std::string>& valid)
{
    throw UsageError("--" + option + ": no such value: \"" + value + "\"; valid: " + Join(valid));
}

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
            RefuseValue(option, word, words);
        }
        wanted.push_back(word);
        begin = end + 1;
    }
    return wanted;
}

template <typename T>
T
ParseChoice(const std::string& option,
            const std::string& value,
            const std::vector<std::pair<std::string, T>>& choices)
{
    std::vector<std::string> names;
    for (const auto& [name, choice] : choices)
    {
        if (name == value)
        {
            return choice;
        }
        names.push_back(name);
    }
    RefuseValue(option, value, names);
}

unsigned
ParseJobs(const std::string& value)
{
    unsigned jobs = 0;
    const auto* end = value.data() + value.size();
    const auto [rest, error] = std::from_chars(value.data(), end, jobs);
    if (error != std::errc() || rest != end || jobs > 1024)
    {
        throw UsageError("--jobs: not a number from 0 (one for each core) to 1024: \"" + value +
                         "\"");
    }
    return jobs;
}

/// Whether ns-3 takes the option: an attribute's default or a global value, set here if so.
bool
IsTakenByNs3(const std::string& name, const std::string& value)
{
    return name.find("::") != std::string::npos
               ? Config::SetDefaultFailSafe(name, StringValue(value))
               : Config::SetGlobalFailSafe(name, StringValue(value));
}

/// Refuse what ns-3's parser would ignore, or end the program for with a status of its own.
void
RefuseUnknown(int argc, char* argv[])
{
    static const std::vector<std::string> OWN{"stack",
                                              "family",
                                              "state",
                                              "segment",
                                              "variant",
                                              "format",
                                              "output",
                                              "expected",
                                              "jobs",
                                              "check"};
    for (int i = 1; i < argc; ++i)
    {
        const std::string argument = argv[i];
        const auto equals = std::min(argument.find('='), argument.size());
        const auto begin = std::min(argument.find_first_not_of('-'), equals);
        const auto name = argument.substr(begin, equals - begin);
        const bool hasValue = equals + 1 < argument.size();
        const auto value = hasValue ? argument.substr(equals + 1) : "";
        const bool isOwn = std::find(OWN.begin(), OWN.end(), name) != OWN.end();
        const bool isHelp = name == "help" || name == "h" || name.starts_with("Print");
        if (begin == 0 || !(isOwn || isHelp || IsTakenByNs3(name, value)))
        {
            throw UsageError("no such option, or no such value of it: " + argument +
                             "; valid: " + Join(OWN) +
                             " (each as --name=value), and those of "
                             "ns-3 (--help)");
        }
        if (isOwn && name != "check" && !hasValue)
        {
            throw UsageError("--" + name + ": needs a value, as --" + name + "=value");
        }
        if (name == "check" && hasValue)
        {
            ParseChoice<bool>("check",
                              value,
                              {{"0", false}, {"1", true}, {"false", false}, {"true", true}});
        }
    }
}

std::vector<TcpFsmTableTask>
MakeTasks(const Options& options)
{
    using enum TcpFsmStack;
    const auto stacks = ParseChoice<std::vector<TcpFsmStack>>(
        "stack",
        options.stack,
        {{"fsm", {FSM}}, {"stock", {STOCK}}, {"both", {FSM, STOCK}}});
    const auto families = ParseChoice<std::vector<bool>>(
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
        throw UsageError("--variant: " + options.variant + " does not exist for --segment " +
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
    throw UsageError("--expected: there is no test/conformance/expected.csv above the program; "
                     "say where the file is");
}

TcpFsmTableExpected
LoadExpected(const std::string& path)
{
    try
    {
        return TcpFsmTableExpected::Load(path.empty() ? FindExpected() : path);
    }
    catch (const UsageError&)
    {
        throw;
    }
    catch (const std::runtime_error& error)
    {
        throw UsageError(std::string("--expected: ") + error.what());
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
    line.AddValue("state", "states to start from: " + Join(TcpFsmTableStates()), options.state);
    line.AddValue("segment", "segments: " + Join(TcpFsmTableSegments()), options.segment);
    line.AddValue("variant", "numbers they carry: " + Join(TcpFsmTableVariants()), options.variant);
    line.AddValue("format", "md (Markdown), csv, json", options.format);
    line.AddValue("output", "file to write; none: standard output", options.output);
    line.AddValue("expected",
                  "what the RFCs say (CSV); none: the project's file",
                  options.expected);
    line.AddValue("jobs", "cases at a time, 0: one for each core", options.jobs);
    line.AddValue("check", "exit with 1 if fsm has a wrong case", options.check);
    RefuseUnknown(argc, argv);
    line.Parse(argc, argv);

    using Format = std::string (*)(const std::vector<TcpFsmTableResult>&);
    const auto format = ParseChoice<Format>(
        "format",
        options.format,
        {{"md", &TcpFsmTableToMarkdown}, {"csv", &TcpFsmTableToCsv}, {"json", &TcpFsmTableToJson}});
    TcpFsmTablePoolOptions pool{.jobs = ParseJobs(options.jobs)};
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

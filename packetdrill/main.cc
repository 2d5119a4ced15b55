// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-command-line.h"
#include "packetdrill-files.h"
#include "packetdrill-journal.h"
#include "packetdrill-report.h"
#include "tcp-fsm-options.h"
#include "tcp-fsm-process-pool.h"

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tcpfsm::packetdrill;

namespace
{

constexpr int EXIT_FAILED_SCRIPTS = 1;
constexpr int EXIT_TROUBLE = 2;

/// Names a script's capture after its path, so that scripts of the same name keep apart.
std::string
CaptureOf(const std::string& folder, const std::string& script)
{
    auto name = std::filesystem::path(script).lexically_normal().replace_extension().string();
    std::replace(name.begin(), name.end(), '/', '-');
    return (std::filesystem::path(folder) / name).string() + ".pcap";
}

std::ofstream
Create(const std::string& path)
{
    std::ofstream file(path);
    if (!file)
    {
        throw UsageError("cannot write " + path + ": check the folder and its permissions");
    }
    return file;
}

TcpFsmProcess
MakeProcess(const std::string& path, const CommandLine& line)
{
    return [path, &line](const std::function<void(const std::string&)>& report) {
        const Source source{path, ReadFile(path)};
        auto options = line.run;
        if (!line.captureFolder.empty())
        {
            options.captureFile = CaptureOf(line.captureFolder, path);
        }
        report(ToJson(line.parseOnly ? CheckScript(source, options) : RunScript(source, options)));
    };
}

/// How a script ended that was run in a process of its own.
Verdict
VerdictOf(const TcpFsmProcessEnd& end)
{
    if (end.result && end.isGood)
    {
        return VerdictFromJson(*end.result);
    }
    Verdict verdict;
    verdict.result = Result::FAILED;
    verdict.message = end.isLate ? "the script took too long" : "the stack crashed: " + end.reason;
    return verdict;
}

int
Main(const std::vector<std::string>& arguments)
{
    const auto line = ParseCommandLine(arguments);
    if (line.help)
    {
        std::cout << Usage();
        return 0;
    }
    const auto paths = FindScripts(line.paths);
    if (paths.empty())
    {
        throw UsageError("no script *.pkt in " + line.paths.front());
    }
    if (!line.captureFolder.empty())
    {
        std::filesystem::create_directories(line.captureFolder);
    }
    // Files that cannot be written are told before anything runs.
    auto junit = line.junitFile.empty() ? std::ofstream() : Create(line.junitFile);
    auto trace = line.traceFile.empty() ? std::ofstream() : Create(line.traceFile);

    std::vector<TcpFsmProcess> processes;
    for (const auto& path : paths)
    {
        processes.push_back(MakeProcess(path, line));
    }
    const auto ends = TcpFsmRunProcesses(processes, {.jobs = line.jobs});
    std::vector<ScriptReport> reports;
    for (std::size_t i = 0; i < ends.size(); ++i)
    {
        reports.push_back({paths[i], VerdictOf(ends[i])});
        WriteReport(std::cout, reports.back(), line.verbose);
    }
    if (trace.is_open())
    {
        trace << Journal::Columns() << "\n";
        for (const auto& report : reports)
        {
            trace << report.verdict.trace;
        }
    }
    if (junit.is_open())
    {
        WriteJunit(junit, reports);
    }
    const auto count = CountResults(reports);
    std::cout << count.passed << " passed, " << count.failed << " failed, " << count.skipped
              << " skipped\n";
    return count.failed > 0 ? EXIT_FAILED_SCRIPTS : 0;
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
        std::cerr << "tcp-fsm-packetdrill: " << error.what() << "\n";
        return EXIT_TROUBLE;
    }
}

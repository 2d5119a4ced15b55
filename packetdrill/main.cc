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
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

using namespace ns3;
using namespace ns3::tcpfsm::packetdrill;

namespace
{

constexpr int EXIT_FAILED_SCRIPTS = 1;
constexpr int EXIT_TROUBLE = 2;

/// The capture of a script: in a folder like the script's own, so that no two have the same.
std::filesystem::path
CaptureOf(const std::string& folder, const std::string& script)
{
    std::filesystem::path capture(folder);
    for (const auto& part : std::filesystem::path(script).lexically_normal().relative_path())
    {
        capture /= part == ".." ? "up" : part;
    }
    capture += ".pcap";
    return capture;
}

UsageError
CannotWrite(const std::string& path)
{
    return UsageError("cannot write " + path + ": check the folder and its permissions");
}

std::ofstream
Create(const std::string& path)
{
    std::ofstream file(path);
    if (!file)
    {
        throw CannotWrite(path);
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
            const auto capture = CaptureOf(line.captureFolder, path);
            std::filesystem::create_directories(capture.parent_path());
            options.captureFile = capture;
        }
        report(ToJson(line.parseOnly ? CheckScript(source, options) : RunScript(source, options)));
    };
}

/// Make the folder of captures, in one that exists.
void
CreateFolder(const std::string& path)
{
    std::error_code error;
    std::filesystem::create_directory(path, error);
    if (error || !std::filesystem::is_directory(path, error))
    {
        throw CannotWrite(path);
    }
}

/// Refuse attributes that cannot be set, before any script runs.
void
CheckAttributes(const RunOptions& options)
{
    const auto check = [&options](const std::function<void(const std::string&)>& report) {
        Host host(options.stack, Settings());
        std::string refusal;
        try
        {
            for (const auto& [name, value] : options.attributes)
            {
                refusal = host.SetAttribute(name, value) ? refusal : "no attribute " + name;
            }
        }
        catch (const std::invalid_argument& error)
        {
            refusal = error.what();
        }
        report(refusal);
    };
    const auto end = TcpFsmRunProcesses({check}).front();
    const auto refusal = end.isGood ? *end.result : end.reason;
    if (!refusal.empty())
    {
        throw UsageError("--set: " + refusal);
    }
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
    if (!line.run.attributes.empty())
    {
        CheckAttributes(line.run);
    }
    // Files that cannot be written are told before anything runs.
    if (!line.captureFolder.empty())
    {
        CreateFolder(line.captureFolder);
    }
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

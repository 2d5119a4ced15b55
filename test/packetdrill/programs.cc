// SPDX-License-Identifier: GPL-2.0-only

#include "programs.h"

#include "shell.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{

namespace
{

std::string
PathIn(const char* variable, const char* otherwise, const std::string& name)
{
    const char* folder = std::getenv(variable);
    return std::filesystem::absolute(folder ? folder : otherwise).string() + "/" + name;
}

/// @return what stands between two texts, from a position on that moves behind the second
std::string
Between(const std::string& text, const std::string& begin, const std::string& end, std::size_t& at)
{
    const auto first = text.find(begin, at);
    const auto last = first == text.npos ? first : text.find(end, first + begin.size());
    if (last == text.npos)
    {
        at = text.size();
        return "";
    }
    at = last + end.size();
    return text.substr(first + begin.size(), last - first - begin.size());
}

} // namespace

std::string
SourcePath(const std::string& name)
{
    return PathIn("TCP_FSM_TOP", ".", name);
}

std::string
BuildPath(const std::string& name)
{
    return PathIn("TCP_FSM_BUILD", "build", name);
}

std::string
EmptyFolder(const std::string& name)
{
    const auto folder = testing::TempDir() + name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

std::string
WriteScript(const std::string& name, const std::string& text)
{
    const auto path = testing::TempDir() + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << text;
    return path;
}

std::string
ReadWhole(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

ProgramEnd
RunCommandLine(const std::string& command)
{
    ProgramEnd end;
    end.output = tcpfsm::test::Shell("true; { " + command + "; } 2>&1; echo \" $?\"").output;
    const auto last = end.output.rfind(' ');
    if (last != end.output.npos)
    {
        end.status = std::atoi(end.output.c_str() + last);
        end.output.resize(last);
    }
    return end;
}

ProgramEnd
RunPython(const std::string& arguments)
{
    return RunCommandLine("'" + SourcePath(".venv/bin/python") + "' '" +
                          SourcePath("test/packetdrill/") + "'" + arguments);
}

ProgramEnd
RunRunner(const std::string& arguments)
{
    return RunCommandLine("'" + BuildPath("tcp-fsm-packetdrill") + "' " + arguments);
}

std::map<std::string, ScriptEnd>
RunScripts(const std::string& options, const std::vector<std::string>& paths)
{
    const auto report = testing::TempDir() + "junit.xml";
    std::filesystem::remove(report);
    std::string arguments = "-j2 --junit='" + report + "' " + options;
    for (const auto& path : paths)
    {
        arguments += " '" + path + "'";
    }
    const auto end = RunRunner(arguments);
    EXPECT_TRUE(end.status == 0 || end.status == 1) << end.output;

    std::map<std::string, ScriptEnd> ends;
    const auto text = ReadWhole(report);
    for (std::size_t at = 0;;)
    {
        const auto path = Between(text, "<testcase name=\"", "\"", at);
        if (path.empty())
        {
            return ends;
        }
        const bool passed = text.compare(text.find('>', at) - 1, 1, "/") == 0;
        auto& script = ends[path];
        script.result = "passed";
        if (!passed)
        {
            const auto body = Between(text, ">", "</testcase>", at);
            script.result = body.find("<skipped") != body.npos ? "skipped" : "failed";
            std::size_t from = 0;
            script.message = Between(body, "message=\"", "\"", from);
        }
    }
}

} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

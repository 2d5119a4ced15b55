// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_PROGRAMS_H
#define TCP_FSM_TEST_PROGRAMS_H

#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{

/// How a program ended that was run by a shell.
struct ProgramEnd
{
    int status{-1};     //!< exit status
    std::string output; //!< what it printed, errors included
};

/// What a report in JUnit's XML says of a script.
struct ScriptEnd
{
    std::string result;  //!< "passed", "failed" or "skipped"
    std::string message; //!< why, escaped as XML wants it; empty if it passed
};

/// @return a file of the sources. @param name its path from their top
std::string SourcePath(const std::string& name);

/// @return a program or folder of the build. @param name its path from the build's top
std::string BuildPath(const std::string& name);

/// @return a new empty folder of this process. @param name its name
std::string EmptyFolder(const std::string& name);

/// Writes a file. @return its path @param name its path in this process' folder @param text what
std::string WriteScript(const std::string& name, const std::string& text);

/// @return what a file holds. @param path its path
std::string ReadWhole(const std::string& path);

/// Runs a shell command. @return how it ended @param command the command
ProgramEnd RunCommandLine(const std::string& command);

/// Runs a Python program of this folder. @return how it ended @param arguments name and arguments
ProgramEnd RunPython(const std::string& arguments);

/// Runs the runner. @return how it ended @param arguments its command line
ProgramEnd RunRunner(const std::string& arguments);

/**
 * @brief Run scripts, two at a time.
 * @param options options of the runner, such as `--ip_version=ipv6`
 * @param paths scripts or folders
 * @return how each script ended, by its path
 */
std::map<std::string, ScriptEnd> RunScripts(const std::string& options,
                                            const std::vector<std::string>& paths);

} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_PROGRAMS_H

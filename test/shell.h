// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_SHELL_H
#define TCP_FSM_TEST_SHELL_H

#include <cstdio>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// What a command did.
struct ShellResult
{
    bool succeeded{false}; //!< its status was 0
    std::string output;    //!< what it printed, errors included
};

/// Runs a shell command; messages are in English.
inline ShellResult
Shell(const std::string& command)
{
    ShellResult result;
    FILE* pipe = popen(("LC_ALL=C " + command + " 2>&1").c_str(), "r");
    if (!pipe)
    {
        return result;
    }
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof(buffer), pipe)) > 0;)
    {
        result.output.append(buffer, n);
    }
    result.succeeded = pclose(pipe) == 0;
    return result;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_SHELL_H

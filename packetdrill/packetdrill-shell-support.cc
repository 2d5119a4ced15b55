// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-shell.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

bool
EndsWithName(const std::string& program, std::string_view prefix, std::string_view suffix)
{
    return program.size() >= prefix.size() + suffix.size() && program.starts_with(prefix) &&
           program.ends_with(suffix);
}

bool
IsNumber(std::string_view text)
{
    constexpr std::size_t LONGEST = 5;
    return !text.empty() && text.size() <= LONGEST &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A setting of a kernel that is not modelled, and the value that is as if it did not exist.
struct Constant
{
    std::string_view name;
    std::string_view value;
};

constexpr std::array<Constant, 11> CONSTANTS{{
    {"mssdflt", "536"},
    {"v6mssdflt", "1220"},
    {"minmss", "216"},
    {"path_mtu_discovery", "1"},
    {"fast_finwait2_recycle", "0"},
    {"tcp_invalid_ratelimit", "500"},
    {"tcp_orphan_retries", "0"},
    {"tcp_tw_reuse", "2"},
    {"tcp_abort_on_overflow", "0"},
    {"ip_no_pmtu_disc", "0"},
    {"ip_default_ttl", "64"},
}};

/// Names that change behaviour in ways that are not modelled.
bool
IsUnsupportedSetting(std::string name, const std::string& value)
{
    std::replace(name.begin(), name.end(), '/', '.');
    const auto base = name.substr(name.rfind('.') == std::string::npos ? 0 : name.rfind('.') + 1);
    const auto* const constant =
        std::find_if(CONSTANTS.begin(), CONSTANTS.end(), [&base](const Constant& candidate) {
            return candidate.name == base;
        });
    if (constant != CONSTANTS.end())
    {
        return value != constant->value;
    }
    return base.starts_with("udp_tunneling_") || base.starts_with("tcp_fastopen") ||
           base == "tcp_rto_max_ms" || (base == "blackhole" && (value == "1" || value == "3")) ||
           (base == "tcp_ecn" && value == "3");
}

std::string
FindInSettings(const ShellCommand& command, std::string_view prefix)
{
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        const auto& word = command[i];
        const auto equals = word.find('=');
        if (command[0] == "sysctl" && (word == "-w" || word == "-q"))
        {
            continue;
        }
        if (equals == std::string::npos || !word.starts_with(prefix))
        {
            return ProgramOf(command) + " " + word;
        }
        const auto name = word.substr(prefix.size(), equals - prefix.size());
        if (IsUnsupportedSetting(name, word.substr(equals + 1)))
        {
            return "sysctl " + word.substr(prefix.size());
        }
    }
    return "";
}

std::string
FindInSockstat(const ShellCommand& command)
{
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        const bool takesValue = command[i] == "-P" || command[i] == "-p";
        const bool known = command[i] == "-4" || command[i] == "-6" || command[i] == "-s";
        if (takesValue && i + 1 < command.size())
        {
            ++i;
            if (command[i - 1] == "-P" ? command[i] == "tcp" : IsNumber(command[i]))
            {
                continue;
            }
        }
        else if (known)
        {
            continue;
        }
        return "sockstat " + command[i];
    }
    return "";
}

std::string
FindInGrep(const ShellCommand& command)
{
    std::size_t patterns = 0;
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        const auto& word = command[i];
        if (word.starts_with('-') && word.find_first_not_of("cvqi", 1) != std::string::npos)
        {
            return "grep " + word;
        }
        patterns += word.starts_with('-') ? 0 : 1;
    }
    return patterns == 1 ? "" : "grep with " + std::to_string(patterns) + " patterns";
}

std::string
FindInAwk(const ShellCommand& command)
{
    constexpr std::string_view BEGIN = "{print $";
    const bool known =
        command.size() == 2 && command[1].starts_with(BEGIN) && command[1].ends_with('}') &&
        IsNumber(command[1].substr(BEGIN.size(), command[1].size() - BEGIN.size() - 1));
    return known ? "" : "awk program";
}

std::string
FindInCommand(const ShellCommand& command)
{
    const auto program = ProgramOf(command);
    if (program == "sysctl")
    {
        return FindInSettings(command, "");
    }
    if (program == "set_sysctls.py")
    {
        return FindInSettings(command, "/proc/sys/");
    }
    if (program == "sockstat")
    {
        return FindInSockstat(command);
    }
    if (program == "sleep")
    {
        constexpr std::size_t LONGEST_SLEEP = 8;
        const bool known = command.size() == 2 && command[1].size() <= LONGEST_SLEEP &&
                           command[1].find_first_not_of("0123456789.") == std::string::npos &&
                           command[1].find_first_of("0123456789") != std::string::npos;
        return known ? "" : "sleep with options";
    }
    if (program == "tcpdrop")
    {
        return command == ShellCommand{"tcpdrop", "-s", "TIME_WAIT"} ? "" : "tcpdrop";
    }
    const bool known = program == "true" || program == "echo" || program == "defaults.sh" ||
                       EndsWithName(program, "sysctl_restore_", ".sh");
    return known ? "" : "command " + program;
}

} // namespace

std::string
ProgramOf(const ShellCommand& command)
{
    return command[0].substr(
        command[0].rfind('/') == std::string::npos ? 0 : command[0].rfind('/') + 1);
}

std::string
FindUnsupported(const ShellScript& script)
{
    for (const auto& pipeline : script.pipelines)
    {
        const auto& commands = pipeline.commands;
        auto found = FindInCommand(commands[0]);
        if (!found.empty())
        {
            return found;
        }
        if (commands.size() > 1 && ProgramOf(commands[0]) != "sockstat")
        {
            return "pipe from " + ProgramOf(commands[0]);
        }
        for (std::size_t i = 1; i < commands.size(); ++i)
        {
            const auto program = ProgramOf(commands[i]);
            found = program == "grep"  ? FindInGrep(commands[i])
                    : program == "awk" ? FindInAwk(commands[i])
                                       : "command " + program;
            if (!found.empty())
            {
                return found;
            }
        }
    }
    return script.unsupported;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

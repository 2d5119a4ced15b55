// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-commands.h"

#include "packetdrill-shell.h"
#include "packetdrill-sysctl.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-profile-defaults.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

using Lines = std::vector<std::string>;

/// What a program leaves behind.
struct Result
{
    std::string failure; //!< empty: it succeeded
    Lines output;        //!< what it wrote
};

std::string
NameOf(TcpSocket::TcpStates_t state)
{
    auto name = TcpFsmTableStateName(state);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

std::string
NameOf(const Address& address, uint16_t port)
{
    std::ostringstream text;
    if (port == 0)
    {
        return "*:*";
    }
    if (Ipv4Address::IsMatchingType(address))
    {
        text << Ipv4Address::ConvertFrom(address);
    }
    else if (Ipv6Address::IsMatchingType(address))
    {
        text << Ipv6Address::ConvertFrom(address);
    }
    text << ":" << port;
    return text.str();
}

Lines
ListSockets(const ShellCommand& command, const Host& host)
{
    bool wantsIpv4 = false;
    bool wantsIpv6 = false;
    unsigned port = 0;
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        wantsIpv4 = wantsIpv4 || command[i] == "-4";
        wantsIpv6 = wantsIpv6 || command[i] == "-6";
        if (command[i] == "-p")
        {
            port = static_cast<unsigned>(std::stoul(command[i + 1]));
        }
    }
    const bool wantsBoth = wantsIpv4 == wantsIpv6;
    Lines lines;
    for (const auto& connection : host.GetConnections())
    {
        const bool isIpv4 = connection.family == 4;
        const bool isPort =
            port == 0 || connection.localPort == port || connection.remotePort == port;
        if (isPort && (wantsBoth || wantsIpv4 == isIpv4))
        {
            lines.push_back("root packetdril 1 3 tcp" + std::to_string(connection.family) + " " +
                            NameOf(connection.localAddress, connection.localPort) + " " +
                            NameOf(connection.remoteAddress, connection.remotePort) + " " +
                            NameOf(connection.state));
        }
    }
    return lines;
}

std::string
ToLower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

Result
Grep(const ShellCommand& command, const Lines& input)
{
    std::string flags;
    std::string pattern;
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        (command[i].starts_with('-') ? flags : pattern) += command[i];
    }
    const auto has = [&flags](char flag) { return flags.find(flag) != std::string::npos; };
    const auto prepare = [&has](const std::string& text) {
        return has('i') ? ToLower(text) : text;
    };
    Result result;
    for (const auto& line : input)
    {
        const bool contains = prepare(line).find(prepare(pattern)) != std::string::npos;
        if (contains != has('v'))
        {
            result.output.push_back(line);
        }
    }
    if (result.output.empty())
    {
        const std::string got = input.empty() ? "nothing" : input.front();
        result.failure = "grep " + pattern + " finds nothing in " + got;
    }
    if (has('c'))
    {
        result.output = {std::to_string(result.output.size())};
    }
    if (has('q'))
    {
        result.output.clear();
    }
    return result;
}

/// The column that awk '{print $N}' prints.
Result
Awk(const ShellCommand& command, const Lines& input)
{
    const std::size_t column = std::stoul(command[1].substr(command[1].find('$') + 1));
    Result result;
    for (const auto& line : input)
    {
        std::istringstream words(line);
        std::string word = line;
        for (std::size_t i = 0; i < column; ++i)
        {
            word.clear();
            words >> word;
        }
        result.output.push_back(word);
    }
    return result;
}

void
SetSetting(const std::string& assignment, std::string_view prefix, const CommandContext& context)
{
    constexpr std::string_view OURS = "tcpfsm.";
    const auto equals = assignment.find('=');
    auto name = assignment.substr(prefix.size(), equals - prefix.size());
    std::replace(name.begin(), name.end(), '/', '.');
    const auto value = assignment.substr(equals + 1);
    if (!name.starts_with(OURS))
    {
        const auto attributes = AttributesOfSetting(name, value);
        Apply(context.host, attributes);
        if (attributes.empty())
        {
            context.notes.push_back("sysctl " + name + " changes nothing");
        }
    }
    else if (!context.host.SetAttribute(name.substr(OURS.size()), value) &&
             context.host.GetStack() == TcpFsmStack::FSM)
    {
        throw std::invalid_argument("no attribute " + name.substr(OURS.size()));
    }
}

void
SetSettings(const ShellCommand& command, std::string_view prefix, const CommandContext& context)
{
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        if (command[i].find('=') != std::string::npos)
        {
            SetSetting(command[i], prefix, context);
        }
    }
}

/// What Linux's tests set before each script: its defaults, and no ECN.
void
SetLinuxDefaults(const CommandContext& context)
{
    Apply(context.host, DefaultsOf("linux").sockets);
    Apply(context.host, {{"UseEcn", "Off"}, {"Sack", "true"}, {"Timestamp", "true"}});
    Apply(context.host, {{"WindowScaling", "true"}, {"Rfc1337", "off"}});
    Apply(context.host, context.attributes);
}

Result
RunProgram(const ShellCommand& command, const Lines& input, const CommandContext& context)
{
    const auto program = ProgramOf(command);
    if (program == "grep")
    {
        return Grep(command, input);
    }
    if (program == "awk")
    {
        return Awk(command, input);
    }
    if (program == "sockstat")
    {
        return {"", ListSockets(command, context.host)};
    }
    if (program == "sysctl")
    {
        SetSettings(command, "", context);
    }
    else if (program == "set_sysctls.py")
    {
        SetSettings(command, "/proc/sys/", context);
    }
    else if (program == "defaults.sh")
    {
        SetLinuxDefaults(context);
    }
    else if (program == "sleep")
    {
        context.sleep(Seconds(std::stod(command[1])));
    }
    else if (program == "tcpdrop" && context.host.GetStack() == TcpFsmStack::FSM)
    {
        context.host.GetNode()->GetObject<TcpFsmL4Protocol>()->EndTimeWaits();
    }
    return {};
}

} // namespace

std::string
RunCommand(const Command& command, const CommandContext& context)
{
    std::string failure;
    for (const auto& pipeline : ParseShell(command.text).pipelines)
    {
        if (pipeline.afterSuccess && !failure.empty())
        {
            continue;
        }
        Result result;
        for (const auto& program : pipeline.commands)
        {
            result = RunProgram(program, result.output, context);
        }
        failure = pipeline.ignoreStatus ? "" : result.failure;
    }
    return failure;
}

void
Apply(Host& host, const AttributeList& attributes)
{
    for (const auto& [name, value] : attributes)
    {
        host.SetAttribute(name, value);
    }
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

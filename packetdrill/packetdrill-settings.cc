// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

constexpr int64_t LEAST_MTU = 72;
constexpr int64_t LARGEST_MTU = 65535;
constexpr int64_t LARGEST_TIME = 1000000000; // microseconds: more than any script lasts
constexpr double LARGEST_PERCENT = 1000000;

template <typename T>
T
ReadNumber(const std::string& value, T least, T most)
{
    T number{};
    const auto* end = value.data() + value.size();
    const auto [rest, error] = std::from_chars(value.data(), end, number);
    if (error != std::errc() || rest != end || !(number >= least && number <= most))
    {
        throw std::invalid_argument("needs a number from " +
                                    std::to_string(static_cast<int64_t>(least)) + " to " +
                                    std::to_string(static_cast<int64_t>(most)));
    }
    return number;
}

std::chrono::microseconds
ReadTime(const std::string& value)
{
    return std::chrono::microseconds(ReadNumber<int64_t>(value, 0, LARGEST_TIME));
}

IpVersion
ReadIpVersion(const std::string& value)
{
    if (value == "ipv4")
    {
        return IpVersion::IPV4;
    }
    if (value == "ipv6")
    {
        return IpVersion::IPV6;
    }
    if (value == "ipv4-mapped-ipv6")
    {
        return IpVersion::IPV4_MAPPED_IPV6;
    }
    throw std::invalid_argument("needs ipv4, ipv6 or ipv4-mapped-ipv6");
}

void
ReadNonFatal(const std::string& value, Settings& settings)
{
    settings.packetsNonFatal = settings.callsNonFatal = false;
    for (std::size_t begin = 0; begin <= value.size();)
    {
        const auto end = std::min(value.find(',', begin), value.size());
        const auto word = value.substr(begin, end - begin);
        if (word != "packet" && word != "syscall")
        {
            throw std::invalid_argument("needs packet, syscall or packet,syscall");
        }
        settings.packetsNonFatal = settings.packetsNonFatal || word == "packet";
        settings.callsNonFatal = settings.callsNonFatal || word == "syscall";
        begin = end + 1;
    }
}

} // namespace

OptionLevel
LevelOfOption(const std::string& name)
{
    static constexpr std::array<std::string_view, 6> KNOWN{"ip_version",
                                                           "tolerance_usecs",
                                                           "tolerance_percent",
                                                           "mtu",
                                                           "non_fatal",
                                                           "tcp_ts_tick_usecs"};
    static constexpr std::array<std::string_view, 7> IGNORED{"mss",
                                                             "init_scripts",
                                                             "verbose",
                                                             "dry_run",
                                                             "so_filename",
                                                             "tun_dev",
                                                             "persistent_tun_dev"};
    if (std::find(KNOWN.begin(), KNOWN.end(), name) != KNOWN.end())
    {
        return OptionLevel::KNOWN;
    }
    if (name.starts_with("wire_") ||
        std::find(IGNORED.begin(), IGNORED.end(), name) != IGNORED.end())
    {
        return OptionLevel::IGNORED;
    }
    return name == "define" ? OptionLevel::DEFINITION : OptionLevel::EXTENDED;
}

void
Settings::Set(const std::string& name, const std::optional<std::string>& value)
{
    if (LevelOfOption(name) != OptionLevel::KNOWN)
    {
        return;
    }
    const auto text = value.value_or("");
    if (name == "ip_version")
    {
        ipVersion = ReadIpVersion(text);
    }
    else if (name == "tolerance_usecs")
    {
        tolerance = ReadTime(text);
    }
    else if (name == "tolerance_percent")
    {
        tolerancePercent = ReadNumber<double>(text, 0, LARGEST_PERCENT);
    }
    else if (name == "mtu")
    {
        mtu = static_cast<uint32_t>(ReadNumber<int64_t>(text, LEAST_MTU, LARGEST_MTU));
    }
    else if (name == "non_fatal")
    {
        ReadNonFatal(text, *this);
    }
    else
    {
        timestampTick = ReadTime(text);
    }
}

Settings
ReadSettings(const Script& script,
             const std::vector<std::pair<std::string, std::string>>& overrides)
{
    Settings settings;
    for (const auto& option : script.options)
    {
        try
        {
            settings.Set(option.name,
                         option.value ? std::optional(option.value->text) : std::nullopt);
        }
        catch (const std::invalid_argument& error)
        {
            throw ScriptError(option.place, "--" + option.name + " " + error.what());
        }
    }
    for (const auto& [name, value] : overrides)
    {
        try
        {
            settings.Set(name, value);
        }
        catch (const std::invalid_argument& error)
        {
            throw std::invalid_argument("--" + name + " " + error.what());
        }
    }
    return settings;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

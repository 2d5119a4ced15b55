// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-sysctl.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <iterator>
#include <map>
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

/// How the value of a setting becomes that of an attribute.
enum class Kind : uint8_t
{
    NUMBER,
    SWITCH, //!< 0 or 1
    POLICY, //!< the same, of a policy
    SECONDS,
    MILLISECONDS,
    DEFAULT_OF_THREE, //!< the second of three numbers
    SCALE_OF_LIMIT,   //!< limit of a buffer, which decides the window scale
    SCALE_OF_THREE,   //!< the same, as the last of three numbers
};

struct Setting
{
    std::string_view name;
    const char* attribute;
    Kind kind;
};

// Those that mean the same in both directions.
constexpr Setting SETTINGS[] = {
    // FreeBSD's, of net.inet.tcp unless told otherwise
    {"rfc1323", "WindowScaling", Kind::SWITCH},
    {"rfc1323", "Timestamp", Kind::SWITCH},
    {"sack.enable", "Sack", Kind::SWITCH},
    {"ecn.maxretries", "EcnSynRetries", Kind::NUMBER},
    {"recvspace", "RcvBufSize", Kind::NUMBER},
    {"sendspace", "SndBufSize", Kind::NUMBER},
    {"kern.ipc.maxsockbuf", "WindowScale", Kind::SCALE_OF_LIMIT},
    {"drop_synfin", "DropSynFin", Kind::POLICY},
    {"rexmit_initial", "InitialRto", Kind::MILLISECONDS},
    {"rexmit_min", "MinRto", Kind::MILLISECONDS},
    {"rexmit_slop", "RtoSlop", Kind::MILLISECONDS},
    {"keepinit", "OpenTimeout", Kind::MILLISECONDS},
    {"keepidle", "KeepAliveTime", Kind::MILLISECONDS},
    {"keepintvl", "KeepAliveInterval", Kind::MILLISECONDS},
    {"keepcnt", "KeepAliveProbes", Kind::NUMBER},
    {"msl", "Msl", Kind::MILLISECONDS},
    {"finwait2_timeout", "FinWait2Timeout", Kind::MILLISECONDS},
    {"delacktime", "DelAckTimeout", Kind::MILLISECONDS},
    {"tolerate_missing_ts", "TolerateMissingTimestamps", Kind::SWITCH},
    {"initcwnd_segments", "InitialCwnd", Kind::NUMBER},
    // Linux's, of net.ipv4
    {"tcp_timestamps", "Timestamp", Kind::SWITCH},
    {"tcp_sack", "Sack", Kind::SWITCH},
    {"tcp_window_scaling", "WindowScaling", Kind::SWITCH},
    {"tcp_syn_retries", "SynRetries", Kind::NUMBER},
    {"tcp_synack_retries", "SynAckRetries", Kind::NUMBER},
    {"tcp_retries2", "Retransmissions", Kind::NUMBER},
    {"tcp_fin_timeout", "FinWait2Timeout", Kind::SECONDS},
    {"tcp_rfc1337", "Rfc1337", Kind::POLICY},
    {"tcp_keepalive_time", "KeepAliveTime", Kind::SECONDS},
    {"tcp_keepalive_intvl", "KeepAliveInterval", Kind::SECONDS},
    {"tcp_keepalive_probes", "KeepAliveProbes", Kind::NUMBER},
    {"tcp_rmem", "RcvBufSize", Kind::DEFAULT_OF_THREE},
    {"tcp_rmem", "WindowScale", Kind::SCALE_OF_THREE},
    {"tcp_wmem", "SndBufSize", Kind::DEFAULT_OF_THREE},
    {"tcp_challenge_ack_limit", "ChallengeAckLimit", Kind::NUMBER},
};

/// A setting whose values are words of an attribute.
struct Choice
{
    std::string_view name;
    std::string_view value;
    const char* attribute;
    const char* word;
};

constexpr Choice CHOICES[] = {
    {"insecure_rst", "0", "RstCheck", "Profile"},
    {"insecure_rst", "1", "RstCheck", "Rfc793"},
    {"insecure_syn", "0", "SynCheck", "Profile"},
    {"insecure_syn", "1", "SynCheck", "Rfc793"},
    {"blackhole", "0", "Blackhole", "off"},
    {"blackhole", "2", "Blackhole", "on"},
    {"ecn.enable", "0", "UseEcn", "Off"},
    {"ecn.enable", "1", "UseEcn", "On"},
    {"ecn.enable", "2", "UseEcn", "AcceptOnly"},
    {"tcp_ecn", "0", "UseEcn", "Off"},
    {"tcp_ecn", "1", "UseEcn", "On"},
    {"tcp_ecn", "2", "UseEcn", "AcceptOnly"},
    {"icmp_may_rst", "0", "HardIcmp", "None"},
    {"icmp_may_rst", "1", "HardIcmp", "FreeBsd"},
    {"delayed_ack", "0", "DelAckCount", "1"},
    {"delayed_ack", "1", "DelAckCount", "2"},
    {"rexmit_drop_options", "0", "SynOptionRetries", "255"},
    {"rexmit_drop_options", "1", "SynOptionRetries", "2"},
};

uint64_t
ParseNumber(const std::string& name, std::string_view text)
{
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
    {
        throw std::invalid_argument("sysctl " + name + " takes a number, not " + std::string(text));
    }
    return number;
}

/// The smallest scale with which 16 bits can say a buffer's limit, at most 14 (RFC 7323 2.3).
unsigned
ScaleOf(uint64_t limit)
{
    constexpr uint64_t WINDOW = 65535;
    unsigned scale = 0;
    while (scale < 14 && WINDOW << scale < limit)
    {
        ++scale;
    }
    return scale;
}

/// One of three numbers that are separated by blanks.
std::string_view
Part(const std::string& name, std::string_view text, std::size_t index)
{
    constexpr std::string_view BLANKS = " \t";
    for (;; --index)
    {
        const auto begin = text.find_first_not_of(BLANKS);
        if (begin == text.npos)
        {
            throw std::invalid_argument("sysctl " + name + " takes three numbers");
        }
        text.remove_prefix(begin);
        const auto part = text.substr(0, text.find_first_of(BLANKS));
        if (index == 0)
        {
            return part;
        }
        text.remove_prefix(part.size());
    }
}

std::string
Convert(const std::string& name, const std::string& value, Kind kind)
{
    constexpr std::size_t DEFAULT = 1;
    constexpr std::size_t MAXIMUM = 2;
    switch (kind)
    {
    case Kind::NUMBER:
        return std::to_string(ParseNumber(name, value));
    case Kind::SWITCH:
        return ParseNumber(name, value) != 0 ? "true" : "false";
    case Kind::POLICY:
        return ParseNumber(name, value) != 0 ? "on" : "off";
    case Kind::SECONDS:
        return std::to_string(ParseNumber(name, value)) + "s";
    case Kind::MILLISECONDS:
        return std::to_string(ParseNumber(name, value)) + "ms";
    case Kind::DEFAULT_OF_THREE:
        return std::to_string(ParseNumber(name, Part(name, value, DEFAULT)));
    case Kind::SCALE_OF_LIMIT:
        return std::to_string(ScaleOf(ParseNumber(name, value)));
    case Kind::SCALE_OF_THREE:
        return std::to_string(ScaleOf(ParseNumber(name, Part(name, value, MAXIMUM))));
    }
    return value;
}

/// A name without the part of the tree in which it stands.
std::string_view
WithoutTree(std::string_view name)
{
    for (const std::string_view tree : {"net.inet.tcp.", "net.ipv4."})
    {
        if (name.starts_with(tree))
        {
            name.remove_prefix(tree.size());
        }
    }
    return name;
}

} // namespace

AttributeList
AttributesOfSetting(const std::string& name, const std::string& value)
{
    const auto bare = WithoutTree(name);
    AttributeList attributes;
    for (const auto& setting : SETTINGS)
    {
        if (setting.name == bare)
        {
            attributes.emplace_back(setting.attribute, Convert(name, value, setting.kind));
        }
    }
    bool isChoice = false;
    for (const auto& choice : CHOICES)
    {
        isChoice = isChoice || choice.name == bare;
        if (choice.name == bare && choice.value == value)
        {
            attributes.emplace_back(choice.attribute, choice.word);
        }
    }
    if (isChoice && attributes.empty())
    {
        throw std::invalid_argument("sysctl " + name + " cannot be " + value);
    }
    return attributes;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

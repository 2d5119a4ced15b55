// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-icmp.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// A name and its number.
struct Name
{
    std::string_view name; //!< as scripts write it
    uint8_t number;        //!< as on the wire
};

// RFC 792, RFC 950, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1.
constexpr Name TYPES4[] = {
    {"echo_reply", 0},
    {"unreachable", 3},
    {"source_quench", 4},
    {"redirect", 5},
    {"echo_request", 8},
    {"time_exceeded", 11},
    {"parameter_problem", 12},
    {"timestamp_request", 13},
    {"timestamp_reply", 14},
    {"information_request", 15},
    {"information_reply", 16},
    {"address_mask_request", 17},
    {"address_mask_reply", 18},
};

constexpr Name UNREACHABLE4[] = {
    {"net_unreachable", 0},
    {"host_unreachable", 1},
    {"protocol_unreachable", 2},
    {"port_unreachable", 3},
    {"frag_needed", 4},
    {"source_route_failed", 5},
    {"net_unknown", 6},
    {"host_unknown", 7},
    {"source_host_isolated", 8},
    {"net_prohibited", 9},
    {"host_prohibited", 10},
    {"net_unreachable_for_tos", 11},
    {"host_unreachable_for_tos", 12},
    {"packet_filtered", 13},
    {"precedence_violation", 14},
    {"precedence_cutoff", 15},
};

constexpr Name EXCEEDED4[] = {
    {"ttl_exceeded_in_transit", 0},
    {"frag_reass_exceeded", 1},
};

// RFC 4443, RFC 4861.
constexpr Name TYPES6[] = {
    {"unreachable", 1},
    {"packet_too_big", 2},
    {"time_exceeded", 3},
    {"parameter_problem", 4},
    {"echo_request", 128},
    {"echo_reply", 129},
    {"router_advertisement", 134},
};

constexpr Name UNREACHABLE6[] = {
    {"no_route", 0},
    {"admin_prohibited", 1},
    {"not_neighbour", 2},
    {"address_unreachable", 3},
    {"port_unreachable", 4},
};

constexpr Name EXCEEDED6[] = {
    {"exceeded_hop_limit", 0},
    {"exceeded_frag_time", 1},
};

constexpr Name PROBLEM6[] = {
    {"header_field", 0},
    {"unknown_next_header", 1},
    {"unknown_option", 2},
};

/// The names of the codes of a type.
std::span<const Name>
CodesOf(std::string_view type, bool ipv6)
{
    if (type == "unreachable")
    {
        return ipv6 ? std::span<const Name>(UNREACHABLE6) : std::span<const Name>(UNREACHABLE4);
    }
    if (type == "time_exceeded")
    {
        return ipv6 ? std::span<const Name>(EXCEEDED6) : std::span<const Name>(EXCEEDED4);
    }
    if (type == "parameter_problem" && ipv6)
    {
        return PROBLEM6;
    }
    return {};
}

/// @return the number of a name of a table, or of the prefix and decimal digits
std::optional<uint8_t>
Find(std::span<const Name> names, std::string_view prefix, std::string_view text)
{
    const auto found = std::find_if(names.begin(), names.end(), [text](const Name& name) {
        return name.name == text;
    });
    if (found != names.end())
    {
        return found->number;
    }
    if (!text.starts_with(prefix))
    {
        return std::nullopt;
    }
    uint8_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + prefix.size(), end, number);
    return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

} // namespace

IcmpNumbers
FindIcmpNumbers(const IcmpMessage& message, bool ipv6)
{
    const std::string protocol = ipv6 ? "ICMPv6" : "ICMP";
    const auto types = ipv6 ? std::span<const Name>(TYPES6) : std::span<const Name>(TYPES4);
    const auto type = Find(types, "type_", message.type);
    if (!type)
    {
        throw ScriptError(message.typePlace,
                          protocol + " has no type " + message.type + " (type_N has any number)");
    }
    if (message.code.empty())
    {
        return {*type, 0};
    }
    const auto code = Find(CodesOf(message.type, ipv6), "code_", message.code);
    if (!code)
    {
        throw ScriptError(message.codePlace,
                          protocol + "'s " + message.type + " has no code " + message.code +
                              " (code_N has any number)");
    }
    return {*type, *code};
}

void
CheckIcmp(const Script& script, bool ipv6)
{
    for (const auto& event : script.events)
    {
        const auto* packet = std::get_if<PacketLine>(&event.action);
        if (const auto* message = packet ? std::get_if<IcmpMessage>(&packet->payload) : nullptr)
        {
            FindIcmpNumbers(*message, ipv6);
        }
    }
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

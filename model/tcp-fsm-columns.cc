// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-columns.h"

#include "tcp-fsm-classify.h"

#include <array>
#include <sstream>
#include <utility>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// Name of a set of control bits.
std::string
JoinFlags(uint8_t flags)
{
    // The order of the status table: SYN-ACK, SYN-FIN, FIN-ACK, RST-ACK.
    constexpr std::array<std::pair<uint8_t, std::string_view>, 8> NAMES{{{CTL_SYN, "SYN"},
                                                                         {CTL_FIN, "FIN"},
                                                                         {CTL_RST, "RST"},
                                                                         {CTL_PSH, "PSH"},
                                                                         {CTL_ACK, "ACK"},
                                                                         {CTL_URG, "URG"},
                                                                         {64, "ECE"},
                                                                         {128, "CWR"}}};
    std::string text;
    for (const auto& [bit, name] : NAMES)
    {
        if (flags & bit)
        {
            text.append(text.empty() ? "" : "-").append(name);
        }
    }
    return text.empty() ? "none" : text;
}

/// An address and its text. Without a destructor, so that it serves while the program exits too.
struct KnownAddress
{
    IpAddress address;
    std::array<char, 46> text;
    std::size_t length{0};
};

} // namespace

std::string_view
AddressToString(const IpAddress& address)
{
    // ns-3 prints slowly, and the same few addresses come again and again.
    static thread_local std::array<KnownAddress, 256> known;
    uint64_t hash = 0;
    for (const uint8_t octet : address.GetOctets())
    {
        hash = hash * 31 + octet;
    }
    KnownAddress& entry = known[hash % known.size()];
    if (entry.length == 0 || entry.address != address)
    {
        std::ostringstream text;
        if (address.IsIpv4())
        {
            text << address.GetIpv4();
        }
        else
        {
            text << address.GetIpv6();
        }
        entry.address = address;
        entry.length = text.str().copy(entry.text.data(), entry.text.size());
    }
    return {entry.text.data(), entry.length};
}

std::string_view
FlagsToString(uint8_t flags)
{
    static const auto names = [] {
        std::array<std::string, 256> all;
        for (std::size_t i = 0; i < all.size(); ++i)
        {
            all[i] = JoinFlags(static_cast<uint8_t>(i));
        }
        return all;
    }();
    return names[flags];
}

} // namespace tcpfsm
} // namespace ns3

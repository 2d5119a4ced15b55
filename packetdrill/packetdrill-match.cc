// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-match.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

bool
IsDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool
IsHexDigit(char c)
{
    return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool
IsWord(char c)
{
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// @return how many characters of this sort there are from the start
template <typename T>
std::size_t
CountWhile(std::string_view text, T&& predicate)
{
    return std::find_if_not(text.begin(), text.end(), predicate) - text.begin();
}

std::size_t
IntegerLength(std::string_view text)
{
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const auto digits = CountWhile(text.substr(sign), IsDigit);
    return digits == 0 ? 0 : sign + digits;
}

std::size_t
FloatLength(std::string_view text)
{
    std::size_t length = text.starts_with('-') ? 1 : 0;
    length += CountWhile(text.substr(length), IsDigit);
    if (!text.substr(length).starts_with('.'))
    {
        return 0;
    }
    ++length;
    const auto digits = CountWhile(text.substr(length), IsDigit);
    return digits == 0 ? 0 : length + digits;
}

std::size_t
HexLength(std::string_view text)
{
    if (!text.starts_with("0x") && !text.starts_with("0X"))
    {
        return 0;
    }
    const auto digits = CountWhile(text.substr(2), IsHexDigit);
    return digits == 0 ? 0 : 2 + digits;
}

/// Words, and those with hyphens that there are.
std::size_t
WordLength(std::string_view text)
{
    const auto length = CountWhile(text, IsWord);
    const auto word = text.substr(0, length);
    constexpr std::string_view MAPPED = "ipv4-mapped-ipv6";
    if (text.starts_with(MAPPED))
    {
        return MAPPED.size() + CountWhile(text.substr(MAPPED.size()), IsWord);
    }
    if ((word == "exp" || word == "gen") && text.substr(length).starts_with('-'))
    {
        const auto rest = CountWhile(text.substr(length + 1), IsWord);
        return rest == 0 ? length : length + 1 + rest;
    }
    return length;
}

std::size_t
Ipv4Length(std::string_view text)
{
    std::size_t length = 0;
    for (int part = 0; part < 4; ++part)
    {
        if (part > 0)
        {
            if (!text.substr(length).starts_with('.'))
            {
                return 0;
            }
            ++length;
        }
        const auto digits = CountWhile(text.substr(length), IsDigit);
        if (digits == 0)
        {
            return 0;
        }
        length += digits;
    }
    return length;
}

std::size_t
Ipv6Length(std::string_view text)
{
    constexpr std::size_t LONGEST = 39;
    auto run =
        CountWhile(text.substr(0, LONGEST), [](char c) { return IsHexDigit(c) || c == ':'; });
    // A colon that follows the address is none of it.
    for (; std::count(text.begin(), text.begin() + run, ':') >= 2; --run)
    {
        in6_addr address{};
        if (inet_pton(AF_INET6, std::string(text.substr(0, run)).c_str(), &address) == 1)
        {
            return run;
        }
    }
    return 0;
}

} // namespace

std::size_t
CountWordCharacters(std::string_view text)
{
    return CountWhile(text, IsWord);
}

std::pair<TokenKind, std::size_t>
MatchPlain(std::string_view text)
{
    using enum TokenKind;
    const std::array<std::pair<TokenKind, std::size_t>, 7> matches{{
        {INTEGER, IntegerLength(text)},
        {HEX, HexLength(text)},
        {FLOAT, FloatLength(text)},
        {IPV4, Ipv4Length(text)},
        {IPV6, Ipv6Length(text)},
        {WORD, WordLength(text)},
        {ELLIPSIS, text.starts_with("...") ? 3 : 0},
    }};
    return *std::max_element(matches.begin(), matches.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
    });
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

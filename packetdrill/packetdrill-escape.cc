// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-escape.h"

#include <algorithm>
#include <charconv>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

// The letter after the backslash, and what it stands for at the same position.
constexpr std::string_view LETTERS = "ntrabfv\\\"'?";
constexpr std::string_view MEANINGS = "\n\t\r\a\b\f\v\\\"'?";

/// Read digits at the start of a text, and go past them.
std::optional<char>
TakeNumber(std::string_view& text, std::size_t most, int base)
{
    unsigned value = 0;
    const auto* begin = text.data();
    const auto digits = std::min(most, text.size());
    const auto [end, error] = std::from_chars(begin, begin + digits, value, base);
    if (error != std::errc() || value > 0xff)
    {
        return std::nullopt;
    }
    text.remove_prefix(end - begin);
    return static_cast<char>(value);
}

/// Resolve what follows a backslash, and go past it.
std::optional<char>
TakeEscape(std::string_view& text)
{
    if (text.empty())
    {
        return std::nullopt;
    }
    if (text[0] >= '0' && text[0] <= '7')
    {
        return TakeNumber(text, 3, 8);
    }
    const char letter = text[0];
    text.remove_prefix(1);
    if (letter == 'x')
    {
        return TakeNumber(text, 2, 16);
    }
    const auto position = LETTERS.find(letter);
    if (position == std::string_view::npos)
    {
        return std::nullopt;
    }
    return MEANINGS[position];
}

} // namespace

std::optional<std::size_t>
QuotedLength(std::string_view text)
{
    for (std::size_t i = 1; i < text.size(); ++i)
    {
        if (text[i] == '"')
        {
            return i + 1;
        }
        i += text[i] == '\\' ? 1 : 0;
    }
    return std::nullopt;
}

std::optional<std::string>
Unescape(std::string_view text)
{
    std::string result;
    while (!text.empty())
    {
        const char c = text[0];
        text.remove_prefix(1);
        const auto octet = c == '\\' ? TakeEscape(text) : c;
        if (!octet)
        {
            return std::nullopt;
        }
        result += *octet;
    }
    return result;
}

std::string
Quote(std::string_view text)
{
    constexpr std::string_view DIGITS = "01234567";
    std::string result = "\"";
    for (const char c : text)
    {
        const auto octet = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
        {
            result += '\\';
            result += c;
        }
        else if (octet < ' ' || octet >= 0x7f)
        {
            // Three octal digits: a digit that follows is none of the escape.
            result += {'\\', DIGITS[octet >> 6], DIGITS[octet >> 3 & 7], DIGITS[octet & 7]};
        }
        else
        {
            result += c;
        }
    }
    return result + "\"";
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

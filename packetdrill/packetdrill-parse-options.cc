// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-grammar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

constexpr std::size_t LONGEST_OPTIONS = 40; // octets: the data offset has four bits
constexpr uint32_t OCTET = 0xff;

SackBlock
ParseSackBlock(Cursor& cursor)
{
    SackBlock block{.left = cursor.Number("a sequence number")};
    cursor.Expect(':');
    block.right = cursor.Number("a sequence number");
    return block;
}

OptionTimestamps
ParseTimestamps(Cursor& cursor)
{
    OptionTimestamps option;
    if (!cursor.Accept("val"))
    {
        cursor.FailExpected("val");
    }
    if (cursor.Peek().kind == TokenKind::ELLIPSIS)
    {
        cursor.Take();
    }
    else
    {
        option.value = cursor.Number("a time stamp");
    }
    if (!cursor.Accept("ecr"))
    {
        cursor.FailExpected("ecr");
    }
    option.echo = cursor.Number("a time stamp");
    option.absolute = cursor.Accept('!');
    return option;
}

bool
IsOtherOption(const std::string& name)
{
    static constexpr std::array<std::string_view, 13> NAMES{"FO",
                                                            "FOEXP",
                                                            "md5",
                                                            "ECN",
                                                            "AccECN",
                                                            "AccECN0",
                                                            "AccECN1",
                                                            "MPTCP",
                                                            "dss",
                                                            "add_address",
                                                            "add_addr",
                                                            "remove_address",
                                                            "remove_addr"};
    return std::find(NAMES.begin(), NAMES.end(), name) != NAMES.end() || name.starts_with("exp-") ||
           name.starts_with("gen-") || name.starts_with("mp_");
}

OptionOther
ParseOther(Cursor& cursor)
{
    const auto& first = cursor.Peek();
    if (first.kind != TokenKind::WORD || !IsOtherOption(first.text))
    {
        cursor.FailExpected("a TCP option (nop, eol, mss, wscale, sackOK, sack, TS, ...)");
    }
    while (!cursor.Peek().Is(',') && !cursor.Peek().Is('>') && cursor.Peek().kind != TokenKind::END)
    {
        cursor.Take();
    }
    return {first.text, cursor.TextSince(first.place)};
}

TcpOption
ParseOption(Cursor& cursor)
{
    TcpOption option;
    const auto first = cursor.Peek().place;
    if (cursor.Accept("nop"))
    {
        option.value = OptionNop{};
    }
    else if (cursor.Accept("eol"))
    {
        option.value = OptionEol{};
    }
    else if (cursor.Accept("mss"))
    {
        option.value = OptionMss{cursor.Number16("an MSS")};
    }
    else if (cursor.Accept("wscale"))
    {
        option.value =
            OptionWindowScale{static_cast<uint8_t>(cursor.Number("a window scale", OCTET))};
    }
    else if (cursor.Accept("sackOK"))
    {
        option.value = OptionSackPermitted{};
    }
    else if (cursor.Accept("sack"))
    {
        OptionSack sack;
        do
        {
            sack.blocks.push_back(ParseSackBlock(cursor));
        } while (cursor.Peek().kind == TokenKind::INTEGER);
        option.value = std::move(sack);
    }
    else if (cursor.Accept("TS"))
    {
        option.value = ParseTimestamps(cursor);
    }
    else
    {
        option.value = ParseOther(cursor);
    }
    option.place = cursor.Since(first);
    return option;
}

/// The octets of a token of hexadecimal digits, nothing if it is another one.
std::optional<RawOptions>
ReadRaw(const Token& token)
{
    if (token.kind != TokenKind::INTEGER && token.kind != TokenKind::WORD)
    {
        return std::nullopt;
    }
    RawOptions raw;
    const auto& text = token.text;
    for (std::size_t i = 0; i < text.size(); i += 2)
    {
        uint8_t octet = 0;
        const auto* begin = text.data() + i;
        const auto* end = begin + std::min<std::size_t>(2, text.size() - i);
        const auto [rest, error] = std::from_chars(begin, end, octet, 16);
        if (error != std::errc() || rest != end)
        {
            return std::nullopt;
        }
        raw.octets.push_back(octet);
    }
    if (text.size() % 2 != 0)
    {
        throw ScriptError(token.place, "an odd number of hexadecimal digits");
    }
    return raw;
}

void
CheckLength(const TcpOptions& options)
{
    std::size_t length = 0;
    if (const auto* raw = std::get_if<RawOptions>(&options.value))
    {
        length = raw->octets.size();
    }
    else if (const auto* list = std::get_if<OptionList>(&options.value))
    {
        for (const auto& option : *list)
        {
            if (!option.Length())
            {
                return;
            }
            length += *option.Length();
        }
    }
    const auto octets = std::to_string(length) + " octets";
    if (length % 4 != 0)
    {
        throw ScriptError(options.place,
                          "these TCP options have " + octets +
                              ", no multiple of 4: pad them with nop or eol");
    }
    if (length > LONGEST_OPTIONS)
    {
        throw ScriptError(options.place,
                          "these TCP options have " + octets + ", more than " +
                              std::to_string(LONGEST_OPTIONS));
    }
}

} // namespace

std::optional<std::size_t>
TcpOption::Length() const
{
    constexpr std::array<std::size_t, 5> FIXED{1, 1, 4, 3, 2}; // as in the variant
    if (value.index() < FIXED.size())
    {
        return FIXED[value.index()];
    }
    if (const auto* sack = std::get_if<OptionSack>(&value))
    {
        return 2 + 8 * sack->blocks.size();
    }
    return std::holds_alternative<OptionTimestamps>(value) ? std::optional<std::size_t>(10)
                                                           : std::nullopt;
}

TcpOptions
ParseTcpOptions(Cursor& cursor)
{
    TcpOptions options;
    const auto first = cursor.Peek().place;
    cursor.Expect('<');
    if (cursor.Peek().kind == TokenKind::ELLIPSIS)
    {
        cursor.Take();
        options.value = AnyOptions{};
    }
    else if (auto raw = ReadRaw(cursor.Peek()))
    {
        cursor.Take();
        options.value = std::move(*raw);
    }
    else
    {
        OptionList list;
        do
        {
            list.push_back(ParseOption(cursor));
        } while (cursor.Accept(','));
        options.value = std::move(list);
    }
    cursor.Expect('>');
    options.place = cursor.Since(first);
    CheckLength(options);
    return options;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

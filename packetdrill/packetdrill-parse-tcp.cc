// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-flags.h"
#include "packetdrill-grammar.h"

#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// The flags that a word of letters stands for, nothing if it is another word.
std::optional<uint16_t>
ReadLetters(std::string_view word)
{
    uint16_t flags = 0;
    for (const char letter : word)
    {
        const auto* flag = FindFlag(letter);
        if (!flag)
        {
            return std::nullopt;
        }
        flags = static_cast<uint16_t>(flags | flag->bit);
    }
    return flags;
}

/// The counter of a token such as `.5`, a point with one octal digit.
std::optional<uint8_t>
ReadAce(const Token& token)
{
    const bool fits = token.kind == TokenKind::FLOAT && token.text.size() == 2 &&
                      token.text[0] == '.' && token.text[1] <= '7';
    return fits ? std::optional<uint8_t>(token.text[1] - '0') : std::nullopt;
}

void
ParseFlags(Cursor& cursor, TcpSegment& segment)
{
    if (cursor.Accept('-'))
    {
        return;
    }
    bool any = false;
    for (;; any = true)
    {
        const auto& token = cursor.Peek();
        const auto ace = ReadAce(token);
        const auto letters = token.kind == TokenKind::WORD ? ReadLetters(token.text) : std::nullopt;
        if (letters)
        {
            segment.flags = static_cast<uint16_t>(segment.flags | *letters);
        }
        else if (token.Is('.') || ace)
        {
            segment.flags |= TCP_ACK;
            segment.ace = ace ? ace : segment.ace;
        }
        else
        {
            break;
        }
        cursor.Take();
    }
    if (!any)
    {
        cursor.FailExpected("TCP flags (letters of FSRPEWAU, '.' or '-'), icmp or udp");
    }
}

} // namespace

SequenceRange
ParseSequenceRange(Cursor& cursor)
{
    SequenceRange range;
    const auto first = cursor.Peek().place;
    uint32_t end = 0;
    Place endPlace;
    if (cursor.Peek().kind == TokenKind::ELLIPSIS)
    {
        cursor.Take();
    }
    else
    {
        range.start = cursor.Number("a sequence number");
        cursor.Expect(':');
        endPlace = cursor.Peek().place;
        end = cursor.Number("a sequence number");
    }
    cursor.Expect('(');
    range.length = cursor.Number16("a length");
    cursor.Expect(')');
    if (range.start && end != *range.start + range.length)
    {
        throw ScriptError(endPlace,
                          "the end must be start + length, " +
                              std::to_string(*range.start + range.length));
    }
    range.absolute = range.start && cursor.Accept('!');
    range.place = cursor.Since(first);
    return range;
}

TcpSegment
ParseTcpSegment(Cursor& cursor)
{
    TcpSegment segment;
    const auto first = cursor.Peek().place;
    ParseFlags(cursor, segment);
    segment.seq = ParseSequenceRange(cursor);
    if (cursor.Accept("ack"))
    {
        segment.ack = cursor.Number("an acknowledgment number");
    }
    if (cursor.Accept("win"))
    {
        segment.window = cursor.Number16("a window");
    }
    if (cursor.Accept("urg"))
    {
        segment.urgentPointer = cursor.Number16("an urgent pointer");
    }
    if (cursor.Peek().Is('<'))
    {
        segment.options = ParseTcpOptions(cursor);
    }
    segment.udp = ParseUdpEncapsulation(cursor);
    segment.place = cursor.Since(first);
    return segment;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-parser.h"

#include "packetdrill-cursor.h"
#include "packetdrill-grammar.h"

#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// Text without blanks, of any tokens but those that begin something else.
OptionValue
ParsePlainValue(Cursor& cursor)
{
    using enum TokenKind;
    OptionValue value;
    for (auto end = cursor.Peek().place.begin; cursor.Peek().place.begin == end;)
    {
        const auto& token = cursor.Peek();
        if (token.kind == END || token.kind == OPTION || token.kind == STRING ||
            token.kind == COMMAND || token.kind == CODE || token.Is('+') || token.Is('*'))
        {
            break;
        }
        value.text += token.text;
        end = token.place.end;
        cursor.Take();
    }
    if (value.text.empty())
    {
        cursor.FailExpected("the value of the option");
    }
    return value;
}

OptionValue
ParseValue(Cursor& cursor)
{
    switch (cursor.Peek().kind)
    {
    case TokenKind::STRING:
        return {OptionValue::Kind::STRING, cursor.Take().text};
    case TokenKind::COMMAND:
        return {OptionValue::Kind::COMMAND, cursor.Take().text};
    case TokenKind::END:
    case TokenKind::INTEGER:
    case TokenKind::HEX:
    case TokenKind::FLOAT:
    case TokenKind::WORD:
    case TokenKind::CODE:
    case TokenKind::IPV4:
    case TokenKind::IPV6:
    case TokenKind::OPTION:
    case TokenKind::ELLIPSIS:
    case TokenKind::CHARACTER:
        break;
    }
    return ParsePlainValue(cursor);
}

/// The one token that a name is defined as.
OptionValue
ParseDefinition(Cursor& cursor)
{
    using enum TokenKind;
    const auto kind = cursor.Peek().kind;
    if (kind == INTEGER || kind == HEX || kind == WORD)
    {
        return {OptionValue::Kind::PLAIN, cursor.Take().text};
    }
    if (kind != STRING && kind != COMMAND)
    {
        cursor.FailExpected("a number, word, string or command");
    }
    return ParseValue(cursor);
}

ScriptOption
ParseOption(Cursor& cursor)
{
    const auto& name = cursor.Take();
    ScriptOption option{.name = name.text};
    if (option.name == "define")
    {
        cursor.Expect('=');
        option.defined = cursor.Expect(TokenKind::WORD, "a name").text;
        cursor.Expect('=');
        option.value = ParseDefinition(cursor);
    }
    else if (cursor.Accept('='))
    {
        option.value = ParseValue(cursor);
    }
    option.place = cursor.Since(name.place);
    return option;
}

Command
ParseCommand(Cursor& cursor)
{
    const auto& token = cursor.Expect(TokenKind::COMMAND, "a command");
    return {token.place, token.text};
}

/// A bare command, if one is next.
std::optional<Command>
AcceptCommand(Cursor& cursor)
{
    return cursor.Peek().kind == TokenKind::COMMAND ? std::optional(ParseCommand(cursor))
                                                    : std::nullopt;
}

When
ParseWhen(Cursor& cursor)
{
    When when;
    const auto first = cursor.Peek().place;
    if (cursor.Accept('*'))
    {
        when.kind = When::Kind::ANY;
    }
    else
    {
        const bool relative = cursor.Accept('+');
        when.kind = relative ? When::Kind::RELATIVE : When::Kind::ABSOLUTE;
        when.begin = cursor.Time();
        if (cursor.Accept('~'))
        {
            if (relative)
            {
                cursor.Expect('+');
            }
            const auto end = cursor.Peek().place;
            when.end = cursor.Time();
            if (*when.end < when.begin)
            {
                throw ScriptError(end, "the end of this range is before its begin");
            }
        }
    }
    when.place = cursor.Since(first);
    return when;
}

void
CheckInbound(const TcpSegment& segment)
{
    if (!segment.seq.start)
    {
        throw ScriptError(segment.seq.place, "an inbound packet needs a sequence number");
    }
    if (!segment.window)
    {
        throw ScriptError(segment.place, "an inbound TCP packet must have win");
    }
    if (!segment.options)
    {
        return;
    }
    if (std::holds_alternative<AnyOptions>(segment.options->value))
    {
        throw ScriptError(segment.options->place, "<...> is for outbound packets only");
    }
    if (const auto* list = std::get_if<OptionList>(&segment.options->value))
    {
        for (const auto& option : *list)
        {
            const auto* timestamps = std::get_if<OptionTimestamps>(&option.value);
            if (timestamps && !timestamps->value)
            {
                throw ScriptError(option.place,
                                  "an inbound packet needs the value of a time stamp");
            }
        }
    }
}

/// Whether an event may happen at any of several times.
bool
IsVague(const When& when)
{
    return when.kind == When::Kind::ANY || when.end;
}

/// Check an event against its own time and the event before it.
void
CheckEvent(const Event& event, const Event* previous)
{
    using Kind = When::Kind;
    const auto& when = event.when;
    const auto* packet = std::get_if<PacketLine>(&event.action);
    const auto* call = std::get_if<SystemCall>(&event.action);
    if (IsVague(when) && !(packet && packet->direction == Direction::OUTBOUND))
    {
        throw ScriptError(when.place, "only an outbound packet may have a range of times or *");
    }
    if (!previous && (when.kind == Kind::ANY || when.begin.count() != 0))
    {
        throw ScriptError(when.place, "the first event must be at time 0");
    }
    if (previous && when.kind == Kind::ABSOLUTE && previous->when.kind == Kind::ABSOLUTE &&
        when.begin < previous->when.begin)
    {
        throw ScriptError(when.place, "this time is before that of the previous event");
    }
    if (call && call->blockingEnd && *call->blockingEnd < when.begin)
    {
        throw ScriptError(call->place, "this call would return before it starts");
    }
    if (packet && packet->direction == Direction::INBOUND)
    {
        if (const auto* segment = std::get_if<TcpSegment>(&packet->payload))
        {
            CheckInbound(*segment);
        }
    }
}

Event
ParseEvent(Cursor& cursor)
{
    Event event;
    const auto first = cursor.Peek().place;
    event.when = ParseWhen(cursor);
    const auto& token = cursor.Peek();
    if (token.kind == TokenKind::COMMAND)
    {
        event.action = ParseCommand(cursor);
    }
    else if (token.kind == TokenKind::CODE)
    {
        event.action = Code{token.place, token.text};
        cursor.Take();
    }
    else if (token.kind == TokenKind::WORD || token.kind == TokenKind::ELLIPSIS)
    {
        event.action = ParseSystemCall(cursor);
    }
    else if (token.Is('<') || token.Is('>'))
    {
        event.action = ParsePacket(cursor);
    }
    else
    {
        cursor.FailExpected("a packet, a system call, a command or code");
    }
    event.place = cursor.Since(first);
    return event;
}

} // namespace

bool
Script::operator==(const Script& other) const
{
    return options == other.options && init == other.init && events == other.events &&
           cleanup == other.cleanup;
}

Script
ParseScript(Source source, const Defines& defines)
{
    Script script{.source = std::move(source)};
    auto list = Tokenize(script.source.text, defines);
    script.conditionals = std::move(list.conditionals);
    script.defines = std::move(list.defines);
    Cursor cursor(list.tokens);
    while (cursor.Peek().kind == TokenKind::OPTION)
    {
        script.options.push_back(ParseOption(cursor));
    }
    script.init = AcceptCommand(cursor);
    while (cursor.Peek().kind != TokenKind::END && !script.cleanup)
    {
        script.cleanup = AcceptCommand(cursor);
        if (!script.cleanup)
        {
            auto event = ParseEvent(cursor);
            CheckEvent(event, script.events.empty() ? nullptr : &script.events.back());
            script.events.push_back(std::move(event));
        }
    }
    if (cursor.Peek().kind != TokenKind::END)
    {
        cursor.FailExpected("the end of the script after a command without a time");
    }
    return script;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

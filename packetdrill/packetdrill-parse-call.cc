// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-grammar.h"

#include <charconv>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

constexpr int DEEPEST = 32; // values within values

/// Whether a word with a parenthesis behind it is the call of a function.
enum class Calls : uint8_t
{
    ALLOWED,
    NONE, //!< of a result: what is in parentheses is a note
};

Expression ParseExpression(Cursor& cursor, int depth, Calls calls = Calls::ALLOWED);

int64_t
ReadInteger(const Token& token)
{
    const bool isHex = token.kind == TokenKind::HEX;
    const auto* begin = token.text.data() + (isHex ? 2 : 0);
    const auto* end = token.text.data() + token.text.size();
    int64_t value = 0;
    auto error = std::errc();
    if (token.text.starts_with('-'))
    {
        error = std::from_chars(begin, end, value).ec;
    }
    else
    {
        uint64_t bits = 0;
        error = std::from_chars(begin, end, bits, isHex ? 16 : 10).ec;
        value = static_cast<int64_t>(bits);
    }
    if (error != std::errc())
    {
        throw ScriptError(token.place, "this number does not fit in 64 bits");
    }
    return value;
}

std::vector<Expression>
ParseExpressions(Cursor& cursor, char closing, int depth)
{
    std::vector<Expression> found;
    if (cursor.Accept(closing))
    {
        return found;
    }
    do
    {
        found.push_back(ParseExpression(cursor, depth));
    } while (cursor.Accept(','));
    cursor.Expect(closing);
    return found;
}

/// `name = value`, `name(argument) = value`, or a value alone.
Field
ParseField(Cursor& cursor, int depth)
{
    Field field;
    const auto& first = cursor.Peek();
    field.value = ParseExpression(cursor, depth);
    if (auto* symbol = std::get_if<SymbolValue>(&field.value.value); symbol && cursor.Accept('='))
    {
        field.name = symbol->name;
        field.value = ParseExpression(cursor, depth);
    }
    else if (auto* call = std::get_if<CallValue>(&field.value.value);
             call && call->arguments.size() == 1 && cursor.Accept('='))
    {
        field.name = call->name;
        field.argument = std::move(call->arguments[0]);
        field.value = ParseExpression(cursor, depth);
    }
    field.place = cursor.Since(first.place);
    return field;
}

StructValue
ParseStruct(Cursor& cursor, int depth)
{
    StructValue value;
    do
    {
        value.fields.push_back(ParseField(cursor, depth));
    } while (cursor.Accept(','));
    cursor.Expect('}');
    return value;
}

/// A value without `|`.
Expression
ParsePart(Cursor& cursor, int depth, Calls calls)
{
    using enum TokenKind;
    const auto& token = cursor.Peek();
    if (depth > DEEPEST)
    {
        throw ScriptError(token.place,
                          "more than " + std::to_string(DEEPEST) + " values within values");
    }
    Expression part;
    if (token.kind == ELLIPSIS)
    {
        cursor.Take();
    }
    else if (token.kind == INTEGER || token.kind == HEX)
    {
        part.value = IntegerValue{ReadInteger(cursor.Take()), token.kind == HEX};
    }
    else if (token.kind == STRING)
    {
        part.value = StringValue{cursor.Take().text};
    }
    else if (token.kind == WORD)
    {
        cursor.Take();
        if (calls == Calls::ALLOWED && cursor.Accept('('))
        {
            part.value = CallValue{token.text, ParseExpressions(cursor, ')', depth + 1)};
        }
        else
        {
            part.value = SymbolValue{token.text};
        }
    }
    else if (cursor.Accept('['))
    {
        part.value = ListValue{ParseExpressions(cursor, ']', depth + 1)};
    }
    else if (cursor.Accept('{'))
    {
        part.value = ParseStruct(cursor, depth + 1);
    }
    else
    {
        cursor.FailExpected("a value");
    }
    part.place = cursor.Since(token.place);
    return part;
}

Expression
ParseExpression(Cursor& cursor, int depth, Calls calls)
{
    const auto first = cursor.Peek().place;
    auto part = ParsePart(cursor, depth, calls);
    if (!cursor.Peek().Is('|'))
    {
        return part;
    }
    UnionValue value;
    value.parts.push_back(std::move(part));
    while (cursor.Accept('|'))
    {
        value.parts.push_back(ParsePart(cursor, depth, calls));
    }
    Expression expression;
    expression.value = std::move(value);
    expression.place = cursor.Since(first);
    return expression;
}

/// A note that is to follow an errno or a result.
std::string
ParseNote(Cursor& cursor)
{
    cursor.Expect('(');
    const auto first = cursor.Peek().place;
    while (!cursor.Peek().Is(')'))
    {
        if (cursor.Peek().kind == TokenKind::END)
        {
            cursor.FailExpected("')'");
        }
        cursor.Take();
    }
    const auto note = cursor.TextSince(first);
    cursor.Take();
    return note;
}

} // namespace

SystemCall
ParseSystemCall(Cursor& cursor)
{
    SystemCall call;
    const auto first = cursor.Peek().place;
    if (cursor.Peek().kind == TokenKind::ELLIPSIS)
    {
        cursor.Take();
        call.blockingEnd = cursor.Time();
    }
    const auto& name = cursor.Expect(TokenKind::WORD, "the name of a system call");
    call.name = name.text;
    call.namePlace = name.place;
    cursor.Expect('(');
    call.arguments = ParseExpressions(cursor, ')', 0);
    cursor.Expect('=');
    call.result = ParseExpression(cursor, 0, Calls::NONE);
    if (cursor.Peek().kind == TokenKind::WORD)
    {
        call.error = cursor.Take().text;
    }
    constexpr std::size_t MOST_NOTES = 2; // one of the errno, one of the result
    while (cursor.Peek().Is('(') && call.notes.size() < MOST_NOTES)
    {
        call.notes.push_back(ParseNote(cursor));
    }
    call.place = cursor.Since(first);
    return call;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

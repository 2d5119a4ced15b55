// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-cursor.h"

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

constexpr std::size_t SHOWN = 40; // octets of a token in a message

// About 31 years: as nanoseconds it is far from the simulator's limit.
constexpr uint64_t LATEST_SECOND = 1000000000;

/// A token for a message: shortened, without line breaks or octets that are no text.
std::string
Show(const Token& token)
{
    if (token.kind == TokenKind::END)
    {
        return token.Written();
    }
    auto text = token.Written();
    if (text.size() > SHOWN)
    {
        text = text.substr(0, SHOWN) + "...";
    }
    std::replace_if(
        text.begin(),
        text.end(),
        [](unsigned char octet) { return octet < ' ' || octet >= 0x7f; },
        '?');
    return "'" + text + "'";
}

uint32_t
ToNumber(const Token& token, const char* what, uint32_t most)
{
    const int base = token.kind == TokenKind::HEX ? 16 : 10;
    const auto* begin = token.text.data() + (base == 16 ? 2 : 0);
    const auto* end = token.text.data() + token.text.size();
    uint32_t value = 0;
    const auto [rest, error] = std::from_chars(begin, end, value, base);
    if (error != std::errc() || rest != end || value > most)
    {
        throw ScriptError(token.place,
                          std::string(what) + " must be 0 to " + std::to_string(most) + ", not " +
                              Show(token));
    }
    return value;
}

} // namespace

const Token&
Cursor::Peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)];
}

const Token&
Cursor::Take()
{
    const auto& token = Peek();
    m_next = std::min(m_next + 1, m_tokens.size() - 1);
    return token;
}

void
Cursor::Expect(char character)
{
    if (!Accept(character))
    {
        FailExpected(std::string("'") + character + "'");
    }
}

const Token&
Cursor::Expect(TokenKind kind, const char* what)
{
    if (Peek().kind != kind)
    {
        FailExpected(what);
    }
    return Take();
}

uint32_t
Cursor::Number(const char* what, uint32_t most)
{
    return ToNumber(Expect(TokenKind::INTEGER, what), what, most);
}

uint32_t
Cursor::AnyNumber(const char* what, uint32_t most)
{
    return Peek().kind == TokenKind::HEX ? ToNumber(Take(), what, most) : Number(what, most);
}

uint16_t
Cursor::Number16(const char* what)
{
    return static_cast<uint16_t>(Number(what, std::numeric_limits<uint16_t>::max()));
}

std::chrono::microseconds
Cursor::Time()
{
    if (Peek().kind != TokenKind::INTEGER && Peek().kind != TokenKind::FLOAT)
    {
        FailExpected("a time in seconds");
    }
    const auto& token = Take();
    if (token.text.starts_with('-'))
    {
        throw ScriptError(token.place, "a time cannot be negative");
    }
    const auto point = std::min(token.text.find('.'), token.text.size());
    uint64_t seconds = 0;
    const auto* begin = token.text.data();
    const auto [rest, error] = std::from_chars(begin, begin + point, seconds);
    if ((point > 0 && error != std::errc()) || seconds > LATEST_SECOND)
    {
        throw ScriptError(token.place, "this time is beyond 1000000000 seconds");
    }
    uint64_t micro = seconds;
    for (std::size_t digit = 1; digit <= 6; ++digit)
    {
        const auto position = point + digit;
        micro = 10 * micro + (position < token.text.size() ? token.text[position] - '0' : 0);
    }
    const bool roundUp = point + 7 < token.text.size() && token.text[point + 7] >= '5';
    return std::chrono::microseconds(micro + (roundUp ? 1 : 0));
}

Place
Cursor::Since(const Place& first) const
{
    return Join(first, m_next == 0 ? first : m_tokens[m_next - 1].place);
}

std::string
Cursor::TextSince(const Place& first) const
{
    auto begin = m_next;
    while (begin > 0 && m_tokens[begin - 1].place.begin >= first.begin)
    {
        --begin;
    }
    std::string text;
    for (auto i = begin; i < m_next; ++i)
    {
        const bool touches = i == begin || m_tokens[i - 1].place.end == m_tokens[i].place.begin;
        text += (touches ? "" : " ") + m_tokens[i].Written();
    }
    return text;
}

void
Cursor::FailExpected(const std::string& what) const
{
    throw ScriptError(Peek().place, "expected " + what + " but found " + Show(Peek()));
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

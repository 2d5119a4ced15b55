// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-code-lexer.h"

#include "packetdrill-code.h"

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

constexpr std::size_t MOST_TOKENS = 4096;
constexpr std::string_view DIGITS = "0123456789";
constexpr std::string_view LETTERS =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/// @return the sign at the start of the text, empty if there is none that is understood
std::string_view
FindSign(std::string_view text)
{
    constexpr std::string_view PAIRS[] = {"==", "!=", "<=", ">=", "<<", ">>", "//", "**"};
    const auto pair = text.substr(0, 2);
    if (std::find(std::begin(PAIRS), std::end(PAIRS), pair) != std::end(PAIRS))
    {
        return pair;
    }
    constexpr std::string_view SINGLES = "()+-*%|&^~<>=,;";
    return SINGLES.find(text[0]) == SINGLES.npos ? "" : text.substr(0, 1);
}

/// A number, or a word such as `1e5` that is none.
CodeToken
ReadWord(std::string_view text)
{
    CodeToken token{CodeToken::Kind::WORD, std::string(text)};
    if (DIGITS.find(text[0]) == DIGITS.npos)
    {
        return token;
    }
    const bool isHex = text.starts_with("0x") || text.starts_with("0X");
    const auto* begin = text.data() + (isHex ? 2 : 0);
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(begin, end, token.number, isHex ? 16 : 10);
    if (error != std::errc() || rest != end)
    {
        throw UnsupportedCode("code number " + token.text.substr(0, 20));
    }
    token.kind = CodeToken::Kind::NUMBER;
    return token;
}

CodeToken
ReadString(std::string_view text)
{
    const auto end = text.find_first_of(std::string{text[0], '\n', '\\'}, 1);
    if (end == text.npos || text[end] != text[0])
    {
        throw UnsupportedCode("code string");
    }
    return {CodeToken::Kind::STRING, std::string(text.substr(0, end + 1))};
}

[[noreturn]] void
Refuse(char c)
{
    const bool isPrintable = c > ' ' && c < 0x7f;
    throw UnsupportedCode(isPrintable ? "code " + std::string(1, c) : "code character");
}

} // namespace

std::vector<CodeToken>
TokenizeCode(const std::string& code)
{
    std::vector<CodeToken> tokens;
    std::string_view rest = code;
    int open = 0; // parentheses
    while (!rest.empty())
    {
        if (tokens.size() == MOST_TOKENS)
        {
            throw UnsupportedCode("code of more than " + std::to_string(MOST_TOKENS) + " tokens");
        }
        const char c = rest[0];
        std::size_t length = 1;
        if (c == '\n')
        {
            if (open == 0)
            {
                tokens.push_back({CodeToken::Kind::SIGN, ";"});
            }
        }
        else if (c == ' ' || c == '\t' || c == '\r')
        {
            // Blanks only separate: there are no blocks.
        }
        else if (c == '#')
        {
            length = std::min(rest.find('\n'), rest.size());
        }
        else if (c == '\\' && (rest.starts_with("\\\n") || rest.starts_with("\\\r\n")))
        {
            length = rest.find('\n') + 1;
        }
        else if (c == '"' || c == '\'')
        {
            tokens.push_back(ReadString(rest));
            length = tokens.back().text.size();
        }
        else if (LETTERS.find(c) != LETTERS.npos)
        {
            length = std::min(rest.find_first_not_of(LETTERS), rest.size());
            tokens.push_back(ReadWord(rest.substr(0, length)));
        }
        else if (const auto sign = FindSign(rest); !sign.empty())
        {
            tokens.push_back({CodeToken::Kind::SIGN, std::string(sign)});
            open += c == '(' ? 1 : 0;
            open -= c == ')' ? 1 : 0;
            length = sign.size();
        }
        else
        {
            Refuse(c);
        }
        rest.remove_prefix(length);
    }
    tokens.push_back({CodeToken::Kind::END, "without end"});
    return tokens;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

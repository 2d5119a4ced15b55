// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-lexer.h"

#include "packetdrill-escape.h"
#include "packetdrill-match.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

constexpr std::size_t DEFINE_CHAIN = 16; // names replaced by names, at most
constexpr std::string_view BLANKS = " \t\r\n\v\f";

std::string
Trim(const std::string& text)
{
    const auto first = text.find_first_not_of(BLANKS);
    return first == std::string::npos
               ? ""
               : text.substr(first, text.find_last_not_of(BLANKS) - first + 1);
}

/// Cuts one script.
class Lexer
{
  public:
    Lexer(const std::string& text, const Defines& defines)
        : m_text(text)
    {
        m_list.defines = defines;
    }

    TokenList Run()
    {
        constexpr std::string_view MARK = "\xef\xbb\xbf"; // some editors start UTF-8 files so
        Advance(Rest().starts_with(MARK) ? MARK.size() : 0);
        while (SkipBlanks())
        {
            Next();
            NoteDefine();
        }
        if (m_open)
        {
            throw ScriptError(m_list.conditionals.back().place, "#ifdef without #endif");
        }
        Push(TokenKind::END, 0, "");
        return std::move(m_list);
    }

  private:
    std::string_view Rest() const
    {
        return std::string_view(m_text).substr(m_at.begin);
    }

    Place Here(std::size_t length) const
    {
        return {m_at.line, m_at.column, m_at.begin, m_at.begin + length};
    }

    void Advance(std::size_t length)
    {
        for (const char c : Rest().substr(0, length))
        {
            ++m_at.begin;
            m_at.line += c == '\n' ? 1 : 0;
            m_at.column = c == '\n' ? 1 : m_at.column + 1;
        }
    }

    void AdvanceLine()
    {
        Advance(std::min(Rest().find('\n'), Rest().size()));
    }

    void Push(TokenKind kind, std::size_t length, std::string text)
    {
        m_list.tokens.push_back({kind, Here(length), std::move(text)});
        Advance(length);
    }

    /// Goes past blanks, comments and what is switched off; returns whether a token follows.
    bool SkipBlanks()
    {
        while (!Rest().empty())
        {
            if (Rest().starts_with("//"))
            {
                AdvanceLine();
            }
            else if (Rest().starts_with("/*"))
            {
                Advance(LengthTo("*/", 2, "comment"));
            }
            else if (Rest()[0] == '#')
            {
                Directive();
            }
            else if (BLANKS.find(Rest()[0]) != std::string_view::npos)
            {
                Advance(1);
            }
            else
            {
                return true;
            }
        }
        return false;
    }

    /// @return the octets up to and with a closing mark, which is not before an offset
    std::size_t LengthTo(std::string_view mark, std::size_t offset, const char* what) const
    {
        const auto end = Rest().find(mark, offset);
        if (end == std::string_view::npos)
        {
            throw ScriptError(Here(offset), std::string("this ") + what + " does not end");
        }
        return end + mark.size();
    }

    void Directive();
    void SkipInactive();
    void Next();
    void Word(std::size_t length);
    void NoteDefine();

    const std::string& m_text; //!< the script
    Place m_at;                //!< where the next token starts
    TokenList m_list;          //!< what was found
    bool m_open{false};        //!< within an active conditional block
};

/// The words of a line after its `#`, without a comment.
std::vector<std::string>
DirectiveWords(std::string_view line)
{
    line = line.substr(1,
                       line.find("//") == std::string_view::npos ? line.size() - 1
                                                                 : line.find("//") - 1);
    std::vector<std::string> words;
    std::size_t begin = 0;
    while ((begin = line.find_first_not_of(BLANKS, begin)) != std::string_view::npos)
    {
        const auto end = std::min(line.find_first_of(BLANKS, begin), line.size());
        words.emplace_back(line.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

void
Lexer::Directive()
{
    const auto line = Rest().substr(0, Rest().find('\n'));
    const auto words = DirectiveWords(line);
    const auto place = Here(line.size());
    if (words.size() == 1 && words[0] == "endif")
    {
        if (!m_open)
        {
            throw ScriptError(place, "#endif without #ifdef");
        }
        m_open = false;
        AdvanceLine();
        return;
    }
    if (words.empty() || words[0] != "ifdef")
    {
        throw ScriptError(place, "of directives there are only #ifdef NAME and #endif");
    }
    if (words.size() != 2 || CountWordCharacters(words[1]) != words[1].size())
    {
        throw ScriptError(place, "#ifdef takes one name");
    }
    if (m_open)
    {
        throw ScriptError(place, "an #ifdef inside another one");
    }
    m_open = m_list.defines.contains(words[1]);
    m_list.conditionals.push_back({place, words[1], m_open});
    AdvanceLine();
    if (!m_open)
    {
        SkipInactive();
    }
}

void
Lexer::SkipInactive()
{
    const auto opening = m_list.conditionals.back().place;
    while (true)
    {
        AdvanceLine();
        Advance(1);
        if (Rest().empty())
        {
            throw ScriptError(opening, "#ifdef without #endif");
        }
        Advance(std::min(Rest().find_first_not_of(" \t"), Rest().size()));
        if (!Rest().starts_with('#'))
        {
            continue;
        }
        const auto line = Rest().substr(0, Rest().find('\n'));
        const auto words = DirectiveWords(line);
        if (words.size() == 1 && words[0] == "endif")
        {
            AdvanceLine();
            return;
        }
        if (!words.empty() && words[0] == "ifdef")
        {
            throw ScriptError(Here(line.size()), "an #ifdef inside another one");
        }
    }
}

void
Lexer::Next()
{
    using enum TokenKind;
    const auto rest = Rest();
    if (rest[0] == '"')
    {
        const auto length = QuotedLength(rest);
        if (!length)
        {
            throw ScriptError(Here(1), "this string does not end");
        }
        const auto inner = std::string(rest.substr(1, *length - 2));
        const auto text = Unescape(inner);
        if (!text)
        {
            throw ScriptError(Here(*length), "this string has an unknown escape");
        }
        Push(STRING, *length, *text);
    }
    else if (rest[0] == '`')
    {
        const auto length = LengthTo("`", 1, "command");
        Push(COMMAND, length, std::string(rest.substr(1, length - 2)));
    }
    else if (rest.starts_with("%{"))
    {
        const auto length = LengthTo("}%", 2, "code block");
        Push(CODE, length, Trim(std::string(rest.substr(2, length - 4))));
    }
    else if (rest.starts_with("--") && CountWordCharacters(rest.substr(2)) > 0)
    {
        const auto length = CountWordCharacters(rest.substr(2));
        Push(OPTION, 2 + length, std::string(rest.substr(2, length)));
    }
    else if (const auto [kind, length] = MatchPlain(rest); length == 0)
    {
        Push(CHARACTER, 1, std::string(rest.substr(0, 1)));
    }
    else if (kind == WORD)
    {
        Word(length);
    }
    else
    {
        Push(kind, length, std::string(rest.substr(0, length)));
    }
}

void
Lexer::Word(std::size_t length)
{
    using enum TokenKind;
    auto text = std::string(Rest().substr(0, length));
    const auto& tokens = m_list.tokens;
    const bool isDefined = tokens.size() >= 2 && tokens.back().Is('=') &&
                           tokens[tokens.size() - 2].kind == OPTION &&
                           tokens[tokens.size() - 2].text == "define";
    std::size_t replaced = 0;
    auto found = m_list.defines.find(text);
    while (!isDefined && found != m_list.defines.end() && found->second && text != *found->second)
    {
        text = *found->second;
        if (++replaced > DEFINE_CHAIN)
        {
            throw ScriptError(Here(length), "this name is defined by itself");
        }
        found = m_list.defines.find(text);
    }
    const auto isQuoted = [&text](char quote) {
        return text.size() >= 2 && text.front() == quote && text.back() == quote;
    };
    if (isQuoted('"'))
    {
        const auto string = Unescape(text.substr(1, text.size() - 2));
        if (!string)
        {
            throw ScriptError(Here(length), "the value of this name has an unknown escape");
        }
        Push(STRING, length, *string);
    }
    else if (isQuoted('`'))
    {
        Push(COMMAND, length, text.substr(1, text.size() - 2));
    }
    else if (const auto [kind, size] = MatchPlain(text); size == text.size() && size > 0)
    {
        Push(kind, length, text);
    }
    else
    {
        throw ScriptError(Here(length),
                          "the value of this name is no word, number, string or command");
    }
}

void
Lexer::NoteDefine()
{
    const auto& tokens = m_list.tokens;
    if (tokens.size() < 5)
    {
        return;
    }
    const auto* last = &tokens[tokens.size() - 5];
    if (last[0].kind == TokenKind::OPTION && last[0].text == "define" && last[1].Is('=') &&
        last[2].kind == TokenKind::WORD && last[3].Is('='))
    {
        m_list.defines.emplace(last[2].text, last[4].Written());
    }
}

} // namespace

std::string
Token::Written() const
{
    switch (kind)
    {
    case TokenKind::END:
        return "the end of the script";
    case TokenKind::STRING:
        return Quote(text);
    case TokenKind::COMMAND:
        return "`" + text + "`";
    case TokenKind::CODE:
        return "%{ " + text + " }%";
    case TokenKind::OPTION:
        return "--" + text;
    case TokenKind::INTEGER:
    case TokenKind::HEX:
    case TokenKind::FLOAT:
    case TokenKind::WORD:
    case TokenKind::IPV4:
    case TokenKind::IPV6:
    case TokenKind::ELLIPSIS:
    case TokenKind::CHARACTER:
        break;
    }
    return text;
}

TokenList
Tokenize(const std::string& text, const Defines& defines)
{
    return Lexer(text, defines).Run();
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

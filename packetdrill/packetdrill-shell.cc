// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-shell.h"

#include "packetdrill-evaluate.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// A word, or a mark between words.
struct ShellToken
{
    std::string text; //!< of a word without quotes
    bool mark{false}; //!< `|`, `||`, `&&`, `;` or a newline
};

/// Characters that mean something to a shell which is not understood here.
constexpr std::string_view SPECIAL = "$`()<>&*?[]{}~!";

/// Cuts a shell command into tokens.
class ShellLexer
{
  public:
    explicit ShellLexer(std::string_view text)
        : m_rest(text)
    {
    }

    /// @return the next token, nothing at the end or where something is not understood
    std::optional<ShellToken> Next()
    {
        SkipBlanks();
        for (const std::string_view mark : {"||", "&&", "|", ";", "\n"})
        {
            if (Accept(mark))
            {
                return ShellToken{mark == "\n" ? ";" : std::string(mark), true};
            }
        }
        return m_rest.empty() ? std::nullopt : Word();
    }

    /// @return what is not understood, empty if nothing was found so far
    const std::string& GetUnsupported() const
    {
        return m_unsupported;
    }

  private:
    bool Accept(std::string_view text)
    {
        const bool found = m_rest.starts_with(text);
        m_rest.remove_prefix(found ? text.size() : 0);
        return found;
    }

    /// Goes past blanks, comments and redirections that discard output.
    void SkipBlanks()
    {
        while (true)
        {
            if (m_rest.starts_with('#'))
            {
                m_rest.remove_prefix(std::min(m_rest.find('\n'), m_rest.size()));
            }
            else if (!(Accept(" ") || Accept("\t") || Accept("\r") || Accept("\\\n") ||
                       Accept("2>&1") || Accept("2>/dev/null") || Accept("2> /dev/null") ||
                       Accept(">/dev/null") || Accept("> /dev/null")))
            {
                return;
            }
        }
    }

    std::nullopt_t Refuse(const std::string& what)
    {
        m_unsupported = "shell syntax " + what;
        return std::nullopt;
    }

    /// Goes past `((…))` and returns the value of the expression, nothing if it has none.
    std::optional<int64_t> Arithmetic()
    {
        int open = 0;
        std::size_t end = 0;
        do
        {
            open += m_rest[end] == '(' ? 1 : 0;
            open -= m_rest[end] == ')' ? 1 : 0;
            ++end;
        } while (open > 0 && end < m_rest.size());
        if (open > 0 || m_rest[end - 2] != ')')
        {
            return std::nullopt;
        }
        const auto text = m_rest.substr(2, end - 4);
        m_rest.remove_prefix(end);
        try
        {
            const auto statements = ParseCode("print(" + std::string(text) + ")");
            const bool isOne = statements.size() == 1 && statements[0].expressions.size() == 1;
            return isOne ? std::optional(Evaluate(statements[0].expressions[0], {})) : std::nullopt;
        }
        catch (const std::runtime_error&)
        {
            return std::nullopt;
        }
    }

    std::optional<ShellToken> Word()
    {
        ShellToken word;
        while (!m_rest.empty() && std::string_view(" \t\r\n|;").find(m_rest[0]) == m_rest.npos)
        {
            const char c = m_rest[0];
            m_rest.remove_prefix(1);
            if (c == '\'' || c == '"')
            {
                const auto end = m_rest.find(c);
                if (end == m_rest.npos)
                {
                    return Refuse(std::string(1, c));
                }
                const auto inner = m_rest.substr(0, end);
                const auto special = c == '"' ? inner.find_first_of("$`\\") : inner.npos;
                if (special != inner.npos)
                {
                    return Refuse(std::string(1, inner[special]));
                }
                word.text += inner;
                m_rest.remove_prefix(end + 1);
            }
            else if (c == '\\' && !m_rest.empty())
            {
                word.text += m_rest[0];
                m_rest.remove_prefix(1);
            }
            else if (c == '$' && m_rest.starts_with("(("))
            {
                const auto number = Arithmetic();
                if (!number)
                {
                    return Refuse("$((");
                }
                word.text += std::to_string(*number);
            }
            else if (SPECIAL.find(c) != SPECIAL.npos || c == '\0')
            {
                // `&&` ends a word; a `&` alone is something else.
                if (c == '&' && m_rest.starts_with('&') && !word.text.empty())
                {
                    m_rest = {m_rest.data() - 1, m_rest.size() + 1};
                    break;
                }
                return Refuse(c == '\0' ? "NUL" : std::string(1, c));
            }
            else
            {
                word.text += c;
            }
        }
        return word;
    }

    std::string_view m_rest;   //!< what is still to be read
    std::string m_unsupported; //!< what is not understood
};

} // namespace

ShellScript
ParseShell(const std::string& text)
{
    ShellScript script;
    ShellLexer lexer(text);
    ShellPipeline pipeline;
    ShellCommand command;
    std::string last = ";"; // the mark before the command
    const auto finish = [&](const std::string& mark) {
        if (command.empty())
        {
            // Blank lines and the like.
            return last == ";" && mark == ";";
        }
        if (last == "||")
        {
            const bool known = command == ShellCommand{"true"} && mark != "|" && mark != "||";
            command.clear();
            last = mark;
            return known;
        }
        pipeline.afterSuccess = pipeline.afterSuccess || last == "&&";
        pipeline.commands.push_back(std::move(command));
        command.clear();
        last = mark;
        if (mark != "|")
        {
            pipeline.ignoreStatus = mark == "||";
            script.pipelines.push_back(std::move(pipeline));
            pipeline = {};
        }
        return true;
    };
    while (const auto token = lexer.Next())
    {
        if (!token->mark)
        {
            command.push_back(token->text);
        }
        else if (!finish(token->text))
        {
            script.unsupported = "shell syntax " + token->text;
            return script;
        }
    }
    script.unsupported = lexer.GetUnsupported();
    if (script.unsupported.empty() && !finish(";"))
    {
        script.unsupported = "shell syntax " + last;
    }
    return script;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

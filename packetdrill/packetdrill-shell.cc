// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-shell.h"

#include <algorithm>
#include <array>
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

bool
EndsWithName(const std::string& program, std::string_view prefix, std::string_view suffix)
{
    return program.size() >= prefix.size() + suffix.size() && program.starts_with(prefix) &&
           program.ends_with(suffix);
}

bool
IsNumber(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Names that change behaviour in ways that are not modelled.
bool
IsUnsupportedSetting(std::string name, const std::string& value)
{
    std::replace(name.begin(), name.end(), '/', '.');
    const auto base = name.substr(name.rfind('.') == std::string::npos ? 0 : name.rfind('.') + 1);
    return base.starts_with("udp_tunneling_") || base.starts_with("tcp_fastopen") ||
           base == "tcp_rto_max_ms" || (base == "tcp_ecn" && value == "3");
}

std::string
FindInSettings(const ShellCommand& command, std::string_view prefix)
{
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        const auto& word = command[i];
        const auto equals = word.find('=');
        if (command[0] == "sysctl" && (word == "-w" || word == "-q"))
        {
            continue;
        }
        if (equals == std::string::npos || !word.starts_with(prefix))
        {
            return ProgramOf(command) + " " + word;
        }
        const auto name = word.substr(prefix.size(), equals - prefix.size());
        if (IsUnsupportedSetting(name, word.substr(equals + 1)))
        {
            return "sysctl " + word.substr(prefix.size());
        }
    }
    return "";
}

std::string
FindInSockstat(const ShellCommand& command)
{
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        const bool takesValue = command[i] == "-P" || command[i] == "-p";
        const bool known = command[i] == "-4" || command[i] == "-6" || command[i] == "-s";
        if (takesValue && i + 1 < command.size())
        {
            ++i;
            if (command[i - 1] == "-P" ? command[i] == "tcp" : IsNumber(command[i]))
            {
                continue;
            }
        }
        else if (known)
        {
            continue;
        }
        return "sockstat " + command[i];
    }
    return "";
}

std::string
FindInGrep(const ShellCommand& command)
{
    std::size_t patterns = 0;
    for (std::size_t i = 1; i < command.size(); ++i)
    {
        const auto& word = command[i];
        if (word.starts_with('-') && word.find_first_not_of("cvqi", 1) != std::string::npos)
        {
            return "grep " + word;
        }
        patterns += word.starts_with('-') ? 0 : 1;
    }
    return patterns == 1 ? "" : "grep with " + std::to_string(patterns) + " patterns";
}

std::string
FindInAwk(const ShellCommand& command)
{
    constexpr std::string_view BEGIN = "{print $";
    const bool known =
        command.size() == 2 && command[1].starts_with(BEGIN) && command[1].ends_with('}') &&
        IsNumber(command[1].substr(BEGIN.size(), command[1].size() - BEGIN.size() - 1));
    return known ? "" : "awk program";
}

std::string
FindInCommand(const ShellCommand& command)
{
    const auto program = ProgramOf(command);
    if (program == "sysctl")
    {
        return FindInSettings(command, "");
    }
    if (program == "set_sysctls.py")
    {
        return FindInSettings(command, "/proc/sys/");
    }
    if (program == "sockstat")
    {
        return FindInSockstat(command);
    }
    if (program == "sleep")
    {
        const bool known =
            command.size() == 2 && command[1].find_first_not_of("0123456789.") == std::string::npos;
        return known ? "" : "sleep with options";
    }
    if (program == "tcpdrop")
    {
        return command == ShellCommand{"tcpdrop", "-s", "TIME_WAIT"} ? "" : "tcpdrop";
    }
    const bool known = program == "true" || program == "echo" || program == "defaults.sh" ||
                       EndsWithName(program, "sysctl_restore_", ".sh");
    return known ? "" : "command " + program;
}

} // namespace

std::string
ProgramOf(const ShellCommand& command)
{
    return command[0].substr(
        command[0].rfind('/') == std::string::npos ? 0 : command[0].rfind('/') + 1);
}

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

std::string
FindUnsupported(const ShellScript& script)
{
    for (const auto& pipeline : script.pipelines)
    {
        const auto& commands = pipeline.commands;
        auto found = FindInCommand(commands[0]);
        if (!found.empty())
        {
            return found;
        }
        if (commands.size() > 1 && ProgramOf(commands[0]) != "sockstat")
        {
            return "pipe from " + ProgramOf(commands[0]);
        }
        for (std::size_t i = 1; i < commands.size(); ++i)
        {
            const auto program = ProgramOf(commands[i]);
            found = program == "grep"  ? FindInGrep(commands[i])
                    : program == "awk" ? FindInAwk(commands[i])
                                       : "command " + program;
            if (!found.empty())
            {
                return found;
            }
        }
    }
    return script.unsupported;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_LEXER_H
#define PACKETDRILL_LEXER_H

#include "packetdrill-source.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Names that are defined, for `\#ifdef` and for replacing words.
 *
 * The value decides what a word becomes: in double quotes a string, in back-quotes a command, else
 * a number or a word. A name without a value counts for `\#ifdef` only.
 */
using Defines = std::map<std::string, std::optional<std::string>>;

/// What a token is; those that are no word, number or quotation are one CHARACTER each.
enum class TokenKind : uint8_t
{
    END, //!< after the last one
    INTEGER,
    HEX,
    FLOAT,
    WORD,
    STRING,
    COMMAND,
    CODE,
    IPV4,
    IPV6,
    OPTION,
    ELLIPSIS,
    CHARACTER,
};

/// A token of the language.
struct Token
{
    TokenKind kind{TokenKind::END}; //!< what it is
    Place place{};                  //!< where it is written
    /// As written; of a STRING with its escapes resolved, of all quotations and of an OPTION
    /// without the marks around or before.
    std::string text{};

    /// @return whether it is this character
    bool Is(char character) const
    {
        return kind == TokenKind::CHARACTER && text[0] == character;
    }

    /// @return whether it is this word
    bool Is(const char* word) const
    {
        return kind == TokenKind::WORD && text == word;
    }

    /// @return the token as it can be written in a script, and for messages
    std::string Written() const;
};

/// A conditional block.
struct Conditional
{
    Place place;        //!< its `\#ifdef` line
    std::string name;   //!< the name asked for
    bool active{false}; //!< whether it was defined, thus whether the text counted
};

/// The tokens of a script and what else was found on the way.
struct TokenList
{
    std::vector<Token> tokens;             //!< the last one is an END
    std::vector<Conditional> conditionals; //!< in their order
    Defines defines;                       //!< those given and those of the script's `--define`
};

/**
 * @brief Cut a script into tokens, without those in conditional blocks that are switched off.
 *
 * Words that are defined are replaced. A `--define=NAME=value` counts from there on, unless the
 * name was defined before.
 *
 * @param text the script
 * @param defines what is defined before it starts
 * @return the tokens
 * @throw ScriptError for a quotation or conditional block that does not end, and the like
 */
TokenList Tokenize(const std::string& text, const Defines& defines);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_LEXER_H

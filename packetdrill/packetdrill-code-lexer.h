// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_CODE_LEXER_H
#define PACKETDRILL_CODE_LEXER_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A token of a code block.
struct CodeToken
{
    /// What it is.
    enum class Kind : uint8_t
    {
        END,
        NUMBER,
        STRING,
        WORD,
        SIGN, //!< operators and the like; the end of a statement is always `;`
    };

    Kind kind{Kind::END}; //!< what it is
    std::string text{};   //!< as written, a string with its quotes; of an END `without end`
    int64_t number{0};    //!< of a NUMBER

    /// @return whether it is this word or sign
    bool Is(std::string_view other) const
    {
        return (kind == Kind::SIGN || kind == Kind::WORD) && text == other;
    }
};

/**
 * @brief Cut the Python of a code block into tokens.
 *
 * Line ends that end no statement are left out, and so are comments.
 *
 * @param code what stands between `%{` and `}%`
 * @return the tokens, the last one is an END
 * @throw UnsupportedCode for what is none of them
 */
std::vector<CodeToken> TokenizeCode(const std::string& code);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_CODE_LEXER_H

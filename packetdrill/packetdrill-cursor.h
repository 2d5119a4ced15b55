// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_CURSOR_H
#define PACKETDRILL_CURSOR_H

#include "packetdrill-lexer.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// Goes along the tokens of a script; all that takes what is not there throws ScriptError.
class Cursor
{
  public:
    /// @param tokens the tokens, which must outlive this; the last one is an END
    explicit Cursor(const std::vector<Token>& tokens)
        : m_tokens(tokens)
    {
    }

    /**
     * @param ahead how many tokens to look further
     * @return the next token, or one behind it, at most the END
     */
    const Token& Peek(std::size_t ahead = 0) const;

    /// @return the next token, which is behind then
    const Token& Take();

    /**
     * @tparam T char for a CHARACTER, const char* for a word
     * @param what a character or a word
     * @return whether it was next, and is behind then
     */
    template <typename T>
    bool Accept(T what)
    {
        const bool found = Peek().Is(what);
        if (found)
        {
            Take();
        }
        return found;
    }

    /// Take this character. @param character what must be next
    void Expect(char character);

    /**
     * @param kind what must be next
     * @param what its name in the message
     * @return the token
     */
    const Token& Expect(TokenKind kind, const char* what);

    /**
     * @brief Take a decimal number.
     * @param what its name in messages
     * @param most the greatest that is right
     * @return the number
     */
    uint32_t Number(const char* what, uint32_t most = std::numeric_limits<uint32_t>::max());

    /// As Number(), for a number that is decimal or hexadecimal.
    uint32_t AnyNumber(const char* what, uint32_t most = std::numeric_limits<uint32_t>::max());

    /// @return a decimal number of 16 bits. @param what its name in messages
    uint16_t Number16(const char* what);

    /// @return a time in seconds, an INTEGER or a FLOAT
    std::chrono::microseconds Time();

    /// @return a place from the start of this one to the end of the last token taken
    Place Since(const Place& first) const;

    /**
     * @brief Write the tokens that were taken since a place as they may stand in a script.
     * @param first where to begin
     * @return their texts, with a space where they do not touch
     */
    std::string TextSince(const Place& first) const;

    /**
     * @brief Say that something else must be next.
     * @param what what must be next
     * @throw ScriptError always
     */
    [[noreturn]] void FailExpected(const std::string& what) const;

  private:
    const std::vector<Token>& m_tokens; //!< all tokens
    std::size_t m_next{0};              //!< index of the next one
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_CURSOR_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SOURCE_H
#define PACKETDRILL_SOURCE_H

#include <cstddef>
#include <stdexcept>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Where a node of the syntax tree is written: the octets begin … end-1 of the script.
 *
 * All places are equal: two trees are the same whatever the layout of the scripts they come from.
 */
struct Place
{
    std::size_t line{1};   //!< line of the first octet, from 1
    std::size_t column{1}; //!< octets from the start of that line to it, from 1
    std::size_t begin{0};  //!< offset of the first octet in the script
    std::size_t end{0};    //!< offset after the last octet

    /// @return true
    constexpr bool operator==(const Place&) const
    {
        return true;
    }
};

/// @return a place from the start of one place to the end of another
constexpr Place
Join(const Place& first, const Place& last)
{
    return {first.line, first.column, first.begin, last.end};
}

/// A script that breaks the rules of the language; what() is the bare text of the message.
class ScriptError : public std::runtime_error
{
  public:
    /**
     * @param place what is wrong
     * @param message what is wrong with it, in a sentence without a full stop
     */
    ScriptError(const Place& place, const std::string& message)
        : std::runtime_error(message),
          m_place(place)
    {
    }

    /// @return what is wrong
    const Place& GetPlace() const
    {
        return m_place;
    }

  private:
    Place m_place; //!< what is wrong
};

/// A script as it was read.
struct Source
{
    std::string path; //!< name of the file, for messages
    std::string text; //!< all of it, whatever octets there are

    /**
     * @param place a place in this script
     * @return the text that is written there
     */
    std::string TextOf(const Place& place) const;

    /**
     * @param place a place in this script
     * @return the line that it starts in, tabs included, other control characters as question marks
     */
    std::string LineOf(const Place& place) const;

    /**
     * @brief Write a message, the line that it is about, and a caret below its column.
     * @param error what is wrong
     * @return `path:line:column: error: message` and two more lines, without a final newline
     */
    std::string Explain(const ScriptError& error) const;
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SOURCE_H

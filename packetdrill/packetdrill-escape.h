// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_ESCAPE_H
#define PACKETDRILL_ESCAPE_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @param text a text that starts with a double quote
 * @return the octets up to and with the double quote that ends the string, nothing if none does
 */
std::optional<std::size_t> QuotedLength(std::string_view text);

/**
 * @brief Resolve C's escapes: `\n`, `\"` and the like, `\xHH` and up to three octal digits.
 * @param text what stands between the quotes
 * @return the octets meant, nothing if there is another escape
 */
std::optional<std::string> Unescape(std::string_view text);

/// @return a string in double quotes, with escapes where they are needed
std::string Quote(std::string_view text);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_ESCAPE_H

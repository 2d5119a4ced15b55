// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_MATCH_H
#define PACKETDRILL_MATCH_H

#include "packetdrill-lexer.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// @return how many letters, digits and underscores a text starts with. @param text the text
std::size_t CountWordCharacters(std::string_view text);

/**
 * @brief Match a number, word, address or ellipsis, the longest there is.
 * @param text a text
 * @return the kind of the token that it starts with and its octets, which are 0 if there is none
 */
std::pair<TokenKind, std::size_t> MatchPlain(std::string_view text);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_MATCH_H

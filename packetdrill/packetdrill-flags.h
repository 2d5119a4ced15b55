// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_FLAGS_H
#define PACKETDRILL_FLAGS_H

#include "packetdrill-packet.h"

#include <algorithm>
#include <array>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A flag and its letter.
struct FlagLetter
{
    char letter;  //!< as scripts write it
    uint16_t bit; //!< TcpFlags
};

/// The flags that have a letter, in the order in which they are printed; ACK is a point after them.
inline constexpr std::array<FlagLetter, 8> FLAG_LETTERS{{
    {'F', TCP_FIN},
    {'S', TCP_SYN},
    {'R', TCP_RST},
    {'P', TCP_PSH},
    {'E', TCP_ECE},
    {'W', TCP_CWR},
    {'A', TCP_AE},
    {'U', TCP_URG},
}};

/// @return the flag of a letter, nullptr if it has none
constexpr const FlagLetter*
FindFlag(char letter)
{
    const auto* const found =
        std::find_if(FLAG_LETTERS.begin(), FLAG_LETTERS.end(), [letter](const FlagLetter& flag) {
            return flag.letter == letter;
        });
    return found == FLAG_LETTERS.end() ? nullptr : found;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_FLAGS_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_ICMP_H
#define PACKETDRILL_ICMP_H

#include "packetdrill-script.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// The numbers of an ICMP message's header.
struct IcmpNumbers
{
    uint8_t type{0}; //!< of ICMP or ICMPv6
    uint8_t code{0}; //!< within the type

    bool operator==(const IcmpNumbers&) const = default;
};

/**
 * @brief Find the numbers of a message's names.
 * @param message the message
 * @param ipv6 whether it is one of ICMPv6
 * @return the numbers
 * @throw ScriptError at a name that there is not in this version of ICMP
 */
IcmpNumbers FindIcmpNumbers(const IcmpMessage& message, bool ipv6);

/**
 * @brief Check that all ICMP messages of a script have types and codes of its IP version.
 * @param script the script
 * @param ipv6 whether its packets are of IPv6
 * @throw ScriptError at the first wrong name
 */
void CheckIcmp(const Script& script, bool ipv6);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_ICMP_H

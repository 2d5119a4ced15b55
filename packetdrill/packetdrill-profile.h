// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_PROFILE_H
#define PACKETDRILL_PROFILE_H

#include "packetdrill-dialect.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// Whose numbers names stand for.
enum class Numbers : uint8_t
{
    FREEBSD, //!< FreeBSD's
    LINUX,   //!< Linux's
};

/// What the host under test is like, unless a script says otherwise.
struct Profile
{
    std::string_view name;   //!< as on the command line, and of TcpFsmL4Protocol
    std::string_view define; //!< what `\#ifdef` finds; empty: nothing
    Numbers numbers;         //!< of states, options and flags
    Dialect dialect;         //!< of scripts that give no hint
};

/// @return all profiles, the default first
const std::vector<Profile>& Profiles();

/**
 * @param name name of a profile
 * @return the profile, nullptr if there is none of that name
 */
const Profile* FindProfile(std::string_view name);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_PROFILE_H

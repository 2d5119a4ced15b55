// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_PROFILE_DEFAULTS_H
#define TCP_FSM_PROFILE_DEFAULTS_H

#include "tcp-fsm-option-layout.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{

/// Which ICMP errors end a connection attempt.
enum class HardIcmp : uint8_t
{
    NONE,    //!< none does
    RFC1122, //!< those of RFC 1122 4.2.3.9 and what RFC 4443 has in their place
    FREEBSD  //!< these, TTL exceeded, and the next header that IPv6 does not know
};

/// What a profile's systems are set to, beside the policies that the table of rules knows.
struct ProfileDefaults
{
    std::string_view name;                  //!< of the profile
    OptionLayout layout{OptionLayout::NS3}; //!< of the options of segments
    HardIcmp hardIcmp{HardIcmp::RFC1122};   //!< errors that end a connection attempt
    std::vector<std::pair<std::string, std::string>> sockets{}; //!< attributes and their values
};

/// @return the settings of a profile. @param name a name that PROFILES has
const ProfileDefaults& DefaultsOf(std::string_view name);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_PROFILE_DEFAULTS_H

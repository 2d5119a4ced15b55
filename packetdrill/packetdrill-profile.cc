// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-profile.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

const std::vector<Profile>&
Profiles()
{
    static const std::vector<Profile> ALL{
        {"rfc9293", "STANDARD", Numbers::FREEBSD, Dialect::FREEBSD},
        {"rfc793", "", Numbers::FREEBSD, Dialect::FREEBSD},
        {"freebsd", "FreeBSD", Numbers::FREEBSD, Dialect::FREEBSD},
        {"linux", "Linux", Numbers::LINUX, Dialect::GOOGLE},
    };
    return ALL;
}

const Profile*
FindProfile(std::string_view name)
{
    const auto found =
        std::find_if(Profiles().begin(), Profiles().end(), [name](const Profile& profile) {
            return profile.name == name;
        });
    return found == Profiles().end() ? nullptr : &*found;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

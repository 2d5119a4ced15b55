// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-profile-defaults.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{

namespace
{

const std::vector<ProfileDefaults>&
AllDefaults()
{
    static const std::vector<ProfileDefaults> ALL{
        {.name = "rfc9293"},
        {.name = "rfc793"},
        {.name = "freebsd",
         .layout = OptionLayout::FREEBSD,
         .hardIcmp = HardIcmp::FREEBSD,
         .sockets = {{"RcvBufSize", "65536"},
                     {"SndBufSize", "32768"},
                     {"RoundRcvBuf", "true"},
                     {"OfferPathMss", "true"},
                     {"WindowScale", "6"}, // a buffer limit of 2 MiB
                     {"RtoSlop", "200ms"},
                     {"MinRto", "230ms"},
                     {"DelAckTimeout", "40ms"},
                     {"OpenTimeout", "75s"},
                     {"SynRetries", "12"},
                     {"Retransmissions", "12"},
                     {"Msl", "30s"},
                     {"UseEcn", "AcceptOnly"},
                     {"EcnSynRetries", "1"}}},
        {.name = "linux",
         .layout = OptionLayout::LINUX,
         .sockets = {{"RcvBufSize", "540000"},
                     {"SndBufSize", "262144"},
                     {"WindowScale", "8"}, // a buffer limit of 15 MiB
                     {"MinRto", "200ms"},
                     {"DelAckTimeout", "40ms"},
                     {"SynRetries", "5"},
                     {"Msl", "30s"},
                     {"KeepAliveProbes", "9"}}},
    };
    return ALL;
}

} // namespace

const ProfileDefaults&
DefaultsOf(std::string_view name)
{
    const auto found = std::find_if(AllDefaults().begin(),
                                    AllDefaults().end(),
                                    [name](const auto& defaults) { return defaults.name == name; });
    return found == AllDefaults().end() ? AllDefaults().front() : *found;
}

} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SYSCTL_H
#define PACKETDRILL_SYSCTL_H

#include "packetdrill-host.h"

#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Translate a setting of a kernel to attributes of the stack.
 * @param name such as `net.inet.tcp.msl` or `net.ipv4.tcp_sack`
 * @param value what it is set to
 * @return the attributes and their values; none if the setting changes nothing here
 * @throw std::invalid_argument if the setting cannot have that value
 */
AttributeList AttributesOfSetting(const std::string& name, const std::string& value);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SYSCTL_H

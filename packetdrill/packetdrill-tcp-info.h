// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_TCP_INFO_H
#define PACKETDRILL_TCP_INFO_H

#include "packetdrill-live-socket.h"
#include "packetdrill-profile.h"

#include <cstdint>
#include <map>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Find what code blocks know by name: TCP_INFO of a socket, and constants.
 * @param socket the socket
 * @param numbers whose numbers
 * @return values by name: `tcpi_*`, `TCPI_*`, `TCP_*`
 */
std::map<std::string, int64_t> ReadTcpInfo(const LiveSocket& socket, Numbers numbers);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_TCP_INFO_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SYMBOLS_H
#define PACKETDRILL_SYMBOLS_H

#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// @return whether every runner has this system call. @param name its name
bool IsCoreCall(std::string_view name);

/// @return whether the runner knows this field of TCP_INFO. @param name such as `tcpi_state`
bool IsTcpInfoField(std::string_view name);

/// @return whether every runner has this socket option. @param name its name in C
bool IsCoreSocketOption(std::string_view name);

/**
 * @param name the name of a constant in C
 * @return whether every runner knows it: a socket option, a level, a flag, an errno and the like
 */
bool IsCoreSymbol(std::string_view name);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SYMBOLS_H

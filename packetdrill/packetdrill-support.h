// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SUPPORT_H
#define PACKETDRILL_SUPPORT_H

#include "packetdrill-script.h"

#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A construct that a runner is not expected to have.
struct Unsupported
{
    Place place;           //!< where it is
    std::string construct; //!< what it is, such as `socket option TCP_CORK`
};

/**
 * @brief Find all constructs of a script that are beyond the core of the language.
 * @param script the script
 * @return the constructs in the order of the script
 */
std::vector<Unsupported> FindUnsupported(const Script& script);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SUPPORT_H

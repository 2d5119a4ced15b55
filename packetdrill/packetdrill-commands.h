// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_COMMANDS_H
#define PACKETDRILL_COMMANDS_H

#include "packetdrill-host.h"
#include "packetdrill-profile.h"
#include "packetdrill-script.h"

#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Carry a command of a script out: what it would do to a kernel is done to the host.
 *
 * The command is one that FindUnsupported() has no objection to.
 *
 * @param command the command
 * @param host the host
 * @param profile what `defaults.sh` goes back to
 * @param [out] notes gets settings that change nothing
 * @return why it failed, as a shell would see it; empty: it succeeded
 * @throw std::invalid_argument for a setting that cannot be
 */
std::string RunCommand(const Command& command,
                       Host& host,
                       const Profile& profile,
                       std::vector<std::string>& notes);

/**
 * @brief Set attributes of the stack; those that this stack does not have change nothing.
 * @param host the host
 * @param attributes names and values
 * @throw std::invalid_argument for a value that an attribute cannot have
 */
void Apply(Host& host, const AttributeList& attributes);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_COMMANDS_H

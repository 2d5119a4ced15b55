// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_COMMANDS_H
#define PACKETDRILL_COMMANDS_H

#include "packetdrill-host.h"
#include "packetdrill-script.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// What commands act on.
struct CommandContext
{
    Host& host;                             //!< the host
    const AttributeList& attributes;        //!< of the stack, which `defaults.sh` leaves alone
    const std::function<void(Time)>& sleep; //!< lets time pass
    std::vector<std::string>& notes;        //!< gets settings that change nothing
};

/**
 * @brief Carry a command of a script out: what it would do to a kernel is done to the host.
 *
 * The command is one that FindUnsupported() has no objection to.
 *
 * @param command the command
 * @param context what it acts on
 * @return why it failed, as a shell would see it; empty: it succeeded
 * @throw std::invalid_argument for a setting that cannot be
 */
std::string RunCommand(const Command& command, const CommandContext& context);

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

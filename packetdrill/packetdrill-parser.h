// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_PARSER_H
#define PACKETDRILL_PARSER_H

#include "packetdrill-script.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Parse a script of either dialect, and check what can be checked without its options.
 *
 * ReadSettings() has the meaning of the options, FindUnsupported() tells what of the language is
 * used that a runner lacks.
 *
 * @param source the script
 * @param defines the names that are defined before it starts
 * @return its syntax tree
 * @throw ScriptError at the first place that breaks a rule
 */
Script ParseScript(Source source, const Defines& defines = {});

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_PARSER_H

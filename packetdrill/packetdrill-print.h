// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_PRINT_H
#define PACKETDRILL_PRINT_H

#include "packetdrill-script.h"

#include <chrono>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Write a script that parses to the same tree.
 *
 * Comments are gone, and so is what conditional blocks switched off; defined names are replaced.
 *
 * @param script the tree
 * @return its text, a line for each option, command and event
 */
std::string Print(const Script& script);

/// @return an event, as it may stand in a script. @param event the event
std::string Print(const Event& event);

/// @return a time of an event. @param when the time
std::string Print(const When& when);

/// @return a time in seconds with at least two decimals. @param time the time
std::string Print(std::chrono::microseconds time);

/// @return a packet line from its direction on. @param packet the packet
std::string Print(const PacketLine& packet);

/// @return the letters and the point, `-` for none. @param segment a TCP segment
std::string PrintFlags(const TcpSegment& segment);

/// @return `start:end(length)`. @param range the numbers
std::string Print(const SequenceRange& range);

/// @return options with their brackets. @param options the options
std::string Print(const TcpOptions& options);

/// @return an option. @param option the option
std::string Print(const TcpOption& option);

/// @return a system call from its name, or its `...`, on. @param call the call
std::string Print(const SystemCall& call);

/// @return a value. @param expression the value
std::string Print(const Expression& expression);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_PRINT_H

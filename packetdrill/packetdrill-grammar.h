// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * The parts of the parser; packetdrill-parser.h is for all others. Each function takes a construct
 * of the grammar from the cursor, or throws ScriptError.
 */

#ifndef PACKETDRILL_GRAMMAR_H
#define PACKETDRILL_GRAMMAR_H

#include "packetdrill-cursor.h"
#include "packetdrill-script.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// @return a packet from its direction on. @param cursor the tokens
PacketLine ParsePacket(Cursor& cursor);

/// @return a TCP segment from its flags on. @param cursor the tokens
TcpSegment ParseTcpSegment(Cursor& cursor);

/// @return `start:end(length)` or `...(length)`. @param cursor the tokens
SequenceRange ParseSequenceRange(Cursor& cursor);

/// @return `/udp(n > n)`, nothing if there is none. @param cursor the tokens
std::optional<Ports> ParseUdpEncapsulation(Cursor& cursor);

/// @return `n > n`. @param cursor the tokens
Ports ParsePorts(Cursor& cursor);

/// @return TCP options with their brackets. @param cursor the tokens
TcpOptions ParseTcpOptions(Cursor& cursor);

/// @return a system call from its name, or its `...`, on. @param cursor the tokens
SystemCall ParseSystemCall(Cursor& cursor);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_GRAMMAR_H

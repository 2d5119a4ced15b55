// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_INJECT_H
#define PACKETDRILL_INJECT_H

#include "packetdrill-packet.h"
#include "packetdrill-records.h"
#include "tcp-fsm-raw-segment.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Make an inbound TCP segment, and note what it tells about the connection.
 * @param packet the line of the script
 * @param receiver the connection, with a record
 * @return the segment on the wire
 * @throw ScriptError for an echo of a time stamp that was never seen
 */
TcpFsmRawSegment MakeInbound(const PacketLine& packet, const Receiver& receiver);

/**
 * @brief Make the segment that an ICMP message quotes: one that the host under test sent.
 * @param message the message
 * @param record the connection
 * @return the segment
 */
TcpFsmRawSegment MakeQuoted(const IcmpMessage& message, const Record& record);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_INJECT_H

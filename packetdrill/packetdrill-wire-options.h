// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_WIRE_OPTIONS_H
#define PACKETDRILL_WIRE_OPTIONS_H

#include "packetdrill-packet.h"
#include "packetdrill-record.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @param options options of an inbound segment, in the script
 * @param record the connection
 * @param flags TcpFlags of the segment
 * @return the same on the wire
 * @throw ScriptError for an echo of a time stamp that was never seen
 */
std::vector<uint8_t> WriteOptions(const TcpOptions& options, const Record& record, uint16_t flags);

/**
 * @param octets options of an outbound segment, on the wire
 * @param record the connection
 * @param syn whether the segment is a SYN
 * @return the same in the script; those that scripts have no words for are OptionOther, in hex
 */
OptionList ReadOptions(const std::vector<uint8_t>& octets, const Record& record, bool syn);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_WIRE_OPTIONS_H

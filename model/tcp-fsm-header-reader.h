// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_HEADER_READER_H
#define TCP_FSM_HEADER_READER_H

#include "ns3/packet.h"
#include "ns3/tcp-header.h"

#include <cstdint>

namespace ns3
{
namespace tcpfsm
{

/**
 * Reads the TCP header of a segment, octet by octet. ns3::TcpHeader::Deserialize() makes an object
 * factory for each option, a twelfth of all that a short connection costs; it never returns from an
 * option length of 0, and aborts on an MSS option of another length than 4.
 *
 * @param packet a segment as it came
 * @param header gets the fields and those options that ns-3 knows; NOP, END and other kinds
 * are left out
 * @return length of the header in octets as its data offset tells; 0 if that is impossible, or if
 * an option's length is (RFC 9293 MUST-7)
 */
uint32_t ReadHeader(const Ptr<const Packet>& packet, TcpHeader& header);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_HEADER_READER_H

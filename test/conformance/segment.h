// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_SEGMENT_H
#define TCP_FSM_TEST_SEGMENT_H

#include "tcp-fsm-raw-segment.h"

#include "ns3/tcp-header.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/**
 * A segment as tests write it: only what matters is said.
 *
 * Injected, what is left out is in sequence: SEG.SEQ is the peer's next number, SEG.ACK all that
 * the node has sent, the window the conversation's. Expected, what is left out is in sequence too
 * (SEG.SEQ = SND.NXT, SEG.ACK = all that the peer has sent), a window or options left out may be
 * anything. Text is given by its length; its octets follow from their place in the stream.
 */
struct Segment
{
    uint8_t flags{0};                            //!< TcpHeader::Flags_t
    std::optional<uint32_t> seq;                 //!< SEG.SEQ
    std::optional<uint32_t> ack;                 //!< SEG.ACK
    uint32_t length{0};                          //!< octets of text
    std::optional<uint16_t> window;              //!< SEG.WND, unscaled
    std::optional<std::vector<uint8_t>> options; //!< raw bytes
    std::optional<uint16_t> urgentPointer;       //!< with URG
    std::optional<uint8_t> tos;                  //!< IPv4 TOS or IPv6 traffic class
    std::optional<uint8_t> ttl;                  //!< IPv4 TTL or IPv6 hop limit
    std::optional<TcpFsmRawSegment> fields;      //!< injected: all the rest

    /// @return the same with SEG.SEQ
    Segment Seq(uint32_t value) const;
    /// @return the same with SEG.ACK, and the ACK flag
    Segment Ack(uint32_t value) const;
    /// @return the same with so many octets of text
    Segment Text(uint32_t octets) const;
    /// @return the same with a FIN
    Segment Fin() const;
    /// @return the same with a window
    Segment Window(uint16_t value) const;
    /// @return the same with options
    Segment Options(const std::vector<uint8_t>& bytes) const;
    /// @return the same with URG
    Segment Urgent(uint16_t pointer) const;
    /// @return the same with IP's TOS or traffic class
    Segment Tos(uint8_t value) const;
    /// @return the same with IP's TTL or hop limit
    Segment Ttl(uint8_t value) const;
    /// @return the same, the other fields (addresses, ports, errors) from a raw segment
    Segment With(const TcpFsmRawSegment& raw) const;
};

/// SYN
Segment Syn();
/// SYN and ACK
Segment SynAck();
/// SYN and FIN
Segment SynFin();
/// ACK alone
Segment Ack();
/// ACK and so many octets of text
Segment Text(uint32_t octets);
/// FIN and ACK
Segment Fin();
/// RST alone
Segment Rst();
/// RST and ACK
Segment RstAck();
/// No flags at all
Segment NoFlags();

/**
 * @param position place in a stream, 0 for its first octet
 * @return the octet that tests send there
 */
uint8_t OctetAt(uint32_t position);

/**
 * @param position place of the first one
 * @param length how many
 * @return so many octets of the stream
 */
std::vector<uint8_t> OctetsAt(uint32_t position, uint32_t length);

/// @return a timestamps option with two no-operations before it
std::vector<uint8_t> Timestamps(uint32_t value, uint32_t echo);
/// @return the two option strings joined
std::vector<uint8_t> operator+(std::vector<uint8_t> left, const std::vector<uint8_t>& right);

/// @return the value and the echo of a timestamps option, nothing if it is absent
std::optional<std::pair<uint32_t, uint32_t>> TimestampsOf(const TcpFsmRawSegment& segment);

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_SEGMENT_H

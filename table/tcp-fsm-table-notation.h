// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_NOTATION_H
#define TCP_FSM_TABLE_NOTATION_H

#include "tcp-fsm-raw-connection.h"
#include "tcp-fsm-raw-segment.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/// The node's variables before the injection, as far as there are any.
struct TcpFsmTableNumbers
{
    std::optional<uint32_t> iss;    //!< ISS
    std::optional<uint32_t> sndUna; //!< SND.UNA
    std::optional<uint32_t> sndNxt; //!< SND.NXT
    std::optional<uint32_t> rcvNxt; //!< RCV.NXT

    /**
     * @brief Read the numbers as the peer knows them from the wire.
     * @param state the state the node is in, one of TcpFsmTableStates()
     * @param connection the peer's end
     * @return the numbers; none in CLOSED and LISTEN, no RCV.NXT in SYN-SENT
     */
    static TcpFsmTableNumbers Of(const std::string& state, const TcpFsmRawConnection& connection);
};

/**
 * @brief Write a reply with names in place of numbers, one way only for each reply.
 *
 * `KIND(seq=…,ack=…)`, the kind as of TcpFsmRawSegment::Kind(); `,len=n` follows if it has data; no
 * `ack` without the ACK flag. Each number takes the first name that fits, SEG being the injected
 * segment:
 *
 * | reply         | seq                                  | ack |
 * |---------------|--------------------------------------|-----------------------------------------|
 * | RST           | SEG.ACK (if SEG has ACK), 0, SND.NXT | | | RST-ACK       | SND.NXT, 0, SEG.ACK
 * (if SEG has ACK) | RCV.NXT, SEG.SEQ+n (0..SEG.LEN)         | | SYN, SYN-ACK  | ISS (one that is
 * new there, too)     | SEG.SEQ+n (1..SEG.LEN), RCV.NXT         | | all others    | SND.NXT,
 * SND.UNA                     | RCV.NXT+n (0..100), SEG.SEQ+n (0..SEG.LEN) |
 *
 * A number that fits no name is written by its distance from SND.NXT or RCV.NXT, such as
 * `SND.NXT-1000` (from SEG.ACK or SEG.SEQ where the node had none), or as it is if far from it.
 *
 * @param reply the node's segment
 * @param injected the segment it answers
 * @param numbers the node's variables before the injection
 * @return the notation
 */
std::string TcpFsmTableNotation(const TcpFsmRawSegment& reply,
                                const TcpFsmRawSegment& injected,
                                const TcpFsmTableNumbers& numbers);

/**
 * @brief Write all replies to one segment.
 * @param replies the node's segments in their order
 * @param injected the segment they answer
 * @param numbers the node's variables before the injection
 * @return "none", or their notations joined by " + "
 */
std::string TcpFsmTableNotation(const std::vector<TcpFsmRawSegment>& replies,
                                const TcpFsmRawSegment& injected,
                                const TcpFsmTableNumbers& numbers);

} // namespace ns3

#endif // TCP_FSM_TABLE_NOTATION_H

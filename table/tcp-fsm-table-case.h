// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_CASE_H
#define TCP_FSM_TABLE_CASE_H

#include "tcp-fsm-raw-connection.h"
#include "tcp-fsm-raw-segment.h"

#include <compare>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief One question to a TCP: in this state, what does it do with this segment?
 *
 * States are the eleven of RFC 9293, three of them in two forms: SYN-RCVD also by simultaneous open
 * ("SYN-RCVD/simultaneous"), FIN-WAIT-1 and FIN-WAIT-2 after a half-close and, "/closed", after a
 * CLOSE. Segments are named by their flags. The variant says which numbers the segment carries;
 * RCV.NXT, SND.UNA and SND.NXT are the node's, MAX.SND.WND is the peer's constant window:
 *
 * | variant       | the segment                                                                |
 * |---------------|----------------------------------------------------------------------------|
 * | exact         | SEQ = RCV.NXT and, where it has ACK, ACK = SND.NXT                         |
 * | seq-1         | exact, but SEQ = RCV.NXT-1                                                 |
 * | in-window     | exact, but SEQ = RCV.NXT+10                                                |
 * | beyond        | exact, but SEQ = RCV.NXT+1000000                                           |
 * | data          | exact, with 10 octets of data                                              |
 * | no-ack        | exact, the ACK flag cleared                                                |
 * | ack-unsent    | exact, but ACK = SND.NXT+1000                                              |
 * | ack-una       | exact, but ACK = SND.UNA; only where something is unacknowledged           |
 * | ack-below-una | exact, but ACK = SND.UNA-1000, within MAX.SND.WND                          |
 * | ack-old       | exact, but ACK = SND.UNA-MAX.SND.WND-1000                                  |
 *
 * no-ack and the ack-variants exist for segments with ACK only. Where the node has no numbers yet
 * (CLOSED, LISTEN, RCV.NXT in SYN-SENT) arbitrary ones take their place.
 */
struct TcpFsmTableCase
{
    std::string state;   //!< one of TcpFsmTableStates()
    std::string segment; //!< one of TcpFsmTableSegments()
    std::string variant; //!< one of TcpFsmTableVariants()

    /// Order and equality, by state, segment, variant.
    auto operator<=>(const TcpFsmTableCase&) const = default;
};

/// @return the eleven states in the table's order
const std::vector<std::string>& TcpFsmTableRows();

/// @return the fourteen forms of states that cases start from, each after its row's plain one
const std::vector<std::string>& TcpFsmTableStates();

/// @return the eight segments in the table's order
const std::vector<std::string>& TcpFsmTableSegments();

/// @return the ten variants, the exact one first
const std::vector<std::string>& TcpFsmTableVariants();

/// @return all cases there are, by state, segment and variant in the orders above
const std::vector<TcpFsmTableCase>& TcpFsmTableCases();

/**
 * @brief Find the row a state's form belongs to.
 * @param state one of TcpFsmTableStates()
 * @return the plain state, one of TcpFsmTableRows()
 */
std::string TcpFsmTableRowOf(const std::string& state);

/**
 * @brief Make the segment of a case.
 * @param question the case
 * @param connection the peer's end, with the node already in the case's state
 * @return the segment to inject
 */
TcpFsmRawSegment TcpFsmTableMakeSegment(const TcpFsmTableCase& question,
                                        const TcpFsmRawConnection& connection);

} // namespace ns3

#endif // TCP_FSM_TABLE_CASE_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TRANSITION_H
#define TCP_FSM_TRANSITION_H

#include "tcp-fsm-flow.h"

#include "ns3/address.h"
#include "ns3/nstime.h"
#include "ns3/tcp-fsm-classify.h"
#include "ns3/tcp-socket.h"

#include <ostream>
#include <string>
#include <string_view>

namespace ns3
{

/**
 * One reaction of a connection: what happened, what was decided and by which rule. The trace
 * sources `Transition` (only those that change the state) and `Reaction` (all) of TcpFsmSocket and
 * TcpFsmL4Protocol pass it.
 *
 * A segment may fire several rules, one in each step of RFC 9293 3.10.7.4; their records share
 * `segment`.
 */
struct TcpFsmTransition
{
    Time time;                   //!< simulated time
    uint32_t node;               //!< node id
    uint64_t connection;         //!< number on the node, from 1; 0: no connection
    uint64_t segment;            //!< number of the segment on the node; 0: not a segment
    uint8_t family;              //!< 4 or 6
    Address localAddress;        //!< Ipv4Address or Ipv6Address
    uint16_t localPort;          //!< our port
    Address remoteAddress;       //!< Ipv4Address or Ipv6Address
    uint16_t remotePort;         //!< the peer's port
    TcpSocket::TcpStates_t from; //!< state before
    std::string_view event;      //!< what happened
    uint8_t flags;               //!< control bits of the segment
    uint32_t seq;                //!< SEG.SEQ - IRS (absolute where no IRS is known)
    uint32_t ack;                //!< SEG.ACK - ISS (absolute where no ISS is known)
    uint32_t length;             //!< octets of data
    uint16_t window;             //!< SEG.WND, unscaled
    std::string_view seqClass;   //!< class of SEG.SEQ, "" if not a segment
    std::string_view ackClass;   //!< class of SEG.ACK, "" if not a segment
    std::string_view reply;      //!< what the rule sends
    TcpSocket::TcpStates_t to;   //!< state after
    std::string_view rule;       //!< identifier of the rule
    std::string_view clause;     //!< where the rule comes from

    /// Names of the columns in files, separated by commas.
    static std::string_view Columns();

    /// Writes the record as one line of a CSV file, without the line end.
    void WriteCsv(std::ostream& os) const;

    /// Signature of the trace sources' sinks.
    using TracedCallback = void (*)(const TcpFsmTransition& transition);
};

/**
 * @param state one of ns-3's states
 * @return its name as in RFC 9293, e.g. "SYN-RCVD"
 */
std::string_view TcpFsmStateName(TcpSocket::TcpStates_t state);

namespace tcpfsm
{

/// @return the engine's state
State FromNs3(TcpSocket::TcpStates_t state);
/// @return ns-3's state
TcpSocket::TcpStates_t ToNs3(State state);
/// @return flags as in the status table, e.g. "SYN-ACK"; "none" without any
std::string FlagsToString(uint8_t flags);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TRANSITION_H

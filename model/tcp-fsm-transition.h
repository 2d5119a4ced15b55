// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TRANSITION_H
#define TCP_FSM_TRANSITION_H

#include "tcp-fsm-columns.h"
#include "tcp-fsm-rule-names.h"

#include "ns3/nstime.h"
#include "ns3/tcp-fsm-classify.h"
#include "ns3/tcp-socket.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string_view>

namespace ns3
{

/// Payload that a connection has carried so far, octets: what was sent again counts once.
struct TcpFsmOctets
{
    uint64_t sent{0};     //!< by us
    uint64_t received{0}; //!< in order
};

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
    Time time;                       //!< simulated time
    uint32_t node;                   //!< node id
    uint64_t connection;             //!< number on the node, from 1; 0: no connection
    uint64_t segment;                //!< number of the segment on the node; 0: not a segment
    uint8_t family;                  //!< 4 or 6
    tcpfsm::IpAddress localAddress;  //!< our address
    uint16_t localPort;              //!< our port
    tcpfsm::IpAddress remoteAddress; //!< the peer's
    uint16_t remotePort;             //!< the peer's port
    TcpSocket::TcpStates_t from;     //!< state before
    std::string_view event;          //!< what happened
    uint8_t flags;                   //!< control bits of the segment
    uint32_t seq;                    //!< SEG.SEQ - IRS (absolute where no IRS is known)
    uint32_t ack;                    //!< SEG.ACK - ISS (absolute where no ISS is known)
    uint32_t length;                 //!< octets of data
    uint16_t window;                 //!< SEG.WND, unscaled
    std::string_view seqClass;       //!< class of SEG.SEQ, "" if not a segment
    std::string_view ackClass;       //!< class of SEG.ACK, "" if not a segment
    std::string_view reply;          //!< what the rule sends
    TcpSocket::TcpStates_t to;       //!< state after
    std::string_view rule;           //!< identifier of the rule
    std::string_view clause;         //!< where the rule comes from
    /// The rule itself; no column.
    const tcpfsm::Row* row{tcpfsm::Table().data()};
    /// What a connection that changes its state has carried, if it is a socket; no column.
    std::optional<TcpFsmOctets> octets;

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

} // namespace tcpfsm

/**
 * Lists the columns of a record.
 * @param record the record
 * @param visitor is called with the name and the value of each column
 */
template <typename Visitor>
void
VisitColumns(const TcpFsmTransition& record, Visitor&& visitor)
{
    visitor("time_ns", record.time.GetNanoSeconds());
    visitor("node", record.node);
    visitor("connection", record.connection);
    visitor("segment", record.segment);
    visitor("family", record.family);
    visitor("local_address", record.localAddress);
    visitor("local_port", record.localPort);
    visitor("remote_address", record.remoteAddress);
    visitor("remote_port", record.remotePort);
    visitor("from", tcpfsm::ChoiceOf(tcpfsm::FromNs3(record.from)));
    visitor("event", tcpfsm::ChoiceOf(record.row->event));
    visitor("flags", record.segment ? tcpfsm::ControlFlags{record.flags} : tcpfsm::ControlFlags{});
    visitor("seq", record.seq);
    visitor("ack", record.ack);
    visitor("length", record.length);
    visitor("window", record.window);
    visitor("seq_class", tcpfsm::ClassChoice<tcpfsm::Seq>(record.seqClass));
    visitor("ack_class", tcpfsm::ClassChoice<tcpfsm::Ack>(record.ackClass));
    visitor("reply", tcpfsm::ChoiceOf(record.row->action.reply));
    visitor("to", tcpfsm::ChoiceOf(tcpfsm::FromNs3(record.to)));
    visitor("rule", tcpfsm::RuleChoice(record.row));
    visitor("clause", tcpfsm::ClauseChoice(record.row));
}

} // namespace ns3

#endif // TCP_FSM_TRANSITION_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SYN_H
#define TCP_FSM_SYN_H

#include "tcp-fsm-syn-options.h"

#include <cstdint>

namespace ns3
{

/// A SYN of a connection, with what only SYNs tell. TcpFsmL4Protocol's trace source `Syn` passes
/// it: ours each time it is sent, the peer's when a rule takes it (after the rule's record).
struct TcpFsmSyn
{
    uint32_t node;              //!< node id
    uint64_t connection;        //!< number on the node
    bool isOurs;                //!< sent by this node
    uint32_t isn;               //!< its sequence number: ISS or IRS
    tcpfsm::SynOptions options; //!< its options

    /// Signature of the trace source's sinks.
    using TracedCallback = void (*)(const TcpFsmSyn& syn);
};

} // namespace ns3

#endif // TCP_FSM_SYN_H

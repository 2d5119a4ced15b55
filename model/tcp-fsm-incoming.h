// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_INCOMING_H
#define TCP_FSM_INCOMING_H

#include "tcp-fsm-flow.h"

#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/tcp-fsm-classify.h"
#include "ns3/tcp-fsm-steps.h"
#include "ns3/tcp-header.h"

#include <cstdint>

namespace ns3
{
namespace tcpfsm
{

/// A segment on its way through the steps.
struct Incoming
{
    Flow flow;             //!< addresses and ports, seen from this node
    Ptr<Packet> packet;    //!< the data, headers removed
    TcpHeader header;      //!< the TCP header
    Segment segment;       //!< the control part of it
    uint64_t number{0};    //!< number of the segment on the node, from 1
    Ptr<NetDevice> device; //!< where it arrived
    uint8_t ecn{0};        //!< the two ECN bits of the IP header (RFC 3168 5)
    Facts facts;           //!< facts that follow from the numbers
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_INCOMING_H

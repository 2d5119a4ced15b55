// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_CONNECTION_H
#define TCP_FSM_CONNECTION_H

#include "tcp-fsm-flow.h"

#include "ns3/address.h"
#include "ns3/nstime.h"
#include "ns3/tcp-socket.h"

#include <cstdint>

namespace ns3
{

/// One line of TcpFsmL4Protocol::GetConnections(): a connection or listener, as `ss` shows it.
struct TcpFsmConnection
{
    uint64_t id{0};                                  //!< number on the node, from 1
    uint8_t family{4};                               //!< 4 or 6
    Address localAddress;                            //!< Ipv4Address or Ipv6Address
    uint16_t localPort{0};                           //!< our port
    Address remoteAddress;                           //!< Ipv4Address or Ipv6Address
    uint16_t remotePort{0};                          //!< the peer's; 0 for a listener
    TcpSocket::TcpStates_t state{TcpSocket::CLOSED}; //!< current state
    Time age;                                        //!< since the connection began
    uint32_t sendQueue{0};    //!< octets not acknowledged (of a listener: its backlog)
    uint32_t receiveQueue{0}; //!< octets not read (of a listener: connections not accepted)
};

/// What TcpFsmSocket::GetStatus() tells: the STATUS call of RFC 9293 3.10.6.
struct TcpFsmStatus
{
    TcpFsmConnection connection; //!< 4-tuple, state, queue lengths
    uint32_t iss{0};             //!< ISS
    uint32_t sndUna{0};          //!< SND.UNA
    uint32_t sndNxt{0};          //!< SND.NXT
    uint32_t sndWnd{0};          //!< SND.WND, scaled, octets
    uint32_t irs{0};             //!< IRS
    uint32_t rcvNxt{0};          //!< RCV.NXT
    uint32_t rcvWnd{0};          //!< highest right edge advertised less RCV.NXT, octets
    uint32_t mss{0};             //!< octets of data a segment carries at most
    Time rto;                    //!< retransmission timeout
    uint32_t retransmissions{0}; //!< of the head of the queue, so far
};

namespace tcpfsm
{

/**
 * @param id number of the connection on the node
 * @param flow its addresses and ports
 * @param state its state
 * @param age since it began
 * @return its line of GetConnections(), queues empty
 */
TcpFsmConnection DescribeConnection(uint64_t id,
                                    const Flow& flow,
                                    TcpSocket::TcpStates_t state,
                                    Time age);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_CONNECTION_H

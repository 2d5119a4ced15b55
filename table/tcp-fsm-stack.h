// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_STACK_H
#define TCP_FSM_STACK_H

#include "ns3/node-container.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"
#include "ns3/tcp-fsm-connection.h"
#include "ns3/tcp-socket.h"

#include <string>
#include <vector>

/**
 * @file
 * This module and ns-3's own TCP, side by side.
 */

namespace ns3
{

/// Which TCP a node runs.
enum class TcpFsmStack
{
    FSM,  //!< this module
    STOCK //!< ns-3's own
};

/**
 * @brief Name a stack.
 * @param stack the stack
 * @return "fsm" or "stock"
 */
std::string TcpFsmStackName(TcpFsmStack stack);

/**
 * @brief Install a stack.
 * @param stack the stack
 * @param nodes nodes that have none
 */
void TcpFsmInstallStack(TcpFsmStack stack, const NodeContainer& nodes);

/**
 * @brief Name a state as RFC 9293 does.
 * @param state ns-3's state
 * @return such as "SYN-RCVD" or "FIN-WAIT-1"
 */
std::string TcpFsmTableStateName(TcpSocket::TcpStates_t state);

/**
 * @brief Read the state of a socket.
 * @param socket of either stack
 * @return its state
 */
TcpSocket::TcpStates_t TcpFsmReadState(Ptr<Socket> socket);

/// What either stack's sockets know of a connection, other than its state.
struct TcpFsmFigures
{
    bool sack{false};          //!< selective acknowledgments are agreed on
    bool timestamps{false};    //!< time stamps are agreed on
    bool windowScaling{false}; //!< window scaling is agreed on
    bool ecn{false};           //!< explicit congestion notification is agreed on
    uint8_t sndShift{0};       //!< scale of the peer's windows
    uint8_t rcvShift{0};       //!< scale of our windows
    uint32_t segmentSize{0};   //!< octets
    uint32_t cwnd{0};          //!< congestion window, octets
    uint32_t ssthresh{0};      //!< slow start threshold, octets
    uint32_t inFlight{0};      //!< octets in flight
    uint32_t sacked{0};        //!< octets acknowledged selectively
    uint32_t lost{0};          //!< octets taken for lost
    uint32_t resent{0};        //!< octets sent again and not acknowledged
    uint32_t rcvBufSize{0};    //!< receive buffer, octets
    uint32_t dupAckLimit{0};   //!< duplicate ACKs that start a recovery
    uint32_t sndWnd{0};        //!< the peer's window, octets
    uint32_t sndNxt{0};        //!< SND.NXT
    uint32_t rcvNxt{0};        //!< RCV.NXT
    Time rto;                  //!< retransmission timeout
    Time rtt;                  //!< smoothed round-trip time
    Time rttVariation;         //!< its variation
    /// As TCP_CA_*: 0 open, 1 disorder, 2 reduced, 3 recovery, 4 loss.
    int congestionState{0};
};

/**
 * @param socket of either stack
 * @return what it knows
 */
TcpFsmFigures TcpFsmReadFigures(Ptr<Socket> socket);

/**
 * @brief List the connections and listeners of a node.
 * @param stack which TCP it runs
 * @param node the node
 * @return what GetConnections() of our TCP tells, what the sockets listed by ns-3's own tell
 */
std::vector<TcpFsmConnection> TcpFsmListConnections(TcpFsmStack stack, Ptr<Node> node);

} // namespace ns3

#endif // TCP_FSM_STACK_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_PAIR_H
#define TCP_FSM_BENCH_PAIR_H

#include "tcp-fsm-node-under-test.h"

#include "ns3/ipv4-address.h"
#include "ns3/node-container.h"

#include <string>

namespace ns3
{

/// Two nodes on a link of 1 ms, with ns-3's default queue disc above it.
struct TcpFsmBenchPair
{
    /**
     * @brief Make the nodes.
     * @param stack their TCP
     * @param rate the link's, such as "1Gbps"
     */
    TcpFsmBenchPair(TcpFsmStack stack, const std::string& rate);

    NodeContainer nodes; //!< client and server
    Ipv4Address server;  //!< of the server
};

} // namespace ns3

#endif // TCP_FSM_BENCH_PAIR_H

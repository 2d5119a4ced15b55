// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_FLOOD_H
#define TCP_FSM_BENCH_FLOOD_H

#include "tcp-fsm-node-under-test.h"

#include "ns3/node.h"
#include "ns3/simple-net-device.h"
#include "ns3/socket.h"

#include <cstdint>

namespace ns3
{

/**
 * @brief A server, and on the far end of its link somebody who forges addresses.
 *
 * Segments go through the device and the IP layer; the answers end at a device without a stack.
 */
class TcpFsmBenchFlood
{
  public:
    /**
     * @brief Make the nodes; all former ones must be destroyed.
     * @param stack which TCP
     */
    explicit TcpFsmBenchFlood(TcpFsmStack stack);
    ~TcpFsmBenchFlood();
    TcpFsmBenchFlood(const TcpFsmBenchFlood&) = delete;
    TcpFsmBenchFlood& operator=(const TcpFsmBenchFlood&) = delete;

    /**
     * @brief Send an ACK of no connection from each of the addresses. ns-3's IP layer keeps
     * something about each address that it has sent to for ever; this has it do so beforehand.
     * @param count how many addresses
     */
    void MeetAddresses(uint32_t count);

    /**
     * @brief Send a SYN from each of the addresses.
     *
     * The last one comes within a second, before any SYN-ACK is sent again.
     *
     * @param count how many, 1,000,000 at most
     */
    void SendSyns(uint32_t count);

  private:
    /// Send a segment from each of the addresses, a little apart, and run.
    void Send(uint32_t count, uint16_t port, uint8_t flags);
    /// Forge the segment of an address.
    void Forge(uint32_t index, uint16_t port, uint8_t flags);
    Ptr<Node> m_node;              //!< the server
    Ptr<SimpleNetDevice> m_forger; //!< the device of the far end
    Ptr<Socket> m_listener;        //!< of the server
};

} // namespace ns3

#endif // TCP_FSM_BENCH_FLOOD_H

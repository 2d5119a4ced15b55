// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_HELPER_FORGER_H
#define TCP_FSM_TEST_HELPER_FORGER_H

#include "ns3/ipv4-address.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/socket.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Sends forged segments from node to node, numbered from 1 by their sequence numbers. The nodes'
/// TCP is taken off: nothing answers.
class Forger
{
  public:
    /**
     * @param nodes nodes with an internet stack
     * @param addresses theirs
     */
    Forger(const NodeContainer& nodes, const std::vector<Ipv4Address>& addresses);
    Forger(const Forger&) = delete;
    Forger& operator=(const Forger&) = delete;

    /// Sends a segment, 100 ms after the last, the first one at 100 ms.
    void Send(uint32_t from, uint32_t to, uint8_t flags, uint32_t octets = 0);

    /// Runs until all is quiet.
    /// @return the numbers of the segments in the order of their arrival
    const std::vector<uint32_t>& Run() const;

    /// @return when the last segment arrived
    Time GetLast() const;

  private:
    void Note(Ptr<Packet> packet);

    NodeContainer m_nodes;
    std::vector<Ipv4Address> m_addresses;
    std::vector<Ptr<Socket>> m_sockets;
    uint32_t m_sent{0};
    std::vector<uint32_t> m_arrived;
    Time m_last;
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_HELPER_FORGER_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_TRANSFER_H
#define TCP_FSM_DEMO_TRANSFER_H

#include "tcp-fsm-demo-observer.h"

#include "ns3/packet-sink.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @brief A client sends a file to a server over a link that loses packets.
 *
 * Both are ns-3's own applications, BulkSend and PacketSink. The link is captured in
 * transfer-NODE-DEVICE.pcap. Nothing happens before the simulator runs.
 */
class TcpFsmDemoTransfer
{
  public:
    /// What is sent.
    static constexpr uint32_t OCTETS = 300000;
    /// Packets that each end of the link loses, of a hundred.
    static constexpr int LOSS_PERCENT = 3;

    /**
     * @brief Make the nodes, the link, the applications.
     * @param observer what watches the nodes
     */
    explicit TcpFsmDemoTransfer(TcpFsmDemoObserver& observer);

    /// @return what the server has received
    uint64_t GetReceived() const;

  private:
    Ptr<PacketSink> m_sink; //!< the server
};

} // namespace ns3

#endif // TCP_FSM_DEMO_TRANSFER_H

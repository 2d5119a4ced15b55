// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_PAIR_H
#define TCP_FSM_DEMO_PAIR_H

#include "tcp-fsm-demo-observer.h"

#include "ns3/address.h"
#include "ns3/nstime.h"
#include "ns3/socket.h"
#include "ns3/tcp-fsm-topology-helper.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/// Two nodes with our TCP on a point-to-point link, observed, and calls at chosen times.
class TcpFsmDemoPair
{
  public:
    /**
     * @brief Make the nodes and the link.
     * @param observer what watches them
     * @param link the link
     */
    explicit TcpFsmDemoPair(TcpFsmDemoObserver& observer,
                            const TcpFsmLinkOptions& link = {.rate = "100Mbps", .delay = "1ms"});

    /// @return the nodes, hosts 0 and 1, and the link
    const TcpFsmTopology& GetTopology() const;

    /**
     * @brief Name a port of a node.
     * @param side 0 or 1
     * @param port the port
     * @return a socket address
     */
    Address AddressOf(uint32_t side, uint16_t port) const;

    /**
     * @brief Make a TCP socket, bound to a port, that reads whatever arrives.
     * @param side 0 or 1
     * @param port the port; 0: any
     * @return the socket
     */
    Ptr<Socket> NewSocket(uint32_t side, uint16_t port) const;

    /**
     * @brief Make a listening socket; what it accepts reads whatever arrives, and is closed.
     * @param side 0 or 1
     * @param port the port
     * @param open how long after being accepted a connection is closed
     * @return the listener
     */
    Ptr<Socket> NewListener(uint32_t side, uint16_t port, Time open) const;

    /**
     * @brief Make a call as an event of a node.
     * @param side 0 or 1
     * @param delay from now on
     * @param call the call
     */
    void At(uint32_t side, Time delay, std::function<void()> call) const;

  private:
    TcpFsmTopology m_net; //!< nodes, link, addresses
};

} // namespace ns3

#endif // TCP_FSM_DEMO_PAIR_H

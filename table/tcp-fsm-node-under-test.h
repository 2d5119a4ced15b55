// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_NODE_UNDER_TEST_H
#define TCP_FSM_NODE_UNDER_TEST_H

#include "tcp-fsm-stack.h"

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"
#include "ns3/tcp-socket.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace ns3
{

/**
 * @brief A node with one of the two stacks, and an application that does as it is told.
 *
 * The application accepts a connection, reads what arrives, and never closes by itself. Calls are
 * made as events of the node (ns-3's traffic control cannot send before the simulation runs) and
 * have happened when the functions return.
 *
 * Nothing is read out of the stack but the states of its connections: from
 * TcpFsmL4Protocol::GetConnections(), or from the sockets that stock TCP lists.
 */
class TcpFsmNodeUnderTest
{
  public:
    /**
     * @brief Make the node and install the stack.
     * @param stack which TCP
     */
    explicit TcpFsmNodeUnderTest(TcpFsmStack stack);

    /// @return the node
    Ptr<Node> GetNode() const;

    /**
     * @brief Passive OPEN on all addresses of a family.
     * @param ipv6 whether to listen for IPv6, else for IPv4
     * @param port the port
     */
    void Listen(bool ipv6, uint16_t port);

    /**
     * @brief Active OPEN.
     * @param port the local port
     * @param remote the peer's address, an Ipv4Address or Ipv6Address
     * @param remotePort the peer's port
     */
    void Connect(uint16_t port, const Address& remote, uint16_t remotePort);

    /// Half-close the connection (the send side); nothing if there is none.
    void ShutdownSend();

    /// CLOSE the connection; nothing if there is none.
    void Close();

    /**
     * @brief Read the state of a connection.
     * @param remote the peer's address, an Ipv4Address or Ipv6Address
     * @param remotePort the peer's port
     * @return its state, nothing if the node has no such connection
     */
    std::optional<TcpSocket::TcpStates_t> GetState(const Address& remote,
                                                   uint16_t remotePort) const;

    /// @return whether a socket listens
    bool IsListening() const;

  private:
    /// Make a call as an event of the node, and run the simulator until it has happened.
    void Call(std::function<void()> call) const;
    /// Install the application's callbacks on a connection's socket.
    void Serve(Ptr<Socket> socket);

    TcpFsmStack m_stack;      //!< which TCP
    Ptr<Node> m_node;         //!< the node
    Ptr<Socket> m_listener;   //!< the listening socket
    Ptr<Socket> m_connection; //!< the connection's socket
};

} // namespace ns3

#endif // TCP_FSM_NODE_UNDER_TEST_H

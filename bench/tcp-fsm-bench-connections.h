// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_CONNECTIONS_H
#define TCP_FSM_BENCH_CONNECTIONS_H

#include "tcp-fsm-node-under-test.h"

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{

/**
 * @brief Two nodes with a link, and as many connections between them as wished.
 *
 * A connection: the client opens, sends REQUEST octets, gets as many back, and closes; the server
 * closes when the client has. Each step of all connections is one call, so that what it costs and
 * what it leaves can be measured in between. The application keeps as little as it can.
 */
class TcpFsmBenchConnections
{
  public:
    /// Octets in a request, and in its answer.
    static constexpr uint32_t REQUEST = 100;

    /// Connections that one port of a server takes; ns-3's own TCP has ports for 16,384.
    static constexpr uint32_t EACH_PORT = 16000;

    /**
     * @brief Make the nodes; all former ones must be destroyed.
     * @param stack which TCP
     * @param count how many connections may be open at a time
     */
    TcpFsmBenchConnections(TcpFsmStack stack, uint32_t count);
    ~TcpFsmBenchConnections();
    TcpFsmBenchConnections(const TcpFsmBenchConnections&) = delete;
    TcpFsmBenchConnections& operator=(const TcpFsmBenchConnections&) = delete;

    /**
     * @brief Open connections, one after another but all at once.
     * @param count how many
     * @throw std::runtime_error if not all open
     */
    void Open(uint32_t count);

    /**
     * @brief Exchange a request and its answer on each.
     * @throw std::runtime_error if not all arrive
     */
    void Exchange();

    /// Let all delayed ACKs and the like happen.
    void Settle();

    /// Let the time of timers pass that were cancelled: until then ns-3 keeps their events.
    void LetTimersPass();

    /**
     * @brief Close all, and let go of the sockets; what is left is in TIME-WAIT.
     * @throw std::runtime_error if a server misses the end of a connection
     */
    void Close();

    /**
     * @brief Open a connection, exchange, close; then the next.
     * @param count how many
     * @throw std::runtime_error if one fails
     */
    void OneAfterAnother(uint32_t count);

    /// Let TIME-WAIT pass.
    void Forget();

    /// @return the client's node and the server's
    std::vector<Ptr<Node>> GetNodes() const;

  private:
    /// Make the client's end of a connection to a port of the server.
    void OpenOne(uint16_t port);
    /// Schedule something for each connection, a little apart, and run.
    void ForEach(uint32_t count, const std::function<void(uint32_t)>& act);
    /// Refuse to go on unless a number is what it must be.
    void Require(const char* what, uint64_t actual, uint64_t expected) const;

    void OnConnected(Ptr<Socket> socket);
    void OnAnswer(Ptr<Socket> socket);
    void OnAccepted(Ptr<Socket> socket, const Address& from);
    void OnRequest(Ptr<Socket> socket);
    void OnClientClosed(Ptr<Socket> socket);

    std::vector<Ptr<Node>> m_nodes;       //!< client, server
    std::vector<Ptr<Socket>> m_listeners; //!< of the server, by port
    std::vector<Ptr<Socket>> m_clients;   //!< client ends that are open
    /// One copy for all sockets, so that the application's memory is not measured as TCP's.
    Callback<void, Ptr<Socket>> m_onConnected;
    Callback<void, Ptr<Socket>> m_onAnswer;
    Callback<void, Ptr<Socket>> m_onRequest;
    Callback<void, Ptr<Socket>> m_onClientClosed;
    Ipv4Address m_server;    //!< address of the server
    bool m_oneByOne{false};  //!< a connection goes on by itself once it is open
    uint64_t m_connected{0}; //!< connections that opened
    uint64_t m_answered{0};  //!< octets of answers that arrived
    uint64_t m_ended{0};     //!< ends that the server has seen
};

} // namespace ns3

#endif // TCP_FSM_BENCH_CONNECTIONS_H

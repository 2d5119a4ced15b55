// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_HELPER_CONVERSATION_H
#define TCP_FSM_TEST_HELPER_CONVERSATION_H

#include "tcp-fsm-topology.h"

#include "ns3/nstime.h"
#include "ns3/socket.h"

#include <cstdint>
#include <map>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// A client that sends octets and closes, and a server that reads them and closes then.
class Conversation
{
  public:
    /// Who talks with whom.
    struct Between
    {
        uint32_t client{0};   //!< number of a host
        uint32_t server{1};   //!< number of a host
        uint16_t port{80};    //!< of the server
        uint32_t octets{100}; //!< that the client sends
        bool ipv6{false};     //!< whether over IPv6
    };

    /// Starts the client after a time.
    Conversation(const TcpFsmTopology& net, const Between& between, Time start = Time(0));
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    /// @return octets that the server has read
    uint32_t GetReceived() const;

    /// @return whether the server was told of a normal end
    bool HasEnded() const;

    /// @return when the server's application was given the connection
    Time GetAccepted() const;

  private:
    void Accept(Ptr<Socket> socket, const Address& from);
    void Read(Ptr<Socket> socket);
    void CloseServer(Ptr<Socket> socket);

    Ptr<Socket> m_listener; //!< the server's
    Ptr<Socket> m_client;   //!< the client's
    Ptr<Socket> m_server;   //!< the server's end of the connection
    uint32_t m_received{0}; //!< octets read
    Time m_accepted;        //!< when the connection was accepted
    bool m_ended{false};    //!< the server was told of the end
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_HELPER_CONVERSATION_H

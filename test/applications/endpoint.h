// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_APPLICATIONS_ENDPOINT_H
#define TCP_FSM_TEST_APPLICATIONS_ENDPOINT_H

#include "network.h"

#include "ns3/socket.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace test
{

/**
 * Application code as users write it on sockets of TcpSocketFactory: connects or accepts, sends its
 * octets as the buffer takes them, reads and checks what arrives, closes when it has sent all and
 * read what it awaits, or when the peer has closed. One that accepts serves any number of
 * connections and counts the octets of all.
 */
class Endpoint
{
  public:
    /**
     * @param network where it lives
     * @param side its node
     * @param octets how many it sends on each connection
     */
    Endpoint(Network& network, uint32_t side, uint32_t octets);
    Endpoint(const Endpoint&) = delete;
    Endpoint& operator=(const Endpoint&) = delete;

    /// Connects to node 1's port at a time after START.
    void ConnectAt(Time when);
    /// Listens at the port from now on.
    void Listen();

    Ptr<Socket> socket;                //!< the one that was made first: listens or connects
    std::vector<Ptr<Socket>> accepted; //!< in this order
    bool closes{true};                 //!< when done, or when the peer has closed
    uint64_t awaited{0};               //!< octets that it reads before it closes
    bool reads{true};                  //!< what arrives
    uint64_t received{0};              //!< octets read
    bool intact{true};                 //!< each of them as it was sent
    int connected{0};                  //!< calls of the callback
    int failed{0};                     //!< calls of the callback: the attempt failed
    int closed{0};                     //!< calls of the callback: normal close
    int errors{0};                     //!< calls of the callback: error close

  private:
    void Attend(Ptr<Socket> connection);
    void OnConnected(Ptr<Socket> connection);
    void OnFailed(Ptr<Socket> connection);
    void OnAccepted(Ptr<Socket> connection, const Address& peer);
    void OnRoom(Ptr<Socket> connection, uint32_t room);
    void OnData(Ptr<Socket> connection);
    void OnClosed(Ptr<Socket> connection);
    void OnError(Ptr<Socket> connection);
    void CloseIfDone(Ptr<Socket> connection);

    /// How far a connection is.
    struct Progress
    {
        Ptr<Socket> connection; //!< its socket
        uint32_t sent{0};       //!< octets given to it
        uint64_t received{0};   //!< octets read
        bool closed{false};     //!< Close() was called
    };

    Progress& ProgressOf(const Ptr<Socket>& connection);

    Network& m_network;
    uint32_t m_side;
    uint32_t m_octets;
    std::vector<Progress> m_progress;
};

} // namespace test
} // namespace ns3

#endif // TCP_FSM_TEST_APPLICATIONS_ENDPOINT_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_APPLICATION_H
#define TCP_FSM_TEST_APPLICATION_H

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/tcp-fsm-socket.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Runs a call as an event of the node, which has happened on return.
void CallOn(const Ptr<Node>& node, const std::function<void()>& call);

/**
 * A user of one socket, which remembers what it was told. Calls are made as events of its node and
 * return what the socket returned.
 */
class Application
{
  public:
    /**
     * Sets the callbacks of a socket.
     * @param node the socket's node
     * @param s the socket
     */
    Application(Ptr<Node> node, Ptr<TcpFsmSocket> s);
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    int Bind(const Address& local);
    int Listen();
    int ListenTo(const Address& peer);
    int ListenWithBacklog(uint32_t backlog);
    int Connect(const Address& peer);
    /// SEND of so many octets, whose values follow from their place in the stream.
    int Send(uint32_t octets);
    /// The same, with the peer given.
    int SendTo(uint32_t octets, const Address& peer);
    /// @return octets read, -1 if Recv() returned nothing
    int Receive(uint32_t atMost);
    int Close();
    int ShutdownSend();
    int ShutdownRecv();
    int Abort();

    /// @return the socket's error
    TcpFsmError GetError() const;
    /// @return the error's POSIX name
    std::string GetErrorName() const;
    /// @return how many callbacks told of the end
    int CountTerminal() const;

    Ptr<TcpFsmSocket> socket;      //!< the socket
    std::vector<std::string> told; //!< "connected", "failed E…", "closed", "error E…"
    bool reading{true};            //!< reads at once what arrives
    uint32_t received{0};          //!< octets read
    bool intact{true};             //!< and they were what the peer sent
    bool endOfStream{false};       //!< Recv() returned an empty packet
    uint32_t sent{0};              //!< octets given to Send()
    uint32_t notified{0};          //!< calls of the receive callback

  private:
    int Do(const std::function<int()>& call);
    int ReceiveNow(uint32_t atMost);
    void ReadAll();
    void Told(const std::string& what, bool withError);

    Ptr<Node> m_node; //!< the node
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_APPLICATION_H

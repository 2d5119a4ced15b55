// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_LIVE_SOCKET_H
#define PACKETDRILL_LIVE_SOCKET_H

#include "packetdrill-host.h"

#include "ns3/socket.h"
#include "ns3/tcp-socket.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief A TCP socket of the stack under test, and what a kernel keeps beside it: whether it got
 * connected, and the error that waits to be told (SO_ERROR).
 *
 * Errors are POSIX names, such as `ECONNRESET`; an empty one means that a call succeeded. No call
 * blocks.
 */
class LiveSocket
{
  public:
    /**
     * @param host the host, which outlives the socket
     * @return a new socket
     */
    static std::unique_ptr<LiveSocket> Make(Host& host);

    virtual ~LiveSocket();
    LiveSocket(const LiveSocket&) = delete;
    LiveSocket& operator=(const LiveSocket&) = delete;

    /// @return the socket of ns-3
    Ptr<Socket> Get() const;
    /// @return its state
    TcpSocket::TcpStates_t GetState() const;
    /// @return whether the connection was established, now or earlier
    bool WasConnected() const;
    /// @return the error that waits to be told
    const std::string& GetPendingError();
    /// @return the error that waited to be told, which is forgotten
    std::string TakePendingError();

    /// Takes an address. @param address the address @return error
    std::string Bind(const Address& address);
    /// Begins to connect. @param peer whom to @return error
    std::string Connect(const Address& peer);
    /// Ends the connection or the attempt. @return error
    std::string Close();
    /// Ends sending. @return error
    std::string ShutdownSend();
    /// Ends receiving. @return error
    std::string ShutdownReceive();
    /**
     * @brief Queue octets of value zero.
     * @param size how many, at most what fits
     * @param urgent whether they are urgent data
     * @return error
     */
    virtual std::string Send(uint32_t size, bool urgent);
    /**
     * @brief Name a peer and queue octets of value zero for it.
     * @param size how many
     * @param peer a socket address
     * @return error
     */
    std::string SendTo(uint32_t size, const Address& peer);
    /// Takes data. @param size octets at most @param [out] got octets, 0: the end @return error
    std::string Receive(uint32_t size, uint32_t& got);

    /// Listens. @param backlog connections that wait at most @return error
    virtual std::string Listen(uint32_t backlog) = 0;
    /// @return whether a connection waits to be accepted
    virtual bool HasAcceptable() const = 0;
    /// @return the oldest connection not yet accepted; nullptr: none
    virtual std::unique_ptr<LiveSocket> Accept() = 0;

  protected:
    /// @param host the host @param socket the socket of ns-3
    LiveSocket(Host& host, Ptr<Socket> socket);

    /// @return the error of the call that failed last, or that ended the connection; it may be
    /// forgotten by that
    virtual std::string GetError() const = 0;
    /// @return why the connection ended, if that was told to nobody; empty: nothing to tell
    virtual std::string GetLateError() const;
    /// The connection exists already.
    void SetConnected();

    Host& m_host; //!< the host

  private:
    std::string Result(int result) const;

    Ptr<Socket> m_socket;       //!< the socket of ns-3
    bool m_connected{false};    //!< the connection was established
    std::string m_pendingError; //!< SO_ERROR
};

/// @return a socket of this module's TCP. @param host the host @param socket the socket
std::unique_ptr<LiveSocket> MakeFsmSocket(Host& host, Ptr<Socket> socket);
/// @return the same for ns-3's own TCP. @param host the host @param socket the socket
std::unique_ptr<LiveSocket> MakeStockSocket(Host& host, Ptr<Socket> socket);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_LIVE_SOCKET_H

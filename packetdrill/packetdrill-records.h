// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_RECORDS_H
#define PACKETDRILL_RECORDS_H

#include "packetdrill-dialect.h"
#include "packetdrill-host.h"
#include "packetdrill-record.h"
#include "tcp-fsm-raw-segment.h"

#include <deque>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// The connection that an inbound packet belongs to.
struct Receiver
{
    Record* record{nullptr}; //!< the connection; nullptr: no socket
    bool isAbsolute{false};  //!< the packet's own sequence number is one of the wire
};

/**
 * @brief All sockets of a script, and the one under test, which all packet lines are about.
 *
 * The one under test is the last one made: by socket(), or by a packet that reaches a socket
 * without a far end, which makes a child.
 */
class Records
{
  public:
    static constexpr uint16_t PORT = 8080; //!< of bind(), and of the far end of connect()

    /// @param host the host of the sockets
    explicit Records(Host& host);

    /// @return the socket under test, nullptr if there is none
    Record* Current();

    /// socket() made a socket. @param descriptor its number
    void Open(int64_t descriptor);
    /// bind() succeeded. @param descriptor the socket
    void Bind(int64_t descriptor);
    /// listen() succeeded. @param descriptor the socket
    void Listen(int64_t descriptor);
    /// @return whom connect() is to call
    Endpoint Callee();
    /// connect() began. @param descriptor the socket @param remote whom it calls
    void Connect(int64_t descriptor, const Endpoint& remote);
    /// accept() returned. @param descriptor the new socket @param remote its far end
    void Accept(int64_t descriptor, const Endpoint& remote);
    /// close() was called. @param descriptor the socket
    void Close(int64_t descriptor);

    /**
     * @brief Choose the connection that an inbound packet belongs to, making it if needed.
     * @param segment the packet
     * @param dialect whose rules hold without any socket
     * @return the connection
     */
    Receiver ChooseReceiver(const TcpSegment& segment, Dialect dialect);

    /**
     * @brief Find out whether a packet of the host belongs to the socket under test.
     * @param segment the packet; the first SYN of a caller tells the caller's port
     * @return whether it does
     */
    bool IsRelevant(const TcpFsmRawSegment& segment);

  private:
    Record* Find(int64_t descriptor);
    Endpoint Local(uint16_t port) const;

    Host& m_host;               //!< the host
    std::deque<Record> m_all;   //!< in their order; they stay where they are
    Record* m_current{nullptr}; //!< the one under test
    uint16_t m_nextPort{40000}; //!< of the next far end
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_RECORDS_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SCRIPT_H
#define TCP_FSM_SCRIPT_H

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <string>

namespace ns3
{

/// A segment that no TCP has sent.
struct TcpFsmForgedSegment
{
    Address source;              //!< whom it seems to come from: Ipv4Address or Ipv6Address
    Address destination;         //!< whom it goes to, of the same kind
    uint16_t sourcePort{0};      //!< port it seems to come from
    uint16_t destinationPort{0}; //!< port it goes to
    uint8_t flags{0};            //!< control bits, as in the TCP header
    uint32_t seq{0};             //!< SEG.SEQ
    uint32_t ack{0};             //!< SEG.ACK
    uint16_t window{0};          //!< SEG.WND
    uintptr_t octets{0};         //!< address of its text
    uint32_t length{0};          //!< octets of text
};

/**
 * Lets a program in another language, such as Python, take part in a simulation.
 *
 * Such a program gives one handler, which is called for all that it asked to be told of, with the
 * number that it chose for what it is about. So only one function crosses the languages' border,
 * and keeps its address.
 *
 * @code
 *   TcpFsmScript::SetHandler([](uint64_t token, uint32_t news) { ... });
 *   TcpFsmScript::Schedule(1000000, node->GetId(), 1); // news CALL about 1 in a millisecond
 *   TcpFsmScript::Watch(socket, 2);                    // news about the socket are about 2
 *   TcpFsmScript::Run(5000000000);
 * @endcode
 */
class TcpFsmScript
{
  public:
    /// What the handler is told.
    enum News : uint32_t
    {
        CALL,      //!< the time of Schedule() has come
        CONNECTED, //!< the connection is open
        FAILED,    //!< it could not be opened
        ENDED,     //!< the peer sends no more, or the connection is closed
        BROKEN,    //!< the connection ended by an error
        READABLE,  //!< data has arrived: Receive()
        WRITABLE,  //!< there is room in the send buffer
        ACCEPTED,  //!< a listener has a connection: TakeAccepted()
        GONE       //!< the socket is in CLOSED again: nothing more can come
    };

    /// Gets a token and one of News.
    using Handler = std::function<void(uint64_t token, uint32_t news)>;

    /**
     * Sets what is called from now on.
     * @param handler must not throw; empty: nothing is called
     */
    static void SetHandler(Handler handler);

    /**
     * Tells the handler CALL at a time.
     * @param delay from now, nanoseconds, not negative
     * @param context id of the node whose event it is, or Simulator::NO_CONTEXT
     * @param token what it is about
     */
    static void Schedule(int64_t delay, uint32_t context, uint64_t token);

    /**
     * Tells the handler all that happens to a socket, in place of the callbacks that it had.
     * @param socket the socket
     * @param token what it is about
     */
    static void Watch(Ptr<Socket> socket, uint64_t token);

    /**
     * Tells nothing of a socket any more: what arrives is read and thrown away.
     * @param socket the socket
     */
    static void Ignore(Ptr<Socket> socket);

    /// @return the connection that the handler has been told of; valid once, during the call
    static Ptr<Socket> TakeAccepted();

    /**
     * Reads all that has arrived.
     * @param socket the socket
     * @return the number of octets; GetReceived() has them
     */
    static uint32_t Receive(Ptr<Socket> socket);

    /// @return address of the octets read last, valid until the next Receive()
    static uintptr_t GetReceived();

    /**
     * Sends octets.
     * @param socket the socket
     * @param octets their address; 0: octets without content
     * @param size their number, more than 0
     * @return how many were taken, as many as the send buffer has room for; -1: none, and the
     * socket has an error
     */
    static int64_t Send(Ptr<Socket> socket, uintptr_t octets, uint32_t size);

    /**
     * Sends octets from a listener, which turns into a caller (RFC 9293 3.10.2, LISTEN).
     * @param socket the socket
     * @param octets their address; 0: octets without content
     * @param size their number
     * @param peer whom the caller calls
     * @return how many were taken; -1: none, and the socket has an error
     */
    static int64_t SendTo(Ptr<Socket> socket, uintptr_t octets, uint32_t size, const Address& peer);

    /**
     * Puts a segment on the link of a node, past the node's own TCP.
     * @param node a node with a point-to-point device; its first one sends the segment
     * @param segment the segment
     * @return whether the node has such a device
     */
    static bool Forge(Ptr<Node> node, const TcpFsmForgedSegment& segment);

    /**
     * @param socket the socket
     * @return its last error in POSIX's words, such as "ECONNRESET"; empty if there is none
     */
    static std::string GetError(Ptr<Socket> socket);

    /**
     * Runs the simulation. The signal SIGINT (Ctrl-C) stops it after the event under way; then the
     * program's own handler of that signal has been called.
     * @param until simulated time at which to stop, nanoseconds, not before now; -1: when there
     * are no more events
     */
    static void Run(int64_t until);
};

} // namespace ns3

#endif // TCP_FSM_SCRIPT_H

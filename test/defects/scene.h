// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_DEFECTS_SCENE_H
#define TCP_FSM_TEST_DEFECTS_SCENE_H

#include "tcp-fsm-node-under-test.h"
#include "tcp-fsm-raw-connection.h"
#include "tcp-fsm-raw-peer.h"

#include "ns3/nstime.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace test
{

using Segments = std::vector<TcpFsmRawSegment>;

/**
 * A node with either stack, a raw peer, and the connection between port 80 of the node and port
 * 40000 of the peer. One to a process: attributes are set as defaults.
 */
class Scene
{
  public:
    /**
     * @param stack which TCP
     * @param config ports, numbers, options
     */
    explicit Scene(TcpFsmStack stack, const TcpFsmRawConnection::Config& config = {});
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    /// The node listens and the peer connects. @return whether the connection is ESTABLISHED
    bool OpenPassive();
    /// The node sends a SYN to the peer, which does nothing yet.
    void Connect();
    /// The same, and the peer answers. @return whether the connection is ESTABLISHED
    bool OpenActive();

    /// SEND of so many octets by the node's application.
    void Write(uint32_t octets);
    /// The application stops reading what arrives by itself.
    void StopReading();
    /// @return octets read at once, at most so many
    uint32_t Read(uint32_t atMost);
    /// A call as an event of the node, which has happened on return.
    void Call(const std::function<void()>& call);

    /// Runs for a while. @return the segments that the node sent meanwhile on the connection
    Segments Run(Time duration);
    /// Injects a segment and runs. @return the segments that the node sent meanwhile
    Segments Exchange(const TcpFsmRawSegment& segment, Time duration = MilliSeconds(20));
    /**
     * Sends an ACK from the peer.
     * @param octets of the node's stream that it covers
     * @param window SEG.WND
     * @param sack blocks as pairs of positions in the node's stream
     */
    void Acknowledge(uint32_t octets,
                     uint16_t window = 20000,
                     const std::vector<std::pair<uint32_t, uint32_t>>& sack = {});
    /// @return the position in the node's stream of a sequence number; its first octet is 0
    uint32_t Position(uint32_t seq) const;

    /// @return the connection's state as in RFC 9293, "gone" if there is none
    std::string State() const;
    /// @return the connection's segments in one line
    std::string Describe(const Segments& segments) const;

    TcpFsmNodeUnderTest node;       //!< the node
    TcpFsmRawPeer peer;             //!< the other end of its link
    TcpFsmRawConnection connection; //!< the peer's end of the connection
    Ptr<Socket> socket;             //!< of the connection; null before it opens
    int connected{0};               //!< calls of the callback
    int failed{0};                  //!< calls of the callback: the connection attempt failed
    int closed{0};                  //!< calls of the callback: the connection ended normally
    int error{0};                   //!< calls of the callback: the connection ended with an error

  private:
    /// Finds the connection's socket, and counts its callbacks from now on.
    void Attend();
};

/// @return whether there is a segment with all these flags
bool Has(const Segments& segments, uint8_t flags);
/// @return octets of text in all of them
uint32_t CountText(const Segments& segments);

} // namespace test
} // namespace ns3

#endif // TCP_FSM_TEST_DEFECTS_SCENE_H

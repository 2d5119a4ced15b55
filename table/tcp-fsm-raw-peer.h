// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_RAW_PEER_H
#define TCP_FSM_RAW_PEER_H

#include "tcp-fsm-raw-segment.h"

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/simple-net-device.h"

#include <functional>
#include <map>
#include <vector>

namespace ns3
{

/**
 * @brief A host without TCP on a link to the node under test: it sends any segment, hears all.
 *
 * Making a peer adds to the node a link of its own (point-to-point, no ARP, no neighbour
 * discovery, infinite rate, a fixed delay) with an IPv4 and an IPv6 address, and a default route
 * over it. On the far end stands a bare node with no protocol stack at all: nothing answers unless
 * the user of this class does. Segments go out as raw bytes and come in as raw bytes.
 *
 * @code
 *   TcpFsmRawPeer peer(node);                       // node has an internet stack already
 *   peer.Send({.flags = TcpHeader::SYN, .seq = 1000, .window = 20000,
 *              .sourcePort = 40000, .destinationPort = 80});
 *   TcpFsmRunFor(MilliSeconds(10));
 *   for (const auto& segment : peer.TakeReceived()) { std::cout << segment << "\n"; }
 * @endcode
 *
 * TcpFsmRawConnection adds what a test needs to hold a conversation: ports, sequence numbers,
 * handshakes.
 *
 * The peer may speak from any source address (set TcpFsmRawSegment::source): all of the node's
 * traffic that has no better route comes here. It must not outlive the simulation's nodes by use:
 * don't call it after Simulator::Destroy.
 */
class TcpFsmRawPeer
{
  public:
    /// Called with each TCP segment that the node sends, as it arrives.
    using ReceiveCallback = std::function<void(const TcpFsmRawSegment&)>;

    /// What can be chosen about the link.
    struct Config
    {
        bool ipv6{false};            //!< family of segments whose addresses are left out
        Time delay{MilliSeconds(1)}; //!< one-way delay
        uint16_t mtu{1500};          //!< MTU of the node's interface
    };

    /**
     * @brief Make a peer and the link to it.
     * @param node the node under test, with IPv4, IPv6 or both installed
     * @param config the link's properties
     */
    TcpFsmRawPeer(Ptr<Node> node, Config config);

    /**
     * @brief Make a peer that speaks IPv4 over a link of 1 ms.
     * @param node the node under test
     */
    explicit TcpFsmRawPeer(Ptr<Node> node);

    ~TcpFsmRawPeer();
    TcpFsmRawPeer(const TcpFsmRawPeer&) = delete;
    TcpFsmRawPeer& operator=(const TcpFsmRawPeer&) = delete;

    /**
     * @brief Send a segment to the node.
     *
     * May be called before and between runs of the simulator as well as from events.
     *
     * @param segment the segment; addresses left invalid become the peer's and the node's own
     * @return the segment as sent, addresses and time filled in
     */
    TcpFsmRawSegment Send(TcpFsmRawSegment segment);

    /**
     * @brief Send an ICMP or ICMPv6 error about a segment that the node sent.
     *
     * @param type the ICMP type, such as 3 (IPv4 destination unreachable) or 1 (IPv6)
     * @param code the ICMP code
     * @param quoted the node's segment, with its addresses and ports; its family rules
     * @param info the word after the checksum: the MTU for "fragmentation needed" and "packet too
     *        big", else 0
     */
    void SendIcmpError(uint8_t type,
                       uint8_t code,
                       const TcpFsmRawSegment& quoted,
                       uint32_t info = 0);

    /// @return all segments received and not yet taken, oldest first
    const std::vector<TcpFsmRawSegment>& GetReceived() const;

    /// @return all segments received since the last call, oldest first; they are forgotten here
    std::vector<TcpFsmRawSegment> TakeReceived();

    /**
     * @brief Watch arriving segments; any number of watchers. Segments are collected all the same.
     * @param callback the watcher
     * @return a handle for RemoveWatcher()
     */
    uint32_t AddWatcher(ReceiveCallback callback);

    /**
     * @brief Stop watching.
     * @param handle what AddWatcher() returned
     */
    void RemoveWatcher(uint32_t handle);

    /// @return the peer's own address in the default family
    Address GetAddress() const;

    /// @return the node's address on this link in the default family
    Address GetNodeAddress() const;

    /// @return the link's one-way delay
    Time GetDelay() const;

    /// @return the node under test
    Ptr<Node> GetNode() const;

    /// @return the node's device on this link, for captures and for taking the link down
    Ptr<NetDevice> GetNodeDevice() const;

  private:
    /// Give the node's device its addresses and routes.
    void Assign();
    /// Put an IP header in front of the payload and send it to the node.
    void SendIp(const std::vector<uint8_t>& payload,
                uint8_t protocol,
                const TcpFsmRawSegment& envelope);
    /// Take a frame from the node; what is not an unfragmented TCP segment is ignored.
    bool Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& from);

    Config m_config;                                //!< the link's properties
    Ptr<Node> m_node;                               //!< the node under test
    Ptr<SimpleNetDevice> m_nodeSide;                //!< its device
    Ptr<SimpleNetDevice> m_peerSide;                //!< the bare node's device
    Address m_nodeAddresses[2];                     //!< the node's addresses, IPv4 and IPv6
    Address m_peerAddresses[2];                     //!< the peer's addresses, IPv4 and IPv6
    std::vector<TcpFsmRawSegment> m_received;       //!< segments not yet taken
    std::map<uint32_t, ReceiveCallback> m_watchers; //!< by handle, called in order of joining
    uint32_t m_nextWatcher{0};                      //!< the next handle
};

/**
 * @brief Run the simulator for a while and return, leaving later events for the next call.
 * @param duration simulated time
 */
void TcpFsmRunFor(Time duration);

} // namespace ns3

#endif // TCP_FSM_RAW_PEER_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_RAW_CONNECTION_H
#define TCP_FSM_RAW_CONNECTION_H

#include "tcp-fsm-raw-peer.h"
#include "tcp-fsm-raw-segment.h"

#include "ns3/address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief The raw peer's end of one connection: ports and sequence numbers kept, nothing automatic.
 *
 * It learns from the wire what the node's variables are (NodeIss(), NodeSndNxt(), NodeRcvNxt(), in
 * the RFC's sense *at the node*) and sends only when told to: no acknowledgment, no retransmission
 * comes by itself. Send() speaks in sequence and moves on; Inject() puts any segment on the wire
 * and changes nothing in the bookkeeping.
 *
 * @code
 *   TcpFsmRawConnection connection(peer, {.nodePort = 80});
 *   connection.OpenPassive();                                  // SYN, SYN-ACK, ACK
 *   auto replies = connection.Exchange(connection.Make(TcpHeader::RST), MilliSeconds(500));
 *   EXPECT_TRUE(replies.empty());
 * @endcode
 *
 * OpenPassive(), OpenActive(), Await() and Exchange() run the simulator; all others only schedule.
 */
class TcpFsmRawConnection
{
  public:
    /// Who talks to whom, and how the peer introduces itself.
    struct Config
    {
        uint16_t nodePort{80};    //!< the node's port
        uint16_t peerPort{40000}; //!< the peer's port
        uint32_t iss{500000};     //!< the peer's initial sequence number
        uint16_t window{20000};   //!< advertised in every segment
        std::vector<uint8_t> synOptions{TcpFsmRawSegment::Mss(1460)}; //!< of SYN and SYN-ACK
        Address peerAddress{};            //!< invalid: the raw peer's own
        Address nodeAddress{};            //!< invalid: the node's on the link
        Time patience{MilliSeconds(100)}; //!< how long the handshakes wait for a segment
    };

    /**
     * @brief Make the peer's end. Nothing is sent.
     * @param peer the raw peer; it must outlive the connection
     * @param config ports, numbers, options
     */
    TcpFsmRawConnection(TcpFsmRawPeer& peer, Config config);
    ~TcpFsmRawConnection();
    TcpFsmRawConnection(const TcpFsmRawConnection&) = delete;
    TcpFsmRawConnection& operator=(const TcpFsmRawConnection&) = delete;

    /**
     * @brief Make the segment that would come next in sequence, without sending it.
     *
     * SEG.SEQ is the peer's next number, SEG.ACK all that the node has sent (0 without ACK), the
     * options those configured if SYN is set, else none.
     *
     * @param flags TcpHeader::Flags_t
     * @param data the text
     * @return the segment, to be changed at will and given to Inject() or Exchange()
     */
    TcpFsmRawSegment Make(uint8_t flags, std::vector<uint8_t> data = {}) const;

    /**
     * @brief Send the next segment in sequence and count it as sent.
     * @param flags TcpHeader::Flags_t
     * @param data the text
     * @return the segment as sent
     */
    TcpFsmRawSegment Send(uint8_t flags, std::vector<uint8_t> data = {});

    /**
     * @brief Send a segment and count it as sent: the peer's next number becomes its end, and its
     * ACK becomes the node's SND.UNA where it is newer.
     * @param segment the segment
     * @return the segment as sent
     */
    TcpFsmRawSegment Send(TcpFsmRawSegment segment);

    /**
     * @brief Send any segment; the bookkeeping stays as it is.
     * @param segment the segment; ports of 0 and addresses left invalid are filled in
     * @return the segment as sent
     */
    TcpFsmRawSegment Inject(TcpFsmRawSegment segment);

    /**
     * @brief Inject a segment, run, and take all that the node sends on this connection meanwhile.
     *
     * Segments that arrived earlier and were not taken are forgotten first.
     *
     * @param segment the segment
     * @param duration how long to run
     * @return the node's segments, oldest first
     */
    std::vector<TcpFsmRawSegment> Exchange(TcpFsmRawSegment segment, Time duration);

    /**
     * @brief Wait for the node's next segment.
     * @param patience how long to run at most; returns as soon as there is a segment
     * @return the oldest segment not yet taken, nothing when time is up
     */
    std::optional<TcpFsmRawSegment> Await(Time patience);

    /// @return all segments of the node on this connection not yet taken, oldest first
    std::vector<TcpFsmRawSegment> TakeReceived();

    /**
     * @brief Open towards a node in LISTEN: SYN, wait for SYN-ACK, ACK, which arrives before
     * return.
     * @return whether the SYN-ACK came
     */
    bool OpenPassive();

    /**
     * @brief Answer a node that connects: wait for its SYN, SYN-ACK, wait for its ACK.
     * @return whether both came
     */
    bool OpenActive();

    /// @return the node's ISS as seen on the wire; 0 before its SYN
    uint32_t NodeIss() const;

    /// @return the node's SND.NXT: one past the highest octet seen from it, SYN and FIN counted
    uint32_t NodeSndNxt() const;

    /// @return the node's SND.UNA: what Send() has acknowledged, the ISS at first
    uint32_t NodeSndUna() const;

    /// @return the node's RCV.NXT: the highest acknowledgment seen from it; before any, the ISS
    /// here
    uint32_t NodeRcvNxt() const;

    /// @return the number of the peer's next octet
    uint32_t PeerSndNxt() const;

    /// @return what the connection was made with
    const Config& GetConfig() const;

    /**
     * @brief Print a segment of either side with numbers relative to the ISNs (a SYN is 0).
     * @param segment the segment
     * @return such as `SYN-ACK seq=0 ack=1 win=65535 len=0`
     */
    std::string Describe(const TcpFsmRawSegment& segment) const;

  private:
    /// Take note of a segment from the node if it belongs to this connection.
    void Receive(const TcpFsmRawSegment& segment);
    /// Move the node's variables by what it sends.
    void Learn(const TcpFsmRawSegment& segment);

    TcpFsmRawPeer& m_peer;                   //!< the link
    Config m_config;                         //!< who talks to whom
    uint32_t m_watcher;                      //!< handle at the peer
    uint32_t m_next;                         //!< the peer's next sequence number
    std::optional<uint32_t> m_nodeIss;       //!< the node's ISS, once seen
    uint32_t m_nodeSndNxt{0};                //!< the node's SND.NXT
    uint32_t m_nodeSndUna{0};                //!< the node's SND.UNA as far as the peer made it
    std::optional<uint32_t> m_nodeRcvNxt;    //!< the node's RCV.NXT, once seen
    std::deque<TcpFsmRawSegment> m_received; //!< segments not yet taken
    bool m_awaiting{false};                  //!< whether the next segment is to stop the simulator
};

} // namespace ns3

#endif // TCP_FSM_RAW_CONNECTION_H

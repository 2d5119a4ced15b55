// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_CONVERSATION_H
#define TCP_FSM_TEST_CONVERSATION_H

#include "guards.h"
#include "segment.h"
#include "tcp-fsm-raw-connection.h"
#include "tcp-fsm-raw-peer.h"

#include <cstdint>
#include <source_location>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// How long an exchange takes at most: some times the link's delay, less than any timer.
inline constexpr int64_t EXCHANGE_MS = 20;

/**
 * One connection between the raw peer and the node: Inject() and Send() put segments on the wire,
 * Expect() says what the node sends until a time is over, *and nothing else*.
 *
 * SndNxt() and its like are the node's variables as of the last Expect(): in
 * `Inject(Rst()); Expect(Ack().Seq(SndNxt()))` they are those before the injection.
 */
class Conversation
{
  public:
    using Location = std::source_location;

    /**
     * @param peer the raw peer
     * @param config ports, numbers, options
     * @param guards look at every segment
     */
    Conversation(TcpFsmRawPeer& peer,
                 const TcpFsmRawConnection::Config& config,
                 const Guards& guards);
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    /// Sends a segment that the peer's own numbers don't follow.
    TcpFsmRawSegment Inject(const Segment& segment);
    /// Sends a segment as part of the conversation: the peer's numbers move on.
    TcpFsmRawSegment Send(const Segment& segment);

    /// Runs for a while and fails unless the node sent these segments and nothing else.
    void Expect(const std::vector<Segment>& expected,
                Time within = MilliSeconds(EXCHANGE_MS),
                Location location = Location::current());
    /// The same for one segment.
    void Expect(const Segment& expected,
                Time within = MilliSeconds(EXCHANGE_MS),
                Location location = Location::current());
    /// The same for none.
    void ExpectNothing(Time within = MilliSeconds(EXCHANGE_MS),
                       Location location = Location::current());
    /**
     * Runs for a while and fails unless all that the node sent is this segment again and again.
     * @return when they were sent, from now on, by the node's clock
     */
    std::vector<Time> ExpectRepeated(const Segment& expected,
                                     Time within,
                                     Location location = Location::current());

    /// Opens towards a listener.
    void OpenPassive(Location location = Location::current());
    /// Answers the SYN of a node that connects.
    void OpenActive(Location location = Location::current());

    /// Takes what has come without looking at it.
    std::vector<TcpFsmRawSegment> Take();
    /// @return the segments of the last Expect()
    const std::vector<TcpFsmRawSegment>& Seen() const;
    /// @return the last segment of the last Expect(); an empty one if there was none
    TcpFsmRawSegment Last() const;

    /// @return ISS of the node
    uint32_t Iss() const;
    /// @return IRS of the node
    uint32_t Irs() const;
    /// @return SND.UNA of the node
    uint32_t SndUna() const;
    /// @return SND.NXT of the node
    uint32_t SndNxt() const;
    /// @return all that the peer has sent: RCV.NXT of a node that took it
    uint32_t RcvNxt() const;
    /// @return the highest right edge that the node has advertised without window scaling
    uint32_t RightEdge() const;
    /// @return the right edge less RCV.NXT
    uint32_t Window() const;
    /// @return ports, numbers, options
    const TcpFsmRawConnection::Config& GetConfig() const;

    /// @return a segment with all its fields
    TcpFsmRawSegment Make(const Segment& segment) const;

  private:
    std::string Compare(const Segment& expected,
                        const TcpFsmRawSegment& actual,
                        uint32_t next) const;
    std::string Describe(const Segment& expected, uint32_t next) const;

    TcpFsmRawConnection m_connection;     //!< ports and numbers
    TcpFsmRawPeer& m_peer;                //!< the link
    const Guards& m_guards;               //!< look at every segment
    uint32_t m_sndNxt{0};                 //!< SND.NXT as of the last Expect()
    uint32_t m_rightEdge{0};              //!< as of the last Expect()
    std::vector<TcpFsmRawSegment> m_seen; //!< of the last Expect()
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_CONVERSATION_H

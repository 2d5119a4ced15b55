// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_CLASSIFY_H
#define TCP_FSM_CLASSIFY_H

#include "tcp-fsm-engine.h"

#include <compare>

/**
 * @file
 * From numbers to facts: the only code that compares sequence numbers to decide about control.
 * Pure, like the engine.
 */

namespace ns3
{
namespace tcpfsm
{

/// A sequence number: modular, ordered by the shorter way round (RFC 9293 3.4).
class SeqNumber
{
  public:
    constexpr SeqNumber() = default;

    /// The number itself.
    explicit constexpr SeqNumber(uint32_t value)
        : m_value(value)
    {
    }

    /// @return the number itself
    constexpr uint32_t Value() const
    {
        return m_value;
    }

    /// Moves on by some octets (back if negative).
    constexpr SeqNumber operator+(int64_t octets) const
    {
        return SeqNumber(m_value + static_cast<uint32_t>(octets));
    }

    /// Moves back by some octets.
    constexpr SeqNumber operator-(int64_t octets) const
    {
        return SeqNumber(m_value - static_cast<uint32_t>(octets));
    }

    /// @return the signed distance from another number
    constexpr int32_t operator-(SeqNumber other) const
    {
        return static_cast<int32_t>(m_value - other.m_value);
    }

    constexpr bool operator==(const SeqNumber&) const = default;

    /// Modular order.
    constexpr std::strong_ordering operator<=>(SeqNumber other) const
    {
        return (*this - other) <=> 0;
    }

  private:
    uint32_t m_value{0};
};

/// Control bits, with the values of the TCP header.
enum ControlBits : uint8_t
{
    CTL_FIN = 1,
    CTL_SYN = 2,
    CTL_RST = 4,
    CTL_PSH = 8,
    CTL_ACK = 16,
    CTL_URG = 32
};

/// The control part of a segment.
struct Segment
{
    uint8_t flags{0};           //!< union of ControlBits
    SeqNumber seq;              //!< SEG.SEQ
    SeqNumber ack;              //!< SEG.ACK, meaningful with CTL_ACK
    uint32_t textLength{0};     //!< octets of data
    uint16_t urgentPointer{0};  //!< SEG.UP, meaningful with CTL_URG
    bool hasTimestamp{false};   //!< a timestamp option is present
    uint32_t timestampValue{0}; //!< its TSval
    bool isTolerated{false};    //!< it may lack the timestamp that was negotiated

    /// @return SEG.LEN: octets of data, SYN and FIN counted
    constexpr uint32_t Length() const
    {
        return textLength + ((flags & CTL_SYN) ? 1 : 0) + ((flags & CTL_FIN) ? 1 : 0);
    }

    /// @return true if all bits are set
    constexpr bool Has(uint8_t bits) const
    {
        return (flags & bits) == bits;
    }
};

/// The connection's variables that segments are compared with (RFC 9293 3.3.1).
struct Sequences
{
    SeqNumber iss;                  //!< ISS
    SeqNumber sndUna;               //!< SND.UNA
    SeqNumber sndNxt;               //!< SND.NXT: one past the highest octet ever sent
    uint32_t maxSndWnd{0};          //!< MAX.SND.WND
    SeqNumber irs;                  //!< IRS
    SeqNumber rcvNxt;               //!< RCV.NXT
    uint32_t rcvWnd{0};             //!< W: highest right edge ever advertised - RCV.NXT
    SeqNumber rcvUp;                //!< RCV.UP
    bool finSent{false};            //!< our FIN is the octet before SND.NXT
    bool hasTimestamps{false};      //!< timestamps were negotiated
    uint32_t tsRecent{0};           //!< TS.Recent
    bool tsRecentExpired{false};    //!< idle for so long that it says nothing (RFC 7323 5.5)
    bool wouldUseTimestamps{false}; //!< a new connection would offer or accept timestamps
};

/// A segment less what lies outside the window.
struct Trimmed
{
    uint32_t skip{0};   //!< octets of data to leave out at the start
    uint32_t length{0}; //!< octets of data to take
};

/**
 * @param segment the arriving segment
 * @param seqs the connection's variables; before a SYN of the peer was seen only the ACK counts
 * @param peerKnown whether IRS and RCV.NXT are set
 * @return the facts that follow from the numbers; what the application did is left to the caller
 */
Facts Classify(const Segment& segment, const Sequences& seqs, bool peerKnown);

/**
 * @param segment an acceptable segment
 * @param seqs the connection's variables
 * @return the part of its data that lies in the window
 */
Trimmed TrimToWindow(const Segment& segment, const Sequences& seqs);

/**
 * @param segment a segment with FIN
 * @return the sequence number of the FIN
 */
SeqNumber FinPosition(const Segment& segment);

/**
 * @param reply what a rule sends; not Reply::DATA, Reply::NONE
 * @param segment the segment that caused it (for a call or a timer: empty)
 * @param seqs the connection's variables
 * @return the control part of the segment to send
 */
Segment Compose(Reply reply, const Segment& segment, const Sequences& seqs);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_CLASSIFY_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_PACKED_H
#define TCP_FSM_TEST_PACKED_H

#include "host.h"

/**
 * @file
 * Hosts and segments as bit strings, so that a pair of hosts with three segments between them fits
 * into 128 bits, and what all need to change quickly can be changed in place.
 */

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// A field of a bit string.
template <unsigned SHIFT, unsigned WIDTH>
struct Field
{
    static constexpr uint64_t MASK = ((uint64_t{1} << WIDTH) - 1) << SHIFT; //!< its bits
    static constexpr unsigned END = SHIFT + WIDTH;                          //!< the next field's

    /// @return the value
    static constexpr uint64_t Get(uint64_t word)
    {
        return (word & MASK) >> SHIFT;
    }

    /// @return the word with another value in the field
    static constexpr uint64_t Put(uint64_t word, uint64_t value)
    {
        return (word & ~MASK) | (value << SHIFT);
    }
};

/// Fields of a host.
namespace hostfield
{
using StateOf = Field<0, 4>;
using OriginOf = Field<StateOf::END, 2>;
using OwnFinOf = Field<OriginOf::END, 2>;
using ReceivingOf = Field<OwnFinOf::END, 2>;
using OutgoingOf = Field<ReceivingOf::END, 2>;
using ReceivedOf = Field<OutgoingOf::END, 2>;
using SynAcked = Field<ReceivedOf::END, 1>;
using FinAcked = Field<SynAcked::END, 1>;
using FinTaken = Field<FinAcked::END, 1>;
using FinRemembered = Field<FinTaken::END, 1>;
using Listening = Field<FinRemembered::END, 1>;
using Iss = Field<Listening::END, 3>;
using Irs = Field<Iss::END, 3>;
using PreviousIss = Field<Irs::END, 3>;
using PreviousIrs = Field<PreviousIss::END, 3>;
using PreviousSent = Field<PreviousIrs::END, 1>;
using PreviousRead = Field<PreviousSent::END, 1>;
using OctetArrived = Field<PreviousRead::END, 1>;
using FinArrived = Field<OctetArrived::END, 1>;
inline constexpr unsigned BITS = FinArrived::END;
} // namespace hostfield

/// Fields of a segment; 0 is no segment.
namespace wire
{
using Sender = Field<0, 1>;            //!< 0 or 1
using Control = Field<Sender::END, 3>; //!< FIN, SYN, RST
using HasAck = Field<Control::END, 1>; //!< ACK
using Text = Field<HasAck::END, 1>;    //!< carries the octet
using Arrived = Field<Text::END, 1>;   //!< the octet was taken before (nobody can see this)
using SeqSet = Field<Arrived::END, 1>; //!< 0: SEG.SEQ is forgotten
using SeqIsn = Field<SeqSet::END, 3>;  //!< connection of SEG.SEQ
using SeqOffset = Field<SeqIsn::END, 2>;
using AckSet = Field<SeqOffset::END, 1>; //!< 0: SEG.ACK is forgotten
using AckIsn = Field<AckSet::END, 3>;    //!< connection of SEG.ACK
using AckOffset = Field<AckIsn::END, 2>;
inline constexpr unsigned BITS = AckOffset::END;
} // namespace wire

static_assert(2 * hostfield::BITS + 3 * wire::BITS <= 128, "a pair must fit into its key");

/// @return the host as a bit string
inline uint64_t
Pack(const Host& host)
{
    using namespace hostfield;
    uint64_t word = 0;
    word = StateOf::Put(word, static_cast<uint64_t>(host.state));
    word = OriginOf::Put(word, static_cast<uint64_t>(host.origin));
    word = OwnFinOf::Put(word, static_cast<uint64_t>(host.ownFin));
    word = ReceivingOf::Put(word, static_cast<uint64_t>(host.receiving));
    word = OutgoingOf::Put(word, static_cast<uint64_t>(host.outgoing));
    word = ReceivedOf::Put(word, static_cast<uint64_t>(host.received));
    word = SynAcked::Put(word, host.synAcked);
    word = FinAcked::Put(word, host.finAcked);
    word = FinTaken::Put(word, host.finTaken);
    word = FinRemembered::Put(word, host.finRemembered);
    word = Listening::Put(word, host.listener);
    word = Iss::Put(word, host.iss);
    word = Irs::Put(word, host.irs);
    word = PreviousIss::Put(word, host.previousIss);
    word = PreviousIrs::Put(word, host.previousIrs);
    word = PreviousSent::Put(word, host.previousSent);
    word = PreviousRead::Put(word, host.previousRead);
    word = OctetArrived::Put(word, host.octetArrived);
    return FinArrived::Put(word, host.finArrived);
}

/// @return the host that a bit string stands for
inline Host
UnpackHost(uint64_t word)
{
    using namespace hostfield;
    Host host;
    host.state = static_cast<State>(StateOf::Get(word));
    host.origin = static_cast<Origin>(OriginOf::Get(word));
    host.ownFin = static_cast<OwnFin>(OwnFinOf::Get(word));
    host.receiving = static_cast<Receiving>(ReceivingOf::Get(word));
    host.outgoing = static_cast<Outgoing>(OutgoingOf::Get(word));
    host.received = static_cast<Received>(ReceivedOf::Get(word));
    host.synAcked = SynAcked::Get(word);
    host.finAcked = FinAcked::Get(word);
    host.finTaken = FinTaken::Get(word);
    host.finRemembered = FinRemembered::Get(word);
    host.listener = Listening::Get(word);
    host.iss = Iss::Get(word);
    host.irs = Irs::Get(word);
    host.previousIss = PreviousIss::Get(word);
    host.previousIrs = PreviousIrs::Get(word);
    host.previousSent = PreviousSent::Get(word);
    host.previousRead = PreviousRead::Get(word);
    host.octetArrived = OctetArrived::Get(word);
    host.finArrived = FinArrived::Get(word);
    return host;
}

/**
 * @param segment a segment
 * @param sender 0 or 1
 * @param arrived whether the octet it carries was taken before
 * @return the segment as a bit string
 */
inline uint32_t
Pack(const Segment& segment, unsigned sender, bool arrived)
{
    uint64_t word = 0;
    word = wire::Sender::Put(word, sender);
    word = wire::Control::Put(word, segment.flags & (CTL_FIN | CTL_SYN | CTL_RST));
    word = wire::HasAck::Put(word, segment.Has(CTL_ACK));
    word = wire::Text::Put(word, segment.textLength);
    word = wire::Arrived::Put(word, segment.textLength > 0 && arrived);
    if (segment.seq >= IsnOf(0))
    {
        word = wire::SeqSet::Put(word, 1);
        word = wire::SeqIsn::Put(word, ConnectionOf(segment.seq));
        word = wire::SeqOffset::Put(word, OffsetOf(segment.seq));
    }
    if (segment.Has(CTL_ACK) && segment.ack >= IsnOf(0))
    {
        word = wire::AckSet::Put(word, 1);
        word = wire::AckIsn::Put(word, ConnectionOf(segment.ack));
        word = wire::AckOffset::Put(word, OffsetOf(segment.ack));
    }
    return static_cast<uint32_t>(word);
}

/// @return the segment that a bit string stands for
inline Segment
UnpackSegment(uint32_t word)
{
    Segment segment;
    segment.flags =
        static_cast<uint8_t>(wire::Control::Get(word) | (wire::HasAck::Get(word) ? CTL_ACK : 0));
    segment.textLength = wire::Text::Get(word);
    if (wire::SeqSet::Get(word))
    {
        segment.seq = IsnOf(wire::SeqIsn::Get(word)) + wire::SeqOffset::Get(word);
    }
    if (wire::AckSet::Get(word))
    {
        segment.ack = IsnOf(wire::AckIsn::Get(word)) + wire::AckOffset::Get(word);
    }
    return segment;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_PACKED_H

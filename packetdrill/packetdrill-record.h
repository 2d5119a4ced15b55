// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_RECORD_H
#define PACKETDRILL_RECORD_H

#include "packetdrill-packet.h"

#include "ns3/address.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// How far the opening of a connection has got, as the script has seen it.
enum class Phase : uint8_t
{
    NEW,              //!< after socket(), bound or not
    LISTENING,        //!< after listen()
    CONNECTING,       //!< after connect(), the SYN is not matched yet
    SYN_SENT,         //!< our SYN was matched
    SYN_ACKED,        //!< a SYN-ACK was injected after that
    PASSIVE_RECEIVED, //!< the script poked or opened: the far end of a connection is known
    SYNACK_SENT,      //!< our SYN-ACK was matched
    SYNACK_ACKED,     //!< an ACK was injected after that
};

/// One end of a connection.
struct Endpoint
{
    Address address{}; //!< Ipv4Address or Ipv6Address; invalid: not known
    uint16_t port{0};  //!< 0: not known

    bool operator==(const Endpoint&) const = default;
};

/**
 * @brief A connection, or a socket that may become one, as the script sees it.
 *
 * It translates the small numbers of the script to those on the wire and back. Numbers are modulo
 * 2^32; lines with SYN are absolute, all others count from the initial sequence numbers.
 */
struct Record
{
    int64_t descriptor{-1};  //!< the script's number of the socket; -1: none (yet, or any more)
    Phase phase{Phase::NEW}; //!< how far it has got
    Endpoint local{};        //!< the end of the host under test
    Endpoint remote{};       //!< the script's end
    uint32_t localIsn{0};    //!< on the wire, of the host under test
    uint32_t scriptIsn{0};   //!< the same in the script, where our SYN is expected
    uint32_t remoteIsn{0};   //!< of the script's end, on the wire as in the script
    std::map<uint32_t, uint32_t> timestamps{}; //!< values of ours: in the script, on the wire
    /// The first of them: in the script, on the wire.
    std::optional<std::pair<uint32_t, uint32_t>> firstTimestamp{};

    /// @return a number of the other side, sent. @param number in the script @param syn of a SYN
    uint32_t InboundSeq(uint32_t number, bool syn) const;
    /// @return a number of ours, sent back. @param number in the script @param syn of a SYN
    uint32_t InboundAck(uint32_t number, bool syn) const;
    /// @return a number of ours, in the script. @param number on the wire @param syn of a SYN
    uint32_t OutboundSeq(uint32_t number, bool syn) const;
    /// @return the other side's number, in the script. @param number on the wire @param syn of a
    /// SYN
    uint32_t OutboundAck(uint32_t number, bool syn) const;
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_RECORD_H

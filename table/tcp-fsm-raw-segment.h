// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_RAW_SEGMENT_H
#define TCP_FSM_RAW_SEGMENT_H

#include "ns3/address.h"
#include "ns3/nstime.h"
#include "ns3/tcp-header.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief One TCP segment as it stands on the wire, every bit of it under control.
 *
 * ns3::TcpHeader cannot say what a test must be able to say: it pads options when it writes them
 * and forgets the padding when it reads them, cannot hold a wrong checksum or an impossible data
 * offset, and drops options that it does not know. This is a plain record of the fields, with
 * ToBytes() and FromBytes() as its only way to and from the wire.
 *
 * It is an aggregate, made to be written with designated initialisers:
 * @code
 *   peer.Send({.flags = TcpHeader::SYN, .seq = 1000, .options = TcpFsmRawSegment::Mss(1460)});
 * @endcode
 * Fields left out are 0 or empty; addresses left out are filled in by TcpFsmRawPeer.
 * Sequence numbers are plain 32-bit numbers, so that arithmetic on them is modulo 2^32.
 */
struct TcpFsmRawSegment
{
    uint8_t flags{0};               //!< TcpHeader::Flags_t, any combination
    uint32_t seq{0};                //!< SEG.SEQ
    uint32_t ack{0};                //!< the acknowledgment field, sent whether ACK is set or not
    uint16_t window{0};             //!< the window field, unscaled
    uint16_t urgentPointer{0};      //!< the urgent pointer field
    std::vector<uint8_t> options{}; //!< raw bytes, padding included when received
    std::vector<uint8_t> data{};    //!< the text of the segment
    uint16_t sourcePort{0};         //!< the sender's port
    uint16_t destinationPort{0};    //!< the receiver's port
    Address source{};               //!< Ipv4Address or Ipv6Address; invalid: the peer's own
    Address destination{};          //!< Ipv4Address or Ipv6Address; invalid: the node's
    uint8_t tos{0};                 //!< IPv4 TOS or IPv6 traffic class, ECN bits included
    uint8_t ttl{64};                //!< IPv4 TTL or IPv6 hop limit
    uint8_t reserved{0};            //!< the four bits between data offset and flags
    bool wrongChecksum{false};      //!< sent: spoil the checksum; received: it does not fit
    bool wrongIpHeader{false};      //!< received: length or checksum does not fit, or has options
    std::optional<uint8_t> dataOffset{}; //!< header length in words, if not to be computed
    Time time{};                         //!< when it was received, or sent (by the peer's clock)

    /**
     * @brief Test for flags.
     * @param mask TcpHeader::Flags_t
     * @return whether all flags of the mask are set
     */
    bool Has(uint8_t mask) const;

    /// @return SEG.LEN: the octets of data, one more for SYN, one more for FIN
    uint32_t Length() const;

    /// @return the sequence number after the segment's last octet, SEG.SEQ + SEG.LEN
    uint32_t End() const;

    /// @return the flags that decide a reaction, such as "SYN-ACK", "FIN", "RST-ACK", "none"
    std::string Kind() const;

    /**
     * @brief Find an option in the raw bytes.
     * @param kind the option's kind octet
     * @return its value octets (empty for an option of length 2), nothing if it is absent
     */
    std::optional<std::vector<uint8_t>> FindOption(uint8_t kind) const;

    /// @return the value of the MSS option, nothing if it is absent or malformed
    std::optional<uint16_t> GetMss() const;

    /**
     * @brief Make the four octets of an MSS option.
     * @param mss the maximum segment size
     * @return raw option bytes
     */
    static std::vector<uint8_t> Mss(uint16_t mss);

    /**
     * @brief Serialise TCP header, options (padded with END to whole words) and data.
     *
     * @param from source address for the checksum's pseudo header, IPv4 or IPv6
     * @param to destination address for the pseudo header, of the same family
     * @return the payload of an IP packet
     */
    std::vector<uint8_t> ToBytes(const Address& from, const Address& to) const;

    /**
     * @brief Parse the payload of an IP packet.
     *
     * @param bytes TCP header, options and data
     * @param from source address, kept in the segment and used for checking the checksum
     * @param to destination address
     * @return the segment; nothing if it is too short or its data offset impossible
     */
    static std::optional<TcpFsmRawSegment> FromBytes(const std::vector<uint8_t>& bytes,
                                                     const Address& from,
                                                     const Address& to);
};

/**
 * @brief Name all flags, such as "SYN-ACK" or "PSH-ACK"; "none" if there is none.
 * @param flags TcpHeader::Flags_t
 * @return the names joined by hyphens, ACK last
 */
std::string TcpFsmFlagsToString(uint8_t flags);

/**
 * @brief Print a segment as `SYN-ACK seq=7 ack=1001 win=65535 len=0`.
 *
 * `len` counts octets of data only. The ack number is left out where the ACK flag is not set.
 *
 * @param os the stream
 * @param segment the segment
 * @return the stream
 */
std::ostream& operator<<(std::ostream& os, const TcpFsmRawSegment& segment);

} // namespace ns3

#endif // TCP_FSM_RAW_SEGMENT_H

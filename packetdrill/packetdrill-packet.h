// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_PACKET_H
#define PACKETDRILL_PACKET_H

#include "packetdrill-source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// Whether the runner injects a packet (`<`) or the stack under test is to emit it (`>`).
enum class Direction : uint8_t
{
    INBOUND,
    OUTBOUND,
};

/// The ECN field of the IP header.
enum class Ecn : uint8_t
{
    NOECN,
    ECT0,
    ECT1,
    CE,
    ECT01, //!< either of ECT(0) and ECT(1)
};

/// What a packet line says about the IP header, in parentheses or brackets.
struct IpInfo
{
    Place place{};                         //!< with the parentheses
    std::optional<uint8_t> ttl{};          //!< `ttl n`
    std::optional<uint8_t> hopLimit{};     //!< `hlim n`
    std::optional<uint8_t> tos{};          //!< `tos 0x…`
    std::optional<uint8_t> trafficClass{}; //!< `class 0x…`
    std::optional<Ecn> ecn{};              //!< `ecn ect0`, or without `ecn`
    std::optional<uint32_t> flowLabel{};   //!< `flowlabel 0x…` (extended)
    std::optional<std::string> dscp{};     //!< `dscp x` (extended)

    bool operator==(const IpInfo&) const = default;
};

/// Source and destination port.
struct Ports
{
    Place place{};           //!< both numbers
    uint16_t source{0};      //!< before the `>`
    uint16_t destination{0}; //!< after it

    bool operator==(const Ports&) const = default;
};

/// `start:end(length)`, with a `!` if it is not translated; or `...(length)`, which is not checked.
struct SequenceRange
{
    Place place{};                   //!< from the first number to the last mark
    std::optional<uint32_t> start{}; //!< none: `...`
    uint16_t length{0};              //!< octets of payload
    bool absolute{false};            //!< `!`: a number of the wire, not of the script

    bool operator==(const SequenceRange&) const = default;
};

/// `nop`
struct OptionNop
{
    bool operator==(const OptionNop&) const = default;
};

/// `eol`
struct OptionEol
{
    bool operator==(const OptionEol&) const = default;
};

/// `mss n`
struct OptionMss
{
    uint16_t value{0}; //!< octets

    bool operator==(const OptionMss&) const = default;
};

/// `wscale n`
struct OptionWindowScale
{
    uint8_t shift{0}; //!< as on the wire, also beyond 14

    bool operator==(const OptionWindowScale&) const = default;
};

/// `sackOK`
struct OptionSackPermitted
{
    bool operator==(const OptionSackPermitted&) const = default;
};

/// A block of a SACK option, `left:right`.
struct SackBlock
{
    uint32_t left{0};  //!< first number of the block
    uint32_t right{0}; //!< number after the last one

    bool operator==(const SackBlock&) const = default;
};

/// `sack n:n n:n`
struct OptionSack
{
    std::vector<SackBlock> blocks{}; //!< at least one

    bool operator==(const OptionSack&) const = default;
};

/// `TS val n ecr n`
struct OptionTimestamps
{
    std::optional<uint32_t> value{}; //!< none: `...`, not checked
    uint32_t echo{0};                //!< the echo reply
    bool absolute{false};            //!< `!`: the echo reply is a number of the wire

    bool operator==(const OptionTimestamps&) const = default;
};

/// Any other option (extended).
struct OptionOther
{
    std::string name{}; //!< its first word
    std::string text{}; //!< all that is written, of blanks one space

    bool operator==(const OptionOther&) const = default;
};

/// A TCP option.
struct TcpOption
{
    Place place{}; //!< from its name to its last value
    std::variant<OptionNop,
                 OptionEol,
                 OptionMss,
                 OptionWindowScale,
                 OptionSackPermitted,
                 OptionSack,
                 OptionTimestamps,
                 OptionOther>
        value{}; //!< which one

    bool operator==(const TcpOption&) const = default;

    /// @return octets on the wire, nothing for an OptionOther
    std::optional<std::size_t> Length() const;
};

/// `<...>`: options are not checked.
struct AnyOptions
{
    bool operator==(const AnyOptions&) const = default;
};

/// Options as octets in hex.
struct RawOptions
{
    std::vector<uint8_t> octets{}; //!< padding included

    bool operator==(const RawOptions&) const = default;
};

/// Options one after the other.
using OptionList = std::vector<TcpOption>;

/// What stands in `<` and `>`.
struct TcpOptions
{
    Place place{};                                            //!< with the brackets
    std::variant<OptionList, RawOptions, AnyOptions> value{}; //!< in one of three forms

    bool operator==(const TcpOptions&) const = default;
};

/// Flags of a TCP segment, as bits of the header's thirteenth and fourteenth octet.
enum TcpFlags : uint16_t
{
    TCP_FIN = 0x001,
    TCP_SYN = 0x002,
    TCP_RST = 0x004,
    TCP_PSH = 0x008,
    TCP_ACK = 0x010,
    TCP_URG = 0x020,
    TCP_ECE = 0x040,
    TCP_CWR = 0x080,
    TCP_AE = 0x100,
};

/// A TCP segment; what is not written has no value.
struct TcpSegment
{
    Place place{};                           //!< from the flags on
    uint16_t flags{0};                       //!< TcpFlags
    std::optional<uint8_t> ace{};            //!< AccECN's counter, `.5` (extended)
    SequenceRange seq{};                     //!< sequence number and length
    std::optional<uint32_t> ack{};           //!< `ack n`
    std::optional<uint16_t> window{};        //!< `win n`, unscaled
    std::optional<uint16_t> urgentPointer{}; //!< `urg n`
    std::optional<TcpOptions> options{};     //!< none: the segment has no option
    std::optional<Ports> udp{};              //!< `/udp(n > n)` (extended)

    bool operator==(const TcpSegment&) const = default;
};

/// `udp(n)` (extended).
struct UdpDatagram
{
    Place place{};      //!< all of it
    uint16_t length{0}; //!< octets of payload

    bool operator==(const UdpDatagram&) const = default;
};

/// The packet that an ICMP message quotes.
struct EchoedPacket
{
    Place place{};                                      //!< with the brackets
    std::variant<SequenceRange, UdpDatagram> content{}; //!< of TCP, else of UDP (extended)
    std::optional<Ports> udp{};                         //!< `/udp(n > n)` (extended)

    bool operator==(const EchoedPacket&) const = default;
};

/// An ICMP message; FindIcmpNumbers() has the numbers of its names.
struct IcmpMessage
{
    Place place{};                        //!< from the word `icmp` on
    Place typePlace{};                    //!< the type
    std::string type{};                   //!< a name or `type_N`
    Place codePlace{};                    //!< the code
    std::string code{};                   //!< a name or `code_N`; empty: 0
    std::optional<uint32_t> mtu{};        //!< `mtu n`
    std::optional<uint16_t> id{};         //!< `id n`
    std::optional<EchoedPacket> echoed{}; //!< what it is about

    bool operator==(const IcmpMessage&) const = default;
};

/// A header around the packet (extended).
struct Encapsulation
{
    Place place{};      //!< with the colon
    std::string name{}; //!< `ipv4`, `ipv6`, `gre` or `mpls`
    std::string text{}; //!< all that is written before the colon, of blanks one space

    bool operator==(const Encapsulation&) const = default;
};

/// A packet line.
struct PacketLine
{
    Place place{};                                                //!< from the direction on
    Direction direction{Direction::INBOUND};                      //!< who sends it
    std::vector<Encapsulation> encapsulations{};                  //!< outermost first
    std::optional<IpInfo> ipInfo{};                               //!< of the IP header
    std::optional<Ports> ports{};                                 //!< `n > n` (extended)
    std::variant<TcpSegment, IcmpMessage, UdpDatagram> payload{}; //!< of the IP packet

    bool operator==(const PacketLine&) const = default;
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_PACKET_H

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-raw-segment.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"

#include <array>
#include <utility>

namespace ns3
{

namespace
{

constexpr uint8_t TCP_PROTOCOL = 6;
constexpr std::size_t FIXED_HEADER = 20; // octets without options
constexpr uint8_t OPTION_END = 0;
constexpr uint8_t OPTION_NOP = 1;
constexpr uint8_t OPTION_MSS = 2;

void
Put16(std::vector<uint8_t>& bytes, uint16_t value)
{
    bytes.push_back(static_cast<uint8_t>(value >> 8));
    bytes.push_back(static_cast<uint8_t>(value));
}

void
Put32(std::vector<uint8_t>& bytes, uint32_t value)
{
    Put16(bytes, static_cast<uint16_t>(value >> 16));
    Put16(bytes, static_cast<uint16_t>(value));
}

uint16_t
Get16(const std::vector<uint8_t>& bytes, std::size_t at)
{
    return static_cast<uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

uint32_t
Get32(const std::vector<uint8_t>& bytes, std::size_t at)
{
    return static_cast<uint32_t>(Get16(bytes, at)) << 16 | Get16(bytes, at + 2);
}

void
PutAddress(std::vector<uint8_t>& bytes, const Address& address)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        Put32(bytes, Ipv4Address::ConvertFrom(address).Get());
        return;
    }
    std::array<uint8_t, 16> octets{};
    Ipv6Address::ConvertFrom(address).GetBytes(octets.data());
    bytes.insert(bytes.end(), octets.begin(), octets.end());
}

/// The Internet checksum of the pseudo header and the segment: 0 if the segment's own field fits.
uint16_t
Checksum(const std::vector<uint8_t>& segment, const Address& from, const Address& to)
{
    // Both pseudo headers are addresses, protocol and length; their zeros add nothing.
    std::vector<uint8_t> bytes;
    PutAddress(bytes, from);
    PutAddress(bytes, to);
    Put16(bytes, TCP_PROTOCOL);
    Put32(bytes, static_cast<uint32_t>(segment.size()));
    bytes.insert(bytes.end(), segment.begin(), segment.end());
    if (bytes.size() % 2 != 0)
    {
        bytes.push_back(0);
    }
    uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2)
    {
        sum += Get16(bytes, i);
    }
    while (sum > 0xffff)
    {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<uint16_t>(~sum);
}

} // namespace

bool
TcpFsmRawSegment::Has(uint8_t mask) const
{
    return (flags & mask) == mask;
}

uint32_t
TcpFsmRawSegment::Length() const
{
    return static_cast<uint32_t>(data.size()) + (Has(TcpHeader::SYN) ? 1 : 0) +
           (Has(TcpHeader::FIN) ? 1 : 0);
}

uint32_t
TcpFsmRawSegment::End() const
{
    return seq + Length();
}

std::string
TcpFsmRawSegment::Kind() const
{
    return TcpFsmFlagsToString(flags &
                               (TcpHeader::SYN | TcpHeader::FIN | TcpHeader::RST | TcpHeader::ACK));
}

std::optional<std::vector<uint8_t>>
TcpFsmRawSegment::FindOption(uint8_t kind) const
{
    std::size_t at = 0;
    while (at < options.size() && options[at] != OPTION_END)
    {
        if (options[at] == OPTION_NOP)
        {
            ++at;
            continue;
        }
        if (at + 1 >= options.size())
        {
            return std::nullopt;
        }
        const std::size_t length = options[at + 1];
        if (length < 2 || at + length > options.size())
        {
            return std::nullopt;
        }
        if (options[at] == kind)
        {
            const auto begin = options.begin() + static_cast<std::ptrdiff_t>(at);
            return std::vector<uint8_t>(begin + 2, begin + static_cast<std::ptrdiff_t>(length));
        }
        at += length;
    }
    return std::nullopt;
}

std::optional<uint16_t>
TcpFsmRawSegment::GetMss() const
{
    const auto value = FindOption(OPTION_MSS);
    if (!value || value->size() != 2)
    {
        return std::nullopt;
    }
    return Get16(*value, 0);
}

std::vector<uint8_t>
TcpFsmRawSegment::Mss(uint16_t mss)
{
    std::vector<uint8_t> bytes{OPTION_MSS, 4};
    Put16(bytes, mss);
    return bytes;
}

std::vector<uint8_t>
TcpFsmRawSegment::ToBytes(const Address& from, const Address& to) const
{
    const std::size_t padding = (4 - options.size() % 4) % 4;
    const std::size_t words = (FIXED_HEADER + options.size() + padding) / 4;
    const uint8_t offset = dataOffset.value_or(static_cast<uint8_t>(words));

    std::vector<uint8_t> bytes;
    bytes.reserve(words * 4 + data.size());
    Put16(bytes, sourcePort);
    Put16(bytes, destinationPort);
    Put32(bytes, seq);
    Put32(bytes, ack);
    bytes.push_back(static_cast<uint8_t>(offset << 4 | reserved));
    bytes.push_back(flags);
    Put16(bytes, window);
    const std::size_t checksumAt = bytes.size();
    Put16(bytes, 0);
    Put16(bytes, urgentPointer);
    bytes.insert(bytes.end(), options.begin(), options.end());
    bytes.insert(bytes.end(), padding, OPTION_END);
    bytes.insert(bytes.end(), data.begin(), data.end());

    uint16_t checksum = Checksum(bytes, from, to);
    if (wrongChecksum)
    {
        checksum ^= 0x5555;
    }
    bytes[checksumAt] = static_cast<uint8_t>(checksum >> 8);
    bytes[checksumAt + 1] = static_cast<uint8_t>(checksum);
    return bytes;
}

std::optional<TcpFsmRawSegment>
TcpFsmRawSegment::FromBytes(const std::vector<uint8_t>& bytes,
                            const Address& from,
                            const Address& to)
{
    if (bytes.size() < FIXED_HEADER)
    {
        return std::nullopt;
    }
    const std::size_t header = static_cast<std::size_t>(bytes[12] >> 4) * 4;
    if (header < FIXED_HEADER || header > bytes.size())
    {
        return std::nullopt;
    }
    TcpFsmRawSegment segment;
    segment.sourcePort = Get16(bytes, 0);
    segment.destinationPort = Get16(bytes, 2);
    segment.seq = Get32(bytes, 4);
    segment.ack = Get32(bytes, 8);
    segment.reserved = bytes[12] & 0xf;
    segment.flags = bytes[13];
    segment.window = Get16(bytes, 14);
    segment.urgentPointer = Get16(bytes, 18);
    const auto optionsBegin = bytes.begin() + FIXED_HEADER;
    const auto dataBegin = bytes.begin() + static_cast<std::ptrdiff_t>(header);
    segment.options.assign(optionsBegin, dataBegin);
    segment.data.assign(dataBegin, bytes.end());
    segment.source = from;
    segment.destination = to;
    segment.wrongChecksum = Checksum(bytes, from, to) != 0;
    return segment;
}

std::string
TcpFsmFlagsToString(uint8_t flags)
{
    static constexpr std::array<std::pair<uint8_t, const char*>, 8> NAMES{{
        {TcpHeader::SYN, "SYN"},
        {TcpHeader::FIN, "FIN"},
        {TcpHeader::RST, "RST"},
        {TcpHeader::PSH, "PSH"},
        {TcpHeader::URG, "URG"},
        {TcpHeader::ECE, "ECE"},
        {TcpHeader::CWR, "CWR"},
        {TcpHeader::ACK, "ACK"},
    }};
    std::string text;
    for (const auto& [flag, name] : NAMES)
    {
        if ((flags & flag) != 0)
        {
            text += text.empty() ? "" : "-";
            text += name;
        }
    }
    return text.empty() ? "none" : text;
}

std::ostream&
operator<<(std::ostream& os, const TcpFsmRawSegment& segment)
{
    os << TcpFsmFlagsToString(segment.flags) << " seq=" << segment.seq;
    if (segment.Has(TcpHeader::ACK))
    {
        os << " ack=" << segment.ack;
    }
    return os << " win=" << segment.window << " len=" << segment.data.size();
}

} // namespace ns3

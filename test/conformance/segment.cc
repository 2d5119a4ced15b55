// SPDX-License-Identifier: GPL-2.0-only

#include "segment.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

Segment
Segment::Seq(uint32_t value) const
{
    auto copy = *this;
    copy.seq = value;
    return copy;
}

Segment
Segment::Ack(uint32_t value) const
{
    auto copy = *this;
    copy.flags |= TcpHeader::ACK;
    copy.ack = value;
    return copy;
}

Segment
Segment::Text(uint32_t octets) const
{
    auto copy = *this;
    copy.length = octets;
    return copy;
}

Segment
Segment::Fin() const
{
    auto copy = *this;
    copy.flags |= TcpHeader::FIN;
    return copy;
}

Segment
Segment::Window(uint16_t value) const
{
    auto copy = *this;
    copy.window = value;
    return copy;
}

Segment
Segment::Options(const std::vector<uint8_t>& bytes) const
{
    auto copy = *this;
    copy.options = bytes;
    return copy;
}

Segment
Segment::Urgent(uint16_t pointer) const
{
    auto copy = *this;
    copy.flags |= TcpHeader::URG;
    copy.urgentPointer = pointer;
    return copy;
}

Segment
Segment::Tos(uint8_t value) const
{
    auto copy = *this;
    copy.tos = value;
    return copy;
}

Segment
Segment::Ttl(uint8_t value) const
{
    auto copy = *this;
    copy.ttl = value;
    return copy;
}

Segment
Segment::With(const TcpFsmRawSegment& raw) const
{
    auto copy = *this;
    copy.fields = raw;
    return copy;
}

namespace
{

Segment
Flagged(int flags)
{
    Segment segment;
    segment.flags = static_cast<uint8_t>(flags);
    return segment;
}

uint32_t
Read32(const std::vector<uint8_t>& bytes, std::size_t at)
{
    return uint32_t{bytes[at]} << 24 | uint32_t{bytes[at + 1]} << 16 |
           uint32_t{bytes[at + 2]} << 8 | uint32_t{bytes[at + 3]};
}

} // namespace

Segment
Syn()
{
    return Flagged(TcpHeader::SYN);
}

Segment
SynAck()
{
    return Flagged(TcpHeader::SYN | TcpHeader::ACK);
}

Segment
SynFin()
{
    return Flagged(TcpHeader::SYN | TcpHeader::FIN);
}

Segment
Ack()
{
    return Flagged(TcpHeader::ACK);
}

Segment
Text(uint32_t octets)
{
    return Ack().Text(octets);
}

Segment
Fin()
{
    return Flagged(TcpHeader::FIN | TcpHeader::ACK);
}

Segment
Rst()
{
    return Flagged(TcpHeader::RST);
}

Segment
RstAck()
{
    return Flagged(TcpHeader::RST | TcpHeader::ACK);
}

Segment
NoFlags()
{
    return Flagged(0);
}

uint8_t
OctetAt(uint32_t position)
{
    return static_cast<uint8_t>(position % 251);
}

std::vector<uint8_t>
OctetsAt(uint32_t position, uint32_t length)
{
    std::vector<uint8_t> octets(length);
    for (uint32_t i = 0; i < length; ++i)
    {
        octets[i] = OctetAt(position + i);
    }
    return octets;
}

std::vector<uint8_t>
Timestamps(uint32_t value, uint32_t echo)
{
    std::vector<uint8_t> option{1, 1, 8, 10};
    for (const uint32_t number : {value, echo})
    {
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            option.push_back(static_cast<uint8_t>(number >> shift));
        }
    }
    return option;
}

std::vector<uint8_t>
operator+(std::vector<uint8_t> left, const std::vector<uint8_t>& right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

std::optional<std::pair<uint32_t, uint32_t>>
TimestampsOf(const TcpFsmRawSegment& segment)
{
    const uint8_t kind = 8;
    const auto value = segment.FindOption(kind);
    if (!value || value->size() != 8)
    {
        return std::nullopt;
    }
    return std::pair{Read32(*value, 0), Read32(*value, 4)};
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-header-octets.h"

#include "ns3/node.h"
#include "ns3/tcp-header.h"

namespace ns3
{
namespace tcpfsm
{

namespace
{

// Where the fields are (RFC 9293 3.1).
constexpr std::size_t SOURCE_PORT = 0;
constexpr std::size_t DESTINATION_PORT = 2;
constexpr std::size_t SEQUENCE_NUMBER = 4;
constexpr std::size_t DATA_OFFSET = 12;
constexpr std::size_t OFFSET_AND_FLAGS = 12;
constexpr std::size_t CHECKSUM = 16;
constexpr std::size_t URGENT_POINTER = 18;

} // namespace

uint16_t
HeaderOctets::GetSourcePort() const
{
    return Get16(SOURCE_PORT);
}

uint16_t
HeaderOctets::GetDestinationPort() const
{
    return Get16(DESTINATION_PORT);
}

SeqNumber
HeaderOctets::GetSequenceNumber() const
{
    return SeqNumber(uint32_t{Get16(SEQUENCE_NUMBER)} << 16 | Get16(SEQUENCE_NUMBER + 2));
}

void
HeaderOctets::AddFlags(uint8_t flags)
{
    Set16(OFFSET_AND_FLAGS, Get16(OFFSET_AND_FLAGS) | flags);
}

void
HeaderOctets::SetUrgentPointer(uint16_t pointer)
{
    Set16(URGENT_POINTER, pointer);
}

TypeId
HeaderOctets::GetInstanceTypeId() const
{
    return TcpHeader::GetTypeId();
}

uint32_t
HeaderOctets::GetSerializedSize() const
{
    return uint32_t{m_octets[DATA_OFFSET]} / 16 * 4;
}

void
HeaderOctets::Serialize(Buffer::Iterator start) const
{
    start.Write(m_octets.data(), GetSerializedSize());
}

uint32_t
HeaderOctets::Deserialize(Buffer::Iterator start)
{
    start.Read(m_octets.data(), MIN_HEADER);
    const uint32_t size = GetSerializedSize();
    start.Read(m_octets.data() + MIN_HEADER, size - MIN_HEADER);
    return size;
}

void
HeaderOctets::Print(std::ostream& os) const
{
    os << GetSourcePort() << " > " << GetDestinationPort()
       << " Seq=" << GetSequenceNumber().Value();
}

uint16_t
HeaderOctets::Get16(std::size_t at) const
{
    return static_cast<uint16_t>(m_octets[at] << 8 | m_octets[at + 1]);
}

void
HeaderOctets::Set16(std::size_t at, uint16_t value)
{
    const uint16_t before = Get16(at);
    m_octets[at] = static_cast<uint8_t>(value >> 8);
    m_octets[at + 1] = static_cast<uint8_t>(value);
    if (Node::ChecksumEnabled())
    {
        // RFC 1624: of what the checksum was, the change alone.
        uint32_t sum = static_cast<uint16_t>(~Get16(CHECKSUM));
        sum += static_cast<uint16_t>(~before) + uint32_t{value};
        sum = (sum & UINT16_MAX) + (sum >> 16);
        sum = (sum & UINT16_MAX) + (sum >> 16);
        const auto checksum = static_cast<uint16_t>(~sum);
        m_octets[CHECKSUM] = static_cast<uint8_t>(checksum >> 8);
        m_octets[CHECKSUM + 1] = static_cast<uint8_t>(checksum);
    }
}

} // namespace tcpfsm
} // namespace ns3

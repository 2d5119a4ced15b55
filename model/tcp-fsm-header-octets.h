// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_HEADER_OCTETS_H
#define TCP_FSM_HEADER_OCTETS_H

#include "ns3/header.h"
#include "ns3/tcp-fsm-classify.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>

namespace ns3
{
namespace tcpfsm
{

/**
 * @brief A TCP header as the octets that it is.
 *
 * Fields are changed in place, without reading the options; the checksum is kept right where ns-3
 * computes checksums. For a packet it is a TcpHeader.
 */
class HeaderOctets : public Header
{
  public:
    /// @return the source port
    uint16_t GetSourcePort() const;
    /// @return the destination port
    uint16_t GetDestinationPort() const;
    /// @return SEG.SEQ
    SeqNumber GetSequenceNumber() const;

    /// Sets flags besides those that are set. @param flags TcpHeader::Flags_t, combined
    void AddFlags(uint8_t flags);
    /// @param pointer the urgent pointer
    void SetUrgentPointer(uint16_t pointer);

    TypeId GetInstanceTypeId() const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    uint32_t Deserialize(Buffer::Iterator start) override;
    void Print(std::ostream& os) const override;

  private:
    uint16_t Get16(std::size_t at) const;
    void Set16(std::size_t at, uint16_t value);

    static constexpr std::size_t MIN_HEADER = 20;
    static constexpr std::size_t MAX_HEADER = 60;
    std::array<uint8_t, MAX_HEADER> m_octets{}; //!< the header, then octets without meaning
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_HEADER_OCTETS_H

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-owners.h"
#include "tcp-fsm-socket.h"

#include <algorithm>
#include <array>

/**
 * @file
 * ICMP errors: what they mean, and the connection that they are about.
 */

namespace ns3
{

using namespace tcpfsm;

void
TcpFsmL4Protocol::ReceiveIcmp(Ipv4Address source,
                              uint8_t ttl,
                              uint8_t type,
                              uint8_t code,
                              uint32_t info,
                              Ipv4Address payloadSource,
                              Ipv4Address payloadDestination,
                              const uint8_t payload[8])
{
    constexpr uint8_t UNREACHABLE = 3;
    constexpr uint8_t TIME_EXCEEDED = 11;
    constexpr uint8_t IN_TRANSIT = 0;
    constexpr uint8_t NET = 0;
    constexpr uint8_t FRAGMENTATION_NEEDED = 4;
    constexpr std::array<uint8_t, 5> HARD{2, 3, 9, 10, 13};
    IcmpError error;
    if (type == UNREACHABLE && code == FRAGMENTATION_NEEDED)
    {
        error.event = Event::ICMP_PACKET_TOO_BIG;
        error.mtu = info & 0xffff;
    }
    else if (type == TIME_EXCEEDED && code == IN_TRANSIT && GetHardIcmp() == HardIcmp::FREEBSD)
    {
        error.event = Event::ICMP_HARD_ERROR;
        error.error = TcpFsmError::NO_ROUTE;
    }
    else if (type == UNREACHABLE)
    {
        const bool isHard = std::find(HARD.begin(), HARD.end(), code) != HARD.end() &&
                            GetHardIcmp() != HardIcmp::NONE;
        error.event = isHard ? Event::ICMP_HARD_ERROR : Event::ICMP_SOFT_ERROR;
        error.error = isHard        ? TcpFsmError::CONN_REFUSED
                      : code == NET ? TcpFsmError::NET_UNREACH
                                    : TcpFsmError::NO_ROUTE;
    }
    TcpFsmSocket* socket =
        DeliverIcmp(error, IpAddress(payloadSource), IpAddress(payloadDestination), payload);
    if (socket)
    {
        socket->ForwardIcmp(source, ttl, type, code, info);
    }
}

void
TcpFsmL4Protocol::ReceiveIcmp(Ipv6Address source,
                              uint8_t ttl,
                              uint8_t type,
                              uint8_t code,
                              uint32_t info,
                              Ipv6Address payloadSource,
                              Ipv6Address payloadDestination,
                              const uint8_t payload[8])
{
    constexpr uint8_t UNREACHABLE = 1;
    constexpr uint8_t NO_ROUTE = 0;
    constexpr uint8_t TOO_BIG = 2;
    constexpr uint8_t TIME_EXCEEDED = 3;
    constexpr uint8_t IN_TRANSIT = 0;
    constexpr uint8_t PARAMETER_PROBLEM = 4;
    constexpr uint8_t UNKNOWN_NEXT_HEADER = 1;
    const bool isFreeBsd = GetHardIcmp() == HardIcmp::FREEBSD;
    IcmpError error;
    if (type == TOO_BIG)
    {
        error.event = Event::ICMP_PACKET_TOO_BIG;
        error.mtu = info;
    }
    else if (isFreeBsd && ((type == TIME_EXCEEDED && code == IN_TRANSIT) ||
                           (type == PARAMETER_PROBLEM && code == UNKNOWN_NEXT_HEADER)))
    {
        error.event = Event::ICMP_HARD_ERROR;
        error.error = type == TIME_EXCEEDED ? TcpFsmError::NO_ROUTE : TcpFsmError::CONN_REFUSED;
    }
    else if (type == UNREACHABLE)
    {
        const bool isHard = (code == 1 || code == 4) && GetHardIcmp() != HardIcmp::NONE;
        error.event = isHard ? Event::ICMP_HARD_ERROR : Event::ICMP_SOFT_ERROR;
        error.error = isHard             ? TcpFsmError::CONN_REFUSED
                      : code == NO_ROUTE ? TcpFsmError::NET_UNREACH
                                         : TcpFsmError::NO_ROUTE;
    }
    TcpFsmSocket* socket =
        DeliverIcmp(error, IpAddress(payloadSource), IpAddress(payloadDestination), payload);
    if (socket)
    {
        socket->ForwardIcmp6(source, ttl, type, code, info);
    }
}

TcpFsmSocket*
TcpFsmL4Protocol::DeliverIcmp(IcmpError error,
                              const IpAddress& source,
                              const IpAddress& destination,
                              const uint8_t payload[8])
{
    const auto read16 = [payload](int i) {
        return static_cast<uint16_t>(payload[i] << 8 | payload[i + 1]);
    };
    const Flow flow{source, destination, read16(0), read16(2)};
    error.quoted = SeqNumber(uint32_t{read16(4)} << 16 | read16(6));
    if (TcpFsmSocket* socket = m_table.FindSocket(flow))
    {
        socket->ReceiveIcmp(error);
        return m_table.FindSocket(flow);
    }
    HalfOpen* entry = m_table.FindHalfOpen(flow);
    if (entry && error.quoted == entry->iss)
    {
        HalfOpenOwner(*this, *entry).Fire(error.event);
    }
    return nullptr;
}

} // namespace ns3

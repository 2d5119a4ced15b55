// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-flow.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"

#include <algorithm>
#include <cstring>

namespace ns3
{
namespace tcpfsm
{

namespace
{
/// ::ffff:0:0/96
constexpr std::array<uint8_t, 12> MAPPED_PREFIX{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
} // namespace

IpAddress::IpAddress(Ipv4Address address)
{
    std::copy(MAPPED_PREFIX.begin(), MAPPED_PREFIX.end(), m_octets.begin());
    address.Serialize(m_octets.data() + MAPPED_PREFIX.size());
}

IpAddress::IpAddress(Ipv6Address address)
{
    address.Serialize(m_octets.data());
}

IpAddress::IpAddress(const Address& address)
    : IpAddress(Ipv4Address::IsMatchingType(address) ? IpAddress(Ipv4Address::ConvertFrom(address))
                                                     : IpAddress(Ipv6Address::ConvertFrom(address)))
{
}

bool
IpAddress::IsIpv4() const
{
    return std::equal(MAPPED_PREFIX.begin(), MAPPED_PREFIX.end(), m_octets.begin());
}

bool
IpAddress::IsAny() const
{
    auto first = m_octets.begin() + (IsIpv4() ? MAPPED_PREFIX.size() : 0);
    return std::all_of(first, m_octets.end(), [](uint8_t octet) { return octet == 0; });
}

bool
IpAddress::IsMulticastOrBroadcast() const
{
    return IsIpv4() ? GetIpv4().IsMulticast() || GetIpv4().IsBroadcast() : GetIpv6().IsMulticast();
}

Ipv4Address
IpAddress::GetIpv4() const
{
    const uint8_t* octets = m_octets.data() + MAPPED_PREFIX.size();
    return Ipv4Address(uint32_t{octets[0]} << 24 | uint32_t{octets[1]} << 16 |
                       uint32_t{octets[2]} << 8 | octets[3]);
}

Ipv6Address
IpAddress::GetIpv6() const
{
    return Ipv6Address::Deserialize(m_octets.data());
}

Address
IpAddress::ToAddress() const
{
    return IsIpv4() ? Address(GetIpv4()) : Address(GetIpv6());
}

Address
IpAddress::ToSocketAddress(uint16_t port) const
{
    if (IsIpv4())
    {
        return InetSocketAddress(GetIpv4(), port);
    }
    return Inet6SocketAddress(GetIpv6(), port);
}

const std::array<uint8_t, 16>&
IpAddress::GetOctets() const
{
    return m_octets;
}

std::size_t
FlowHash::operator()(const Flow& flow) const
{
    // Multiply-and-fold over the five words (the mixing step of wyhash).
    constexpr uint64_t SECRET = 0x9e3779b97f4a7c15;
    uint64_t hash = (uint64_t{flow.localPort} << 16 | flow.remotePort) ^ SECRET;
    const auto mix = [&hash](const uint8_t* octets) {
        uint64_t word;
        std::memcpy(&word, octets, sizeof(word));
        const unsigned __int128 product =
            static_cast<unsigned __int128>(hash ^ word) * (SECRET ^ (word << 1 | 1));
        hash = static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
    };
    mix(flow.local.GetOctets().data());
    mix(flow.local.GetOctets().data() + 8);
    mix(flow.remote.GetOctets().data());
    mix(flow.remote.GetOctets().data() + 8);
    return hash;
}

} // namespace tcpfsm
} // namespace ns3

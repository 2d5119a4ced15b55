// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_FLOW_H
#define TCP_FSM_FLOW_H

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace tcpfsm
{

/**
 * An IP address of either family; IPv4 addresses are kept as IPv4-mapped IPv6 addresses
 * (RFC 4291 2.5.5.2), so that an IPv4 segment finds the same connection whatever socket family it
 * was opened with.
 */
class IpAddress
{
  public:
    /// The unspecified address.
    IpAddress() = default;
    /// An IPv4 address.
    explicit IpAddress(Ipv4Address address);
    /// An IPv6 address, possibly IPv4-mapped.
    explicit IpAddress(Ipv6Address address);
    /// An address that holds an Ipv4Address or Ipv6Address.
    explicit IpAddress(const Address& address);

    /// @return true for an IPv4 address
    bool IsIpv4() const;
    /// @return true for 0.0.0.0 or ::
    bool IsAny() const;
    /// @return true for a multicast address, or the IPv4 limited broadcast address
    bool IsMulticastOrBroadcast() const;
    /// @return the IPv4 address; only if IsIpv4()
    Ipv4Address GetIpv4() const;
    /// @return the IPv6 address (IPv4-mapped if IsIpv4())
    Ipv6Address GetIpv6() const;
    /// @return an ns3::Address holding an Ipv4Address or Ipv6Address
    Address ToAddress() const;
    /// @return an InetSocketAddress or Inet6SocketAddress
    Address ToSocketAddress(uint16_t port) const;
    /// @return the 16 octets
    const std::array<uint8_t, 16>& GetOctets() const;

    auto operator<=>(const IpAddress&) const = default;

  private:
    std::array<uint8_t, 16> m_octets{};
};

/// The 4-tuple that identifies a connection on a node.
struct Flow
{
    IpAddress local;        //!< our address
    IpAddress remote;       //!< the peer's
    uint16_t localPort{0};  //!< our port
    uint16_t remotePort{0}; //!< the peer's

    auto operator<=>(const Flow&) const = default;
};

/// Hash of a flow.
struct FlowHash
{
    /// @return a well-mixed hash
    std::size_t operator()(const Flow& flow) const;
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_FLOW_H

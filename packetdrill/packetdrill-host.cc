// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-host.h"

#include "packetdrill-profile.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-profile-defaults.h"
#include "ns3/tcp-fsm-socket.h"
#include "ns3/uinteger.h"

#include <regex>
#include <stdexcept>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

Ptr<Node>
MakeNode(TcpFsmStack stack)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    auto node = CreateObject<Node>();
    TcpFsmInstallStack(stack, node);
    return node;
}

TcpFsmRawPeer::Config
LinkOf(const Settings& settings)
{
    TcpFsmRawPeer::Config config;
    config.ipv6 = settings.HasIpv6Packets();
    config.delay = Time(0);
    config.mtu = static_cast<uint16_t>(settings.mtu);
    return config;
}

/**
 * Whether an attribute may be tried with a value: ns-3 aborts at a word that an enumeration lacks,
 * at a time that it cannot read and at a profile that there is not.
 */
bool
IsPossible(const TypeId::AttributeInformation& attribute, const std::string& value)
{
    const auto type = attribute.checker->GetValueTypeName();
    if (type == "ns3::TimeValue")
    {
        static const std::regex TIME(
            R"([+-]?\d+(\.\d*)?(e[+-]?\d+)?(y|d|h|min|s|ms|us|ns|ps|fs)?)");
        return std::regex_match(value, TIME);
    }
    if (type.starts_with("ns3::EnumValue"))
    {
        const auto words = "|" + attribute.checker->GetUnderlyingTypeInformation() + "|";
        return words.find("|" + value + "|") != std::string::npos;
    }
    return attribute.name != "Profile" || FindProfile(value) != nullptr;
}

/// Whether it is a size of segments that sockets abort at once they have it.
bool
IsNoSegment(std::string_view attribute, const std::string& value)
{
    UintegerValue size;
    return attribute.ends_with("SegmentSize") &&
           size.DeserializeFromString(value, MakeUintegerChecker<uint32_t>()) && size.Get() == 0;
}

/// The socket address of a family's sockets.
Address
SocketAddress(IpVersion version, const Address& address, uint16_t port)
{
    if (version == IpVersion::IPV4)
    {
        return InetSocketAddress(Ipv4Address::ConvertFrom(address), port);
    }
    const bool isIpv4 = Ipv4Address::IsMatchingType(address);
    return Inet6SocketAddress(
        isIpv4 ? Ipv6Address::MakeIpv4MappedAddress(Ipv4Address::ConvertFrom(address))
               : Ipv6Address::ConvertFrom(address),
        port);
}

} // namespace

Host::Host(TcpFsmStack stack, const Settings& settings)
    : m_stack(stack),
      m_ipVersion(settings.ipVersion),
      m_node(MakeNode(stack)),
      m_peer(m_node, LinkOf(settings)),
      m_clock(m_node->GetId())
{
    m_peer.AddWatcher([this](const TcpFsmRawSegment&) { m_clock.Wake(); });
    m_clock.RunTo(Time(0)); // the simulation's own beginning
}

TcpFsmStack
Host::GetStack() const
{
    return m_stack;
}

Ptr<Node>
Host::GetNode() const
{
    return m_node;
}

TcpFsmRawPeer&
Host::GetPeer()
{
    return m_peer;
}

Clock&
Host::GetClock()
{
    return m_clock;
}

bool
Host::SetAttribute(const std::string& name, const std::string& value)
{
    const auto refuse = [&] {
        throw std::invalid_argument("attribute " + name + " cannot be " + value);
    };
    if (IsNoSegment(name, value))
    {
        throw std::invalid_argument("attribute " + name + " cannot be 0: give 1 octet or more");
    }
    if (name.find("::") != std::string::npos)
    {
        return Config::SetDefaultFailSafe(name, ns3::StringValue(value)) || (refuse(), false);
    }
    auto protocol = m_node->GetObject<TcpL4Protocol>();
    TypeId::AttributeInformation information;
    if (protocol->GetInstanceTypeId().LookupAttributeByName(name, &information))
    {
        return (IsPossible(information, value) &&
                protocol->SetAttributeFailSafe(name, ns3::StringValue(value))) ||
               (refuse(), false);
    }
    const TypeId sockets =
        m_stack == TcpFsmStack::FSM ? TcpFsmSocket::GetTypeId() : TcpSocketBase::GetTypeId();
    if (!sockets.LookupAttributeByName(name, &information))
    {
        return false;
    }
    if (!IsPossible(information, value) ||
        !information.checker->CreateValidValue(ns3::StringValue(value)))
    {
        refuse();
    }
    m_socketAttributes[name] = value;
    return true;
}

void
Host::Reset(std::string_view profile)
{
    m_socketAttributes.clear();
    for (const auto& [name, value] : DefaultsOf(profile).sockets)
    {
        SetAttribute(name, value);
    }
    if (m_stack == TcpFsmStack::STOCK)
    {
        return;
    }
    const auto protocol = m_node->GetObject<TcpFsmL4Protocol>();
    const TypeId type = TcpFsmL4Protocol::GetTypeId();
    for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
    {
        const auto attribute = type.GetAttribute(i);
        protocol->SetAttribute(attribute.name, *attribute.initialValue);
    }
    protocol->SetProfile(std::string(profile));
}

const std::map<std::string, std::string>&
Host::GetSocketAttributes() const
{
    return m_socketAttributes;
}

std::vector<TcpFsmConnection>
Host::GetConnections() const
{
    return TcpFsmListConnections(m_stack, m_node);
}

Address
Host::LocalSocketAddress(uint16_t port) const
{
    return SocketAddress(m_ipVersion, m_peer.GetNodeAddress(), port);
}

Address
Host::RemoteSocketAddress(const Address& address, uint16_t port) const
{
    return SocketAddress(m_ipVersion, address, port);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"

#include "ns3/hash.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

#include <algorithm>
#include <array>

/**
 * @file
 * What depends on the addresses: initial sequence numbers, ports, segment sizes.
 */

namespace ns3
{

using namespace tcpfsm;

namespace
{

constexpr uint8_t TCP_PROTOCOL = 6;

} // namespace

SeqNumber
TcpFsmL4Protocol::ChooseIss(const Flow& flow)
{
    if (m_fixedIsn >= 0)
    {
        return SeqNumber(static_cast<uint32_t>(m_fixedIsn));
    }
    if (!m_hasIsnKey)
    {
        m_hasIsnKey = true;
        for (uint64_t& word : m_isnKey)
        {
            word = uint64_t{m_isnStream->GetInteger(0, UINT32_MAX)} << 32 |
                   m_isnStream->GetInteger(0, UINT32_MAX);
        }
    }
    // RFC 6528 3: a clock that ticks every 4 us, and a keyed hash of the 4-tuple.
    std::array<char, 16 + 16 + 16 + 4> input;
    char* out = input.data();
    const auto put = [&out](const void* data, std::size_t size) {
        std::copy_n(static_cast<const char*>(data), size, out);
        out += size;
    };
    put(m_isnKey.data(), sizeof(m_isnKey));
    put(flow.local.GetOctets().data(), 16);
    put(flow.remote.GetOctets().data(), 16);
    put(&flow.localPort, sizeof(flow.localPort));
    put(&flow.remotePort, sizeof(flow.remotePort));
    const auto clock = static_cast<uint32_t>(Simulator::Now().GetMicroSeconds() / 4);
    return SeqNumber(clock + Hash32(input.data(), input.size()));
}

uint16_t
TcpFsmL4Protocol::ChoosePort(const Flow& flow, const Ptr<NetDevice>& device)
{
    constexpr uint32_t FIRST = 49152;
    constexpr uint32_t COUNT = 65536 - FIRST;
    const uint32_t offset = m_portStream->GetInteger(0, COUNT - 1);
    Flow candidate = flow;
    for (uint32_t i = 0; i < COUNT; ++i)
    {
        candidate.localPort = static_cast<uint16_t>(FIRST + (offset + i) % COUNT);
        if (!m_table.Find(candidate) &&
            !m_table.IsBound(candidate.localPort, candidate.local, device))
        {
            return candidate.localPort;
        }
    }
    return 0;
}

uint16_t
TcpFsmL4Protocol::GetMss(const Flow& flow, const Ptr<NetDevice>& device) const
{
    constexpr uint32_t MAX_MSS = 65535;
    const bool isIpv4 = flow.local.IsIpv4();
    uint32_t mtu = isIpv4 ? 576 : 1280;
    Ptr<NetDevice> output = device;
    Socket::SocketErrno error;
    if (isIpv4)
    {
        Ptr<Ipv4> ipv4 = m_node->GetObject<Ipv4>();
        Ipv4Header header;
        header.SetSource(flow.local.GetIpv4());
        header.SetDestination(flow.remote.GetIpv4());
        header.SetProtocol(TCP_PROTOCOL);
        if (auto route = ipv4->GetRoutingProtocol()->RouteOutput(nullptr, header, device, error))
        {
            output = route->GetOutputDevice();
        }
        mtu = output ? ipv4->GetMtu(ipv4->GetInterfaceForDevice(output)) : mtu;
    }
    else
    {
        Ptr<Ipv6> ipv6 = m_node->GetObject<Ipv6>();
        Ipv6Header header;
        header.SetSource(flow.local.GetIpv6());
        header.SetDestination(flow.remote.GetIpv6());
        header.SetNextHeader(TCP_PROTOCOL);
        if (auto route = ipv6->GetRoutingProtocol()->RouteOutput(nullptr, header, device, error))
        {
            output = route->GetOutputDevice();
        }
        mtu = output ? ipv6->GetMtu(ipv6->GetInterfaceForDevice(output)) : mtu;
    }
    const uint32_t headers = isIpv4 ? 40 : 60;
    return static_cast<uint16_t>(std::min(mtu - headers, MAX_MSS));
}

} // namespace ns3

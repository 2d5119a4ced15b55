// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-ns3-version.h"

#include "ns3/hash.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/ipv6.h"
#include "ns3/loopback-net-device.h"
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

/**
 * Finds how large a packet to a peer may be.
 * @param node the node
 * @param header the addresses
 * @param device where it leaves if there is no route; may be nullptr
 * @param least what any link carries: the answer where there is no way
 * @return the MTU of the device through which it leaves
 */
template <typename Ip, typename Header>
uint32_t
FindMtu(const Ptr<Node>& node, const Header& header, const Ptr<NetDevice>& device, uint32_t least)
{
    const Ptr<Ip> ip = node->GetObject<Ip>();
    if (!ip)
    {
        return least;
    }
    Socket::SocketErrno error;
    const auto route = ip->GetRoutingProtocol()->RouteOutput(nullptr, header, device, error);
    Ptr<NetDevice> output = route ? route->GetOutputDevice() : device;
    if (route && DynamicCast<LoopbackNetDevice>(output) &&
        ip->GetInterfaceForAddress(header.GetDestination()) == -1)
    {
        // So AODV and DSDV answer, which look for the way once there is a packet.
        const int32_t interface = ip->GetInterfaceForAddress(route->GetSource());
        output = interface == -1 ? output : ip->GetNetDevice(interface);
    }
    return output ? ip->GetMtu(ip->GetInterfaceForDevice(output)) : least;
}

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
    constexpr uint32_t STEPS = COUNT / 2;
    // One by one, ports next to others would be taken ever more often, and be found ever later.
    static_assert((COUNT & (COUNT - 1)) == 0, "an odd step leads to each port once");
    const uint32_t choice = m_portStream->GetInteger(0, COUNT * STEPS - 1);
    const uint32_t offset = choice / STEPS;
    const uint32_t step = choice % STEPS * 2 + 1;
    Flow candidate = flow;
    for (uint32_t i = 0; i < COUNT; ++i)
    {
        candidate.localPort = static_cast<uint16_t>(FIRST + (offset + i * step) % COUNT);
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
    uint32_t room = 0;
    if (flow.local.IsIpv4())
    {
        Ipv4Header header;
        header.SetSource(flow.local.GetIpv4());
        header.SetDestination(flow.remote.GetIpv4());
        header.SetProtocol(TCP_PROTOCOL);
        room = FindMtu<Ipv4>(m_node, header, device, 576) - 40;
    }
    else
    {
        Ipv6Header header;
        header.SetSource(flow.local.GetIpv6());
        header.SetDestination(flow.remote.GetIpv6());
        header.SetNextHeader(TCP_PROTOCOL);
        room = FindMtu<Ipv6>(m_node, header, device, 1280) - 60;
    }
    return static_cast<uint16_t>(std::min(room, MAX_MSS));
}

uint16_t
TcpFsmL4Protocol::GetPathMss(const Flow& flow, const Ptr<NetDevice>& device) const
{
    constexpr uint32_t HEADERS = 60;
    const uint16_t mss = GetMss(flow, device);
    const auto ipv6 = flow.local.IsIpv4() ? nullptr : m_node->GetObject<Ipv6L3Protocol>();
    const uint32_t known = ipv6 ? KnownPathMtu(ipv6, flow.remote.GetIpv6()) : 0;
    return known > HEADERS ? static_cast<uint16_t>(std::min<uint32_t>(mss, known - HEADERS)) : mss;
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-pair.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-interface-container.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-socket-factory.h"

#include <utility>

namespace ns3
{

namespace
{

void
ReadAll(Ptr<Socket> socket)
{
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
    }
}

} // namespace

TcpFsmDemoPair::TcpFsmDemoPair(TcpFsmDemoObserver& observer, const std::string& rate, Time delay)
{
    m_nodes.Create(2);
    TcpFsmHelper().Install(m_nodes);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue(rate));
    link.SetChannelAttribute("Delay", TimeValue(delay));
    m_devices = link.Install(m_nodes);
    const Ipv4Address network(0x0a000000 + 4 * m_nodes.Get(0)->GetId()); // one for each pair
    const auto interfaces = Ipv4AddressHelper(network, "255.255.255.252").Assign(m_devices);
    for (uint32_t side = 0; side < 2; ++side)
    {
        m_addresses[side] = interfaces.GetAddress(side);
        observer.Watch(m_nodes.Get(side));
    }
}

const NodeContainer&
TcpFsmDemoPair::GetNodes() const
{
    return m_nodes;
}

const NetDeviceContainer&
TcpFsmDemoPair::GetDevices() const
{
    return m_devices;
}

Address
TcpFsmDemoPair::AddressOf(uint32_t side, uint16_t port) const
{
    return InetSocketAddress(m_addresses.at(side), port);
}

Ptr<Socket>
TcpFsmDemoPair::NewSocket(uint32_t side, uint16_t port) const
{
    auto socket = Socket::CreateSocket(m_nodes.Get(side), TcpSocketFactory::GetTypeId());
    socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
    socket->SetRecvCallback(MakeCallback(&ReadAll));
    return socket;
}

Ptr<Socket>
TcpFsmDemoPair::NewListener(uint32_t side, uint16_t port, Time open) const
{
    auto listener = NewSocket(side, port);
    const std::function<void(Ptr<Socket>, const Address&)> serve =
        [open](Ptr<Socket> accepted, const Address& /* peer */) {
            accepted->SetRecvCallback(MakeCallback(&ReadAll));
            Simulator::Schedule(open, [accepted] { accepted->Close(); });
        };
    listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                Callback<void, Ptr<Socket>, const Address&>(serve));
    At(side, Time(0), [listener] { listener->Listen(); });
    return listener;
}

void
TcpFsmDemoPair::At(uint32_t side, Time delay, std::function<void()> call) const
{
    Simulator::ScheduleWithContext(m_nodes.Get(side)->GetId(), delay, std::move(call));
}

} // namespace ns3

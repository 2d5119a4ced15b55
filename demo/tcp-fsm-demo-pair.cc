// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-pair.h"

#include "ns3/inet-socket-address.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-topology-helper.h"
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

TcpFsmDemoPair::TcpFsmDemoPair(TcpFsmDemoObserver& observer, const TcpFsmLinkOptions& link)
    : m_net(TcpFsmTopologyHelper().Pair(link))
{
    for (uint32_t side = 0; side < 2; ++side)
    {
        observer.Watch(m_net.GetHost(side));
    }
}

const TcpFsmTopology&
TcpFsmDemoPair::GetTopology() const
{
    return m_net;
}

Address
TcpFsmDemoPair::AddressOf(uint32_t side, uint16_t port) const
{
    return m_net.GetSocketAddress(side, port);
}

Ptr<Socket>
TcpFsmDemoPair::NewSocket(uint32_t side, uint16_t port) const
{
    auto socket = Socket::CreateSocket(m_net.GetHost(side), TcpSocketFactory::GetTypeId());
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
    Simulator::ScheduleWithContext(m_net.GetHost(side)->GetId(), delay, std::move(call));
}

} // namespace ns3

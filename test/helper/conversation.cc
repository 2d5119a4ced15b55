// SPDX-License-Identifier: GPL-2.0-only

#include "conversation.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"

#include <functional>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

Conversation::Conversation(const TcpFsmTopology& net, const Between& between, Time start)
{
    const auto factory = TcpSocketFactory::GetTypeId();
    m_listener = Socket::CreateSocket(net.GetHost(between.server), factory);
    m_client = Socket::CreateSocket(net.GetHost(between.client), factory);
    if (between.ipv6)
    {
        m_listener->Bind(Inet6SocketAddress(Ipv6Address::GetAny(), between.port));
        m_client->Bind6();
    }
    else
    {
        m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), between.port));
        m_client->Bind();
    }
    m_listener->Listen();
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&Conversation::Accept, this));
    const std::function<void(Ptr<Socket>)> talk = [octets = between.octets](Ptr<Socket> socket) {
        socket->Send(Create<Packet>(octets));
        socket->Close();
    };
    m_client->SetConnectCallback(Callback<void, Ptr<Socket>>(talk),
                                 MakeNullCallback<void, Ptr<Socket>>());
    const Address server = net.GetSocketAddress(between.server, between.port, between.ipv6);
    Simulator::ScheduleWithContext(net.GetHost(between.client)->GetId(),
                                   start,
                                   [client = m_client, server] { client->Connect(server); });
}

Conversation::~Conversation()
{
    if (m_server)
    {
        // It must not reach this object while the nodes are disposed of.
        m_server->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                                    MakeNullCallback<void, Ptr<Socket>>());
    }
}

uint32_t
Conversation::GetReceived() const
{
    return m_received;
}

bool
Conversation::HasEnded() const
{
    return m_ended;
}

Time
Conversation::GetAccepted() const
{
    return m_accepted;
}

void
Conversation::Accept(Ptr<Socket> socket, const Address& /* from */)
{
    m_server = socket;
    m_accepted = Simulator::Now();
    socket->SetRecvCallback(MakeCallback(&Conversation::Read, this));
    socket->SetCloseCallbacks(MakeCallback(&Conversation::CloseServer, this),
                              MakeNullCallback<void, Ptr<Socket>>());
}

void
Conversation::Read(Ptr<Socket> socket)
{
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
        m_received += packet->GetSize();
    }
}

void
Conversation::CloseServer(Ptr<Socket> socket)
{
    m_ended = true;
    socket->Close();
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

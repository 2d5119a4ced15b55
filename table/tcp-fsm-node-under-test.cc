// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-node-under-test.h"

#include "tcp-fsm-raw-peer.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"

#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// Read until there is no more; an application that leaves data unread closes differently.
void
ReadAll(Ptr<Socket> socket)
{
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
    }
}

} // namespace

TcpFsmNodeUnderTest::TcpFsmNodeUnderTest(TcpFsmStack stack)
    : m_stack(stack),
      m_node(CreateObject<Node>())
{
    TcpFsmInstallStack(stack, m_node);
}

Ptr<Node>
TcpFsmNodeUnderTest::GetNode() const
{
    return m_node;
}

void
TcpFsmNodeUnderTest::Listen(bool ipv6, uint16_t port)
{
    Call([this, ipv6, port] {
        m_listener = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
        m_listener->Bind(ipv6 ? Address(Inet6SocketAddress(Ipv6Address::GetAny(), port))
                              : Address(InetSocketAddress(Ipv4Address::GetAny(), port)));
        m_listener->Listen();
        m_listener->SetAcceptCallback(
            MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
            Callback<void, Ptr<Socket>, const Address&>(
                [this](Ptr<Socket> socket, const Address&) { Serve(socket); }));
    });
}

void
TcpFsmNodeUnderTest::Connect(uint16_t port, const Address& remote, uint16_t remotePort)
{
    Call([this, port, remote, remotePort] {
        auto socket = Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId());
        Serve(socket);
        if (Ipv6Address::IsMatchingType(remote))
        {
            socket->Bind(Inet6SocketAddress(Ipv6Address::GetAny(), port));
            socket->Connect(Inet6SocketAddress(Ipv6Address::ConvertFrom(remote), remotePort));
        }
        else
        {
            socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
            socket->Connect(InetSocketAddress(Ipv4Address::ConvertFrom(remote), remotePort));
        }
    });
}

void
TcpFsmNodeUnderTest::ShutdownSend()
{
    Call([this] {
        if (m_connection)
        {
            m_connection->ShutdownSend();
        }
    });
}

void
TcpFsmNodeUnderTest::Close()
{
    Call([this] {
        if (m_connection)
        {
            m_connection->Close();
        }
    });
}

std::optional<TcpSocket::TcpStates_t>
TcpFsmNodeUnderTest::GetState(const Address& remote, uint16_t remotePort) const
{
    std::optional<TcpSocket::TcpStates_t> state;
    for (const auto& connection : TcpFsmListConnections(m_stack, m_node))
    {
        if (connection.state != TcpSocket::LISTEN && connection.remoteAddress == remote &&
            connection.remotePort == remotePort)
        {
            state = connection.state;
        }
    }
    return state;
}

bool
TcpFsmNodeUnderTest::IsListening() const
{
    for (const auto& connection : TcpFsmListConnections(m_stack, m_node))
    {
        if (connection.state == TcpSocket::LISTEN)
        {
            return true;
        }
    }
    return false;
}

void
TcpFsmNodeUnderTest::Call(std::function<void()> call) const
{
    Simulator::ScheduleWithContext(m_node->GetId(), Time(0), [call = std::move(call)] { call(); });
    TcpFsmRunFor(Time(0));
}

void
TcpFsmNodeUnderTest::Serve(Ptr<Socket> socket)
{
    m_connection = socket;
    socket->SetRecvCallback(MakeCallback(&ReadAll));
}

} // namespace ns3

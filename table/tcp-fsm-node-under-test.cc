// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-node-under-test.h"

#include "tcp-fsm-raw-peer.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/object-ptr-container.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/tcp-socket-factory.h"

#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// What is seen of a connection or listener.
struct Seen
{
    Address remote;                 //!< Ipv4Address or Ipv6Address; of a listener meaningless
    uint16_t remotePort{0};         //!< the peer's port
    TcpSocket::TcpStates_t state{}; //!< the state
};

/// Opens the protected state of stock sockets for reading.
struct StateReader : public TcpSocketBase
{
    static TcpSocket::TcpStates_t Read(const TcpSocketBase& socket)
    {
        return (socket.*(&StateReader::m_state)).Get();
    }
};

std::vector<Seen>
LookAtStock(Ptr<Node> node)
{
    std::vector<Seen> all;
    ObjectPtrContainerValue sockets;
    node->GetObject<TcpL4Protocol>()->GetAttribute("SocketList", sockets);
    for (auto i = sockets.Begin(); i != sockets.End(); ++i)
    {
        auto socket = DynamicCast<TcpSocketBase>(i->second);
        Seen seen;
        seen.state = StateReader::Read(*socket);
        Address peer;
        if (socket->GetPeerName(peer) == 0 && InetSocketAddress::IsMatchingType(peer))
        {
            const auto name = InetSocketAddress::ConvertFrom(peer);
            seen.remote = name.GetIpv4();
            seen.remotePort = name.GetPort();
        }
        else if (Inet6SocketAddress::IsMatchingType(peer))
        {
            const auto name = Inet6SocketAddress::ConvertFrom(peer);
            seen.remote = name.GetIpv6();
            seen.remotePort = name.GetPort();
        }
        all.push_back(seen);
    }
    return all;
}

std::vector<Seen>
LookAtFsm([[maybe_unused]] Ptr<Node> node)
{
    std::vector<Seen> all;
    for (const auto& connection : node->GetObject<TcpFsmL4Protocol>()->GetConnections())
    {
        all.push_back({connection.remoteAddress, connection.remotePort, connection.state});
    }
    return all;
}

std::vector<Seen>
LookAt(TcpFsmStack stack, Ptr<Node> node)
{
    return stack == TcpFsmStack::FSM ? LookAtFsm(node) : LookAtStock(node);
}

/// Read until there is no more; an application that leaves data unread closes differently.
void
ReadAll(Ptr<Socket> socket)
{
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
    }
}

} // namespace

std::string
TcpFsmStackName(TcpFsmStack stack)
{
    return stack == TcpFsmStack::FSM ? "fsm" : "stock";
}

std::string
TcpFsmTableStateName(TcpSocket::TcpStates_t state)
{
    switch (state)
    {
    case TcpSocket::CLOSED:
        return "CLOSED";
    case TcpSocket::LISTEN:
        return "LISTEN";
    case TcpSocket::SYN_SENT:
        return "SYN-SENT";
    case TcpSocket::SYN_RCVD:
        return "SYN-RCVD";
    case TcpSocket::ESTABLISHED:
        return "ESTABLISHED";
    case TcpSocket::CLOSE_WAIT:
        return "CLOSE-WAIT";
    case TcpSocket::LAST_ACK:
        return "LAST-ACK";
    case TcpSocket::FIN_WAIT_1:
        return "FIN-WAIT-1";
    case TcpSocket::FIN_WAIT_2:
        return "FIN-WAIT-2";
    case TcpSocket::CLOSING:
        return "CLOSING";
    case TcpSocket::TIME_WAIT:
        return "TIME-WAIT";
    case TcpSocket::LAST_STATE:
        break;
    }
    return "unknown";
}

void
TcpFsmInstallStack(TcpFsmStack stack, const NodeContainer& nodes)
{
    if (stack == TcpFsmStack::FSM)
    {
        TcpFsmHelper().Install(nodes);
    }
    else
    {
        InternetStackHelper().Install(nodes);
    }
}

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

Ptr<Socket>
TcpFsmNodeUnderTest::GetConnectionSocket() const
{
    return m_connection;
}

std::optional<TcpSocket::TcpStates_t>
TcpFsmNodeUnderTest::GetState(const Address& remote, uint16_t remotePort) const
{
    std::optional<TcpSocket::TcpStates_t> state;
    for (const auto& seen : LookAt(m_stack, m_node))
    {
        if (seen.state != TcpSocket::LISTEN && seen.remote == remote &&
            seen.remotePort == remotePort)
        {
            state = seen.state;
        }
    }
    return state;
}

bool
TcpFsmNodeUnderTest::IsListening() const
{
    for (const auto& seen : LookAt(m_stack, m_node))
    {
        if (seen.state == TcpSocket::LISTEN)
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

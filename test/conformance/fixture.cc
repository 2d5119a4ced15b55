// SPDX-License-Identifier: GPL-2.0-only

#include "fixture.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-socket-factory.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

Conformance::Conformance(Family family)
    : m_ipv6(family == Family::IPV6)
{
    link.ipv6 = m_ipv6;
}

void
Conformance::SetUp()
{
    Config::Reset();
    Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
}

void
Conformance::TearDown()
{
    for (const auto& conversation : m_conversations)
    {
        conversation->ExpectNothing(Time(0));
    }
    for (const auto& application : m_applications)
    {
        EXPECT_LE(application->CountTerminal(), 1)
            << "told of the end more than once: " << ::testing::PrintToString(application->told);
        EXPECT_TRUE(application->intact) << "the application read other octets than were sent";
    }
    m_guards.Check();
    m_conversations.clear();
    m_peer.reset();
    Simulator::Destroy();
    m_applications.clear();
    Config::Reset();
}

void
Conformance::SetSocketDefault(const std::string& attribute, const AttributeValue& value) const
{
    for (const std::string type : {"TcpFsmSocket", "TcpSocketBase", "TcpSocket"})
    {
        if (Config::SetDefaultFailSafe("ns3::" + type + "::" + attribute, value))
        {
            return;
        }
    }
    throw std::logic_error("sockets have no attribute " + attribute);
}

void
Conformance::Build()
{
    if (m_node)
    {
        return;
    }
    m_node = CreateObject<Node>();
    tcp.Install(m_node);
    m_guards.Watch(m_node->GetObject<TcpFsmL4Protocol>());
    m_peer = std::make_unique<TcpFsmRawPeer>(m_node, link);
    m_conversations.push_back(std::make_unique<Conversation>(*m_peer, config, m_guards));
    Run(MilliSeconds(1));
}

Ptr<Node>
Conformance::GetNode()
{
    Build();
    return m_node;
}

Ptr<TcpFsmL4Protocol>
Conformance::L4()
{
    return GetNode()->GetObject<TcpFsmL4Protocol>();
}

const Guards&
Conformance::GetGuards() const
{
    return m_guards;
}

TcpFsmRawPeer&
Conformance::Peer()
{
    Build();
    return *m_peer;
}

Conversation&
Conformance::Main()
{
    Build();
    return *m_conversations.front();
}

Conversation&
Conformance::NewConversation(uint16_t peerPort)
{
    auto other = config;
    other.peerPort = peerPort;
    return NewConversation(other);
}

Conversation&
Conformance::NewConversation(const TcpFsmRawConnection::Config& other)
{
    m_conversations.push_back(std::make_unique<Conversation>(Peer(), other, m_guards));
    return *m_conversations.back();
}

TcpFsmRawSegment
Conformance::Inject(const Segment& segment)
{
    return Main().Inject(segment);
}

TcpFsmRawSegment
Conformance::Send(const Segment& segment)
{
    return Main().Send(segment);
}

void
Conformance::Expect(const std::vector<Segment>& expected, Time within, Location location)
{
    Main().Expect(expected, within, location);
}

void
Conformance::Expect(const Segment& expected, Time within, Location location)
{
    Main().Expect(expected, within, location);
}

void
Conformance::ExpectNothing(Time within, Location location)
{
    Main().ExpectNothing(within, location);
}

std::vector<Time>
Conformance::ExpectRepeated(const Segment& expected, Time within, Location location)
{
    return Main().ExpectRepeated(expected, within, location);
}

uint32_t
Conformance::Iss()
{
    return Main().Iss();
}

uint32_t
Conformance::Irs()
{
    return Main().Irs();
}

uint32_t
Conformance::SndUna()
{
    return Main().SndUna();
}

uint32_t
Conformance::SndNxt()
{
    return Main().SndNxt();
}

uint32_t
Conformance::RcvNxt()
{
    return Main().RcvNxt();
}

uint32_t
Conformance::RightEdge()
{
    return Main().RightEdge();
}

uint32_t
Conformance::Window()
{
    return Main().Window();
}

Application&
Conformance::Adopt(const Ptr<TcpFsmSocket>& socket)
{
    m_guards.Watch(socket);
    m_applications.push_back(std::make_unique<Application>(m_node, socket));
    return *m_applications.back();
}

Application&
Conformance::NewApplication()
{
    auto socket = Socket::CreateSocket(GetNode(), TcpSocketFactory::GetTypeId());
    return Adopt(DynamicCast<TcpFsmSocket>(socket));
}

Application&
Conformance::Listen(uint16_t port)
{
    auto& listener = NewApplication();
    EXPECT_EQ(listener.Bind(Any(port)), 0);
    listener.socket->SetAcceptCallback(
        MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
        Callback<void, Ptr<Socket>, const Address&>([this](Ptr<Socket> child, const Address&) {
            m_app = &Adopt(DynamicCast<TcpFsmSocket>(child));
        }));
    EXPECT_EQ(listener.Listen(), 0);
    return listener;
}

Application&
Conformance::Connect()
{
    auto& application = NewApplication();
    EXPECT_EQ(application.Bind(Any(Main().GetConfig().nodePort)), 0);
    m_app = &application;
    EXPECT_EQ(application.Connect(PeerAt(Main().GetConfig().peerPort)), 0);
    return application;
}

Application*
Conformance::Accept(Application& listener)
{
    Ptr<Socket> child;
    CallOn(m_node, [&] { child = listener.socket->Accept(); });
    if (!child)
    {
        return nullptr;
    }
    m_app = &Adopt(DynamicCast<TcpFsmSocket>(child));
    return m_app;
}

Application&
Conformance::App()
{
    if (m_app == nullptr)
    {
        throw std::logic_error("no connection has a user");
    }
    return *m_app;
}

bool
Conformance::HasApp() const
{
    return m_app != nullptr;
}

std::vector<TcpFsmConnection>
Conformance::Connections()
{
    return L4()->GetConnections();
}

std::optional<TcpFsmConnection>
Conformance::Find(const Conversation& conversation)
{
    const auto& wanted = conversation.GetConfig();
    std::optional<TcpFsmConnection> found;
    for (const auto& connection : Connections())
    {
        if (connection.remoteAddress == wanted.peerAddress &&
            connection.remotePort == wanted.peerPort && connection.localPort == wanted.nodePort &&
            connection.state != TcpSocket::LISTEN)
        {
            EXPECT_FALSE(found) << "two connections with one 4-tuple";
            found = connection;
        }
    }
    return found;
}

std::string
Conformance::State(const Conversation& conversation)
{
    const auto connection = Find(conversation);
    return connection ? std::string(TcpFsmStateName(connection->state)) : "gone";
}

std::string
Conformance::State()
{
    return State(Main());
}

bool
Conformance::IsListening(uint16_t port)
{
    const auto all = Connections();
    return std::any_of(all.begin(), all.end(), [port](const TcpFsmConnection& connection) {
        return connection.state == TcpSocket::LISTEN && connection.localPort == port;
    });
}

Address
Conformance::Any(uint16_t port) const
{
    return m_ipv6 ? Inet6SocketAddress(Ipv6Address::GetAny(), port).ConvertTo()
                  : InetSocketAddress(Ipv4Address::GetAny(), port).ConvertTo();
}

Address
Conformance::PeerAt(uint16_t port)
{
    const auto address = Main().GetConfig().peerAddress;
    return m_ipv6 ? Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port).ConvertTo()
                  : InetSocketAddress(Ipv4Address::ConvertFrom(address), port).ConvertTo();
}

Address
Conformance::NodeAt(uint16_t port)
{
    const auto address = Main().GetConfig().nodeAddress;
    return m_ipv6 ? Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port).ConvertTo()
                  : InetSocketAddress(Ipv4Address::ConvertFrom(address), port).ConvertTo();
}

bool
Conformance::IsIpv6() const
{
    return m_ipv6;
}

uint32_t
Conformance::Mss() const
{
    const uint32_t headers = m_ipv6 ? 60 : 40;
    return link.mtu - headers;
}

void
Conformance::Run(Time duration) const
{
    TcpFsmRunFor(duration);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

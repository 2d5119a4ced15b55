// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-connections.h"

#include "tcp-fsm-bench-pair.h"
#include "tcp-fsm-raw-peer.h"

#include "ns3/inet-socket-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace ns3
{

namespace
{

/// Of connections one after another: beside many open ones, few ephemeral ports are left to theirs.
constexpr uint16_t TURN_PORT = 999;

/// The first of those whose connections are open at a time.
constexpr uint16_t FIRST_PORT = 1000;

/// Between one connection and the next; a link of 10 Gb/s carries all segments of one in that time.
const Time GAP = MicroSeconds(20);

/// Longer than a handshake, an exchange or a closing takes.
const Time SETTLE = Seconds(2);

/// Longer than the limit of FIN-WAIT-2 and any timer of retransmission, shorter than TIME-WAIT.
const Time TIMERS = Seconds(100);

/// Longer than twice the maximum segment lifetime.
const Time TIME_WAIT = Seconds(250);

/// Between connections one after another; 68 a second for a port are all that TIME-WAIT lets pass.
const Time TURN = MilliSeconds(20);

} // namespace

TcpFsmBenchConnections::TcpFsmBenchConnections(TcpFsmStack stack, uint32_t count)
    : m_onConnected(MakeCallback(&TcpFsmBenchConnections::OnConnected, this)),
      m_onAnswer(MakeCallback(&TcpFsmBenchConnections::OnAnswer, this)),
      m_onRequest(MakeCallback(&TcpFsmBenchConnections::OnRequest, this)),
      m_onClientClosed(MakeCallback(&TcpFsmBenchConnections::OnClientClosed, this))
{
    const TcpFsmBenchPair pair(stack, "10Gbps");
    const NodeContainer& nodes = pair.nodes;
    m_server = pair.server;
    m_nodes = {nodes.Get(0), nodes.Get(1)};
    const uint32_t ports = (count + EACH_PORT - 1) / EACH_PORT;
    for (uint32_t port = TURN_PORT; port < FIRST_PORT + ports; ++port)
    {
        auto listener = Socket::CreateSocket(nodes.Get(1), TcpSocketFactory::GetTypeId());
        listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), static_cast<uint16_t>(port)));
        listener->Listen();
        listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                    MakeCallback(&TcpFsmBenchConnections::OnAccepted, this));
        m_listeners.push_back(listener);
    }
}

TcpFsmBenchConnections::~TcpFsmBenchConnections()
{
    m_clients.clear();
    m_listeners.clear();
    m_nodes.clear();
    Simulator::Destroy();
}

std::vector<Ptr<Node>>
TcpFsmBenchConnections::GetNodes() const
{
    return m_nodes;
}

void
TcpFsmBenchConnections::Require(const char* what, uint64_t actual, uint64_t expected) const
{
    if (actual != expected)
    {
        throw std::runtime_error(std::string(what) + ": " + std::to_string(actual) + " of " +
                                 std::to_string(expected));
    }
}

void
TcpFsmBenchConnections::ForEach(uint32_t count, const std::function<void(uint32_t)>& act)
{
    // A chain: events that wait would be measured as the connections' memory.
    std::function<void(uint32_t)> turn = [&](uint32_t i) {
        act(i);
        if (i + 1 < count)
        {
            Simulator::Schedule(m_oneByOne ? TURN : GAP, [&turn, i] { turn(i + 1); });
        }
    };
    Simulator::ScheduleWithContext(m_nodes[0]->GetId(), Time(0), [&turn] { turn(0); });
    TcpFsmRunFor((m_oneByOne ? TURN : GAP) * count + SETTLE);
}

void
TcpFsmBenchConnections::OpenOne(uint16_t port)
{
    auto socket = Socket::CreateSocket(m_nodes[0], TcpSocketFactory::GetTypeId());
    socket->SetConnectCallback(m_onConnected, MakeNullCallback<void, Ptr<Socket>>());
    socket->SetRecvCallback(m_onAnswer);
    socket->Connect(InetSocketAddress(m_server, port));
    if (!m_oneByOne)
    {
        m_clients.push_back(socket);
    }
}

void
TcpFsmBenchConnections::Open(uint32_t count)
{
    m_connected = 0;
    m_clients.reserve(count);
    ForEach(count,
            [this](uint32_t i) { OpenOne(static_cast<uint16_t>(FIRST_PORT + i / EACH_PORT)); });
    Require("connections opened", m_connected, count);
}

void
TcpFsmBenchConnections::Exchange()
{
    m_answered = 0;
    ForEach(m_clients.size(), [this](uint32_t i) { m_clients[i]->Send(Create<Packet>(REQUEST)); });
    Require("octets answered", m_answered, uint64_t{REQUEST} * m_clients.size());
}

void
TcpFsmBenchConnections::Settle()
{
    TcpFsmRunFor(SETTLE);
}

void
TcpFsmBenchConnections::LetTimersPass()
{
    TcpFsmRunFor(TIMERS);
}

void
TcpFsmBenchConnections::Close()
{
    m_ended = 0;
    const uint64_t count = m_clients.size();
    ForEach(m_clients.size(),
            [this](uint32_t i) { std::exchange(m_clients[i], nullptr)->Close(); });
    m_clients.clear();
    Require("ends seen", m_ended, count);
}

void
TcpFsmBenchConnections::OneAfterAnother(uint32_t count)
{
    m_oneByOne = true;
    m_ended = 0;
    ForEach(count, [this](uint32_t) { OpenOne(TURN_PORT); });
    m_oneByOne = false;
    Require("ends seen", m_ended, count);
}

void
TcpFsmBenchConnections::Forget()
{
    TcpFsmRunFor(TIME_WAIT);
}

void
TcpFsmBenchConnections::OnConnected(Ptr<Socket> socket)
{
    ++m_connected;
    if (m_oneByOne)
    {
        socket->Send(Create<Packet>(REQUEST));
    }
}

void
TcpFsmBenchConnections::OnAnswer(Ptr<Socket> socket)
{
    while (auto packet = socket->Recv())
    {
        if (packet->GetSize() == 0)
        {
            return;
        }
        m_answered += packet->GetSize();
        if (m_oneByOne)
        {
            socket->Close();
            return;
        }
    }
}

void
TcpFsmBenchConnections::OnAccepted(Ptr<Socket> socket, const Address&)
{
    socket->SetRecvCallback(m_onRequest);
    socket->SetCloseCallbacks(m_onClientClosed, MakeNullCallback<void, Ptr<Socket>>());
}

void
TcpFsmBenchConnections::OnRequest(Ptr<Socket> socket)
{
    while (auto packet = socket->Recv())
    {
        if (packet->GetSize() == 0)
        {
            return;
        }
        socket->Send(packet);
    }
}

void
TcpFsmBenchConnections::OnClientClosed(Ptr<Socket> socket)
{
    ++m_ended;
    socket->Close();
}

} // namespace ns3

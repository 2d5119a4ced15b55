// SPDX-License-Identifier: GPL-2.0-only

#include "scene.h"

#include "ns3/object-ptr-container.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-l4-protocol.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace test
{

namespace
{

constexpr uint8_t OPTION_NOP = 1;
constexpr uint8_t OPTION_SACK = 5;

void
AppendNumber(std::vector<uint8_t>& bytes, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
    {
        bytes.push_back(static_cast<uint8_t>(number >> shift));
    }
}

/// @return the socket among a node's that does not listen; null if there is none
Ptr<Socket>
FindConnection(const Ptr<Node>& node)
{
    ObjectPtrContainerValue sockets;
    node->GetObject<TcpL4Protocol>()->GetAttribute("SocketList", sockets);
    for (auto i = sockets.Begin(); i != sockets.End(); ++i)
    {
        const auto socket = DynamicCast<Socket>(i->second);
        if (TcpFsmReadState(socket) != TcpSocket::LISTEN)
        {
            return socket;
        }
    }
    return nullptr;
}

} // namespace

Scene::Scene(TcpFsmStack stack, const TcpFsmRawConnection::Config& config)
    : node(stack),
      peer(node.GetNode()),
      connection(peer, config)
{
}

Scene::~Scene()
{
    if (socket)
    {
        // They must not reach this object while the node is disposed of.
        socket->SetConnectCallback(MakeNullCallback<void, Ptr<Socket>>(),
                                   MakeNullCallback<void, Ptr<Socket>>());
        socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                                  MakeNullCallback<void, Ptr<Socket>>());
    }
}

bool
Scene::OpenPassive()
{
    node.Listen(false, connection.GetConfig().nodePort);
    const bool answered = connection.OpenPassive();
    Run(MilliSeconds(1)); // the application is told
    Attend();
    return answered && State() == "ESTABLISHED";
}

void
Scene::Connect()
{
    node.Connect(connection.GetConfig().nodePort,
                 peer.GetAddress(),
                 connection.GetConfig().peerPort);
    Attend();
}

bool
Scene::OpenActive()
{
    Connect();
    const bool answered = connection.OpenActive();
    Run(MilliSeconds(1));
    return answered && State() == "ESTABLISHED";
}

void
Scene::Write(uint32_t octets)
{
    Call([this, octets] { socket->Send(Create<Packet>(octets)); });
}

void
Scene::StopReading()
{
    socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
}

uint32_t
Scene::Read(uint32_t atMost)
{
    uint32_t octets = 0;
    Call([this, atMost, &octets] {
        const Ptr<Packet> packet = socket->Recv(atMost, 0);
        octets = packet ? packet->GetSize() : 0;
    });
    return octets;
}

void
Scene::Call(const std::function<void()>& call)
{
    Simulator::ScheduleWithContext(node.GetNode()->GetId(), Time(0), [&call] { call(); });
    TcpFsmRunFor(Time(0));
}

void
Scene::Attend()
{
    socket = FindConnection(node.GetNode());
    if (!socket)
    {
        return;
    }
    const auto counter = [](int& count) {
        return Callback<void, Ptr<Socket>>([&count](const Ptr<Socket>&) { ++count; });
    };
    socket->SetConnectCallback(counter(connected), counter(failed));
    socket->SetCloseCallbacks(counter(closed), counter(error));
}

Segments
Scene::Run(Time duration)
{
    TcpFsmRunFor(duration);
    return connection.TakeReceived();
}

Segments
Scene::Exchange(const TcpFsmRawSegment& segment, Time duration)
{
    return connection.Exchange(segment, duration);
}

void
Scene::Acknowledge(uint32_t octets,
                   uint16_t window,
                   const std::vector<std::pair<uint32_t, uint32_t>>& sack)
{
    const uint32_t first = connection.NodeIss() + 1;
    TcpFsmRawSegment ack = connection.Make(TcpHeader::ACK);
    ack.ack = first + octets;
    ack.window = window;
    if (!sack.empty())
    {
        ack.options = {OPTION_NOP,
                       OPTION_NOP,
                       OPTION_SACK,
                       static_cast<uint8_t>(2 + 8 * sack.size())};
        for (const auto& [begin, end] : sack)
        {
            AppendNumber(ack.options, first + begin);
            AppendNumber(ack.options, first + end);
        }
    }
    connection.Inject(ack);
}

uint32_t
Scene::Position(uint32_t seq) const
{
    return seq - connection.NodeIss() - 1;
}

std::string
Scene::State() const
{
    const auto state = node.GetState(peer.GetAddress(), connection.GetConfig().peerPort);
    return state ? TcpFsmTableStateName(*state) : "gone";
}

std::string
Scene::Describe(const Segments& segments) const
{
    std::ostringstream text;
    for (const auto& segment : segments)
    {
        text << '[' << connection.Describe(segment) << ']';
    }
    return segments.empty() ? "nothing" : text.str();
}

bool
Has(const Segments& segments, uint8_t flags)
{
    return std::any_of(segments.begin(), segments.end(), [flags](const TcpFsmRawSegment& segment) {
        return segment.Has(flags);
    });
}

uint32_t
CountText(const Segments& segments)
{
    uint32_t octets = 0;
    for (const auto& segment : segments)
    {
        octets += segment.data.size();
    }
    return octets;
}

} // namespace test
} // namespace ns3

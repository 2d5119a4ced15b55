// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * Fuzzes the stack: the input is a sequence of segments, calls, advances of time and ICMP errors
 * against a simulated node. Whatever they are, the recorded transitions are rows of the table, a
 * RST is answered by nothing but a challenge ACK of step 2, no segment sets off a storm, octets
 * arrive once and in order in both directions, and the table and its sockets agree. With
 * TCP_FSM_FUZZ_TRACE set in the environment, every reaction is printed.
 */

#include "tcp-fsm-raw-peer.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-engine.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-socket.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fuzzer/FuzzedDataProvider.h>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace
{

using namespace ns3;

constexpr uint16_t PORT = 80;
constexpr uint16_t PEER_PORT = 40000;
constexpr uint32_t PEER_ISS = 1000;

void
Require(bool condition, const std::string& what)
{
    if (!condition)
    {
        std::fprintf(stderr, "invariant broken: %s\n", what.c_str());
        std::abort();
    }
}

/// The octet at a position of a stream; neighbours differ.
uint8_t
OctetAt(uint32_t position)
{
    return static_cast<uint8_t>((position * 2654435761U) >> 11);
}

std::vector<uint8_t>
OctetsFrom(uint32_t position, uint32_t length)
{
    std::vector<uint8_t> octets(length);
    for (uint32_t i = 0; i < length; ++i)
    {
        octets[i] = OctetAt(position + i);
    }
    return octets;
}

/// What the peer knows of one connection.
struct Stream
{
    uint32_t iss{0};             //!< the node's initial sequence number
    uint32_t next{0};            //!< one past the highest octet heard
    uint32_t expected{PEER_ISS}; //!< what the node acknowledged last
    uint32_t clock{0};           //!< its last timestamp
    bool answered{false};        //!< it has acknowledged anything
};

/// The node, its application, and the peer.
class World
{
  public:
    explicit World(FuzzedDataProvider& input)
        : m_input(input),
          m_ipv6(input.ConsumeBool())
    {
        Config::Reset();
        constexpr const char* PROFILES[] = {"rfc9293", "rfc793", "freebsd"};
        const char* profile = input.PickValueInArray(PROFILES);
        Config::SetDefault("ns3::TcpFsmL4Protocol::Profile", StringValue(profile));
        Config::SetDefault("ns3::TcpSocketBase::Sack", BooleanValue(input.ConsumeBool()));
        Config::SetDefault("ns3::TcpSocketBase::Timestamp", BooleanValue(input.ConsumeBool()));
        Config::SetDefault("ns3::TcpSocketBase::WindowScaling", BooleanValue(input.ConsumeBool()));
        Config::SetDefault("ns3::TcpSocket::RcvBufSize",
                           UintegerValue(input.PickValueInArray({1U, 300U, 4000U, 131072U})));
        // ns-3 walks all segments in flight for each that it sends: with the 131,072 octets of its
        // default, a peer that takes one octet at a time makes an input last 20 s.
        Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(16384));
        Config::SetDefault("ns3::TcpSocket::TcpNoDelay", BooleanValue(input.ConsumeBool()));
        Config::SetDefault("ns3::TcpFsmSocket::Backlog",
                           UintegerValue(input.PickValueInArray({1U, 2U, 1000U})));
        RngSeedManager::ResetNextStreamIndex();
        m_node = CreateObject<Node>();
        TcpFsmHelper().Install(m_node);
        m_l4 = m_node->GetObject<TcpFsmL4Protocol>();
        m_peer = std::make_unique<TcpFsmRawPeer>(m_node, TcpFsmRawPeer::Config{.ipv6 = m_ipv6});
        m_peer->AddWatcher([this](const TcpFsmRawSegment& segment) { Hear(segment); });
        m_l4->TraceConnectWithoutContext("Reaction", MakeCallback(&World::Check, this));
        TcpFsmRunFor(Seconds(3));
    }

    ~World()
    {
        m_peer.reset();
        m_l4 = nullptr;
        m_node = nullptr;
        m_caller = nullptr;
        m_listener = nullptr;
        m_children.clear();
        Simulator::Destroy();
    }

    void Step()
    {
        switch (m_input.ConsumeIntegralInRange<int>(0, 15))
        {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
        case 5:
            Inject();
            break;
        case 6:
            Connect();
            break;
        case 7:
            Listen();
            break;
        case 8:
            Send(m_input.PickValueInArray({1U, 10U, 536U, 3000U, 12000U}));
            break;
        case 9:
            OnSocket([](TcpFsmSocket& socket) { socket.Close(); });
            break;
        case 10:
            OnSocket([](TcpFsmSocket& socket) { socket.ShutdownSend(); });
            break;
        case 11:
            OnSocket([](TcpFsmSocket& socket) { socket.ShutdownRecv(); });
            break;
        case 12:
            OnSocket([](TcpFsmSocket& socket) { socket.Abort(); });
            break;
        case 13:
            m_reads = !m_reads;
            OnSocket([this](TcpFsmSocket& socket) { Read(&socket); });
            break;
        case 14:
            TcpFsmRunFor(MilliSeconds(
                m_input.PickValueInArray({1U, 50U, 300U, 1100U, 10000U, 70000U, 250000U})));
            break;
        case 15:
            SendIcmp();
            break;
        }
        CheckTable();
    }

    bool HasInput() const
    {
        return m_input.remaining_bytes() > 0;
    }

  private:
    void Inject()
    {
        const uint8_t flags = m_input.PickValueInArray<uint8_t>(
            {2, 18, 3, 16, 1, 17, 4, 20, 24, 48, 0, 19, 0xc2, 0x52, 0xff});
        TcpFsmRawSegment segment;
        segment.flags = m_input.ConsumeBool() ? flags : m_input.ConsumeIntegral<uint8_t>();
        const uint16_t port = PEER_PORT + (m_input.ConsumeIntegralInRange(0, 7) == 0 ? 1 : 0);
        const Stream& stream = m_streams[{m_nodePort, port}];
        segment.seq = stream.expected + (stream.answered ? Offset() : 0);
        segment.ack = stream.next + (m_input.ConsumeBool() ? 0 : Offset());
        segment.window = m_input.PickValueInArray<uint16_t>({0, 1, 100, 2000, 20000, 65535});
        segment.urgentPointer = m_input.PickValueInArray<uint16_t>({0, 1, 10, 1000});
        const uint32_t first = segment.seq + ((segment.flags & TcpHeader::SYN) ? 1 : 0);
        segment.data = OctetsFrom(first, m_input.PickValueInArray({0U, 0U, 1U, 10U, 700U, 1460U}));
        segment.options = Options(stream);
        segment.sourcePort = port;
        segment.destinationPort = m_nodePort;
        m_isRst = (segment.flags & TcpHeader::RST) != 0;
        m_heard = 0;
        m_rstHeard = false;
        m_peer->Send(segment);
        TcpFsmRunFor(MilliSeconds(3));
        Require(m_heard < 100, "a storm of " + std::to_string(m_heard) + " empty segments");
        Require(!(m_isRst && m_rstHeard), "a RST was answered with a RST");
    }

    uint32_t Offset()
    {
        constexpr int32_t OFFSETS[] =
            {0, 0, 0, -1, 1, 2, 10, -10, 700, -700, 3000, 65534, 65535, -20001, 1000000};
        return m_input.ConsumeIntegralInRange(0, 15) == 0
                   ? m_input.ConsumeIntegral<uint32_t>()
                   : static_cast<uint32_t>(m_input.PickValueInArray(OFFSETS));
    }

    std::vector<uint8_t> Options(const Stream& stream)
    {
        std::vector<uint8_t> options;
        const auto number = [&options](uint32_t value) {
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                options.push_back(static_cast<uint8_t>(value >> shift));
            }
        };
        switch (m_input.ConsumeIntegralInRange(0, 6))
        {
        case 0:
            options = TcpFsmRawSegment::Mss(m_input.PickValueInArray<uint16_t>({1, 100, 1460}));
            break;
        case 1: // MSS, SACK permitted, timestamps, window scale
            options = {2, 4, 5, 180, 4, 2, 8, 10};
            number(m_clock++);
            number(0);
            options.insert(options.end(), {1, 3, 3, 7});
            break;
        case 2: // timestamps
            options = {1, 1, 8, 10};
            number(m_clock++ - (m_input.ConsumeBool() ? 0 : 1000));
            number(stream.clock);
            break;
        case 3: // a SACK block
            options = {1, 1, 5, 10};
            number(stream.next + Offset());
            number(stream.next + Offset());
            break;
        case 4:
            options = m_input.ConsumeBytes<uint8_t>(m_input.ConsumeIntegralInRange(0, 40));
            break;
        default:
            break;
        }
        options.resize(std::min<std::size_t>(options.size(), 40));
        return options;
    }

    void Hear(const TcpFsmRawSegment& segment)
    {
        // How much data is sent at once is for windows to say, and segments may be of one octet.
        m_heard += segment.data.empty() ? 1 : 0;
        m_rstHeard = m_rstHeard || (segment.flags & TcpHeader::RST);
        if (segment.flags & TcpHeader::RST)
        {
            return;
        }
        Stream& stream = m_streams[{segment.sourcePort, segment.destinationPort}];
        const bool isNew = (segment.flags & TcpHeader::SYN) && segment.seq != stream.iss;
        if (isNew)
        {
            stream = Stream{.iss = segment.seq, .next = segment.End()};
        }
        const uint32_t first = segment.seq + ((segment.flags & TcpHeader::SYN) ? 1 : 0);
        Require(segment.data == OctetsFrom(first - stream.iss - 1, segment.data.size()),
                "the node sends other octets than were given to it");
        if (static_cast<int32_t>(segment.End() - stream.next) > 0)
        {
            stream.next = segment.End();
        }
        if (segment.flags & TcpHeader::ACK)
        {
            stream.answered = true;
            stream.expected = segment.ack;
        }
        if (auto timestamps = segment.FindOption(8); timestamps && timestamps->size() == 8)
        {
            stream.clock = uint32_t{(*timestamps)[0]} << 24 | (*timestamps)[1] << 16 |
                           (*timestamps)[2] << 8 | (*timestamps)[3];
        }
        m_last = segment;
    }

    void Check(const TcpFsmTransition& record)
    {
        static const bool isVerbose = std::getenv("TCP_FSM_FUZZ_TRACE") != nullptr;
        if (isVerbose)
        {
            record.WriteCsv(std::cerr);
            std::cerr << '\n';
        }
        const auto* row = tcpfsm::FindRow(record.rule);
        Require(row != nullptr, "a record of an unknown rule");
        const auto from = tcpfsm::FromNs3(record.from);
        const auto to = tcpfsm::FromNs3(record.to);
        Require(row->Reach().Contains(row->Reach() & tcpfsm::When(from)) &&
                    ((row->Reach().GetBits<tcpfsm::State>() >> static_cast<int>(from)) & 1),
                "rule " + std::string(record.rule) + " fired in another state");
        Require(to == row->action.next.value_or(from),
                "rule " + std::string(record.rule) + " led elsewhere");
        if (record.segment != 0 && (record.flags & TcpHeader::RST))
        {
            const bool isChallenge = row->event == tcpfsm::Event::STEP_RST &&
                                     row->action.reply == tcpfsm::Reply::CHALLENGE_ACK;
            Require(row->action.reply == tcpfsm::Reply::NONE || isChallenge,
                    "a RST was answered by rule " + std::string(record.rule));
        }
    }

    void CheckTable()
    {
        for (const TcpFsmConnection& connection : m_l4->GetConnections())
        {
            Require(connection.state != TcpSocket::CLOSED, "a closed connection is listed");
        }
        for (const auto& socket : Sockets())
        {
            const auto state = socket->GetState();
            const bool gone = state == tcpfsm::State::CLOSED || state == tcpfsm::State::LISTEN;
            const TcpFsmSocket* found = m_l4->GetTable().FindSocket(socket->GetFlow());
            const bool waits = state == tcpfsm::State::TIME_WAIT;
            Require(gone || waits || found == PeekPointer(socket),
                    "a connection is missing in the table");
        }
    }

    std::vector<Ptr<TcpFsmSocket>> Sockets() const
    {
        std::vector<Ptr<TcpFsmSocket>> sockets = m_children;
        if (m_caller)
        {
            sockets.push_back(m_caller);
        }
        return sockets;
    }

    /// Runs a call as an event of the node, and lets the peer hear what it sends.
    void Do(const std::function<void()>& call)
    {
        Simulator::ScheduleWithContext(m_node->GetId(), Time(0), [call] { call(); });
        TcpFsmRunFor(MilliSeconds(3));
    }

    void OnSocket(const std::function<void(TcpFsmSocket&)>& call)
    {
        auto sockets = Sockets();
        if (m_listener && m_input.ConsumeIntegralInRange(0, 3) == 0)
        {
            sockets = {m_listener};
        }
        if (!sockets.empty())
        {
            Ptr<TcpFsmSocket> socket =
                sockets[m_input.ConsumeIntegralInRange<std::size_t>(0, sockets.size() - 1)];
            Do([socket, call] { call(*socket); });
        }
    }

    Ptr<TcpFsmSocket> MakeSocket()
    {
        auto socket =
            DynamicCast<TcpFsmSocket>(Socket::CreateSocket(m_node, TcpSocketFactory::GetTypeId()));
        socket->SetRecvCallback(MakeCallback(&World::OnData, this));
        return socket;
    }

    Address Local() const
    {
        return m_ipv6 ? Address(Inet6SocketAddress(Ipv6Address::GetAny(), PORT))
                      : Address(InetSocketAddress(Ipv4Address::GetAny(), PORT));
    }

    void Connect()
    {
        if (m_caller)
        {
            return;
        }
        Do([this] {
            m_caller = MakeSocket();
            const Address peer = m_peer->GetAddress();
            const int result = m_caller->Connect(
                m_ipv6 ? Address(Inet6SocketAddress(Ipv6Address::ConvertFrom(peer), PEER_PORT))
                       : Address(InetSocketAddress(Ipv4Address::ConvertFrom(peer), PEER_PORT)));
            m_nodePort = result == 0 ? m_caller->GetFlow().localPort : m_nodePort;
        });
    }

    void Listen()
    {
        if (m_listener && m_listener->GetState() == tcpfsm::State::LISTEN)
        {
            return;
        }
        m_listener = MakeSocket();
        m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                      MakeCallback(&World::OnConnection, this));
        m_listener->Bind(Local());
        m_listener->Listen();
    }

    void OnConnection(Ptr<Socket> socket, const Address&)
    {
        m_children.push_back(DynamicCast<TcpFsmSocket>(socket));
        socket->SetRecvCallback(MakeCallback(&World::OnData, this));
    }

    void Send(uint32_t size)
    {
        auto sockets = Sockets();
        if (sockets.empty())
        {
            return;
        }
        const std::size_t i = m_input.ConsumeIntegralInRange<std::size_t>(0, sockets.size() - 1);
        Ptr<TcpFsmSocket> socket = sockets[i];
        Do([this, socket, size] {
            uint32_t& sent = m_sent[PeekPointer(socket)];
            const auto octets = OctetsFrom(sent, size);
            const int taken = socket->Send(Create<Packet>(octets.data(), size), 0);
            sent += taken > 0 ? taken : 0;
        });
    }

    void OnData(Ptr<Socket> socket)
    {
        if (m_reads)
        {
            Read(PeekPointer(DynamicCast<TcpFsmSocket>(socket)));
        }
    }

    void Read(TcpFsmSocket* socket)
    {
        uint32_t& received = m_read[socket];
        while (Ptr<Packet> packet = socket->Recv(UINT32_MAX, 0))
        {
            if (packet->GetSize() == 0)
            {
                return;
            }
            std::vector<uint8_t> octets(packet->GetSize());
            packet->CopyData(octets.data(), octets.size());
            const uint32_t first = socket->GetStatus().irs + 1 + received;
            Require(octets == OctetsFrom(first, octets.size()),
                    "the application reads other octets than were sent");
            received += octets.size();
        }
    }

    void SendIcmp()
    {
        if (m_last.sourcePort == 0)
        {
            return;
        }
        TcpFsmRawSegment quoted = m_last;
        quoted.seq += m_input.PickValueInArray({0, 0, -1, 1000});
        m_peer->SendIcmpError(m_ipv6 ? m_input.PickValueInArray<uint8_t>({1, 2, 3, 4})
                                     : m_input.PickValueInArray<uint8_t>({3, 11, 12}),
                              m_input.ConsumeIntegralInRange<uint8_t>(0, 15),
                              quoted,
                              m_input.PickValueInArray({0U, 100U, 600U, 1300U, 1400U}));
        TcpFsmRunFor(MilliSeconds(3));
    }

    FuzzedDataProvider& m_input;
    bool m_ipv6;
    Ptr<Node> m_node;
    Ptr<TcpFsmL4Protocol> m_l4;
    std::unique_ptr<TcpFsmRawPeer> m_peer;
    Ptr<TcpFsmSocket> m_listener;
    Ptr<TcpFsmSocket> m_caller;
    std::vector<Ptr<TcpFsmSocket>> m_children;
    std::map<const TcpFsmSocket*, uint32_t> m_sent;
    std::map<const TcpFsmSocket*, uint32_t> m_read;
    bool m_reads{true};
    uint16_t m_nodePort{PORT};
    std::map<std::pair<uint16_t, uint16_t>, Stream> m_streams; // by the node's and the peer's port
    uint32_t m_clock{5000};
    bool m_isRst{false};
    bool m_rstHeard{false};
    int m_heard{0};
    TcpFsmRawSegment m_last;
};

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    constexpr int MAX_STEPS = 80;
    FuzzedDataProvider input(data, size);
    World world(input);
    for (int i = 0; i < MAX_STEPS && world.HasInput(); ++i)
    {
        world.Step();
    }
    return 0;
}

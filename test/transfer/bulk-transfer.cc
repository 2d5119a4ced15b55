// SPDX-License-Identifier: GPL-2.0-only

#include "bulk-transfer.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/integer.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/node-container.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-segment-filter.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace ns3
{
namespace test
{

namespace
{

constexpr uint16_t PORT = 80;

/// The octet at a position of the stream; neighbours differ, and so do positions a segment apart.
uint8_t
OctetAt(uint64_t position)
{
    return static_cast<uint8_t>((position * 2654435761U) >> 13);
}

/// Sends the stream as the buffer has room, then closes.
class Client
{
  public:
    Client(Ptr<Node> node, Address server, uint32_t octets, BulkResult& result)
        : m_octets(octets),
          m_result(result)
    {
        m_socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
        m_socket->SetConnectCallback(MakeCallback(&Client::OnConnected, this),
                                     MakeCallback(&Client::OnError, this));
        m_socket->SetCloseCallbacks(MakeCallback(&Client::OnEnd, this),
                                    MakeCallback(&Client::OnError, this));
        m_socket->SetSendCallback(MakeCallback(&Client::OnRoom, this));
        m_socket->TraceConnectWithoutContext("CongestionWindow",
                                             MakeCallback(&Client::OnWindow, this));
        m_result.clientDone = true;
        m_socket->Connect(server);
    }

  private:
    void OnWindow(uint32_t, uint32_t window)
    {
        m_result.windows.emplace_back(Simulator::Now(), window);
    }

    void OnConnected(Ptr<Socket>)
    {
        Fill();
    }

    void OnRoom(Ptr<Socket>, uint32_t)
    {
        Fill();
    }

    void OnEnd(Ptr<Socket>)
    {
    }

    void OnError(Ptr<Socket>)
    {
        m_result.clientDone = false;
    }

    void Fill()
    {
        while (m_sent < m_octets)
        {
            const uint32_t room = std::min(m_socket->GetTxAvailable(), 1400U);
            const uint32_t size = std::min(room, m_octets - m_sent);
            std::vector<uint8_t> octets(size);
            for (uint32_t i = 0; i < size; ++i)
            {
                octets[i] = OctetAt(m_sent + i);
            }
            if (size == 0 || m_socket->Send(Create<Packet>(octets.data(), size)) < 0)
            {
                return;
            }
            m_sent += size;
        }
        if (!m_closed)
        {
            m_closed = true;
            m_socket->Close();
        }
    }

    uint32_t m_octets;
    BulkResult& m_result;
    Ptr<Socket> m_socket;
    uint32_t m_sent{0};
    bool m_closed{false};
};

/// Accepts one connection and checks what it reads.
class Server
{
  public:
    Server(Ptr<Node> node, Address local, const BulkTransfer& transfer, BulkResult& result)
        : m_transfer(transfer),
          m_result(result)
    {
        m_listener = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
        m_listener->Bind(local);
        m_listener->Listen();
        m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                      MakeCallback(&Server::OnConnection, this));
    }

  private:
    void OnConnection(Ptr<Socket> socket, const Address&)
    {
        m_socket = socket;
        socket->SetCloseCallbacks(MakeCallback(&Server::OnEnd, this),
                                  MakeCallback(&Server::OnError, this));
        if (m_transfer.readInterval.IsZero())
        {
            socket->SetRecvCallback(MakeCallback(&Server::OnData, this));
        }
        else
        {
            Simulator::Schedule(m_transfer.readInterval, &Server::ReadSlowly, this);
        }
    }

    void OnData(Ptr<Socket>)
    {
        while (ReadOnce())
        {
        }
    }

    void ReadSlowly()
    {
        ReadOnce();
        if (!m_result.ended)
        {
            Simulator::Schedule(m_transfer.readInterval, &Server::ReadSlowly, this);
        }
        else
        {
            m_socket->Close();
        }
    }

    bool ReadOnce()
    {
        Ptr<Packet> packet = m_socket->Recv(m_transfer.readSize, 0);
        if (!packet)
        {
            return false;
        }
        if (packet->GetSize() == 0)
        {
            m_result.ended = true;
            return false;
        }
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        for (uint8_t octet : octets)
        {
            m_result.intact = m_result.intact && octet == OctetAt(m_result.received);
            ++m_result.received;
        }
        m_result.finished = Simulator::Now();
        return true;
    }

    void OnEnd(Ptr<Socket> socket)
    {
        if (m_transfer.readInterval.IsZero())
        {
            OnData(socket);
            m_result.ended = true;
            socket->Close();
        }
    }

    void OnError(Ptr<Socket>)
    {
        m_result.difference = "the server's connection ended with an error";
    }

    const BulkTransfer& m_transfer;
    BulkResult& m_result;
    Ptr<Socket> m_listener;
    Ptr<Socket> m_socket;
};

void
SetDefaults(const BulkTransfer& transfer)
{
    Config::Reset();
    Config::SetDefault("ns3::TcpL4Protocol::SocketType",
                       StringValue("ns3::" + transfer.congestion));
    Config::SetDefault("ns3::TcpL4Protocol::RecoveryType",
                       StringValue("ns3::" + transfer.recovery));
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(1400));
    Config::SetDefault("ns3::TcpSocket::TcpNoDelay", BooleanValue(transfer.noDelay));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(transfer.receiveBuffer));
    Config::SetDefault("ns3::TcpSocketBase::Sack", BooleanValue(transfer.sack));
    Config::SetDefault("ns3::TcpSocketBase::UseEcn", StringValue(transfer.ecn ? "On" : "Off"));
    Config::SetDefault("ns3::TcpSocketBase::Timestamp", BooleanValue(transfer.timestamps));
    Config::SetDefault("ns3::TcpSocketBase::LimitedTransmit",
                       BooleanValue(transfer.limitedTransmit));
    if (!transfer.stock)
    {
        Config::SetDefault("ns3::TcpFsmL4Protocol::FixedIsn", IntegerValue(transfer.isn));
    }
}

} // namespace

BulkResult
RunTransfer(const BulkTransfer& transfer)
{
    SetDefaults(transfer);
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(transfer.seed);
    RngSeedManager::ResetNextStreamIndex();
    BulkResult result;
    {
        NodeContainer nodes(2);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("10Mbps"));
        link.SetChannelAttribute("Delay", StringValue("5ms"));
        const NetDeviceContainer devices = link.Install(nodes);
        if (transfer.stock)
        {
            InternetStackHelper().Install(nodes);
        }
        else
        {
            TcpFsmHelper().Install(nodes);
        }
        Address local;
        Address remote;
        if (transfer.ipv6)
        {
            Ipv6AddressHelper addresses("2001:db8::", Ipv6Prefix(64));
            const auto interfaces = addresses.Assign(devices);
            local = Inet6SocketAddress(Ipv6Address::GetAny(), PORT);
            remote = Inet6SocketAddress(interfaces.GetAddress(1, 1), PORT);
        }
        else
        {
            Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
            const auto interfaces = addresses.Assign(devices);
            local = InetSocketAddress(Ipv4Address::GetAny(), PORT);
            remote = InetSocketAddress(interfaces.GetAddress(1), PORT);
        }
        TcpFsmSegmentFilter filter(nodes);
        const LinkTrouble& trouble = transfer.trouble;
        filter.Drop("any", TcpFsmOccurrence::Probability(trouble.loss));
        filter.Delay("any", MilliSeconds(7), TcpFsmOccurrence::Probability(trouble.reorder));
        filter.Duplicate("any", TcpFsmOccurrence::Probability(trouble.duplicate));

        Server server(nodes.Get(1), local, transfer, result);
        std::unique_ptr<Client> client;
        // IPv6 checks for duplicate addresses first.
        Simulator::Schedule(Seconds(3), [&] {
            client = std::make_unique<Client>(nodes.Get(0), remote, transfer.octets, result);
        });
        Simulator::Stop(transfer.limit);
        Simulator::Run();
        Simulator::Destroy();
    }
    if (!result.intact)
    {
        result.difference = "octets differ";
    }
    else if (result.received != transfer.octets)
    {
        result.difference = "received " + std::to_string(result.received) + " of " +
                            std::to_string(transfer.octets) + " octets";
    }
    else if (!result.ended)
    {
        result.difference = "the end of the stream never arrived";
    }
    else if (!result.clientDone)
    {
        result.difference = "the client's connection ended with an error";
    }
    return result;
}

std::ostream&
operator<<(std::ostream& os, const BulkTransfer& t)
{
    return os << (t.stock ? "stock " : "fsm ") << t.congestion << '/' << t.recovery << " seed "
              << t.seed << (t.ipv6 ? " ipv6" : " ipv4") << " sack " << t.sack << " timestamps "
              << t.timestamps << " loss " << t.trouble.loss << " reorder " << t.trouble.reorder
              << " duplicate " << t.trouble.duplicate;
}

} // namespace test
} // namespace ns3

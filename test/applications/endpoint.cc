// SPDX-License-Identifier: GPL-2.0-only

#include "endpoint.h"

#include "ns3/packet.h"
#include "ns3/tcp-socket-factory.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace test
{

namespace
{

/// The octet at a position of a stream.
uint8_t
OctetAt(uint64_t position)
{
    return static_cast<uint8_t>(position % 251);
}

} // namespace

Endpoint::Endpoint(Network& network, uint32_t side, uint32_t octets)
    : socket(Socket::CreateSocket(network.GetNodes().Get(side), TcpSocketFactory::GetTypeId())),
      m_network(network),
      m_side(side),
      m_octets(octets)
{
}

void
Endpoint::ConnectAt(Time when)
{
    Attend(socket);
    socket->SetConnectCallback(MakeCallback(&Endpoint::OnConnected, this),
                               MakeCallback(&Endpoint::OnFailed, this));
    m_network.At(m_side, when, [this] { EXPECT_EQ(socket->Connect(m_network.AddressOf(1)), 0); });
}

void
Endpoint::Listen()
{
    EXPECT_EQ(socket->Bind(m_network.AnyAddress()), 0);
    EXPECT_EQ(socket->Listen(), 0);
    socket->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                              MakeCallback(&Endpoint::OnAccepted, this));
}

Endpoint::Progress&
Endpoint::ProgressOf(const Ptr<Socket>& connection)
{
    auto found = std::find_if(m_progress.begin(), m_progress.end(), [&](const auto& progress) {
        return progress.connection == connection;
    });
    return found == m_progress.end() ? m_progress.emplace_back(Progress{connection}) : *found;
}

void
Endpoint::Attend(Ptr<Socket> connection)
{
    connection->SetRecvCallback(MakeCallback(&Endpoint::OnData, this));
    connection->SetSendCallback(MakeCallback(&Endpoint::OnRoom, this));
    connection->SetCloseCallbacks(MakeCallback(&Endpoint::OnClosed, this),
                                  MakeCallback(&Endpoint::OnError, this));
}

void
Endpoint::OnConnected(Ptr<Socket> connection)
{
    ++connected;
    OnRoom(connection, connection->GetTxAvailable());
}

void
Endpoint::OnFailed(Ptr<Socket> /* connection */)
{
    ++failed;
}

void
Endpoint::OnAccepted(Ptr<Socket> connection, const Address& /* peer */)
{
    accepted.push_back(connection);
    Attend(connection);
    OnRoom(connection, connection->GetTxAvailable());
}

void
Endpoint::OnRoom(Ptr<Socket> connection, uint32_t /* room */)
{
    constexpr uint32_t WRITE = 4000;
    Progress& progress = ProgressOf(connection);
    while (progress.sent < m_octets)
    {
        const uint32_t size =
            std::min({connection->GetTxAvailable(), m_octets - progress.sent, WRITE});
        std::vector<uint8_t> octets(size);
        for (uint32_t i = 0; i < size; ++i)
        {
            octets[i] = OctetAt(progress.sent + i);
        }
        if (size == 0 || connection->Send(Create<Packet>(octets.data(), size)) < 0)
        {
            return;
        }
        progress.sent += size;
    }
    CloseIfDone(connection);
}

void
Endpoint::CloseIfDone(Ptr<Socket> connection)
{
    Progress& progress = ProgressOf(connection);
    const bool isDone = m_octets > 0 && progress.sent == m_octets && progress.received >= awaited;
    if (closes && isDone && !std::exchange(progress.closed, true))
    {
        connection->Close();
    }
}

void
Endpoint::OnData(Ptr<Socket> connection)
{
    Progress& progress = ProgressOf(connection);
    while (reads)
    {
        Ptr<Packet> packet = connection->Recv();
        if (!packet || packet->GetSize() == 0)
        {
            return;
        }
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        for (uint8_t octet : octets)
        {
            intact = intact && octet == OctetAt(progress.received++);
        }
        received += octets.size();
        CloseIfDone(connection);
    }
}

void
Endpoint::OnClosed(Ptr<Socket> connection)
{
    ++closed;
    OnData(connection);
    if (closes && !std::exchange(ProgressOf(connection).closed, true))
    {
        connection->Close();
    }
}

void
Endpoint::OnError(Ptr<Socket> /* connection */)
{
    ++errors;
}

} // namespace test
} // namespace ns3

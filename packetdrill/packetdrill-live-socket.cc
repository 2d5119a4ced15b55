// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-live-socket.h"

#include "ns3/packet.h"
#include "ns3/string.h"
#include "ns3/tcp-socket-factory.h"

#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

std::unique_ptr<LiveSocket>
LiveSocket::Make(Host& host)
{
    auto socket = Socket::CreateSocket(host.GetNode(), TcpSocketFactory::GetTypeId());
    for (const auto& [name, value] : host.GetSocketAttributes())
    {
        socket->SetAttribute(name, ns3::StringValue(value));
    }
    return host.GetStack() == TcpFsmStack::FSM ? MakeFsmSocket(host, socket)
                                               : MakeStockSocket(host, socket);
}

LiveSocket::LiveSocket(Host& host, Ptr<Socket> socket)
    : m_host(host),
      m_socket(socket)
{
    const auto fail = [this](Ptr<Socket>) {
        m_pendingError = GetError();
        m_host.GetClock().Wake();
    };
    const auto wake = [this](Ptr<Socket>) { m_host.GetClock().Wake(); };
    using Told = Callback<void, Ptr<Socket>>;
    m_socket->SetConnectCallback(Told([this](Ptr<Socket>) {
                                     m_connected = true;
                                     m_host.GetClock().Wake();
                                 }),
                                 Told(fail));
    m_socket->SetCloseCallbacks(Told(wake), Told(fail));
    m_socket->SetRecvCallback(Told(wake));
    m_socket->SetSendCallback(
        Callback<void, Ptr<Socket>, uint32_t>([wake](Ptr<Socket> s, uint32_t) { wake(s); }));
}

LiveSocket::~LiveSocket()
{
    // The connection may go on without its application.
    const auto nobody = MakeNullCallback<void, Ptr<Socket>>();
    m_socket->SetConnectCallback(nobody, nobody);
    m_socket->SetCloseCallbacks(nobody, nobody);
    m_socket->SetRecvCallback(nobody);
    m_socket->SetSendCallback(MakeNullCallback<void, Ptr<Socket>, uint32_t>());
}

Ptr<Socket>
LiveSocket::Get() const
{
    return m_socket;
}

TcpSocket::TcpStates_t
LiveSocket::GetState() const
{
    return TcpFsmReadState(m_socket);
}

bool
LiveSocket::WasConnected() const
{
    return m_connected;
}

void
LiveSocket::SetConnected()
{
    m_connected = true;
}

const std::string&
LiveSocket::GetPendingError()
{
    if (m_pendingError.empty() && m_connected && GetState() == TcpSocket::CLOSED)
    {
        m_pendingError = GetLateError();
    }
    return m_pendingError;
}

std::string
LiveSocket::GetLateError() const
{
    return "";
}

std::string
LiveSocket::TakePendingError()
{
    GetPendingError();
    return std::exchange(m_pendingError, "");
}

std::string
LiveSocket::Result(int result) const
{
    return result == -1 ? GetError() : "";
}

std::string
LiveSocket::Bind(const Address& address)
{
    return Result(m_socket->Bind(address));
}

std::string
LiveSocket::Connect(const Address& peer)
{
    return Result(m_socket->Connect(peer));
}

std::string
LiveSocket::Close()
{
    return Result(m_socket->Close());
}

std::string
LiveSocket::ShutdownSend()
{
    return Result(m_socket->ShutdownSend());
}

std::string
LiveSocket::ShutdownReceive()
{
    return Result(m_socket->ShutdownRecv());
}

std::string
LiveSocket::Send(uint32_t size, bool)
{
    return Result(m_socket->Send(Create<Packet>(size)));
}

std::string
LiveSocket::SendTo(uint32_t size, const Address& peer)
{
    return Result(m_socket->SendTo(Create<Packet>(size), 0, peer));
}

std::string
LiveSocket::Receive(uint32_t size, uint32_t& got)
{
    const auto packet = m_socket->Recv(size, 0);
    got = packet ? packet->GetSize() : 0;
    return packet ? "" : GetError();
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

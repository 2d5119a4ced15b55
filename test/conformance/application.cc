// SPDX-License-Identifier: GPL-2.0-only

#include "application.h"

#include "segment.h"
#include "tcp-fsm-raw-peer.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <limits>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

void
CallOn(const Ptr<Node>& node, const std::function<void()>& call)
{
    Simulator::ScheduleWithContext(node->GetId(), Time(0), [&call] { call(); });
    TcpFsmRunFor(Time(0));
}

Application::Application(Ptr<Node> node, Ptr<TcpFsmSocket> s)
    : socket(s),
      m_node(node)
{
    using OfSocket = Callback<void, Ptr<Socket>>;
    socket->SetConnectCallback(OfSocket([this](Ptr<Socket>) { Told("connected", false); }),
                               OfSocket([this](Ptr<Socket>) { Told("failed", true); }));
    socket->SetCloseCallbacks(OfSocket([this](Ptr<Socket>) {
                                  Told("closed", false);
                                  ReadAll();
                              }),
                              OfSocket([this](Ptr<Socket>) { Told("error", true); }));
    socket->SetRecvCallback(OfSocket([this](Ptr<Socket>) {
        ++notified;
        ReadAll();
    }));
}

void
Application::Told(const std::string& what, bool withError)
{
    told.push_back(withError ? what + " " + GetErrorName() : what);
}

int
Application::Do(const std::function<int()>& call)
{
    int result = 0;
    CallOn(m_node, [&] { result = call(); });
    return result;
}

int
Application::Bind(const Address& local)
{
    return Do([&] { return socket->Bind(local); });
}

int
Application::Listen()
{
    return Do([&] { return socket->Listen(); });
}

int
Application::ListenTo(const Address& peer)
{
    return Do([&] { return socket->ListenTo(peer); });
}

int
Application::ListenWithBacklog(uint32_t backlog)
{
    return Do([&] { return socket->ListenWithBacklog(backlog); });
}

int
Application::Connect(const Address& peer)
{
    return Do([&] { return socket->Connect(peer); });
}

int
Application::Send(uint32_t octets)
{
    return Do([&] {
        const auto text = OctetsAt(sent, octets);
        const int result = socket->Send(Create<Packet>(text.data(), octets), 0);
        sent += result > 0 ? static_cast<uint32_t>(result) : 0;
        return result;
    });
}

int
Application::SendTo(uint32_t octets, const Address& peer)
{
    return Do([&] {
        const auto text = OctetsAt(sent, octets);
        const int result = socket->SendTo(Create<Packet>(text.data(), octets), 0, peer);
        sent += result > 0 ? static_cast<uint32_t>(result) : 0;
        return result;
    });
}

int
Application::Receive(uint32_t atMost)
{
    return Do([&] { return ReceiveNow(atMost); });
}

int
Application::Close()
{
    return Do([&] { return socket->Close(); });
}

int
Application::ShutdownSend()
{
    return Do([&] { return socket->ShutdownSend(); });
}

int
Application::ShutdownRecv()
{
    return Do([&] { return socket->ShutdownRecv(); });
}

int
Application::Abort()
{
    return Do([&] { return socket->Abort(); });
}

int
Application::ReceiveNow(uint32_t atMost)
{
    const auto packet = socket->Recv(atMost, 0);
    if (!packet)
    {
        return -1;
    }
    const uint32_t size = packet->GetSize();
    endOfStream = endOfStream || size == 0;
    std::vector<uint8_t> octets(size);
    packet->CopyData(octets.data(), size);
    intact = intact && octets == OctetsAt(received, size);
    received += size;
    return static_cast<int>(size);
}

void
Application::ReadAll()
{
    while (reading && ReceiveNow(std::numeric_limits<uint32_t>::max()) > 0)
    {
    }
}

TcpFsmError
Application::GetError() const
{
    return socket->GetError();
}

std::string
Application::GetErrorName() const
{
    return std::string(ToString(socket->GetError()));
}

int
Application::CountTerminal() const
{
    return static_cast<int>(std::count_if(told.begin(), told.end(), [](const std::string& what) {
        return what != "connected";
    }));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-script.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-socket.h"
#include "ns3/tcp-header.h"

#include <algorithm>
#include <csignal>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// The handler, and what it may ask for while it is called.
struct Script
{
    TcpFsmScript::Handler handler; //!< of the program
    Ptr<Socket> accepted;          //!< of news ACCEPTED
    std::vector<uint8_t> received; //!< what was read last
};

Script&
TheScript()
{
    // Never destroyed: the handler's language may have ended before this one.
    static Script& script = *new Script;
    return script;
}

void
Tell(uint64_t token, uint32_t news)
{
    if (TheScript().handler)
    {
        TheScript().handler(token, news);
    }
}

/// @return a callback that tells news about a token
Callback<void, Ptr<Socket>>
Telling(uint64_t token, uint32_t news)
{
    return Callback<void, Ptr<Socket>>([=](Ptr<Socket> /* socket */) { Tell(token, news); });
}

void
ReadAndForget(Ptr<Socket> socket)
{
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
    }
}

/// @return a packet of octets at an address, or without content if that is 0
Ptr<Packet>
MakePacket(uintptr_t octets, uint32_t size)
{
    const auto* data = reinterpret_cast<const uint8_t*>(octets);
    return data ? Create<Packet>(data, size) : Create<Packet>(size);
}

/// Puts IP's header before a segment. @return the number of the protocol of its version
uint16_t
AddIpHeader(const Ptr<Packet>& packet, const TcpFsmForgedSegment& segment)
{
    constexpr uint8_t TCP = 6;
    constexpr uint8_t TTL = 64;
    constexpr uint16_t IPV4 = 0x0800;
    constexpr uint16_t IPV6 = 0x86dd;
    if (Ipv4Address::IsMatchingType(segment.source))
    {
        Ipv4Header header;
        header.SetSource(Ipv4Address::ConvertFrom(segment.source));
        header.SetDestination(Ipv4Address::ConvertFrom(segment.destination));
        header.SetProtocol(TCP);
        header.SetTtl(TTL);
        header.SetPayloadSize(packet->GetSize());
        packet->AddHeader(header);
        return IPV4;
    }
    Ipv6Header header;
    header.SetSource(Ipv6Address::ConvertFrom(segment.source));
    header.SetDestination(Ipv6Address::ConvertFrom(segment.destination));
    header.SetNextHeader(TCP);
    header.SetHopLimit(TTL);
    header.SetPayloadLength(packet->GetSize());
    packet->AddHeader(header);
    return IPV6;
}

/// What the program did on SIGINT.
struct sigaction g_interrupt;

void
StopOnInterrupt(int signal, siginfo_t* info, void* context)
{
    Simulator::Stop();
    if (g_interrupt.sa_flags & SA_SIGINFO)
    {
        g_interrupt.sa_sigaction(signal, info, context);
    }
    else
    {
        g_interrupt.sa_handler(signal);
    }
}

/// Stops the simulation on SIGINT while it lives; not where the program has no handler.
class InterruptGuard
{
  public:
    InterruptGuard()
    {
        sigaction(SIGINT, nullptr, &g_interrupt);
        m_active = (g_interrupt.sa_flags & SA_SIGINFO) ||
                   (g_interrupt.sa_handler != SIG_DFL && g_interrupt.sa_handler != SIG_IGN);
        if (m_active)
        {
            struct sigaction stop = {};
            stop.sa_sigaction = &StopOnInterrupt;
            stop.sa_flags = SA_SIGINFO;
            sigaction(SIGINT, &stop, nullptr);
        }
    }

    ~InterruptGuard()
    {
        if (m_active)
        {
            sigaction(SIGINT, &g_interrupt, nullptr);
        }
    }

    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

  private:
    bool m_active; //!< whether the signal is caught
};

} // namespace

void
TcpFsmScript::SetHandler(Handler handler)
{
    TheScript().handler = std::move(handler);
}

void
TcpFsmScript::Schedule(int64_t delay, uint32_t context, uint64_t token)
{
    Simulator::ScheduleWithContext(context, NanoSeconds(delay), [token] { Tell(token, CALL); });
}

void
TcpFsmScript::Watch(Ptr<Socket> socket, uint64_t token)
{
    socket->SetConnectCallback(Telling(token, CONNECTED), Telling(token, FAILED));
    socket->SetCloseCallbacks(Telling(token, ENDED), Telling(token, BROKEN));
    socket->SetRecvCallback(Telling(token, READABLE));
    socket->SetSendCallback(Callback<void, Ptr<Socket>, uint32_t>(
        [token](Ptr<Socket> /* socket */, uint32_t /* room */) { Tell(token, WRITABLE); }));
    socket->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                              Callback<void, Ptr<Socket>, const Address&>(
                                  [token](Ptr<Socket> accepted, const Address& /* peer */) {
                                      // Until the program watches it, nothing that arrives may be
                                      // left unread.
                                      TcpFsmScript::Ignore(accepted);
                                      TheScript().accepted = accepted;
                                      Tell(token, ACCEPTED);
                                      TheScript().accepted = nullptr;
                                  }));
    socket->TraceConnectWithoutContext(
        "State",
        Callback<void, TcpSocket::TcpStates_t, TcpSocket::TcpStates_t>(
            [token](TcpSocket::TcpStates_t /* before */, TcpSocket::TcpStates_t state) {
                if (state == TcpSocket::CLOSED)
                {
                    // After all else that this event tells.
                    Simulator::ScheduleNow([token] { Tell(token, GONE); });
                }
            }));
}

void
TcpFsmScript::Ignore(Ptr<Socket> socket)
{
    socket->SetConnectCallback(MakeNullCallback<void, Ptr<Socket>>(),
                               MakeNullCallback<void, Ptr<Socket>>());
    socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                              MakeNullCallback<void, Ptr<Socket>>());
    socket->SetSendCallback(MakeNullCallback<void, Ptr<Socket>, uint32_t>());
    socket->SetRecvCallback(Callback<void, Ptr<Socket>>(&ReadAndForget));
}

Ptr<Socket>
TcpFsmScript::TakeAccepted()
{
    return std::exchange(TheScript().accepted, nullptr);
}

uint32_t
TcpFsmScript::Receive(Ptr<Socket> socket)
{
    auto& octets = TheScript().received;
    octets.clear();
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
        const std::size_t before = octets.size();
        octets.resize(before + packet->GetSize());
        packet->CopyData(octets.data() + before, packet->GetSize());
    }
    return octets.size();
}

uintptr_t
TcpFsmScript::GetReceived()
{
    return reinterpret_cast<uintptr_t>(TheScript().received.data());
}

int64_t
TcpFsmScript::Send(Ptr<Socket> socket, uintptr_t octets, uint32_t size)
{
    // With no room at all the socket is asked all the same if it cannot send any more.
    const uint32_t room = std::min(size, socket->GetTxAvailable());
    if (room == 0)
    {
        return socket->Send(Create<Packet>(size), 0) < 0 && GetError(socket) != "EMSGSIZE" ? -1 : 0;
    }
    return socket->Send(MakePacket(octets, room), 0);
}

int64_t
TcpFsmScript::SendTo(Ptr<Socket> socket, uintptr_t octets, uint32_t size, const Address& peer)
{
    return socket->SendTo(MakePacket(octets, size), 0, peer);
}

bool
TcpFsmScript::Forge(Ptr<Node> node, const TcpFsmForgedSegment& segment)
{
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        Ptr<NetDevice> device = node->GetDevice(i);
        if (!device->IsPointToPoint())
        {
            continue;
        }
        TcpHeader header;
        header.SetSourcePort(segment.sourcePort);
        header.SetDestinationPort(segment.destinationPort);
        header.SetFlags(segment.flags);
        header.SetSequenceNumber(SequenceNumber32(segment.seq));
        header.SetAckNumber(SequenceNumber32(segment.ack));
        header.SetWindowSize(segment.window);
        auto packet = MakePacket(segment.octets, segment.length);
        packet->AddHeader(header);
        const uint16_t protocol = AddIpHeader(packet, segment);
        device->Send(packet, device->GetBroadcast(), protocol);
        return true;
    }
    return false;
}

std::string
TcpFsmScript::GetError(Ptr<Socket> socket)
{
    if (const auto ours = DynamicCast<TcpFsmSocket>(socket))
    {
        return std::string(ToString(ours->GetError()));
    }
    switch (socket->GetErrno())
    {
    case Socket::ERROR_NOTERROR:
    case Socket::SOCKET_ERRNO_LAST:
        return "";
    case Socket::ERROR_ISCONN:
        return "EISCONN";
    case Socket::ERROR_NOTCONN:
        return "ENOTCONN";
    case Socket::ERROR_MSGSIZE:
        return "EMSGSIZE";
    case Socket::ERROR_AGAIN:
        return "EAGAIN";
    case Socket::ERROR_SHUTDOWN:
        return "EPIPE";
    case Socket::ERROR_OPNOTSUPP:
        return "EOPNOTSUPP";
    case Socket::ERROR_AFNOSUPPORT:
        return "EAFNOSUPPORT";
    case Socket::ERROR_INVAL:
        return "EINVAL";
    case Socket::ERROR_BADF:
        return "EBADF";
    case Socket::ERROR_NOROUTETOHOST:
        return "EHOSTUNREACH";
    case Socket::ERROR_NODEV:
        return "ENODEV";
    case Socket::ERROR_ADDRNOTAVAIL:
        return "EADDRNOTAVAIL";
    case Socket::ERROR_ADDRINUSE:
        return "EADDRINUSE";
    }
    return "";
}

void
TcpFsmScript::Run(int64_t until)
{
    EventId end;
    if (until >= 0)
    {
        end = Simulator::Schedule(NanoSeconds(until) - Simulator::Now(), [] { Simulator::Stop(); });
    }
    {
        const InterruptGuard guard;
        Simulator::Run();
    }
    end.Cancel();
}

} // namespace ns3

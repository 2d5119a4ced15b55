// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-system.h"

#include "packetdrill-constants.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

using Handler = Attempt (System::*)(const SystemCall&);

/// The result of a call that fails only with an error.
Outcome
ResultOf(const std::string& error)
{
    return error.empty() ? Outcome{} : Failure(error);
}

/// The far end of a connection.
Endpoint
PeerOf(const LiveSocket& socket)
{
    Address name;
    socket.Get()->GetPeerName(name);
    if (InetSocketAddress::IsMatchingType(name))
    {
        const auto peer = InetSocketAddress::ConvertFrom(name);
        return {peer.GetIpv4(), peer.GetPort()};
    }
    const auto peer = Inet6SocketAddress::ConvertFrom(name);
    if (peer.GetIpv6().IsIpv4MappedAddress())
    {
        return {peer.GetIpv6().GetIpv4MappedAddress(), peer.GetPort()};
    }
    return {peer.GetIpv6(), peer.GetPort()};
}

} // namespace

Outcome
Failure(const std::string& error)
{
    return {-1, error, ""};
}

System::System(Host& host, const Profile& profile, Records& records, bool strict)
    : m_host(host),
      m_profile(profile),
      m_records(records),
      m_strict(strict)
{
}

Descriptor*
System::Find(int64_t number)
{
    const auto found = m_descriptors.find(number);
    return found == m_descriptors.end() ? nullptr : &found->second;
}

int64_t
System::Value(const SystemCall& call, std::size_t index) const
{
    if (index >= call.arguments.size())
    {
        throw ScriptError(call.place,
                          call.name + "() needs at least " + std::to_string(index + 1) +
                              " arguments");
    }
    return ValueOf(call.arguments[index], m_profile.numbers);
}

bool
System::HasNull(const SystemCall& call)
{
    return std::any_of(call.arguments.begin(),
                       call.arguments.end(),
                       [](const Expression& argument) { return IsSymbol(argument, "NULL"); });
}

bool
System::HasEnded(const Descriptor& descriptor)
{
    switch (descriptor.socket->GetState())
    {
    case TcpSocket::CLOSE_WAIT:
    case TcpSocket::LAST_ACK:
    case TcpSocket::CLOSING:
    case TcpSocket::TIME_WAIT:
        return true;
    case TcpSocket::CLOSED:
        return descriptor.socket->WasConnected();
    case TcpSocket::LISTEN:
    case TcpSocket::SYN_SENT:
    case TcpSocket::SYN_RCVD:
    case TcpSocket::ESTABLISHED:
    case TcpSocket::FIN_WAIT_1:
    case TcpSocket::FIN_WAIT_2:
    case TcpSocket::LAST_STATE:
        break;
    }
    return false;
}

Attempt
System::Begin(const SystemCall& call)
{
    static const std::map<std::string, Handler> HANDLERS{
        {"bind", &System::Bind},
        {"listen", &System::Listen},
        {"accept", &System::Accept},
        {"connect", &System::Connect},
        {"close", &System::Close},
        {"shutdown", &System::Shutdown},
        {"fcntl", &System::Fcntl},
        {"read", &System::Read},
        {"recv", &System::Read},
        {"recvfrom", &System::Read},
        {"write", &System::Write},
        {"send", &System::Write},
        {"sendto", &System::Write},
        {"sendmsg", &System::SendMessage},
        {"ioctl", &System::Ioctl},
        {"setsockopt", &System::SetOption},
        {"getsockopt", &System::GetOption},
    };
    if (call.name == "socket")
    {
        return Open(call);
    }
    if (call.name == "poll")
    {
        return Poll(call);
    }
    const auto handler = HANDLERS.find(call.name);
    if (handler == HANDLERS.end())
    {
        throw ScriptError(call.namePlace, "no system call " + call.name);
    }
    if (!Find(Value(call, 0)))
    {
        return [] { return Failure("EBADF"); };
    }
    if (HasNull(call))
    {
        return [] { return Failure("EFAULT"); };
    }
    return [this, number = Value(call, 0), attempt = (this->*handler->second)(call)] {
        // Another call may have closed it.
        return Find(number) ? attempt() : Failure("EBADF");
    };
}

Attempt
System::Open(const SystemCall& call)
{
    const int64_t number = ValueOf(call.result, m_profile.numbers);
    const int64_t nonblocking = *FindConstant("SOCK_NONBLOCK", m_profile.numbers);
    const bool isNonblocking = Value(call, 1) & nonblocking;
    if (number >= 0 && Find(number))
    {
        throw ScriptError(call.result.place,
                          "descriptor " + std::to_string(number) + " is open already");
    }
    return [this, number, isNonblocking] {
        if (number >= 0)
        {
            Descriptor descriptor;
            descriptor.socket = LiveSocket::Make(m_host);
            descriptor.nonblocking = isNonblocking;
            m_descriptors.emplace(number, std::move(descriptor));
            m_records.Open(number);
        }
        return Outcome{std::max<int64_t>(number, 0)};
    };
}

Attempt
System::Bind(const SystemCall& call)
{
    return [this, number = Value(call, 0)] {
        const auto error = Find(number)->socket->Bind(m_host.LocalSocketAddress(Records::PORT));
        if (error.empty())
        {
            m_records.Bind(number);
        }
        return ResultOf(error);
    };
}

Attempt
System::Listen(const SystemCall& call)
{
    const auto backlog = static_cast<uint32_t>(std::max<int64_t>(Value(call, 1), 1));
    return [this, number = Value(call, 0), backlog] {
        const auto error = Find(number)->socket->Listen(backlog);
        if (error.empty())
        {
            m_records.Listen(number);
        }
        return ResultOf(error);
    };
}

Attempt
System::Accept(const SystemCall& call)
{
    const int64_t number = Value(call, 0);
    const int64_t child = ValueOf(call.result, m_profile.numbers);
    if (child >= 0 && Find(child))
    {
        throw ScriptError(call.result.place,
                          "descriptor " + std::to_string(child) + " is open already");
    }
    return [this, number, child]() -> std::optional<Outcome> {
        Descriptor& listener = *Find(number);
        if (listener.socket->GetState() != TcpSocket::LISTEN)
        {
            return Failure("EINVAL");
        }
        if (!listener.socket->HasAcceptable())
        {
            return listener.nonblocking ? std::optional(Failure("EAGAIN")) : std::nullopt;
        }
        Descriptor accepted;
        accepted.socket = listener.socket->Accept();
        const int64_t result = std::max<int64_t>(child, 0);
        m_records.Accept(result, PeerOf(*accepted.socket));
        m_descriptors.insert_or_assign(result, std::move(accepted));
        return Outcome{result};
    };
}

Attempt
System::Connect(const SystemCall& call)
{
    const int64_t number = Value(call, 0);
    return [this, number, begun = false]() mutable -> std::optional<Outcome> {
        Descriptor& descriptor = *Find(number);
        LiveSocket& socket = *descriptor.socket;
        if (!begun && socket.GetPendingError().empty())
        {
            const Endpoint callee = m_records.Callee();
            const auto error =
                socket.Connect(m_host.RemoteSocketAddress(callee.address, callee.port));
            if (!error.empty())
            {
                return Failure(error);
            }
            m_records.Connect(number, callee);
            if (descriptor.nonblocking)
            {
                return Failure("EINPROGRESS");
            }
        }
        begun = true;
        if (!socket.GetPendingError().empty())
        {
            return Failure(socket.TakePendingError());
        }
        return socket.WasConnected() ? std::optional(Outcome{}) : std::nullopt;
    };
}

Attempt
System::Close(const SystemCall& call)
{
    return [this, number = Value(call, 0)] {
        // A connection that is over, or never was, has nothing to say about it.
        Find(number)->socket->Close();
        m_descriptors.erase(number);
        m_records.Close(number);
        return Outcome{};
    };
}

Attempt
System::Shutdown(const SystemCall& call)
{
    constexpr int64_t RECEIVING = 0;
    constexpr int64_t SENDING = 1;
    constexpr int64_t BOTH = 2;
    return [this, number = Value(call, 0), how = Value(call, 1)] {
        if (how < RECEIVING || how > BOTH)
        {
            return Failure("EINVAL");
        }
        Descriptor& descriptor = *Find(number);
        std::string error;
        if (how != SENDING)
        {
            error = descriptor.socket->ShutdownReceive();
            descriptor.receivingEnded = descriptor.receivingEnded || error.empty();
        }
        if (how != RECEIVING && error.empty() && !descriptor.sendingEnded)
        {
            error = descriptor.socket->ShutdownSend();
            descriptor.sendingEnded = error.empty();
        }
        return ResultOf(error);
    };
}

Attempt
System::Fcntl(const SystemCall& call)
{
    const int64_t command = Value(call, 1);
    const int64_t nonblocking = *FindConstant("O_NONBLOCK", m_profile.numbers);
    const int64_t readWrite = *FindConstant("O_RDWR", m_profile.numbers);
    if (command == *FindConstant("F_GETFL", m_profile.numbers))
    {
        return [this, number = Value(call, 0), nonblocking, readWrite] {
            return Outcome{readWrite | (Find(number)->nonblocking ? nonblocking : 0)};
        };
    }
    if (command != *FindConstant("F_SETFL", m_profile.numbers))
    {
        return [] { return Failure("EINVAL"); };
    }
    return [this, number = Value(call, 0), isNonblocking = (Value(call, 2) & nonblocking) != 0] {
        Find(number)->nonblocking = isNonblocking;
        return Outcome{};
    };
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

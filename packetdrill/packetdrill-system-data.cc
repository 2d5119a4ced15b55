// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-constants.h"
#include "packetdrill-system.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// Whether a flag is set. @param flags flags of a call @param name the flag's name
bool
HasFlag(int64_t flags, const char* name, Numbers numbers)
{
    return (flags & *FindConstant(name, numbers)) != 0;
}

/// What a connection that is over, other than by the application, answers to reads and writes.
bool
IsOver(const Descriptor& descriptor, const std::string& error)
{
    return error == "ENOTCONN" && descriptor.socket->WasConnected();
}

} // namespace

Attempt
System::Read(const SystemCall& call)
{
    const int64_t size = Value(call, 2);
    const int64_t flags = call.name == "read" ? 0 : Value(call, 3);
    const int64_t number = Value(call, 0);
    if (size < 0)
    {
        return [] { return std::optional(Failure("EINVAL")); };
    }
    return [this, number, size, flags, got = int64_t{0}]() mutable {
        return TryRead(*Find(number), got, size, flags);
    };
}

std::optional<Outcome>
System::TryRead(Descriptor& descriptor, int64_t& got, int64_t size, int64_t flags)
{
    LiveSocket& socket = *descriptor.socket;
    const int64_t available = socket.Get()->GetRxAvailable();
    const bool wait = !descriptor.nonblocking && !HasFlag(flags, "MSG_DONTWAIT", m_profile.numbers);
    const bool wantsAll = wait && HasFlag(flags, "MSG_WAITALL", m_profile.numbers);
    const bool isOver = socket.GetState() == TcpSocket::CLOSED; // what was not read is gone
    if ((available == 0 || isOver) && !socket.GetPendingError().empty())
    {
        return got > 0 ? Outcome{got} : Failure(socket.TakePendingError());
    }
    const int64_t least = std::min<int64_t>(wantsAll ? size - got : descriptor.lowWater, size);
    if (wait && available > 0 && available < least && !wantsAll && !HasEnded(descriptor))
    {
        return std::nullopt;
    }
    if (HasFlag(flags, "MSG_PEEK", m_profile.numbers) && available > 0)
    {
        return Outcome{std::min(available, size)};
    }
    uint32_t taken = 0;
    const auto error = socket.Receive(static_cast<uint32_t>(size - got), taken);
    got += taken;
    const bool isEnd = (error.empty() && taken == 0) || IsOver(descriptor, error);
    if (error.empty() || isEnd)
    {
        const bool goesOn = wantsAll && got < size && !isEnd;
        return goesOn ? std::nullopt : std::optional(Outcome{got});
    }
    if (error != "EAGAIN")
    {
        return Failure(error);
    }
    if (descriptor.receivingEnded)
    {
        return Outcome{got};
    }
    return wait ? std::nullopt : std::optional(Failure(error));
}

Attempt
System::Write(const SystemCall& call)
{
    const int64_t flags = call.name == "write" ? 0 : Value(call, 3);
    const int64_t number = Value(call, 0);
    const int64_t size = Value(call, 2);
    if (call.name != "sendto")
    {
        return Transmit(number, size, flags);
    }
    return [this, number, size, transmit = Transmit(number, size, flags)]() {
        LiveSocket& socket = *Find(number)->socket;
        if (socket.GetState() != TcpSocket::LISTEN)
        {
            return transmit();
        }
        // With a peer's name a listener calls it (RFC 9293 3.10.2).
        const Endpoint callee = m_records.Callee();
        const auto error = socket.SendTo(static_cast<uint32_t>(size),
                                         m_host.RemoteSocketAddress(callee.address, callee.port));
        if (!error.empty())
        {
            return std::optional(Failure(error));
        }
        m_records.Connect(number, callee);
        return std::optional(Outcome{size});
    };
}

Attempt
System::SendMessage(const SystemCall& call)
{
    Value(call, 2); // there must be three arguments
    const auto* message = std::get_if<StructValue>(&call.arguments[1].value);
    const Field* vector = message ? message->Find("msg_iov") : nullptr;
    const auto* list = vector ? std::get_if<ListValue>(&vector->value.value) : nullptr;
    if (!list)
    {
        throw ScriptError(call.arguments[1].place, "sendmsg() needs a message with msg_iov");
    }
    int64_t size = 0;
    for (const auto& item : list->items)
    {
        const auto* part = std::get_if<StructValue>(&item.value);
        if (!part || part->fields.size() != 2)
        {
            throw ScriptError(item.place, "msg_iov needs items such as {..., 100}");
        }
        size += ValueOf(part->fields[1].value, m_profile.numbers);
    }
    return Transmit(Value(call, 0), size, Value(call, 2));
}

Attempt
System::Transmit(int64_t number, int64_t size, int64_t flags)
{
    const bool mayWait = !HasFlag(flags, "MSG_DONTWAIT", m_profile.numbers);
    const bool urgent = HasFlag(flags, "MSG_OOB", m_profile.numbers);
    return [this, number, size, mayWait, urgent, sent = int64_t{0}]() mutable
           -> std::optional<Outcome> {
        Descriptor& descriptor = *Find(number);
        const bool wait = mayWait && !descriptor.nonblocking;
        LiveSocket& socket = *descriptor.socket;
        if (!socket.GetPendingError().empty())
        {
            // What was taken counts; the error is for the next call.
            return sent > 0 ? Outcome{sent} : Failure(socket.TakePendingError());
        }
        if (descriptor.sendingEnded)
        {
            return Failure("EPIPE");
        }
        const int64_t room = socket.Get()->GetTxAvailable();
        const auto part = static_cast<uint32_t>(std::min(size - sent, room));
        if (part > 0 || sent == size)
        {
            const auto error = socket.Send(part, urgent);
            if (!error.empty())
            {
                return Failure(IsOver(descriptor, error) ? "EPIPE" : error);
            }
            sent += part;
        }
        if (sent == size || (!wait && sent > 0))
        {
            return Outcome{sent};
        }
        return wait ? std::nullopt : std::optional(Failure("EAGAIN"));
    };
}

Attempt
System::Ioctl(const SystemCall& call)
{
    const int64_t expected = Value(call, 2);
    const auto& request = call.arguments[1];
    if (!IsSymbol(request, "SIOCINQ") && !IsSymbol(request, "FIONREAD"))
    {
        return [] { return Failure("EINVAL"); };
    }
    return [this, number = Value(call, 0), expected] {
        Outcome outcome;
        const int64_t unread = Find(number)->socket->Get()->GetRxAvailable();
        if (unread != expected)
        {
            outcome.difference =
                "it stores " + std::to_string(unread) + " instead of " + std::to_string(expected);
        }
        return outcome;
    };
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-constants.h"
#include "packetdrill-system.h"

#include "ns3/boolean.h"
#include "ns3/nstime.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// In which unit programs give the value of a socket option.
enum class Unit : uint8_t
{
    NUMBER,
    SWITCH,
    SECONDS,
    MILLISECONDS,
};

/// A socket option that is an attribute of the socket.
struct OptionAttribute
{
    std::string_view option;
    const char* attribute;
    Unit unit;
};

constexpr OptionAttribute ATTRIBUTES[] = {
    {"SO_KEEPALIVE", "KeepAlive", Unit::SWITCH},
    {"SO_RCVBUF", "RcvBufSize", Unit::NUMBER},
    {"SO_SNDBUF", "SndBufSize", Unit::NUMBER},
    {"TCP_NODELAY", "TcpNoDelay", Unit::SWITCH},
    {"TCP_NOOPT", "NoOptions", Unit::SWITCH},
    {"TCP_MAXSEG", "SegmentSize", Unit::NUMBER},
    {"TCP_KEEPIDLE", "KeepAliveTime", Unit::SECONDS},
    {"TCP_KEEPINTVL", "KeepAliveInterval", Unit::SECONDS},
    {"TCP_KEEPCNT", "KeepAliveProbes", Unit::NUMBER},
    {"TCP_KEEPINIT", "OpenTimeout", Unit::SECONDS},
    {"TCP_USER_TIMEOUT", "UserTimeout", Unit::MILLISECONDS},
    {"TCP_LINGER2", "FinWait2Timeout", Unit::SECONDS},
};

const OptionAttribute*
FindAttribute(std::string_view option)
{
    const auto* const found = std::find_if(
        std::begin(ATTRIBUTES),
        std::end(ATTRIBUTES),
        [option](const OptionAttribute& attribute) { return attribute.option == option; });
    return found == std::end(ATTRIBUTES) ? nullptr : found;
}

bool
SetAttribute(Socket& socket, const OptionAttribute& attribute, int64_t value)
{
    switch (attribute.unit)
    {
    case Unit::NUMBER:
        return socket.SetAttributeFailSafe(attribute.attribute,
                                           UintegerValue(static_cast<uint64_t>(value)));
    case Unit::SWITCH:
        return socket.SetAttributeFailSafe(attribute.attribute, BooleanValue(value != 0));
    case Unit::SECONDS:
        return socket.SetAttributeFailSafe(attribute.attribute, TimeValue(Seconds(value)));
    case Unit::MILLISECONDS:
        return socket.SetAttributeFailSafe(attribute.attribute, TimeValue(MilliSeconds(value)));
    }
    return false;
}

std::optional<int64_t>
GetAttribute(const Socket& socket, const OptionAttribute& attribute)
{
    TypeId::AttributeInformation information;
    if (!socket.GetInstanceTypeId().LookupAttributeByName(attribute.attribute, &information))
    {
        return std::nullopt;
    }
    UintegerValue number;
    BooleanValue flag;
    TimeValue time;
    switch (attribute.unit)
    {
    case Unit::NUMBER:
        socket.GetAttribute(attribute.attribute, number);
        return static_cast<int64_t>(number.Get());
    case Unit::SWITCH:
        socket.GetAttribute(attribute.attribute, flag);
        return flag.Get() ? 1 : 0;
    case Unit::SECONDS:
        socket.GetAttribute(attribute.attribute, time);
        return time.Get().RoundTo(Time::S).GetTimeStep() / Seconds(1).GetTimeStep();
    case Unit::MILLISECONDS:
        socket.GetAttribute(attribute.attribute, time);
        return time.Get().GetMilliSeconds();
    }
    return std::nullopt;
}

/// The name of a socket option in a call.
std::string
NameOfOption(const SystemCall& call)
{
    constexpr std::size_t OPTION = 2;
    constexpr std::size_t LEAST = 5;
    if (call.arguments.size() < LEAST)
    {
        throw ScriptError(call.place, call.name + "() needs 5 arguments");
    }
    const auto* symbol = std::get_if<SymbolValue>(&call.arguments[OPTION].value);
    if (!symbol)
    {
        throw ScriptError(call.arguments[OPTION].place, "the name of a socket option is needed");
    }
    return symbol->name;
}

bool
IsBufferSize(const std::string& option)
{
    return option == "SO_RCVBUF" || option == "SO_SNDBUF";
}

/// A member of `{onoff=1, linger=0}`.
int64_t
LingerMember(const Expression& expression, const char* name, Numbers numbers)
{
    const auto* value = std::get_if<StructValue>(&Pointee(expression).value);
    const Field* field = value ? value->Find(name) : nullptr;
    if (!field)
    {
        throw ScriptError(expression.place, "SO_LINGER needs {onoff=..., linger=...}");
    }
    return ValueOf(field->value, numbers);
}

} // namespace

bool
System::SetOption(Descriptor& descriptor, const std::string& name, int64_t value)
{
    Socket& socket = *descriptor.socket->Get();
    const auto* attribute = FindAttribute(name);
    if (attribute && GetAttribute(socket, *attribute))
    {
        // ns-3 fixes the size of segments once a socket is open.
        const bool isSize = name == "TCP_MAXSEG";
        const bool isFixed = isSize && descriptor.socket->GetState() != TcpSocket::CLOSED;
        return value >= (isSize ? 1 : 0) && !isFixed && SetAttribute(socket, *attribute, value);
    }
    if (name == "IP_TTL")
    {
        socket.SetIpTtl(static_cast<uint8_t>(value));
    }
    else if (name == "IP_TOS")
    {
        socket.SetIpTos(static_cast<uint8_t>(value));
    }
    else if (name == "IPV6_UNICAST_HOPS")
    {
        socket.SetIpv6HopLimit(static_cast<uint8_t>(value));
    }
    else if (name == "IPV6_TCLASS")
    {
        socket.SetIpv6Tclass(static_cast<int>(value));
    }
    else if (name == "SO_RCVLOWAT")
    {
        descriptor.lowWater = static_cast<uint32_t>(std::max<int64_t>(value, 1));
    }
    descriptor.options[name] = value;
    return value >= 0;
}

int64_t
System::GetOption(Descriptor& descriptor, const std::string& name) const
{
    const Socket& socket = *descriptor.socket->Get();
    const auto* attribute = FindAttribute(name);
    const auto value = attribute ? GetAttribute(socket, *attribute) : std::nullopt;
    if (value)
    {
        // Linux counts what it keeps beside the data.
        const bool isTwice = IsBufferSize(name) && m_profile.numbers == Numbers::LINUX;
        return isTwice ? 2 * *value : *value;
    }
    if (name == "SO_RCVLOWAT")
    {
        return descriptor.lowWater;
    }
    constexpr int64_t DEFAULT_TTL = 64;
    const bool isTtl = name == "IP_TTL" || name == "IPV6_UNICAST_HOPS";
    const auto kept = descriptor.options.find(name);
    return kept != descriptor.options.end() ? kept->second : isTtl ? DEFAULT_TTL : 0;
}

Attempt
System::SetOption(const SystemCall& call)
{
    constexpr std::size_t VALUE = 3;
    const int64_t number = Value(call, 0);
    const auto name = NameOfOption(call);
    if (name == "SO_LINGER")
    {
        const auto& linger = call.arguments[VALUE];
        const bool isOn = LingerMember(linger, "onoff", m_profile.numbers) != 0;
        const int64_t seconds = LingerMember(linger, "linger", m_profile.numbers);
        return [this, number, isOn, seconds] {
            Descriptor& descriptor = *Find(number);
            descriptor.socket->Get()->SetAttributeFailSafe("AbortOnClose",
                                                           BooleanValue(isOn && seconds == 0));
            descriptor.options["onoff"] = isOn ? 1 : 0;
            descriptor.options["linger"] = seconds;
            return Outcome{};
        };
    }
    return [this, number, name, value = Value(call, VALUE)] {
        return SetOption(*Find(number), name, value) ? Outcome{} : Failure("EINVAL");
    };
}

Attempt
System::GetOption(const SystemCall& call)
{
    constexpr std::size_t VALUE = 3;
    constexpr std::size_t LENGTH = 4;
    const int64_t number = Value(call, 0);
    const auto name = NameOfOption(call);
    const auto expected = Pointee(call.arguments[VALUE]);
    if (name == "SO_ERROR")
    {
        const auto* symbol = std::get_if<SymbolValue>(&expected.value);
        const std::string wanted = symbol ? symbol->name : "";
        if (!symbol && ValueOf(expected, m_profile.numbers) != 0)
        {
            throw ScriptError(expected.place, "write the name of the error, such as ECONNRESET");
        }
        return [this, number, wanted] {
            Outcome outcome;
            const auto error = Find(number)->socket->TakePendingError();
            if (!IsSameError(error, wanted))
            {
                outcome.difference = "the error is " + (error.empty() ? "0" : error) +
                                     " instead of " + (wanted.empty() ? "0" : wanted);
            }
            return outcome;
        };
    }
    if (std::holds_alternative<EllipsisValue>(expected.value))
    {
        return [] { return Outcome{}; };
    }
    if (name == "SO_LINGER")
    {
        const int64_t isOn = LingerMember(expected, "onoff", m_profile.numbers);
        const int64_t seconds = LingerMember(expected, "linger", m_profile.numbers);
        return [this, number, isOn, seconds] {
            auto& options = Find(number)->options;
            const bool isSame = options["onoff"] == isOn && options["linger"] == seconds;
            return Outcome{0,
                           "",
                           isSame ? ""
                                  : "it is {onoff=" + std::to_string(options["onoff"]) +
                                        ", linger=" + std::to_string(options["linger"]) + "}"};
        };
    }
    constexpr int64_t INT_SIZE = 4;
    const auto& length = Pointee(call.arguments[LENGTH]);
    const bool hasLength = !std::holds_alternative<EllipsisValue>(length.value);
    const int64_t wantedLength = hasLength ? ValueOf(length, m_profile.numbers) : INT_SIZE;
    return [this, number, name, wantedLength, wanted = ValueOf(expected, m_profile.numbers)] {
        Outcome outcome;
        const int64_t value = GetOption(*Find(number), name);
        if (value != wanted && (m_strict || !IsBufferSize(name)))
        {
            outcome.difference =
                "it is " + std::to_string(value) + " instead of " + std::to_string(wanted);
        }
        else if (wantedLength != INT_SIZE)
        {
            outcome.difference = "its length is 4 instead of " + std::to_string(wantedLength);
        }
        return outcome;
    };
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

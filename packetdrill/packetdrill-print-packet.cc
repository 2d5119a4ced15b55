// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-flags.h"
#include "packetdrill-overloaded.h"
#include "packetdrill-print.h"

#include <array>
#include <cstdio>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

std::string
Hex(unsigned value)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%02x", value);
    return text.data();
}

const char*
NameOf(Ecn ecn)
{
    switch (ecn)
    {
    case Ecn::NOECN:
        return "noecn";
    case Ecn::ECT0:
        return "ect0";
    case Ecn::ECT1:
        return "ect1";
    case Ecn::CE:
        return "ce";
    case Ecn::ECT01:
        break;
    }
    return "ect01";
}

std::string
Print(const IpInfo& info)
{
    std::string text;
    const auto add = [&text](const std::string& item) {
        text += (text.empty() ? "" : ", ") + item;
    };
    if (info.ttl)
    {
        add("ttl " + std::to_string(*info.ttl));
    }
    if (info.hopLimit)
    {
        add("hlim " + std::to_string(*info.hopLimit));
    }
    if (info.tos)
    {
        add("tos " + Hex(*info.tos));
    }
    if (info.trafficClass)
    {
        add("class " + Hex(*info.trafficClass));
    }
    if (info.flowLabel)
    {
        add("flowlabel " + Hex(*info.flowLabel));
    }
    if (info.dscp)
    {
        add("dscp " + *info.dscp);
    }
    if (info.ecn)
    {
        add(NameOf(*info.ecn));
    }
    return "(" + text + ")";
}

std::string
Print(const Ports& ports)
{
    return std::to_string(ports.source) + " > " + std::to_string(ports.destination);
}

std::string
Print(const UdpDatagram& datagram)
{
    return "udp(" + std::to_string(datagram.length) + ")";
}

std::string
PrintEncapsulation(const std::optional<Ports>& ports)
{
    return ports ? "/udp(" + Print(*ports) + ")" : "";
}

/// A field with its name, if it has a value.
template <typename T>
std::string
PrintField(const char* name, const std::optional<T>& value)
{
    return value ? " " + (name + (" " + std::to_string(*value))) : "";
}

std::string
Print(const TcpSegment& segment)
{
    std::string text = PrintFlags(segment) + " " + Print(segment.seq);
    text += PrintField("ack", segment.ack) + PrintField("win", segment.window) +
            PrintField("urg", segment.urgentPointer);
    text += segment.options ? " " + Print(*segment.options) : "";
    return text + PrintEncapsulation(segment.udp);
}

std::string
Print(const IcmpMessage& message)
{
    std::string text = "icmp " + message.type;
    text += message.code.empty() ? "" : " " + message.code;
    text += PrintField("mtu", message.mtu) + PrintField("id", message.id);
    if (message.echoed)
    {
        const auto print = [](const auto& content) { return Print(content); };
        text += " [" + std::visit(print, message.echoed->content) +
                PrintEncapsulation(message.echoed->udp) + "]";
    }
    return text;
}

std::string
Print(const OptionSack& sack)
{
    std::string text = "sack";
    for (const auto& block : sack.blocks)
    {
        text += " " + std::to_string(block.left) + ":" + std::to_string(block.right);
    }
    return text;
}

std::string
Print(const OptionTimestamps& option)
{
    return "TS val " + (option.value ? std::to_string(*option.value) : "...") + " ecr " +
           std::to_string(option.echo) + (option.absolute ? "!" : "");
}

std::string
Print(const OptionList& list)
{
    std::string text;
    for (const auto& option : list)
    {
        text += (text.empty() ? "" : ",") + Print(option);
    }
    return text;
}

std::string
Print(const RawOptions& raw)
{
    std::string text;
    for (const auto octet : raw.octets)
    {
        text += Hex(octet).substr(2);
    }
    return text;
}

} // namespace

std::string
PrintFlags(const TcpSegment& segment)
{
    std::string text;
    for (const auto& flag : FLAG_LETTERS)
    {
        text += (segment.flags & flag.bit) != 0 ? std::string(1, flag.letter) : "";
    }
    text += (segment.flags & TCP_ACK) != 0 ? "." : "";
    text += segment.ace ? std::to_string(*segment.ace) : "";
    return text.empty() ? "-" : text;
}

std::string
Print(const SequenceRange& range)
{
    const auto length = "(" + std::to_string(range.length) + ")";
    if (!range.start)
    {
        return "..." + length;
    }
    return std::to_string(*range.start) + ":" + std::to_string(*range.start + range.length) +
           length + (range.absolute ? "!" : "");
}

std::string
Print(const TcpOption& option)
{
    return std::visit(
        Overloaded{
            [](const OptionNop&) { return std::string("nop"); },
            [](const OptionEol&) { return std::string("eol"); },
            [](const OptionMss& mss) { return "mss " + std::to_string(mss.value); },
            [](const OptionWindowScale& scale) { return "wscale " + std::to_string(scale.shift); },
            [](const OptionSackPermitted&) { return std::string("sackOK"); },
            [](const OptionSack& sack) { return Print(sack); },
            [](const OptionTimestamps& timestamps) { return Print(timestamps); },
            [](const OptionOther& other) { return other.text; },
        },
        option.value);
}

std::string
Print(const TcpOptions& options)
{
    return "<" +
           std::visit(Overloaded{
                          [](const OptionList& list) { return Print(list); },
                          [](const RawOptions& raw) { return Print(raw); },
                          [](const AnyOptions&) { return std::string("..."); },
                      },
                      options.value) +
           ">";
}

std::string
Print(const PacketLine& packet)
{
    std::string text = packet.direction == Direction::INBOUND ? "< " : "> ";
    for (const auto& header : packet.encapsulations)
    {
        text += header.text + " : ";
    }
    text += packet.ipInfo ? Print(*packet.ipInfo) + " " : "";
    text += packet.ports ? Print(*packet.ports) + " " : "";
    return text + std::visit([](const auto& payload) { return Print(payload); }, packet.payload);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

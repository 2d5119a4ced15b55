// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-grammar.h"

#include <array>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

constexpr uint32_t OCTET = 0xff;
constexpr uint32_t FLOW_LABEL = 0xfffff;

constexpr std::array<std::pair<const char*, Ecn>, 5> ECN_NAMES{{
    {"noecn", Ecn::NOECN},
    {"ect0", Ecn::ECT0},
    {"ect1", Ecn::ECT1},
    {"ce", Ecn::CE},
    {"ect01", Ecn::ECT01},
}};

std::optional<Ecn>
AcceptEcn(Cursor& cursor)
{
    for (const auto& [name, ecn] : ECN_NAMES)
    {
        if (cursor.Accept(name))
        {
            return ecn;
        }
    }
    return std::nullopt;
}

/// Keep a value of the IP header, which must be the first for its field.
template <typename T, typename U>
void
SetOnce(std::optional<T>& field, const Place& place, U value)
{
    if (field)
    {
        throw ScriptError(place, "this field is there twice");
    }
    field = static_cast<T>(value);
}

void
ParseIpItem(Cursor& cursor, IpInfo& info)
{
    const auto place = cursor.Peek().place;
    if (cursor.Accept("ttl"))
    {
        SetOnce(info.ttl, place, cursor.Number("a TTL", OCTET));
    }
    else if (cursor.Accept("hlim"))
    {
        SetOnce(info.hopLimit, place, cursor.Number("a hop limit", OCTET));
    }
    else if (cursor.Accept("tos"))
    {
        SetOnce(info.tos, place, cursor.AnyNumber("a type of service", OCTET));
    }
    else if (cursor.Accept("class"))
    {
        SetOnce(info.trafficClass, place, cursor.AnyNumber("a traffic class", OCTET));
    }
    else if (cursor.Accept("flowlabel"))
    {
        SetOnce(info.flowLabel, place, cursor.AnyNumber("a flow label", FLOW_LABEL));
    }
    else if (cursor.Accept("dscp"))
    {
        using enum TokenKind;
        const auto kind = cursor.Peek().kind;
        if (kind != WORD && kind != INTEGER && kind != HEX)
        {
            cursor.FailExpected("a DSCP");
        }
        SetOnce(info.dscp, place, cursor.Take().text);
    }
    else
    {
        cursor.Accept("ecn");
        const auto ecn = AcceptEcn(cursor);
        if (!ecn)
        {
            cursor.FailExpected("ttl, hlim, tos, class, noecn, ect0, ect1, ce or ect01");
        }
        SetOnce(info.ecn, place, *ecn);
    }
}

std::optional<IpInfo>
ParseIpInfo(Cursor& cursor)
{
    const auto& first = cursor.Peek();
    if (!first.Is('(') && !first.Is('['))
    {
        return std::nullopt;
    }
    cursor.Take();
    IpInfo info;
    do
    {
        ParseIpItem(cursor, info);
    } while (cursor.Accept(','));
    cursor.Expect(first.Is('(') ? ')' : ']');
    info.place = cursor.Since(first.place);
    return info;
}

std::optional<Encapsulation>
ParseEncapsulation(Cursor& cursor)
{
    const auto& first = cursor.Peek();
    if (!first.Is("ipv4") && !first.Is("ipv6") && !first.Is("gre") && !first.Is("mpls"))
    {
        return std::nullopt;
    }
    while (!cursor.Peek().Is(':'))
    {
        if (cursor.Peek().kind == TokenKind::END)
        {
            cursor.FailExpected("':' after the header " + first.text);
        }
        cursor.Take();
    }
    Encapsulation header{.name = first.text, .text = cursor.TextSince(first.place)};
    cursor.Take();
    header.place = cursor.Since(first.place);
    return header;
}

UdpDatagram
ParseUdp(Cursor& cursor)
{
    const auto first = cursor.Expect(TokenKind::WORD, "udp").place;
    cursor.Expect('(');
    UdpDatagram datagram{.length = cursor.Number16("a length")};
    cursor.Expect(')');
    datagram.place = cursor.Since(first);
    return datagram;
}

EchoedPacket
ParseEchoed(Cursor& cursor)
{
    const auto first = cursor.Peek().place;
    EchoedPacket echoed;
    cursor.Expect('[');
    if (cursor.Peek().Is("udp"))
    {
        echoed.content = ParseUdp(cursor);
    }
    else
    {
        const auto range = ParseSequenceRange(cursor);
        if (!range.start)
        {
            throw ScriptError(range.place, "the sequence number of a quoted packet is needed");
        }
        echoed.content = range;
        echoed.udp = ParseUdpEncapsulation(cursor);
    }
    cursor.Expect(']');
    echoed.place = cursor.Since(first);
    return echoed;
}

IcmpMessage
ParseIcmp(Cursor& cursor)
{
    using enum TokenKind;
    IcmpMessage message;
    const auto first = cursor.Take().place;
    const auto& type = cursor.Expect(WORD, "a type of ICMP message");
    message.type = type.text;
    message.typePlace = message.codePlace = type.place;
    if (cursor.Peek().kind == WORD && !cursor.Peek().Is("mtu") && !cursor.Peek().Is("id"))
    {
        message.codePlace = cursor.Peek().place;
        message.code = cursor.Take().text;
    }
    if (cursor.Accept("mtu"))
    {
        message.mtu = cursor.Number("an MTU");
    }
    if (cursor.Accept("id"))
    {
        message.id = cursor.Number16("an identifier");
    }
    if (cursor.Peek().Is('['))
    {
        message.echoed = ParseEchoed(cursor);
    }
    message.place = cursor.Since(first);
    return message;
}

} // namespace

Ports
ParsePorts(Cursor& cursor)
{
    const auto first = cursor.Peek().place;
    Ports ports{.source = cursor.Number16("a port")};
    cursor.Expect('>');
    ports.destination = cursor.Number16("a port");
    ports.place = cursor.Since(first);
    return ports;
}

std::optional<Ports>
ParseUdpEncapsulation(Cursor& cursor)
{
    const auto first = cursor.Peek().place;
    if (!cursor.Accept('/'))
    {
        return std::nullopt;
    }
    if (!cursor.Accept("udp"))
    {
        cursor.FailExpected("udp");
    }
    cursor.Expect('(');
    auto ports = ParsePorts(cursor);
    cursor.Expect(')');
    ports.place = cursor.Since(first);
    return ports;
}

PacketLine
ParsePacket(Cursor& cursor)
{
    PacketLine packet;
    const auto first = cursor.Peek().place;
    packet.direction = cursor.Accept('<') ? Direction::INBOUND : Direction::OUTBOUND;
    if (packet.direction == Direction::OUTBOUND)
    {
        cursor.Expect('>');
    }
    while (auto header = ParseEncapsulation(cursor))
    {
        packet.encapsulations.push_back(std::move(*header));
    }
    packet.ipInfo = ParseIpInfo(cursor);
    if (cursor.Peek().kind == TokenKind::INTEGER)
    {
        packet.ports = ParsePorts(cursor);
    }
    if (cursor.Peek().Is("icmp"))
    {
        packet.payload = ParseIcmp(cursor);
    }
    else if (cursor.Peek().Is("udp"))
    {
        packet.payload = ParseUdp(cursor);
    }
    else
    {
        packet.payload = ParseTcpSegment(cursor);
    }
    packet.place = cursor.Since(first);
    return packet;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

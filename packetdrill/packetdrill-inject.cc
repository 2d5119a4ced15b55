// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-inject.h"

#include "packetdrill-wire-options.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

uint8_t
EcnBits(Ecn ecn)
{
    switch (ecn)
    {
    case Ecn::NOECN:
        return 0;
    case Ecn::ECT1:
        return 1;
    case Ecn::ECT0:
    case Ecn::ECT01:
        return 2;
    case Ecn::CE:
        return 3;
    }
    return 0;
}

void
SetIp(const IpInfo& info, TcpFsmRawSegment& segment)
{
    segment.ttl = info.ttl.value_or(info.hopLimit.value_or(segment.ttl));
    segment.tos = info.tos.value_or(info.trafficClass.value_or(segment.tos));
    if (info.ecn)
    {
        segment.tos = static_cast<uint8_t>((segment.tos & ~3) | EcnBits(*info.ecn));
    }
}

/// Learn from a segment that is injected.
void
Learn(const TcpSegment& segment, Record& record)
{
    const bool isSynAck = (segment.flags & TCP_SYN) && (segment.flags & TCP_ACK);
    if (record.phase == Phase::SYN_SENT && isSynAck)
    {
        record.remoteIsn = segment.seq.start.value_or(0);
        record.phase = Phase::SYN_ACKED;
    }
    else if (record.phase == Phase::SYNACK_SENT && (segment.flags & TCP_ACK))
    {
        record.phase = Phase::SYNACK_ACKED;
    }
}

} // namespace

TcpFsmRawSegment
MakeInbound(const PacketLine& packet, const Receiver& receiver)
{
    const auto& line = std::get<TcpSegment>(packet.payload);
    Record& record = *receiver.record;
    const bool syn = line.flags & TCP_SYN;
    const uint32_t number = line.seq.start.value_or(0);

    TcpFsmRawSegment segment;
    segment.flags = static_cast<uint8_t>(line.flags);
    segment.reserved = line.flags & TCP_AE ? 1 : 0;
    segment.seq =
        line.seq.absolute || receiver.isAbsolute ? number : record.InboundSeq(number, syn);
    segment.ack = line.ack.value_or(0);
    if (line.flags & TCP_ACK)
    {
        segment.ack = record.InboundAck(segment.ack, syn);
    }
    segment.window = line.window.value_or(0);
    segment.urgentPointer = line.urgentPointer.value_or(0);
    if (line.options)
    {
        segment.options = WriteOptions(*line.options, record, line.flags);
    }
    segment.data.resize(line.seq.length);
    segment.source = record.remote.address;
    segment.sourcePort = record.remote.port;
    segment.destination = record.local.address;
    segment.destinationPort = record.local.port;
    if (packet.ipInfo)
    {
        SetIp(*packet.ipInfo, segment);
    }
    Learn(line, record);
    return segment;
}

TcpFsmRawSegment
MakeQuoted(const IcmpMessage& message, const Record& record)
{
    TcpFsmRawSegment segment;
    uint32_t number = 0;
    if (message.echoed)
    {
        const auto& range = std::get<SequenceRange>(message.echoed->content);
        number = range.start.value_or(0);
    }
    segment.seq = record.InboundAck(number, false);
    segment.source = record.local.address;
    segment.sourcePort = record.local.port;
    segment.destination = record.remote.address;
    segment.destinationPort = record.remote.port;
    return segment;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "blind.h"

#include "ladder-text.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// Far enough from every window.
constexpr int64_t FAR = 100000;

/// Flags and text of a segment.
struct Kind
{
    uint8_t flags;
    uint32_t textLength;
};

constexpr auto KINDS = std::to_array<Kind>({
    {CTL_ACK, 0},
    {CTL_ACK, 1},
    {CTL_FIN | CTL_ACK, 0},
    {CTL_FIN | CTL_ACK, 1},
    {CTL_SYN, 0},
    {CTL_SYN | CTL_ACK, 0},
    {CTL_SYN | CTL_FIN, 0},
    {CTL_SYN | CTL_FIN | CTL_ACK, 1},
    {CTL_RST, 0},
    {CTL_RST | CTL_ACK, 0},
    {0, 1},
    {CTL_FIN, 0},
});

} // namespace

std::vector<Segment>
BlindSegments(const Host& host, bool narrow)
{
    std::vector<Segment> segments;
    if (!host.KnowsPeer())
    {
        return segments;
    }
    const Sequences seqs = host.GetSequences(narrow);
    // Up to two octets past a closed window an empty segment's ACK counts: crossing probes.
    const SeqNumber edge = seqs.rcvNxt + std::max<uint32_t>(seqs.rcvWnd, 3);
    for (const Kind& kind : KINDS)
    {
        Segment segment;
        segment.flags = kind.flags;
        segment.textLength = kind.textLength;
        for (const SeqNumber seq :
             {edge, edge + FAR, seqs.rcvNxt - FAR, seqs.irs, seqs.rcvNxt - segment.Length()})
        {
            const bool before =
                segment.Length() > 0 ? seq + segment.Length() <= seqs.rcvNxt : seq < seqs.rcvNxt;
            if (!before && seq < edge)
            {
                continue;
            }
            segment.seq = seq;
            for (const SeqNumber ack :
                 {seqs.sndUna, seqs.sndNxt, seqs.sndNxt + 1, seqs.sndUna - FAR, seqs.sndNxt + FAR})
            {
                segment.ack = ack;
                segments.push_back(segment);
            }
        }
    }
    return segments;
}

std::string
DescribeBlind(const Segment& segment, const Sequences& seqs)
{
    const auto relative = [](const char* name, int32_t distance) {
        return name + (distance < 0 ? std::to_string(distance) : "+" + std::to_string(distance));
    };
    return FormatSegment(segment.flags,
                         segment.textLength,
                         relative("RCV.NXT", segment.seq - seqs.rcvNxt),
                         relative("SND.NXT", segment.ack - seqs.sndNxt));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

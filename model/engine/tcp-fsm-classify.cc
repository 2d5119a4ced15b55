// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-classify.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{

namespace
{

Flags
ClassifyFlags(const Segment& segment)
{
    if (segment.Has(CTL_RST))
    {
        return Flags::RST;
    }
    const bool fin = segment.Has(CTL_FIN);
    if (segment.Has(CTL_SYN))
    {
        return fin ? Flags::SYN_FIN : Flags::SYN;
    }
    return fin ? Flags::FIN : Flags::PLAIN;
}

Ack
ClassifyAck(const Segment& segment, const Sequences& seqs)
{
    if (!segment.Has(CTL_ACK))
    {
        return Ack::NONE;
    }
    if (segment.ack > seqs.sndNxt)
    {
        return Ack::UNSENT;
    }
    if (segment.ack > seqs.sndUna)
    {
        return seqs.finSent && segment.ack == seqs.sndNxt ? Ack::COVERS_FIN : Ack::NEW;
    }
    if (segment.ack == seqs.sndUna)
    {
        return Ack::CURRENT;
    }
    return segment.ack < seqs.sndUna - seqs.maxSndWnd ? Ack::TOO_OLD : Ack::OLD;
}

Seq
ClassifySeq(const Segment& segment, const Sequences& seqs)
{
    if (segment.seq == seqs.rcvNxt)
    {
        return Seq::EXACT;
    }
    if (segment.seq == seqs.irs && seqs.rcvNxt == seqs.irs + 1)
    {
        return Seq::INITIAL;
    }
    return segment.seq > seqs.rcvNxt && segment.seq < seqs.rcvNxt + seqs.rcvWnd ? Seq::IN_WINDOW
                                                                                : Seq::OUTSIDE;
}

bool
IsInWindow(SeqNumber number, const Sequences& seqs)
{
    return number >= seqs.rcvNxt && number < seqs.rcvNxt + seqs.rcvWnd;
}

/// The four cases of RFC 9293 3.10.7.4 first, and what is told apart below them.
Arrival
ClassifyArrival(const Segment& segment, const Sequences& seqs)
{
    const uint32_t length = segment.Length();
    if (length == 0)
    {
        if (seqs.rcvWnd == 0 ? segment.seq == seqs.rcvNxt : IsInWindow(segment.seq, seqs))
        {
            return Arrival::ACCEPTABLE;
        }
        // Probes that crossed, or a FIN that followed a probe's octet: the ACK is good.
        const int32_t ahead = segment.seq - seqs.rcvNxt;
        return seqs.rcvWnd <= 1 && (ahead == 1 || ahead == 2) ? Arrival::ACCEPTABLE
                                                              : Arrival::UNACCEPTABLE;
    }
    if (seqs.rcvWnd > 0 &&
        (IsInWindow(segment.seq, seqs) || IsInWindow(segment.seq + (length - 1), seqs)))
    {
        return Arrival::ACCEPTABLE;
    }
    if (segment.seq + length == seqs.rcvNxt)
    {
        return Arrival::ENDS_AT_NEXT;
    }
    return seqs.rcvWnd == 0 && segment.seq == seqs.rcvNxt && !segment.Has(CTL_SYN)
               ? Arrival::ZERO_WINDOW
               : Arrival::UNACCEPTABLE;
}

Timestamp
ClassifyTimestamp(const Segment& segment, const Sequences& seqs)
{
    if (!seqs.hasTimestamps)
    {
        return Timestamp::GOOD;
    }
    if (!segment.hasTimestamp)
    {
        return segment.isTolerated ? Timestamp::GOOD : Timestamp::MISSING;
    }
    const bool isOld = SeqNumber(segment.timestampValue) < SeqNumber(seqs.tsRecent);
    return isOld && !seqs.tsRecentExpired ? Timestamp::OLD : Timestamp::GOOD;
}

/// RFC 1122 4.2.2.13 and RFC 6191 2: is a SYN in TIME-WAIT from a newer connection?
Newer
ClassifyNewer(const Segment& segment, const Sequences& seqs)
{
    bool newer = segment.seq > seqs.rcvNxt;
    if (seqs.hasTimestamps)
    {
        const SeqNumber value(segment.timestampValue);
        newer = segment.hasTimestamp && value != SeqNumber(seqs.tsRecent)
                    ? value > SeqNumber(seqs.tsRecent)
                    : newer;
    }
    else if (segment.hasTimestamp && seqs.wouldUseTimestamps)
    {
        newer = true;
    }
    return newer ? Newer::YES : Newer::NO;
}

/// The first octet of data.
SeqNumber
TextStart(const Segment& segment)
{
    return segment.seq + (segment.Has(CTL_SYN) ? 1 : 0);
}

} // namespace

SeqNumber
FinPosition(const Segment& segment)
{
    return TextStart(segment) + segment.textLength;
}

Trimmed
TrimToWindow(const Segment& segment, const Sequences& seqs)
{
    const SeqNumber start = TextStart(segment);
    const SeqNumber end = start + segment.textLength;
    const SeqNumber from = std::max(start, seqs.rcvNxt);
    const SeqNumber to = std::min(end, seqs.rcvNxt + seqs.rcvWnd);
    if (to <= from)
    {
        return {};
    }
    return {static_cast<uint32_t>(from - start), static_cast<uint32_t>(to - from)};
}

Facts
Classify(const Segment& segment, const Sequences& seqs, bool peerKnown)
{
    Facts facts;
    facts.Set(ClassifyFlags(segment)).Set(ClassifyAck(segment, seqs));
    Sequences after = seqs;
    if (!peerKnown)
    {
        if (!segment.Has(CTL_SYN))
        {
            return facts;
        }
        // What follows the SYN is judged as it will be once the SYN is taken.
        after.irs = segment.seq;
        after.rcvNxt = segment.seq + 1;
        after.rcvUp = after.rcvNxt;
        facts.Set(Seq::INITIAL);
    }
    else
    {
        facts.Set(ClassifySeq(segment, seqs))
            .Set(ClassifyArrival(segment, seqs))
            .Set(ClassifyTimestamp(segment, seqs))
            .Set(ClassifyNewer(segment, seqs))
            .Set(segment.seq > seqs.rcvNxt ? Later::YES : Later::NO);
    }
    const Trimmed text = TrimToWindow(segment, after);
    facts.Set(text.length > 0 ? Text::NEW : Text::NONE);
    if (segment.Has(CTL_FIN))
    {
        const SeqNumber fin = FinPosition(segment);
        if (IsInWindow(fin, after))
        {
            const bool reached = TextStart(segment) <= after.rcvNxt;
            facts.Set(reached ? Fin::REACHED : Fin::BEYOND);
        }
    }
    if (segment.Has(CTL_URG) && segment.seq + segment.urgentPointer > after.rcvUp)
    {
        facts.Set(Urgent::NEW);
    }
    return facts;
}

Segment
Compose(Reply reply, const Segment& segment, const Sequences& seqs)
{
    Segment out;
    out.seq = seqs.sndNxt;
    switch (reply)
    {
    case Reply::SYN:
        out.flags = CTL_SYN;
        out.seq = seqs.iss;
        break;
    case Reply::SYN_ACK:
        out.flags = CTL_SYN | CTL_ACK;
        out.seq = seqs.iss;
        break;
    case Reply::ACK:
    case Reply::CHALLENGE_ACK:
        out.flags = CTL_ACK;
        break;
    case Reply::RST_FOR_ACK:
        out.flags = CTL_RST;
        out.seq = segment.ack;
        break;
    case Reply::RST_ACK_FOR_SEGMENT:
        out.flags = CTL_RST | CTL_ACK;
        out.seq = SeqNumber(0);
        break;
    case Reply::RST:
        out.flags = CTL_RST;
        break;
    case Reply::RST_ACK:
        out.flags = CTL_RST | CTL_ACK;
        break;
    case Reply::FIN:
        out.flags = CTL_FIN | CTL_ACK;
        out.seq = seqs.finSent ? seqs.sndNxt - 1 : seqs.sndNxt;
        break;
    case Reply::WINDOW_PROBE:
        out.flags = CTL_ACK;
        out.seq = seqs.sndUna - 1;
        break;
    case Reply::KEEP_ALIVE:
        out.flags = CTL_ACK;
        out.seq = seqs.sndNxt - 1;
        break;
    case Reply::NONE:
    case Reply::DATA:
        break;
    }
    if (out.Has(CTL_ACK))
    {
        out.ack =
            reply == Reply::RST_ACK_FOR_SEGMENT ? segment.seq + segment.Length() : seqs.rcvNxt;
    }
    return out;
}

} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-entries.h"

namespace ns3
{
namespace tcpfsm
{

// What the README and the tests promise; IPv6 addresses are no larger than IPv4's here.
static_assert(sizeof(HalfOpen) <= 120);
static_assert(sizeof(TimeWait) <= 152);

bool
AckLimiter::Allow(Time now)
{
    constexpr uint8_t PER_SECOND = 2;
    if (!m_any)
    {
        m_any = true;
        return true;
    }
    const auto second = static_cast<uint32_t>(now.GetNanoSeconds() / 1000000000);
    if (second != m_second)
    {
        m_second = second;
        m_count = 0;
    }
    return m_count < PER_SECOND && ++m_count > 0;
}

void
TimeWait::Freeze(const Sequences& seqs)
{
    iss = seqs.iss;
    sndNxt = seqs.sndNxt;
    maxSndWnd = seqs.maxSndWnd;
    irs = seqs.irs;
    rcvNxt = seqs.rcvNxt;
    rcvWnd = seqs.rcvWnd;
    rcvUp = seqs.rcvUp;
    hasTimestamps = seqs.hasTimestamps;
    tsRecent = seqs.tsRecent;
}

Sequences
TimeWait::GetSequences() const
{
    Sequences seqs;
    seqs.iss = iss;
    seqs.sndUna = sndNxt;
    seqs.sndNxt = sndNxt;
    seqs.maxSndWnd = maxSndWnd;
    seqs.irs = irs;
    seqs.rcvNxt = rcvNxt;
    seqs.rcvWnd = rcvWnd;
    seqs.rcvUp = rcvUp;
    seqs.finSent = true;
    seqs.hasTimestamps = hasTimestamps;
    seqs.tsRecent = tsRecent;
    seqs.wouldUseTimestamps = true;
    return seqs;
}

Sequences
HalfOpen::GetSequences() const
{
    Sequences seqs;
    seqs.iss = iss;
    seqs.sndUna = iss;
    seqs.sndNxt = iss + 1;
    seqs.maxSndWnd = peerWindow;
    seqs.irs = irs;
    seqs.rcvNxt = irs + 1;
    seqs.rcvWnd = window;
    seqs.rcvUp = irs + 1;
    seqs.hasTimestamps = hasTimestamps;
    seqs.tsRecent = tsRecent;
    return seqs;
}

SynOptions
HalfOpen::GetOffered() const
{
    SynOptions options;
    options.mss = peerMss;
    options.sackPermitted = hasSack;
    if (peerScale != NO_SCALE)
    {
        options.windowScale = peerScale;
    }
    if (hasTimestamps)
    {
        options.timestamps = {tsRecent, 0};
    }
    return options;
}

Origin
HalfOpen::GetOrigin() const
{
    return isReopened ? Origin::REOPENED : Origin::PASSIVE;
}

} // namespace tcpfsm
} // namespace ns3

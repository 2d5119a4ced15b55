// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-option-ts.h"

/**
 * @file
 * What a handshake settles: both initial sequence numbers and the options. How a half-open
 * connection begins, and becomes a socket.
 */

namespace ns3
{

using namespace tcpfsm;

namespace
{

/// What a SYN without options offers.
const SynOptions NO_OPTIONS;

} // namespace

void
TcpFsmSocket::BeginSending(SeqNumber iss)
{
    m_iss = iss;
    m_synSent = false;
    m_synAcked = false;
    m_finAcked = false;
    m_ownFin = OwnFin::NONE;
    m_receiving = Receiving::OPEN;
    m_shutdownSend = false;
    m_shutdownRecv = false;
    m_closeRemembered = false;
    m_peerKnown = false;
    m_synRetransmissions = 0;
    m_retransmissions = 0;
    m_dataRetrCount = m_dataRetries;
    m_rto = GetSynTimeout(0);
    // The base assumes that sequence numbers begin at 0.
    const SequenceNumber32 first(iss.Value() + 1);
    m_txBuffer->SetHeadSequence(first);
    m_tcb->m_nextTxSequence = first;
    m_tcb->m_highTxMark = first;
    m_tcb->m_lastAckedSeq = first;
    m_recover = first;
    m_highRxAckMark = first;
    m_ecnEchoSeq = first;
    m_ecnCWRSeq = first;
    BeginCongestionControl(m_congestionControl, first);
    m_unackedSince = Simulator::Now();
    m_softError = TcpFsmError::NO_ERROR;
    m_sndUp.reset();
    m_pathMss = 0;
    m_probes = 0;
    UpdateRttHistory(SequenceNumber32(iss.Value()), 0, false);
}

void
TcpFsmSocket::BeginReceiving(SeqNumber irs)
{
    m_irs = irs;
    m_peerKnown = true;
    m_lastReceived = Simulator::Now();
    m_rcvUp = irs + 1;
    m_advertisedEdge = irs + 1 + InitialWindow(); // what our SYN said
    m_rememberedFin.reset();
    m_octetsReceived = 0;
    const SequenceNumber32 first(irs.Value() + 1);
    m_tcb->m_rxBuffer->SetNextRxSequence(first);
    m_highTxAck = first;
    m_highRxMark = first;
    m_ecnCESeq = SequenceNumber32(irs.Value());
    m_sndWl1 = irs;
    m_sndWl2 = m_iss;
}

uint16_t
TcpFsmSocket::InitialWindow() const
{
    return static_cast<uint16_t>(std::min(GetRcvBufSize(), uint32_t{m_maxWinSize}));
}

bool
TcpFsmSocket::HasOptions() const
{
    return !m_noOptions;
}

uint8_t
TcpFsmSocket::GetOwnScale() const
{
    return m_windowScale < 0 ? CalculateWScale() : static_cast<uint8_t>(m_windowScale);
}

SynOptions
TcpFsmSocket::OfferedOptions() const
{
    SynOptions options;
    if (!HasOptions())
    {
        return options;
    }
    options.mss = m_l4->GetMss(m_flow, m_boundnetdevice);
    if (m_offerPathMss && m_pathMss != 0)
    {
        options.mss = std::min(options.mss, m_pathMss);
    }
    if (m_synRetransmissions > m_optionRetries)
    {
        return options;
    }
    options.sackPermitted = m_sackEnabled;
    if (m_winScalingEnabled)
    {
        options.windowScale = GetOwnScale();
    }
    if (m_timestampEnabled)
    {
        options.timestamps = {TcpOptionTS::NowToTsValue(), m_tsRecent};
    }
    return options;
}

void
TcpFsmSocket::AgreeOptions(const SynOptions& heard, uint16_t peerWindow)
{
    const SynOptions& offered = HasOptions() ? heard : NO_OPTIONS;
    constexpr uint32_t DEFAULT_SEGMENT_SIZE = 536; // ns-3's
    constexpr uint16_t DEFAULT_MSS_IPV4 = 536;     // RFC 9293 3.7.1
    constexpr uint16_t DEFAULT_MSS_IPV6 = 1220;
    constexpr uint32_t TIMESTAMP_LENGTH = 12; // padded

    m_winScalingEnabled = m_winScalingEnabled && offered.windowScale;
    m_sndWindShift = m_winScalingEnabled ? *offered.windowScale : 0;
    m_rcvWindShift = m_winScalingEnabled ? GetOwnScale() : 0;
    m_sackEnabled = m_sackEnabled && offered.sackPermitted;
    m_txBuffer->SetSackEnabled(m_sackEnabled);
    m_timestampEnabled = m_timestampEnabled && offered.timestamps;
    if (m_timestampEnabled)
    {
        m_tsRecent = offered.timestamps->value;
        m_timestampToEcho = m_tsRecent;
        m_tcb->m_rcvTimestampValue = offered.timestamps->value;
        m_tcb->m_rcvTimestampEchoReply = offered.timestamps->echo;
    }

    const uint16_t absent = m_flow.local.IsIpv4() ? DEFAULT_MSS_IPV4 : DEFAULT_MSS_IPV6;
    uint32_t size =
        std::min(offered.mss ? offered.mss : absent, m_l4->GetPathMss(m_flow, m_boundnetdevice));
    if (m_roundRcvBuf && size > 0)
    {
        SetRcvBufSize((GetRcvBufSize() + size - 1) / size * size);
    }
    size -= m_timestampEnabled ? std::min(TIMESTAMP_LENGTH, size / 2) : 0;
    if (m_tcb->m_segmentSize != DEFAULT_SEGMENT_SIZE)
    {
        size = std::min(size, m_tcb->m_segmentSize);
    }
    m_tcb->m_segmentSize = size;
    m_txBuffer->SetSegmentSize(size);
    // RFC 6928 2: one segment if the SYN or SYN-ACK was lost more than once.
    m_tcb->m_cWnd = (m_synRetransmissions > 1 ? 1 : GetInitialCwnd()) * size;
    m_tcb->m_cWndInfl = m_tcb->m_cWnd;
    m_tcb->m_ssThresh = GetInitialSSThresh();

    m_rWnd = peerWindow;
    m_maxSndWnd = peerWindow;
}

HalfOpen
TcpFsmSocket::MakeHalfOpen(const Incoming& incoming)
{
    const SynOptions heard = SynOptions::Read(incoming.header);
    const SynOptions& offered = HasOptions() ? heard : NO_OPTIONS;
    HalfOpen entry;
    entry.flow = incoming.flow;
    entry.listener = this;
    entry.iss = m_l4->ChooseIss(incoming.flow);
    entry.irs = incoming.segment.seq;
    entry.window = InitialWindow();
    entry.peerWindow = incoming.header.GetWindowSize();
    entry.peerMss = offered.mss;
    entry.hasSack = m_sackEnabled && offered.sackPermitted;
    if (m_winScalingEnabled && offered.windowScale)
    {
        entry.peerScale = *offered.windowScale;
        entry.ownScale = GetOwnScale();
    }
    if (m_timestampEnabled && offered.timestamps)
    {
        entry.hasTimestamps = true;
        entry.tsRecent = offered.timestamps->value;
    }
    entry.hasEcn = m_tcb->m_useEcn != TcpSocketState::Off &&
                   incoming.segment.Has(TcpHeader::ECE | TcpHeader::CWR);
    entry.began = Simulator::Now();
    entry.expiry = entry.began + GetSynTimeout(0);
    return entry;
}

Ptr<TcpFsmSocket>
TcpFsmSocket::Promote(const HalfOpen& entry)
{
    Ptr<TcpFsmSocket> child = CopyObject<TcpFsmSocket>(this);
    child->SetNode(m_node);
    child->m_flow = entry.flow;
    child->m_connection = entry.connection;
    child->m_began = entry.began;
    child->m_origin = entry.GetOrigin();
    child->m_parent = this;
    child->m_mapped = entry.flow.local.IsIpv4() && !m_flow.local.IsIpv4();
    child->UpdateEndPoints();
    child->BeginSending(entry.iss);
    child->BeginReceiving(entry.irs);
    child->m_synRetransmissions = entry.retransmissions;
    child->AgreeOptions(entry.GetOffered(), entry.peerWindow);
    child->m_tsRecent = entry.tsRecent;
    child->m_timestampToEcho = entry.tsRecent;
    child->m_synSent = true;
    child->m_advertisedEdge = entry.irs + 1 + entry.window;
    child->m_tcb->m_ecnState =
        entry.hasEcn ? TcpSocketState::ECN_IDLE : TcpSocketState::ECN_DISABLED;
    if (entry.retransmissions > 0)
    {
        child->m_history.clear(); // Karn's algorithm: no sample
    }
    child->Enter(State::SYN_RCVD);
    child->m_listIndex = m_l4->List(child);
    child->m_inTable = true;
    return child;
}

} // namespace ns3

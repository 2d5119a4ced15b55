// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/tcp-option-ts.h"
#include "ns3/tcp-rate-ops.h"

/**
 * @file
 * Sending: the application's data and our FIN, and the segments without data.
 */

namespace ns3
{

using namespace tcpfsm;

int
TcpFsmSocket::Send(Ptr<Packet> packet, uint32_t flags)
{
    NS_ABORT_MSG_IF(flags & ~URGENT, "TcpFsmSocket::Send() supports no flags but URGENT");
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    const Row& row = Decide(Event::SEND);
    if (row.action.Has(QUEUE_DATA) && packet->GetSize() > m_txBuffer->Available())
    {
        return Fail(TcpFsmError::MSG_SIZE);
    }
    if (row.action.reply == tcpfsm::Reply::SYN)
    {
        // A listener whose peer is given turns into a caller.
        if (Open(Event::SEND) == -1)
        {
            return -1;
        }
    }
    else if (Call(Event::SEND) == -1)
    {
        return -1;
    }
    m_txBuffer->Add(packet);
    if (flags & URGENT)
    {
        m_sndUp = SeqNumber(m_txBuffer->TailSequence().GetValue());
    }
    if (m_connected)
    {
        m_rateOps->CalculateAppLimited(m_tcb->m_cWnd,
                                       m_tcb->m_bytesInFlight,
                                       m_tcb->m_segmentSize,
                                       m_txBuffer->TailSequence(),
                                       m_tcb->m_nextTxSequence,
                                       m_txBuffer->GetLost(),
                                       m_txBuffer->GetRetransmitsCount());
        UpdatePersistTimer();
        if (m_sendPendingDataEvent.IsExpired())
        {
            // Lets the application fill the buffer first, as the base does.
            m_sendPendingDataEvent =
                Simulator::Schedule(TimeStep(1), &TcpFsmSocket::SendQueued, this);
        }
    }
    return static_cast<int>(packet->GetSize());
}

uint32_t
TcpFsmSocket::GetTxAvailable() const
{
    return m_shutdownSend ? 0 : TcpSocketBase::GetTxAvailable();
}

int
TcpFsmSocket::SendTo(Ptr<Packet> packet, uint32_t flags, const Address& address)
{
    const bool isPeer =
        InetSocketAddress::IsMatchingType(address) || Inet6SocketAddress::IsMatchingType(address);
    if (m_state != LISTEN || !isPeer)
    {
        return Send(packet, flags);
    }
    int result = -1;
    ActWithPeer(address, [&] {
        result = Send(packet, flags);
        return m_state != LISTEN;
    });
    return result;
}

void
TcpFsmSocket::SendQueued()
{
    if (m_inSegment || (!m_endPoint && !m_endPoint6))
    {
        return;
    }
    RepairHighestSack(*m_txBuffer);
    const PacingGuard guard(m_tcb, m_iss, m_pacingGuard);
    if (m_ownFin == OwnFin::PENDING)
    {
        if (CanHappen(Event::FIN_SENT))
        {
            SendWithPendingFin();
        }
        return;
    }
    if (m_connected)
    {
        SendPendingData(true);
        SendIntoSmallWindow(false);
    }
}

void
TcpFsmSocket::SendIntoSmallWindow(bool isOverdue)
{
    // RFC 9293 3.8.6.2.1: the base waits for a window of a full segment, for ever if it never
    // comes.
    const uint32_t unsent = m_txBuffer->SizeFromSequence(m_tcb->m_highTxMark);
    const uint32_t usable = std::min(unsent, m_rWnd.Get());
    const bool isSmall = m_rWnd < std::min(m_tcb->m_segmentSize, unsent);
    if (!isSmall || UnAckDataCount() > 0 || usable == 0 || AvailableWindow() < usable)
    {
        return;
    }
    if (isOverdue || usable >= m_maxSndWnd / 2)
    {
        const SequenceNumber32 next = m_tcb->m_highTxMark;
        m_tcb->m_nextTxSequence =
            next + SendDataPacket(next, std::min(usable, m_tcb->m_segmentSize), true);
    }
    else if (m_smallWindowEvent.IsExpired())
    {
        const Time OVERRIDE_TIMEOUT = MilliSeconds(500); // 0.1 s to 1 s
        m_smallWindowEvent =
            Simulator::Schedule(OVERRIDE_TIMEOUT, &TcpFsmSocket::SendIntoSmallWindow, this, true);
    }
}

void
TcpFsmSocket::SendWithPendingFin()
{
    // The base's SendPendingData() refuses queued data in FIN-WAIT-1; this does the same without
    // that. SendDataPacket() puts the FIN on the last segment.
    uint32_t window = m_synAcked ? AvailableWindow() : 0;
    while (window > 0 && m_ownFin == OwnFin::PENDING)
    {
        SequenceNumber32 next;
        SequenceNumber32 nextHigh;
        const bool rule3 = m_sackEnabled && m_tcb->m_congState == TcpSocketState::CA_RECOVERY;
        if ((IsPacingEnabled() && m_pacingTimer.IsRunning()) ||
            !m_txBuffer->NextSeg(&next, &nextHigh, rule3))
        {
            break;
        }
        const uint32_t available = m_txBuffer->SizeFromSequence(next);
        const bool isSmall = window < m_tcb->m_segmentSize && available > window;
        if (isSmall && (UnAckDataCount() > 0 || window < m_maxSndWnd / 2))
        {
            SendIntoSmallWindow(false);
            break; // silly window
        }
        // With a FIN behind it the last segment need not wait for Nagle's algorithm.
        uint32_t size = std::min(window, m_tcb->m_segmentSize);
        size = std::min(size, static_cast<uint32_t>(nextHigh - next));
        m_tcb->m_nextTxSequence = next;
        if (m_tcb->m_bytesInFlight.Get() == 0)
        {
            m_congestionControl->CwndEvent(m_tcb, TcpSocketState::CA_EVENT_TX_START);
        }
        m_tcb->m_nextTxSequence += SendDataPacket(next, size, true);
        window = AvailableWindow();
    }
    if (m_ownFin == OwnFin::PENDING && m_txBuffer->SizeFromSequence(m_tcb->m_highTxMark) == 0)
    {
        Fire(Event::FIN_SENT);
    }
    else if (m_ownFin == OwnFin::SENT)
    {
        SendPendingData(true);
    }
}

uint32_t
TcpFsmSocket::SendDataPacket(SequenceNumber32 seq, uint32_t maxSize, bool withAck)
{
    if (!m_endPoint && !m_endPoint6)
    {
        return 0; // the application closed from within a callback
    }
    LinkTraces();
    const bool isLast =
        seq >= m_tcb->m_highTxMark.Get() && maxSize >= m_txBuffer->SizeFromSequence(seq);
    if (m_ownFin == OwnFin::PENDING && isLast && CanHappen(Event::FIN_SENT))
    {
        m_finRides = true;
        Fire(Event::FIN_SENT);
        m_finRides = false;
    }
    // The base adds the FIN to the segment that empties the buffer, first or again; in the states
    // in which our FIN is sent it leaves the state alone.
    m_closeOnEmpty = m_ownFin == OwnFin::SENT;
    if (!IsWaiting())
    {
        m_unackedSince = Simulator::Now();
    }
    const PacingGuard guard(m_tcb, m_iss, m_pacingGuard);
    // RFC 9293 MUST-60: the last of what is queued is pushed.
    const bool push = maxSize >= m_txBuffer->SizeFromSequence(seq);
    if (m_sndUp && *m_sndUp <= SeqNumber(m_txBuffer->HeadSequence().GetValue()))
    {
        m_sndUp.reset(); // acknowledged
    }
    const bool isUrgent = m_sndUp && *m_sndUp > SeqNumber(seq.GetValue());
    const uint32_t urgent = isUrgent ? *m_sndUp - SeqNumber(seq.GetValue()) : 0;
    const auto before =
        m_l4->SetExtras({m_flow.localPort,
                         m_flow.remotePort,
                         SeqNumber(seq.GetValue()),
                         push,
                         static_cast<uint16_t>(std::min<uint32_t>(urgent, UINT16_MAX))});
    const uint32_t size = TcpSocketBase::SendDataPacket(seq, maxSize, withAck);
    if (withAck)
    {
        m_highTxAck = std::max(m_highTxAck, m_tcb->m_rxBuffer->NextRxSequence());
    }
    m_l4->SetExtras(before);
    m_pacingGuard->Update();
    m_closeOnEmpty = false;
    ArmUserTimeout();
    return size;
}

void
TcpFsmSocket::SendFin()
{
    if (!IsWaiting())
    {
        m_unackedSince = Simulator::Now();
    }
    m_ownFin = OwnFin::SENT;
    if (m_finRides)
    {
        return;
    }
    SendControl(Compose(tcpfsm::Reply::FIN, Segment(), GetSequences()));
    ArmRetransmission();
}

void
TcpFsmSocket::SendSyn(uint8_t flags)
{
    const bool isFirst = !m_synSent;
    m_synSent = true;
    const auto reply = (flags & CTL_ACK) ? tcpfsm::Reply::SYN_ACK : tcpfsm::Reply::SYN;
    Segment control = Compose(reply, Segment(), GetSequences());
    if (reply == tcpfsm::Reply::SYN)
    {
        m_tcb->m_ecnState = TcpSocketState::ECN_DISABLED;
        if (m_tcb->m_useEcn == TcpSocketState::On && m_synRetransmissions <= m_ecnSynRetries)
        {
            control.flags |= TcpHeader::ECE | TcpHeader::CWR;
        }
    }
    else if (m_ecnSyn)
    {
        control.flags |= TcpHeader::ECE;
    }
    SendControl(control);
    if (!isFirst)
    {
        m_history.clear(); // Karn's algorithm: no sample
    }
    ArmRetransmission();
}

void
TcpFsmSocket::SendEmptyPacket(uint8_t flags)
{
    if (m_toAcknowledge)
    {
        // RFC 8257 3.2: what came before a change of marks is acknowledged at once, and apart. The
        // congestion control would put RCV.NXT back to before the last segment.
        TcpRxBuffer& buffer = *m_tcb->m_rxBuffer;
        const SequenceNumber32 asked = buffer.NextRxSequence();
        buffer.SetNextRxSequence(*m_toAcknowledge);
        SendAck(flags);
        buffer.SetNextRxSequence(asked);
        return;
    }
    if (m_inSegment)
    {
        // One ACK for all steps of a segment.
        m_ackOwed = true;
        m_owedFlags |= flags;
        return;
    }
    SendAck(flags);
}

void
TcpFsmSocket::SendAck(uint8_t flags)
{
    Segment control = Compose(tcpfsm::Reply::ACK, Segment(), GetSequences());
    control.flags |= flags;
    if (flags & TcpHeader::ECE)
    {
        m_tcb->m_ecnState = TcpSocketState::ECN_SENDING_ECE;
    }
    SendControl(control);
}

void
TcpFsmSocket::SendControl(const Segment& control)
{
    if (!m_endPoint && !m_endPoint6)
    {
        return;
    }
    const bool isRst = control.Has(CTL_RST);
    const bool isSyn = control.Has(CTL_SYN);
    TcpHeader header;
    header.SetFlags(control.flags);
    header.SetSequenceNumber(SequenceNumber32(control.seq.Value()));
    header.SetAckNumber(SequenceNumber32(control.ack.Value()));
    header.SetSourcePort(m_flow.localPort);
    header.SetDestinationPort(m_flow.remotePort);
    header.SetWindowSize(isRst ? 0 : AdvertisedWindowSize(!isSyn));
    if (isSyn)
    {
        OfferedOptions().Write(header);
    }
    else if (!isRst)
    {
        AddOptions(header);
    }
    if (control.Has(CTL_ACK) && !isRst)
    {
        m_delAckCount = 0;
        m_highTxAck = std::max(m_highTxAck, header.GetAckNumber());
        if (m_sackEnabled && !isSyn && m_tcb->m_rxBuffer->GetSackListSize() > 0)
        {
            AddOptionSack(header);
        }
    }
    Ptr<Packet> packet = Create<Packet>();
#if TCP_FSM_NS3_MINOR >= 43
    const TcpPacketType_t type = isRst                  ? RST
                                 : isSyn                ? (control.Has(CTL_ACK) ? SYN_ACK : SYN)
                                 : control.Has(CTL_FIN) ? FIN
                                                        : PURE_ACK;
    AddSocketTags(packet, IsEct(type));
#else
    AddSocketTags(packet);
#endif
    m_txTrace(packet, header, this);
    const auto send =
        [flow = m_flow, l4 = m_l4, device = GetBoundNetDevice()](const Ptr<Packet>& packet,
                                                                 const TcpHeader& header) {
            l4->SendPacket(packet, header, flow.local.ToAddress(), flow.remote.ToAddress(), device);
        };
    if (m_node->IsInitialized())
    {
        send(packet, header);
        return;
    }
    // The simulation has not begun: what is below TCP is set up by its first events.
    Simulator::ScheduleWithContext(m_node->GetId(), Time(0), [=] { send(packet, header); });
}

uint32_t
TcpFsmSocket::AvailableWindow() const
{
    // What a segment makes possible to send waits until its last step.
    // Without SACK and limited transmit the base aborts if it sends after a duplicate ACK.
    const bool disorder = m_tcb->m_congState == TcpSocketState::CA_DISORDER;
    const bool mustWait = disorder && !m_sackEnabled && !m_limitedTx;
    const bool cannot = m_inSegment || mustWait || (!m_endPoint && !m_endPoint6);
    return cannot ? 0 : TcpSocketBase::AvailableWindow();
}

uint16_t
TcpFsmSocket::AdvertisedWindowSize(bool scale) const
{
    const SeqNumber next(m_tcb->m_rxBuffer->NextRxSequence().GetValue());
    const uint8_t shift = scale ? m_rcvWindShift : 0;
    const uint32_t unit = 1U << shift;
    const uint32_t rounding = m_roundRcvBuf ? unit - 1 : 0;
    const uint32_t limit = m_maxWinSize;
    const auto& buffer = *m_tcb->m_rxBuffer;
    uint32_t window = TcpSocketBase::AdvertisedWindowSize(scale);
    if (buffer.GotFin())
    {
        // The base would close the window. The FIN takes no room, and the right edge is not taken
        // back (SHLD-14).
        const uint32_t rest = m_advertisedEdge > next ? m_advertisedEdge - next : 0;
        const uint32_t room = std::max(buffer.MaxBufferSize(), buffer.Size()) - buffer.Size();
        window = std::min(std::max(rest, room + rounding) >> shift, limit);
    }
    else if (rounding > 0)
    {
        const uint32_t room = buffer.MaxRxSequence() - buffer.NextRxSequence();
        window = std::min((room + rounding) >> shift, limit);
    }
    else if (m_peerKnown)
    {
        // MUST-39: the window does not open by a little.
        const uint32_t rest = m_advertisedEdge > next ? m_advertisedEdge - next : 0;
        const uint32_t least = std::min(buffer.MaxBufferSize() / 2, m_tcb->m_segmentSize);
        const uint32_t offered = window << shift;
        window = offered > rest && offered < least ? rest >> shift : window;
    }
    if (m_peerKnown)
    {
        m_advertisedEdge = std::max(m_advertisedEdge, next + (window << shift));
    }
    return static_cast<uint16_t>(window);
}

void
TcpFsmSocket::UpdateWindowAfterRead()
{
    if (!m_connected || m_tcb->m_rxBuffer->GotFin())
    {
        return;
    }
    // RFC 9293 3.8.6.2.2: an update once a closed window has opened far enough.
    const uint32_t old = GetSequences().rcvWnd;
    const uint32_t buffer = m_tcb->m_rxBuffer->MaxBufferSize();
    const uint32_t now =
        std::min(buffer - m_tcb->m_rxBuffer->Size(), uint32_t{m_maxWinSize} << m_rcvWindShift);
    const uint32_t segment = m_tcb->m_segmentSize;
    if (old < segment && now >= old + std::min(buffer / 2, 2 * segment))
    {
        SendEmptyPacket(TcpHeader::ACK);
    }
}

void
TcpFsmSocket::FlushSendQueue()
{
    if (m_txBuffer->Size() == 0)
    {
        return;
    }
    auto fresh = CreateObject<TcpTxBuffer>();
    fresh->SetMaxBufferSize(m_txBuffer->MaxBufferSize());
    fresh->SetSegmentSize(m_tcb->m_segmentSize);
    fresh->SetSackEnabled(m_sackEnabled);
    fresh->SetDupAckThresh(m_retxThresh);
    TellWindow(*fresh);
    fresh->SetHeadSequence(m_tcb->m_highTxMark.Get());
    m_txBuffer = fresh;
}

IpParameters
TcpFsmSocket::GetIpParameters() const
{
    IpParameters ip;
    ip.tos = GetIpTos();
    ip.ttl = IsManualIpTtl() ? GetIpTtl() : 0;
    ip.tclass = IsManualIpv6Tclass() ? GetIpv6Tclass() : 0;
    ip.hopLimit = IsManualIpv6HopLimit() ? GetIpv6HopLimit() : 0;
    ip.priority = GetPriority();
    ip.device = m_boundnetdevice;
    return ip;
}

} // namespace ns3

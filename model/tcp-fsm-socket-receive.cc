// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-make-option.h"
#include "tcp-fsm-socket.h"

#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-option-sack.h"
#include "ns3/tcp-option-ts.h"
#include "ns3/tcp-rate-ops.h"

/**
 * @file
 * A segment arrives: what the rules of its steps do to the connection's variables and buffers.
 */

namespace ns3
{

using namespace tcpfsm;

namespace
{

constexpr uint32_t MIN_MTU_IPV6 = 1280; // RFC 8200 5

/**
 * @param header an arriving segment's header
 * @param ack SEG.ACK as the base is to see it
 * @param highest one past the highest octet sent
 * @return a header for the base's data path. It keeps only the SACK blocks that lie above SEG.ACK:
 * the base marks what it finds below as received although it is about to leave the buffer, and
 * aborts (a D-SACK of RFC 2883 is such a block).
 */
TcpHeader
MakeBaseHeader(const TcpHeader& header, SequenceNumber32 ack, SequenceNumber32 highest)
{
    TcpHeader base;
    base.SetSourcePort(header.GetSourcePort());
    base.SetDestinationPort(header.GetDestinationPort());
    base.SetSequenceNumber(header.GetSequenceNumber());
    base.SetFlags(header.GetFlags() & ~(TcpHeader::SYN | TcpHeader::FIN));
    base.SetWindowSize(header.GetWindowSize());
    base.SetAckNumber(ack);
    for (const auto& option : header.GetOptionList())
    {
        auto sack = DynamicCast<const TcpOptionSack>(option);
        if (!sack)
        {
            base.AppendOption(option);
            continue;
        }
        auto kept = MakeOption<TcpOptionSack>();
        for (const auto& block : sack->GetSackList())
        {
            if (block.first > ack && block.second > block.first && block.second <= highest)
            {
                kept->AddSackBlock(block);
            }
        }
        if (kept->GetNumSackBlocks() > 0)
        {
            base.AppendOption(kept);
        }
    }
    return base;
}

} // namespace

Sequences
TcpFsmSocket::GetSequences() const
{
    Sequences seqs;
    seqs.iss = m_iss;
    seqs.irs = m_irs;
    seqs.maxSndWnd = m_maxSndWnd;
    seqs.finSent = m_ownFin == OwnFin::SENT;
    const SeqNumber dataEnd(m_tcb->m_highTxMark.Get().GetValue());
    seqs.sndNxt = !m_synSent ? m_iss : dataEnd + (seqs.finSent ? 1 : 0);
    if (!m_synAcked)
    {
        seqs.sndUna = m_iss;
    }
    else if (m_finAcked)
    {
        seqs.sndUna = seqs.sndNxt;
    }
    else
    {
        seqs.sndUna = SeqNumber(m_txBuffer->HeadSequence().GetValue());
    }
    seqs.rcvNxt = SeqNumber(m_tcb->m_rxBuffer->NextRxSequence().GetValue());
    const SeqNumber edge =
        m_rememberedFin ? std::min(m_advertisedEdge, *m_rememberedFin + 1) : m_advertisedEdge;
    seqs.rcvWnd = edge > seqs.rcvNxt ? edge - seqs.rcvNxt : 0;
    seqs.rcvUp = m_rcvUp;
    seqs.hasTimestamps = m_timestampEnabled && m_peerKnown;
    seqs.tsRecent = m_tsRecent;
    seqs.tsRecentExpired = Simulator::Now() - m_lastReceived > Days(24); // RFC 7323 5.5
    return seqs;
}

TcpFsmOctets
TcpFsmSocket::GetOctets() const
{
    // Sequence numbers are exact but wrap; what is only near tells how often.
    const auto unwrap = [](uint32_t exact, uint64_t near) {
        return near + static_cast<int32_t>(exact - static_cast<uint32_t>(near));
    };
    TcpFsmOctets octets;
    if (m_synSent)
    {
        const SeqNumber end(m_tcb->m_highTxMark.Get().GetValue());
        octets.sent = unwrap(end - (m_iss + 1), m_rateOps->GetConnectionRate().m_delivered);
    }
    if (m_peerKnown)
    {
        const SeqNumber next(m_tcb->m_rxBuffer->NextRxSequence().GetValue());
        const uint32_t fin = m_tcb->m_rxBuffer->GotFin() ? 1 : 0;
        octets.received = unwrap(next - (m_irs + 1 + fin), m_octetsReceived);
    }
    return octets;
}

void
TcpFsmSocket::ReceivedData(Ptr<Packet> packet, const TcpHeader& header)
{
    const SequenceNumber32 before = m_tcb->m_rxBuffer->NextRxSequence();
    TakeDelayingAck(packet, header);
    m_octetsReceived += static_cast<uint32_t>(m_tcb->m_rxBuffer->NextRxSequence() - before);
}

void
TcpFsmSocket::Receive(Incoming& incoming)
{
    const Ptr<TcpFsmSocket> alive(this);
    SocketPriorityTag priorityTag;
    incoming.packet->RemovePacketTag(priorityTag);
    m_rxTrace(incoming.packet, incoming.header, this);
    Sequences seqs = GetSequences();
    if (!m_peerKnown)
    {
        seqs.rcvWnd = InitialWindow();
    }
    incoming.facts = Classify(incoming.segment, seqs, m_peerKnown);
    m_inSegment = true;
    RunSteps(*this, incoming);
    EndSegment();
}

void
TcpFsmSocket::ResumeWith(Incoming& incoming, Event step)
{
    const Ptr<TcpFsmSocket> alive(this);
    m_rxTrace(incoming.packet, incoming.header, this);
    m_inSegment = true;
    RunSteps(*this, incoming, step);
    m_parent = nullptr;
    EndSegment();
}

void
TcpFsmSocket::TakeKeptText(Incoming& incoming)
{
    TcpHeader header;
    header.SetSequenceNumber(SequenceNumber32(m_irs.Value() + 1));
    header.SetFlags(TcpHeader::ACK);
    ReceivedData(std::exchange(m_keptText, nullptr), header);
    // RCV.NXT has moved: what this segment brings is judged anew.
    const Facts now = Classify(incoming.segment, GetSequences(), true);
    incoming.facts.Set(now.Get<Text>()).Set(now.Get<Fin>()).Set(now.Get<Urgent>());
}

void
TcpFsmSocket::EndSegment()
{
    if (m_closeRemembered && CanHappen(Event::REMEMBERED_CLOSE))
    {
        m_closeRemembered = false;
        Fire(Event::REMEMBERED_CLOSE);
    }
    m_inSegment = false;
    if (m_ackOwed)
    {
        m_ackOwed = false;
        SendAck(std::exchange(m_owedFlags, 0));
    }
    SendQueued();
    if (m_state == TIME_WAIT && m_inTable)
    {
        m_l4->EnterTimeWait(MakeTimeWait());
    }
}

void
TcpFsmSocket::TakeSyn(Incoming& incoming)
{
    BeginReceiving(incoming.segment.seq);
    AgreeOptions(SynOptions::Read(incoming.header), incoming.header.GetWindowSize());
    // RFC 3168 6.1.1: a SYN offers ECN with ECE and CWR, a SYN-ACK takes it up with ECE alone.
    const uint8_t ecn = incoming.segment.flags & (TcpHeader::ECE | TcpHeader::CWR);
    const uint8_t wanted =
        incoming.segment.Has(CTL_ACK) ? TcpHeader::ECE : TcpHeader::ECE | TcpHeader::CWR;
    const bool agreed = m_tcb->m_useEcn != TcpSocketState::Off && ecn == wanted;
    m_tcb->m_ecnState = agreed ? TcpSocketState::ECN_IDLE : TcpSocketState::ECN_DISABLED;
    m_ecnSyn = agreed;
}

void
TcpFsmSocket::TakeAck(Incoming& incoming)
{
    const Ack ackClass = incoming.facts.Get<Ack>();
    const bool isNew = ackClass == Ack::NEW || ackClass == Ack::COVERS_FIN;
    std::optional<Time> backedOff;
    if (isNew)
    {
        const uint32_t samples = m_rtt->GetNSamples();
        EstimateRtt(incoming.header);
        if (std::exchange(m_retransmissions, 0) > 0 && m_rtt->GetNSamples() == samples)
        {
            backedOff = m_rto;
        }
        m_softError = TcpFsmError::NO_ERROR;
    }
    if (isNew && !m_synAcked)
    {
        m_synAcked = true;
        StopRetransmission();
        if (m_synRetransmissions > 0)
        {
            m_rto = std::max(m_rto.Get(), Seconds(3)); // RFC 6298 5.7
        }
    }
    if (ackClass == Ack::COVERS_FIN)
    {
        m_finAcked = true;
    }
    UpdateSendWindow(incoming);
    NoteAnswer();
    const uint32_t fin = ackClass == Ack::COVERS_FIN || (m_finAcked && ackClass == Ack::CURRENT);
    const SequenceNumber32 ack(incoming.segment.ack.Value() - fin);
    if (ack >= m_txBuffer->HeadSequence())
    {
        DropRenegedSack(*m_txBuffer, ack);
        m_ackHasText = incoming.segment.Length() > 0;
        ReceivedAck(Create<Packet>(),
                    MakeBaseHeader(incoming.header, ack, m_tcb->m_highTxMark.Get()));
    }
    if (m_txBuffer->Size() == 0)
    {
        m_persistEvent.Cancel(); // the ACK that closed the window has left nothing to probe for
    }
    if (backedOff && m_state != CLOSED)
    {
        // RFC 6298 5: it holds until the RTT is measured again. NewAck() takes the estimate back.
        m_rto = *backedOff;
        StopRetransmission();
    }
    if (isNew && m_state != CLOSED)
    {
        // The base knows nothing of our SYN and FIN.
        if (UnAckDataCount() == 0)
        {
            StopRetransmission();
        }
        ArmRetransmission();
    }
}

#if TCP_FSM_NS3_MINOR >= 43
void
TcpFsmSocket::ProcessAck(const SequenceNumber32& ackNumber,
                         bool scoreboardUpdated,
                         uint32_t currentDelivered,
                         const SequenceNumber32& oldHeadSequence,
                         bool receivedData)
{
    RepairHighestSack(*m_txBuffer);
    TcpSocketBase::ProcessAck(ackNumber,
                              scoreboardUpdated,
                              currentDelivered,
                              oldHeadSequence,
                              receivedData || m_ackHasText);
}
#else
void
TcpFsmSocket::ProcessAck(const SequenceNumber32& ackNumber,
                         bool scoreboardUpdated,
                         uint32_t currentDelivered,
                         const SequenceNumber32& oldHeadSequence)
{
    RepairHighestSack(*m_txBuffer);
    TcpSocketBase::ProcessAck(ackNumber, scoreboardUpdated, currentDelivered, oldHeadSequence);
}
#endif

void
TcpFsmSocket::UpdateSendWindow(const Incoming& incoming)
{
    const Segment& segment = incoming.segment;
    const bool withSyn = segment.Has(CTL_SYN);
    const uint32_t window = uint32_t{incoming.header.GetWindowSize()}
                            << (withSyn ? 0 : m_sndWindShift);
    if (withSyn || m_sndWl1 < segment.seq || (m_sndWl1 == segment.seq && m_sndWl2 <= segment.ack))
    {
        m_rWnd = window;
        m_sndWl1 = segment.seq;
        m_sndWl2 = segment.ack;
        m_maxSndWnd = std::max(m_maxSndWnd, window);
        m_highRxMark = std::max(m_highRxMark.Get(), SequenceNumber32(segment.seq.Value()));
        UpdatePersistTimer();
    }
    const SequenceNumber32 ack(segment.ack.Value());
    m_highRxAckMark = std::max(m_highRxAckMark.Get(), ack);
}

void
TcpFsmSocket::TakeText(Incoming& incoming, bool discard)
{
    Trimmed text = TrimToWindow(incoming.segment, GetSequences());
    TcpHeader header = incoming.header;
    header.SetFlags(TcpHeader::ACK);
    header.SetSequenceNumber(header.GetSequenceNumber() +
                             SequenceNumber32(text.skip + (incoming.segment.Has(CTL_SYN) ? 1 : 0)));
    if (m_rememberedFin)
    {
        const SeqNumber start(header.GetSequenceNumber().GetValue());
        const int32_t room = *m_rememberedFin - start;
        text.length = room <= 0 ? 0 : std::min(text.length, static_cast<uint32_t>(room));
    }
    if (incoming.segment.Has(CTL_SYN))
    {
        m_delAckCount = m_delAckMaxCount;
    }
    if (text.length > 0)
    {
        const bool isWhole = text.length == incoming.packet->GetSize();
        ReceivedData(isWhole ? incoming.packet
                             : incoming.packet->CreateFragment(text.skip, text.length),
                     header);
    }
    if (discard && m_tcb->m_rxBuffer->Available() > 0)
    {
        m_tcb->m_rxBuffer->Extract(m_tcb->m_rxBuffer->Available());
    }
    const SeqNumber next(m_tcb->m_rxBuffer->NextRxSequence().GetValue());
    // RFC 9293 3.8.5: left behind for 2^31 octets it would seem to lie ahead.
    m_rcvUp = std::max(m_rcvUp, next - m_tcb->m_rxBuffer->Available());
    // A FIN that the segment itself brings is step 7's.
    if (m_rememberedFin == next && incoming.facts.Get<Fin>() != Fin::REACHED &&
        CanHappen(Event::FIN_REACHED))
    {
        Fire(Event::FIN_REACHED);
    }
}

void
TcpFsmSocket::TakeFin()
{
    m_rememberedFin.reset();
    m_tcb->m_rxBuffer->SetFinSequence(m_tcb->m_rxBuffer->NextRxSequence());
    m_delAckEvent.Cancel();
    if (m_receiving == Receiving::OPEN)
    {
        NotifyDataRecv();
    }
}

void
TcpFsmSocket::NoteTimestamp(const Incoming& incoming)
{
    if (!m_timestampEnabled || !incoming.segment.hasTimestamp)
    {
        return;
    }
    const auto timestamps = ReadTimestamps(incoming.header);
    m_tcb->m_rcvTimestampValue = timestamps->value;
    m_tcb->m_rcvTimestampEchoReply = timestamps->echo;
    if (incoming.segment.seq <= SeqNumber(m_highTxAck.GetValue()))
    {
        m_tsRecent = timestamps->value;
        m_timestampToEcho = timestamps->value;
    }
}

void
TcpFsmSocket::NoteEcn(const Incoming& incoming)
{
    constexpr uint8_t CE = 3;
    if (m_tcb->m_ecnState == TcpSocketState::ECN_DISABLED)
    {
        return;
    }
    const SequenceNumber32 next = m_tcb->m_rxBuffer->NextRxSequence();
    m_toAcknowledge = &next;
    const SequenceNumber32 seq(incoming.segment.seq.Value());
    if (incoming.segment.Has(TcpHeader::CWR) && m_tcb->m_ecnState != TcpSocketState::ECN_CE_RCVD)
    {
        m_tcb->m_ecnState = TcpSocketState::ECN_IDLE;
    }
    if (incoming.ecn == CE && m_ecnCESeq < seq)
    {
        m_ecnCESeq = seq;
        m_tcb->m_ecnState = TcpSocketState::ECN_CE_RCVD;
        m_congestionControl->CwndEvent(m_tcb, TcpSocketState::CA_EVENT_ECN_IS_CE);
    }
    else if (incoming.ecn != 0)
    {
        m_congestionControl->CwndEvent(m_tcb, TcpSocketState::CA_EVENT_ECN_NO_CE);
    }
    m_toAcknowledge = nullptr;
}

tcpfsm::TimeWait
TcpFsmSocket::MakeTimeWait()
{
    tcpfsm::TimeWait entry;
    entry.connection = m_connection;
    entry.flow = m_flow;
    entry.began = m_began;
    entry.Freeze(GetSequences());
    entry.window = AdvertisedWindowSize();
    entry.duration = 2 * GetMsl();
    entry.expiry = Simulator::Now() + entry.duration;
    entry.ip = GetIpParameters();
    entry.ackLimiter = m_ackLimiter;
    entry.handle = this;
    return entry;
}

void
TcpFsmSocket::TakeUrgent(const Incoming& incoming)
{
    const SeqNumber unread(m_tcb->m_rxBuffer->NextRxSequence().GetValue() -
                           m_tcb->m_rxBuffer->Available());
    const bool isNewRun = m_rcvUp <= unread;
    m_rcvUp = incoming.segment.seq + incoming.segment.urgentPointer;
    const bool isAhead = m_rcvUp > unread;
    if (isNewRun && isAhead && !m_urgentCallback.IsNull())
    {
        m_urgentCallback(this);
    }
}

void
TcpFsmSocket::ReceiveIcmp(const IcmpError& error)
{
    const Sequences seqs = GetSequences();
    if (error.quoted < seqs.sndUna || error.quoted >= seqs.sndNxt)
    {
        return; // RFC 5927 4.1: not about anything in flight
    }
    m_icmpError = error.error;
    Fire(error.event);
    m_icmpError = TcpFsmError::NO_ERROR;
    if (error.event == Event::ICMP_PACKET_TOO_BIG && m_peerKnown)
    {
        LowerSegmentSize(error.mtu);
    }
    else if (error.event == Event::ICMP_PACKET_TOO_BIG && !m_flow.local.IsIpv4())
    {
        constexpr uint32_t HEADERS = 60;
        const uint32_t mtu = std::clamp<uint32_t>(error.mtu, MIN_MTU_IPV6, UINT16_MAX);
        m_pathMss = static_cast<uint16_t>(mtu - HEADERS);
    }
}

void
TcpFsmSocket::LowerSegmentSize(uint32_t mtu)
{
    constexpr uint32_t MIN_MTU_IPV4 = 68; // RFC 791 3.2
    constexpr uint32_t UNTOLD_MTU = 576;  // RFC 1191 5: routers older than it tell none
    const bool isIpv4 = m_flow.local.IsIpv4();
    const uint32_t told = mtu == 0 ? UNTOLD_MTU : mtu;
    const uint32_t usable = std::max(told, isIpv4 ? MIN_MTU_IPV4 : MIN_MTU_IPV6);
    const uint32_t size = usable - (isIpv4 ? 40 : 60) - (m_timestampEnabled ? 12 : 0);
    if (size < m_tcb->m_segmentSize)
    {
        m_tcb->m_segmentSize = size;
        m_txBuffer->SetSegmentSize(size);
    }
}

Ptr<Packet>
TcpFsmSocket::Recv(uint32_t maxSize, uint32_t flags)
{
    NS_ABORT_MSG_IF(flags, "TcpFsmSocket::Recv() supports no flags");
    if (Call(Event::RECEIVE) == -1)
    {
        return nullptr;
    }
    Ptr<Packet> packet = m_tcb->m_rxBuffer->Extract(maxSize);
    if (!packet && m_tcb->m_rxBuffer->Finished())
    {
        return Create<Packet>(); // end of stream
    }
    if (packet)
    {
        UpdateWindowAfterRead();
    }
    else
    {
        Fail(TcpFsmError::AGAIN);
    }
    return packet;
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/tcp-option-ts.h"

/**
 * @file
 * Calls, and how a connection begins: addresses, ports, sequence numbers, options.
 */

namespace ns3
{

using namespace tcpfsm;

namespace
{

/// An address and a port, as passed to Bind() and Connect().
struct SocketAddress
{
    IpAddress address;
    uint16_t port;
};

std::optional<SocketAddress>
ParseSocketAddress(const Address& address)
{
    if (InetSocketAddress::IsMatchingType(address))
    {
        const auto inet = InetSocketAddress::ConvertFrom(address);
        return SocketAddress{IpAddress(inet.GetIpv4()), inet.GetPort()};
    }
    if (Inet6SocketAddress::IsMatchingType(address))
    {
        const auto inet6 = Inet6SocketAddress::ConvertFrom(address);
        return SocketAddress{IpAddress(inet6.GetIpv6()), inet6.GetPort()};
    }
    return std::nullopt;
}

/// What a SYN without options offers.
const SynOptions NO_OPTIONS;

/// The unspecified address of a family.
IpAddress
AnyAddress(bool isIpv4)
{
    return isIpv4 ? IpAddress(Ipv4Address::GetAny()) : IpAddress(Ipv6Address::GetAny());
}

} // namespace

int
TcpFsmSocket::Call(Event event)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    const Row& row = Fire(event);
    return row.action.refusal == Refusal::NONE ? 0 : Fail(ToError(row.action.refusal, event));
}

int
TcpFsmSocket::Bind()
{
    return BindTo(IpAddress(Ipv4Address::GetAny()), 0);
}

int
TcpFsmSocket::Bind6()
{
    return BindTo(IpAddress(Ipv6Address::GetAny()), 0);
}

int
TcpFsmSocket::Bind(const Address& address)
{
    const auto local = ParseSocketAddress(address);
    return local ? BindTo(local->address, local->port) : Fail(TcpFsmError::AF_NO_SUPPORT);
}

int
TcpFsmSocket::BindTo(const IpAddress& address, uint16_t port)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    if (m_state != CLOSED || m_bound || m_flow.localPort != 0)
    {
        return Fail(TcpFsmError::INVAL);
    }
    if (port != 0 && m_l4->GetTable().IsBound(port, address, GetBoundNetDevice()))
    {
        return Fail(TcpFsmError::ADDR_IN_USE);
    }
    m_flow = Flow{address, AnyAddress(address.IsIpv4()), port, 0};
    if (port != 0)
    {
        m_l4->GetTable().Bind(port, this);
        m_bound = true;
    }
    UpdateEndPoints();
    if (!m_listIndex)
    {
        m_listIndex = m_l4->List(this);
    }
    return 0;
}

int
TcpFsmSocket::SetPeer(const Address& peer)
{
    const auto remote = ParseSocketAddress(peer);
    if (!remote)
    {
        return Fail(TcpFsmError::AF_NO_SUPPORT);
    }
    if (remote->port == 0 || remote->address.IsMulticastOrBroadcast() || remote->address.IsAny())
    {
        return Fail(TcpFsmError::INVAL);
    }
    const bool unbound = !m_endPoint && !m_endPoint6;
    const bool familyChanges = m_flow.local.IsIpv4() != remote->address.IsIpv4();
    if (!unbound && familyChanges && !m_flow.local.IsAny())
    {
        return Fail(TcpFsmError::AF_NO_SUPPORT);
    }
    if (unbound || familyChanges)
    {
        m_flow.local = AnyAddress(remote->address.IsIpv4());
    }
    m_flow.remote = remote->address;
    m_flow.remotePort = remote->port;
    if (!m_listIndex)
    {
        m_listIndex = m_l4->List(this);
    }
    UpdateEndPoints();
    return 0;
}

int
TcpFsmSocket::Connect(const Address& address)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    if (Decide(Event::ACTIVE_OPEN).action.refusal != Refusal::NONE)
    {
        return Call(Event::ACTIVE_OPEN);
    }
    if (m_peerKnown)
    {
        return Fail(
            TcpFsmError::INVAL); // buffers and options are those of a connection that is over
    }
    const Flow before = m_flow;
    const bool unbound = !m_endPoint && !m_endPoint6;
    if (SetPeer(address) == -1)
    {
        return -1;
    }
    if (Open(Event::ACTIVE_OPEN) == -1)
    {
        // What was refused leaves no peer behind.
        m_flow = before;
        unbound ? DropEndPoints() : UpdateEndPoints();
        return -1;
    }
    return 0;
}

int
TcpFsmSocket::Open(Event event)
{
    const IpAddress bound = m_flow.local;
    const bool noRoute = m_flow.local.IsIpv4() ? SetupEndpoint() != 0 : SetupEndpoint6() != 0;
    if (noRoute)
    {
        return Fail(TcpFsmError::NO_ROUTE);
    }
    if (bound.IsAny())
    {
        m_flow.local = m_endPoint ? IpAddress(m_endPoint->GetLocalAddress())
                                  : IpAddress(m_endPoint6->GetLocalAddress());
    }
    if (m_flow.localPort == 0)
    {
        m_flow.localPort = m_l4->ChoosePort(m_flow, GetBoundNetDevice());
    }
    UpdateEndPoints();
    if (m_flow.localPort == 0 || m_l4->GetTable().Find(m_flow))
    {
        m_flow.local = bound;
        UpdateEndPoints();
        return Fail(TcpFsmError::ADDR_NOT_AVAIL);
    }
    EndChildren();
    m_origin = Origin::ACTIVE;
    m_terminalTold = false;
    m_closeNotified = false;
    m_connected = false;
    m_l4->GetTable().Put(this);
    m_inTable = true;
    m_rtt->Reset();
    LinkTraces();
    m_connection = m_l4->NextConnection();
    m_began = Simulator::Now();
    BeginSending(m_l4->ChooseIss(m_flow));
    return Call(event);
}

int
TcpFsmSocket::Listen()
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    const bool isRefused = Decide(Event::PASSIVE_OPEN).action.refusal != Refusal::NONE;
    if (!isRefused && m_peerKnown)
    {
        return Fail(TcpFsmError::INVAL); // as Connect()
    }
    if (!isRefused && m_flow.localPort == 0)
    {
        const bool unbound = !m_endPoint && !m_endPoint6;
        const IpAddress local = unbound ? IpAddress(Ipv4Address::GetAny()) : m_flow.local;
        const Flow wanted{local, m_flow.remote, 0, m_flow.remotePort};
        const uint16_t port = m_l4->ChoosePort(wanted, GetBoundNetDevice());
        if (port == 0 || BindTo(local, port) == -1)
        {
            return Fail(TcpFsmError::ADDR_NOT_AVAIL);
        }
    }
    return Call(Event::PASSIVE_OPEN);
}

int
TcpFsmSocket::ListenTo(const Address& peer)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    if (m_state != CLOSED)
    {
        return Call(Event::PASSIVE_OPEN);
    }
    return SetPeer(peer) == -1 ? -1 : Listen();
}

int
TcpFsmSocket::ListenWithBacklog(uint32_t backlog)
{
    GetListening().backlog = std::max(backlog, uint32_t{1});
    return Listen();
}

Ptr<Socket>
TcpFsmSocket::Accept()
{
    if (!m_listening || m_listening->acceptQueue.empty())
    {
        Fail(m_state == LISTEN ? TcpFsmError::AGAIN : TcpFsmError::INVAL);
        return nullptr;
    }
    Ptr<TcpFsmSocket> child = m_listening->acceptQueue.front();
    m_listening->acceptQueue.pop_front();
    return child;
}

TcpFsmSocket::Listening&
TcpFsmSocket::GetListening()
{
    if (!m_listening)
    {
        m_listening = std::make_unique<Listening>();
    }
    return *m_listening;
}

uint32_t
TcpFsmSocket::GetBacklog() const
{
    return HasAcceptQueue() ? *m_listening->backlog : m_backlog;
}

bool
TcpFsmSocket::HasAcceptQueue() const
{
    return m_listening && m_listening->backlog;
}

bool
TcpFsmSocket::HasAcceptRoom() const
{
    return !HasAcceptQueue() || m_listening->acceptQueue.size() < GetBacklog();
}

bool
TcpFsmSocket::HasHalfOpenRoom() const
{
    return !m_listening || m_listening->halfOpen.size < GetBacklog();
}

HalfOpenList&
TcpFsmSocket::HalfOpens()
{
    return GetListening().halfOpen;
}

bool
TcpFsmSocket::WantsConnection(const Address& peer)
{
    const auto remote = ParseSocketAddress(peer);
    const bool mapped = remote && remote->address.IsIpv4() && !m_flow.local.IsIpv4();
    return NotifyConnectionRequest(
        mapped ? Address(Inet6SocketAddress(remote->address.GetIpv6(), remote->port)) : peer);
}

int
TcpFsmSocket::Close()
{
    const bool neverOpened = m_state == CLOSED && m_listIndex;
    const int result = Call(m_abortOnClose ? Event::ABORT : Event::CLOSE);
    if (neverOpened && !m_l4->IsDisposed())
    {
        Release(); // no connection, but the port is free again
    }
    return result;
}

int
TcpFsmSocket::ShutdownSend()
{
    return Call(Event::HALF_CLOSE);
}

int
TcpFsmSocket::ShutdownRecv()
{
    return Call(Event::SHUTDOWN_RECEIVE);
}

int
TcpFsmSocket::Abort()
{
    return Call(Event::ABORT);
}

void
TcpFsmSocket::UpdateEndPoints()
{
    if (m_flow.local.IsIpv4())
    {
        m_endPoint6 = nullptr;
        m_ownEndPoint6.reset();
        m_ownEndPoint = std::make_unique<Ipv4EndPoint>(m_flow.local.GetIpv4(), m_flow.localPort);
        m_endPoint = m_ownEndPoint.get();
        m_endPoint->SetPeer(m_flow.remotePort ? m_flow.remote.GetIpv4() : Ipv4Address::GetAny(),
                            m_flow.remotePort);
        m_endPoint->BindToNetDevice(GetBoundNetDevice());
    }
    else
    {
        m_endPoint = nullptr;
        m_ownEndPoint.reset();
        m_ownEndPoint6 = std::make_unique<Ipv6EndPoint>(m_flow.local.GetIpv6(), m_flow.localPort);
        m_endPoint6 = m_ownEndPoint6.get();
        m_endPoint6->SetPeer(m_flow.remote.GetIpv6(), m_flow.remotePort);
        m_endPoint6->BindToNetDevice(GetBoundNetDevice());
    }
}

void
TcpFsmSocket::DropEndPoints()
{
    m_endPoint = nullptr;
    m_endPoint6 = nullptr;
    m_ownEndPoint.reset();
    m_ownEndPoint6.reset();
    m_flow = Flow();
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
        std::min(offered.mss ? offered.mss : absent, m_l4->GetMss(m_flow, m_boundnetdevice));
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
    m_tcb->m_cWnd = GetInitialCwnd() * size;
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
    child->AgreeOptions(entry.GetOffered(), entry.peerWindow);
    child->m_tsRecent = entry.tsRecent;
    child->m_timestampToEcho = entry.tsRecent;
    child->m_synSent = true;
    child->m_synRetransmissions = entry.retransmissions;
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

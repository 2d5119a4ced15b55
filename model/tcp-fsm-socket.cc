// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-socket.h"

#include "tcp-fsm-compact-callback.h"
#include "tcp-fsm-l4-protocol.h"

#include "ns3/boolean.h"
#include "ns3/fatal-error.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/integer.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/uinteger.h"

namespace ns3
{

using namespace tcpfsm;

NS_LOG_COMPONENT_DEFINE("TcpFsmSocket");
NS_OBJECT_ENSURE_REGISTERED(TcpFsmSocket);

TypeId
TcpFsmSocket::GetTypeId()
{
    // Twice as much, added to a time of the simulation, is no overflow.
    static const Time LONGEST = Days(36525);
    static TypeId tid =
        TypeId("ns3::TcpFsmSocket")
            .SetParent<TcpSocketBase>()
            .SetGroupName("TcpFsm")
            .AddConstructor<TcpFsmSocket>()
            .AddAttribute("InitialRto",
                          "Retransmission timeout of the first SYN and SYN-ACK (RFC 6298 2.1)",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&TcpFsmSocket::m_initialRto),
                          MakeTimeChecker(MilliSeconds(1), LONGEST))
            .AddAttribute("SynRetries",
                          "Retransmissions of a SYN before the connection attempt times out",
                          UintegerValue(7),
                          MakeUintegerAccessor(&TcpFsmSocket::m_synRetriesLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("SynAckRetries",
                          "Retransmissions of the SYN-ACK of a half-open connection",
                          UintegerValue(5),
                          MakeUintegerAccessor(&TcpFsmSocket::m_synAckRetries),
                          MakeUintegerChecker<uint32_t>(0, 254))
            .AddAttribute("Retransmissions",
                          "Retransmissions of data or a FIN before the connection times out",
                          UintegerValue(15),
                          MakeUintegerAccessor(&TcpFsmSocket::m_dataRetriesLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("UserTimeout",
                          "How long data or a FIN may stay unacknowledged (RFC 9293 3.10.1); 0: "
                          "there is no limit",
                          TimeValue(Minutes(5)),
                          MakeTimeAccessor(&TcpFsmSocket::m_userTimeout),
                          MakeTimeChecker(Time(0), LONGEST))
            .AddAttribute("OpenTimeout",
                          "How long a connection attempt takes at most; 0: UserTimeout counts",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&TcpFsmSocket::m_openTimeout),
                          MakeTimeChecker(Time(0), LONGEST))
            .AddAttribute("RtoSlop",
                          "What is added to the retransmission timeout where it is doubled",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&TcpFsmSocket::m_rtoSlop),
                          MakeTimeChecker(Time(0), LONGEST))
            .AddAttribute("EcnSynRetries",
                          "Retransmissions of a SYN that still ask for ECN (RFC 3168 6.1.1.1)",
                          UintegerValue(UINT32_MAX),
                          MakeUintegerAccessor(&TcpFsmSocket::m_ecnSynRetries),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("SynOptionRetries",
                          "Retransmissions of a SYN that have all options, not only the MSS",
                          UintegerValue(UINT32_MAX),
                          MakeUintegerAccessor(&TcpFsmSocket::m_optionRetries),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("NoOptions",
                          "Send SYNs without options, and ignore the peer's",
                          BooleanValue(false),
                          MakeBooleanAccessor(&TcpFsmSocket::m_noOptions),
                          MakeBooleanChecker())
            .AddAttribute("RoundRcvBuf",
                          "Round the receive buffer up to full segments once their size is known",
                          BooleanValue(false),
                          MakeBooleanAccessor(&TcpFsmSocket::m_roundRcvBuf),
                          MakeBooleanChecker())
            .AddAttribute("OfferPathMss",
                          "Whether a SYN that is sent again offers no more than an ICMPv6 error "
                          "about it has told to be possible",
                          BooleanValue(false),
                          MakeBooleanAccessor(&TcpFsmSocket::m_offerPathMss),
                          MakeBooleanChecker())
            .AddAttribute("WindowScale",
                          "Window scale to offer; -1: the smallest that RcvBufSize needs",
                          IntegerValue(-1),
                          MakeIntegerAccessor(&TcpFsmSocket::m_windowScale),
                          MakeIntegerChecker<int8_t>(-1, 14))
            .AddAttribute("Msl",
                          "Maximum segment lifetime; TIME-WAIT lasts twice as long",
                          TimeValue(Seconds(120)),
                          MakeTimeAccessor(&TcpFsmSocket::m_mslTime),
                          MakeTimeChecker(Time(0), LONGEST))
            .AddAttribute("FinWait2Timeout",
                          "Limit of FIN-WAIT-2 once the application has called Close(); 0: none",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&TcpFsmSocket::m_finWait2Timeout),
                          MakeTimeChecker(Time(0), LONGEST))
            .AddAttribute("Backlog",
                          "Half-open connections of a listener at most; ListenWithBacklog() has "
                          "its own",
                          UintegerValue(UINT32_MAX),
                          MakeUintegerAccessor(&TcpFsmSocket::m_backlog),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute(
                "KeepAlive",
                "Whether an idle connection is probed (RFC 9293 3.8.4)",
                BooleanValue(false),
                MakeBooleanAccessor(&TcpFsmSocket::SetKeepAlive, &TcpFsmSocket::GetKeepAlive),
                MakeBooleanChecker())
            .AddAttribute("KeepAliveTime",
                          "How long a connection is idle before the first probe",
                          TimeValue(Seconds(7200)),
                          MakeTimeAccessor(&TcpFsmSocket::m_keepAliveTime),
                          MakeTimeChecker(MilliSeconds(1), LONGEST))
            .AddAttribute("KeepAliveInterval",
                          "Time between probes that are not answered",
                          TimeValue(Seconds(75)),
                          MakeTimeAccessor(&TcpFsmSocket::m_keepAliveInterval),
                          MakeTimeChecker(MilliSeconds(1), LONGEST))
            .AddAttribute("KeepAliveProbes",
                          "Probes without an answer before the connection times out",
                          UintegerValue(8),
                          MakeUintegerAccessor(&TcpFsmSocket::m_keepAliveLimit),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("AbortOnClose",
                          "Whether Close() does what Abort() does (SO_LINGER with a time of 0)",
                          BooleanValue(false),
                          MakeBooleanAccessor(&TcpFsmSocket::m_abortOnClose),
                          MakeBooleanChecker())
            .AddTraceSource("Transition",
                            "A change of state of this connection, with the rule that decided it",
                            MakeTraceSourceAccessor(&TcpFsmSocket::m_transition),
                            "ns3::TcpFsmTransition::TracedCallback")
            .AddTraceSource("Reaction",
                            "A reaction of this connection to any event, with its rule",
                            MakeTraceSourceAccessor(&TcpFsmSocket::m_reaction),
                            "ns3::TcpFsmTransition::TracedCallback");
    return tid;
}

TcpFsmSocket::TcpFsmSocket()
{
    WatchState();
    // The copy of a traced value has no sinks.
    const auto copy = CreateObject<SocketState>(*m_tcb);
    copy->m_rxBuffer = m_tcb->m_rxBuffer;
    m_tcb = copy;
    TakeOver();
}

TcpFsmSocket::TcpFsmSocket(const TcpFsmSocket& other)
    : TcpFsmSocket(other, SocketState::SinksDropped())
{
}

TcpFsmSocket::TcpFsmSocket(const TcpFsmSocket& other, const SocketState::SinksDropped&)
    : TcpSocketBase(other),
      m_l4(other.m_l4),
      m_initialRto(other.m_initialRto),
      m_synRetriesLimit(other.m_synRetriesLimit),
      m_synAckRetries(other.m_synAckRetries),
      m_dataRetriesLimit(other.m_dataRetriesLimit),
      m_backlog(other.m_backlog),
      m_userTimeout(other.m_userTimeout),
      m_openTimeout(other.m_openTimeout),
      m_rtoSlop(other.m_rtoSlop),
      m_ecnSynRetries(other.m_ecnSynRetries),
      m_optionRetries(other.m_optionRetries),
      m_noOptions(other.m_noOptions),
      m_roundRcvBuf(other.m_roundRcvBuf),
      m_offerPathMss(other.m_offerPathMss),
      m_windowScale(other.m_windowScale),
      m_keepAlive(other.m_keepAlive),
      m_abortOnClose(other.m_abortOnClose),
      m_mslTime(other.m_mslTime),
      m_finWait2Timeout(other.m_finWait2Timeout),
      m_keepAliveTime(other.m_keepAliveTime),
      m_keepAliveInterval(other.m_keepAliveInterval),
      m_keepAliveLimit(other.m_keepAliveLimit),
      m_transition(other.m_transition),
      m_reaction(other.m_reaction)
{
    WatchState();
    TakeOver(); // the base's copy goes on calling the listener
}

void
TcpFsmSocket::TakeOver()
{
    m_tcb->m_sendEmptyPacketCallback =
        MakeCompactCallback<void, uint8_t>([this](uint8_t flags) { SendEmptyPacket(flags); });
    TellWindow(*m_txBuffer);
    // A timer of an object and its member function takes thrice the memory.
    m_pacingTimer.SetFunction(+[](TcpFsmSocket* socket) { socket->SendQueued(); });
    m_pacingTimer.SetArguments(this);
}

void
TcpFsmSocket::TellWindow(TcpTxBuffer& buffer) const
{
    buffer.SetRWndCallback(MakeCompactCallback<uint32_t>([this] { return GetRWnd(); }));
}

void
TcpFsmSocket::LinkTraces()
{
    // Visits each value, the trace source that tells of it, and the base's function in between.
    const auto visit = []<typename Self>(Self* self, const auto& act) {
        auto& tcb = *self->m_tcb;
        act(tcb.m_cWnd, self->m_cWndTrace, &TcpFsmSocket::UpdateCwnd);
        act(tcb.m_cWndInfl, self->m_cWndInflTrace, &TcpFsmSocket::UpdateCwndInfl);
        act(tcb.m_ssThresh, self->m_ssThTrace, &TcpFsmSocket::UpdateSsThresh);
        act(tcb.m_congState, self->m_congStateTrace, &TcpFsmSocket::UpdateCongState);
        act(tcb.m_ecnState, self->m_ecnStateTrace, &TcpFsmSocket::UpdateEcnState);
        act(tcb.m_nextTxSequence, self->m_nextTxSequenceTrace, &TcpFsmSocket::UpdateNextTxSequence);
        act(tcb.m_highTxMark, self->m_highTxMarkTrace, &TcpFsmSocket::UpdateHighTxMark);
        act(tcb.m_bytesInFlight, self->m_bytesInFlightTrace, &TcpFsmSocket::UpdateBytesInFlight);
        act(tcb.m_pacingRate, self->m_pacingRateTrace, &TcpFsmSocket::UpdatePacingRateTrace);
        if constexpr (requires { tcb.m_srtt; })
        {
            act(tcb.m_srtt, self->m_srttTrace, &Self::UpdateRtt);
            act(tcb.m_lastRtt, self->m_lastRttTrace, &Self::UpdateLastRtt);
        }
        else // in older ns-3 RTT is the last one
        {
            act(tcb.m_lastRtt, self->m_lastRttTrace, &Self::UpdateRtt);
        }
    };
    if (m_tracesLinked)
    {
        return;
    }
    visit(this, [this](const auto&, const auto& trace, auto) {
        m_tracesLinked = m_tracesLinked || !trace.IsEmpty();
    });
    if (m_tracesLinked)
    {
        visit(this, [this](auto& value, const auto&, auto update) {
            value.ConnectWithoutContext(MakeCallback(update, this));
        });
    }
}

TcpFsmSocket::~TcpFsmSocket()
{
    if (m_l4 && !m_l4->IsDisposed())
    {
        LeaveTimeWait();
    }
    CancelOwnTimers();
    // The base would give its endpoints back to a demultiplexer that never had them.
    m_endPoint = nullptr;
    m_endPoint6 = nullptr;
}

void
TcpFsmSocket::SetL4(Ptr<TcpFsmL4Protocol> l4)
{
    m_l4 = l4;
    SetTcp(l4);
    m_listIndex = l4->List(this); // from its creation on, as the base's
}

const Flow&
TcpFsmSocket::GetFlow() const
{
    return m_flow;
}

int
TcpFsmSocket::GetSockName(Address& address) const
{
    address = m_mapped ? Address(Inet6SocketAddress(m_flow.local.GetIpv6(), m_flow.localPort))
                       : m_flow.local.ToSocketAddress(m_flow.localPort);
    return 0;
}

int
TcpFsmSocket::GetPeerName(Address& address) const
{
    if (m_flow.remotePort == 0)
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    address = m_mapped ? Address(Inet6SocketAddress(m_flow.remote.GetIpv6(), m_flow.remotePort))
                       : m_flow.remote.ToSocketAddress(m_flow.remotePort);
    return 0;
}

Ptr<Packet>
TcpFsmSocket::RecvFrom(uint32_t maxSize, uint32_t flags, Address& from)
{
    Ptr<Packet> packet = Recv(maxSize, flags);
    if (packet && packet->GetSize() > 0)
    {
        GetPeerName(from);
    }
    return packet;
}

void
TcpFsmSocket::SetSegSize(uint32_t size)
{
    if (size == 0)
    {
        NS_FATAL_ERROR("TcpFsmSocket: attribute SegmentSize is 0, segments of which carry nothing; "
                       "set it to 1 or more octets");
    }
    TcpSocketBase::SetSegSize(size);
}

void
TcpFsmSocket::SetUrgentCallback(Callback<void, Ptr<Socket>> callback)
{
    m_urgentCallback = callback;
}

State
TcpFsmSocket::GetState() const
{
    return FromNs3(m_state);
}

uint64_t
TcpFsmSocket::GetConnection() const
{
    return m_connection;
}

TcpFsmError
TcpFsmSocket::GetError() const
{
    return m_error;
}

TcpFsmError
TcpFsmSocket::TakeError()
{
    return std::exchange(m_error, TcpFsmError::NO_ERROR);
}

Socket::SocketErrno
TcpFsmSocket::GetErrno() const
{
    return m_errno;
}

int
TcpFsmSocket::Fail(TcpFsmError error) const
{
    m_error = error;
    m_errno = ToSocketErrno(error);
    return -1;
}

void
TcpFsmSocket::Release()
{
    CancelOwnTimers();
    if (m_inTable)
    {
        m_inTable = false;
        ConnectionTable& table = m_l4->GetTable();
        if (LeaveTimeWait() || table.FindSocket(m_flow) == this)
        {
            table.Erase(m_flow);
        }
    }
    LeavePort();
    EndChildren();
    LeaveList();
    FlushSendQueue();
    DropEndPoints();
    // The base has scheduled events for this instant that do not hold a reference.
    Simulator::ScheduleNow([self = Ptr<TcpFsmSocket>(this)] {});
}

bool
TcpFsmSocket::LeaveTimeWait()
{
    tcpfsm::TimeWait* entry = m_l4->GetTable().FindTimeWait(m_flow);
    const bool isOurs = entry && entry->handle == this;
    if (isOurs)
    {
        entry->handle = nullptr;
    }
    return isOurs;
}

void
TcpFsmSocket::EndChildren()
{
    if (!m_listening)
    {
        return;
    }
    m_l4->ListenerGone(*this);
    for (const auto& child : std::exchange(m_listening->acceptQueue, {}))
    {
        child->Abort();
    }
}

void
TcpFsmSocket::LeavePort()
{
    if (std::exchange(m_bound, false))
    {
        m_l4->GetTable().Unbind(m_flow.localPort, this);
    }
}

void
TcpFsmSocket::LeaveList()
{
    if (m_listIndex)
    {
        m_l4->Unlist(*std::exchange(m_listIndex, std::nullopt));
    }
}

void
TcpFsmSocket::FollowTimeWait(State state)
{
    m_inTable = false;
    Enter(state);
    DropEndPoints();
}

void
TcpFsmSocket::CutLoose()
{
    CancelOwnTimers();
    m_listening.reset();
    m_endPoint = nullptr;
    m_endPoint6 = nullptr;
    m_inTable = false;
    m_bound = false;
    m_listIndex.reset();
}

TcpFsmConnection
TcpFsmSocket::Describe() const
{
    TcpFsmConnection connection =
        DescribeConnection(m_connection, m_flow, m_state, Simulator::Now() - m_began);
    if (m_state == LISTEN)
    {
        connection.sendQueue = GetBacklog();
        connection.receiveQueue = HasAcceptQueue() ? m_listening->acceptQueue.size() : 0;
    }
    else
    {
        connection.sendQueue = m_txBuffer->Size();
        connection.receiveQueue = m_tcb->m_rxBuffer->Available();
    }
    return connection;
}

TcpFsmStatus
TcpFsmSocket::GetStatus() const
{
    const Sequences seqs = GetSequences();
    TcpFsmStatus status;
    status.connection = Describe();
    status.iss = m_iss.Value();
    status.sndUna = seqs.sndUna.Value();
    status.sndNxt = seqs.sndNxt.Value();
    status.sndWnd = m_rWnd;
    status.irs = m_irs.Value();
    status.rcvNxt = seqs.rcvNxt.Value();
    status.rcvWnd = seqs.rcvWnd;
    status.mss = GetSegSize();
    status.rto = m_rto;
    status.retransmissions = m_retransmissions + m_synRetransmissions;
    return status;
}

} // namespace ns3

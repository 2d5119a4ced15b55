// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

/**
 * @file
 * Timers: SYN, data and FIN, delayed ACK, zero window, FIN-WAIT-2.
 *
 * ns-3 keeps the event of a cancelled timer until it was due. So the two timers that the segments
 * of a transfer restart again and again, of retransmission and of delayed ACKs, leave their event
 * where it is; when it comes before the timer runs out, it is made anew for the rest.
 */

namespace ns3
{

using namespace tcpfsm;

namespace
{

/// The base's defaults of attributes that ours replace.
constexpr uint32_t BASE_CONN_COUNT = 6;
constexpr uint32_t BASE_DATA_RETRIES = 6;
constexpr double BASE_MSL_SECONDS = 120;
constexpr int64_t BASE_CONN_TIMEOUT_SECONDS = 3;

/// Longest time between two SYNs, two probes, two retransmissions.
const Time MAX_SYN_TIMEOUT = Seconds(64);
const Time MAX_TIMEOUT = Seconds(60);

/// Cancels an event that would come after `due`.
void
CancelIfLater(EventId& event, Time due)
{
    if (!event.IsExpired() && TimeStep(event.GetTs()) > due)
    {
        event.Cancel();
    }
}

} // namespace

Time
TcpFsmSocket::GetSynTimeout(uint32_t n) const
{
    const Time first =
        m_cnTimeout == Seconds(BASE_CONN_TIMEOUT_SECONDS) ? m_initialRto : m_cnTimeout;
    Time timeout = first;
    for (uint32_t i = 0; i < n && timeout < MAX_SYN_TIMEOUT; ++i)
    {
        timeout = Backoff(timeout, i == 0);
    }
    return std::min(timeout, std::max(first, MAX_SYN_TIMEOUT));
}

Time
TcpFsmSocket::Backoff(Time timeout, bool isFirst) const
{
    const Time bare = isFirst ? timeout : timeout - m_rtoSlop;
    return bare + bare + m_rtoSlop;
}

Time
TcpFsmSocket::GetPatience() const
{
    return m_synAcked || m_openTimeout.IsZero() ? m_userTimeout : m_openTimeout;
}

uint32_t
TcpFsmSocket::GetSynAckRetries() const
{
    return m_synAckRetries;
}

uint32_t
TcpFsmSocket::GetDataRetriesLimit() const
{
    return m_dataRetries == BASE_DATA_RETRIES ? m_dataRetriesLimit : m_dataRetries;
}

Time
TcpFsmSocket::GetMsl() const
{
    return m_msl == BASE_MSL_SECONDS ? m_mslTime : Seconds(m_msl);
}

bool
TcpFsmSocket::IsWaiting() const
{
    return (m_synSent && !m_synAcked) || UnAckDataCount() > 0 ||
           (m_ownFin == OwnFin::SENT && !m_finAcked);
}

bool
TcpFsmSocket::IsProbeUnanswered() const
{
    return m_probes > 0 && !m_persistEvent.IsExpired();
}

void
TcpFsmSocket::ArmRetransmission()
{
    if (IsWaiting() && m_retxEvent.IsExpired())
    {
        const Time timeout = m_synAcked ? m_rto.Get() : GetSynTimeout(m_synRetransmissions);
        m_retxEvent = Simulator::Schedule(timeout, &TcpFsmSocket::ReTxTimeout, this);
    }
    ArmUserTimeout();
}

void
TcpFsmSocket::StopRetransmission()
{
    m_retxEvent.Cancel();
    m_retransmissionDue = Time();
}

void
TcpFsmSocket::ArmUserTimeout()
{
    // Until a timer has run out nothing waits for long, unless the user is less patient than that:
    // the event would only stay in the queue of a connection that is gone.
    const Time timeout = m_synAcked ? m_rto.Get() : GetSynTimeout(m_synRetransmissions);
    const bool isLate = m_synRetransmissions > 0 || m_retransmissions > 0 || m_probes > 0;
    const Time patience = GetPatience();
    if (!patience.IsZero() && (IsWaiting() || IsProbeUnanswered()) &&
        (isLate || patience <= timeout) && m_userTimeoutEvent.IsExpired())
    {
        // Looks, when it is due, at how old the oldest of what waits then is.
        const Time left = patience - (Simulator::Now() - m_unackedSince);
        m_userTimeoutEvent =
            Simulator::Schedule(std::max(left, Time(0)), &TcpFsmSocket::OnUserTimeout, this);
    }
}

void
TcpFsmSocket::OnUserTimeout()
{
    const Ptr<TcpFsmSocket> alive(this);
    if (!CanHappen(Event::USER_TIMEOUT) || (!IsWaiting() && !IsProbeUnanswered()))
    {
        return;
    }
    const Time patience = GetPatience();
    if (patience.IsZero() || Simulator::Now() - m_unackedSince < patience)
    {
        ArmUserTimeout();
        return;
    }
    Fire(Event::USER_TIMEOUT);
}

void
TcpFsmSocket::NoteAnswer()
{
    if (m_rWnd == 0U)
    {
        // The peer is there, it only reads nothing (RFC 9293 3.8.6.1).
        m_probes = 0;
        m_retransmissions = 0;
        m_unackedSince = Simulator::Now();
    }
}

void
TcpFsmSocket::CancelOwnTimers()
{
    CancelAllTimers();
    m_finWait2Event.Cancel();
    m_userTimeoutEvent.Cancel();
    m_keepAliveEvent.Cancel();
    m_smallWindowEvent.Cancel();
}

void
TcpFsmSocket::SetKeepAlive(bool keepAlive)
{
    m_keepAlive = keepAlive;
    m_keepAliveEvent.Cancel();
    if (keepAlive && m_connected)
    {
        StartKeepAlive(m_keepAliveTime);
    }
}

bool
TcpFsmSocket::GetKeepAlive() const
{
    return m_keepAlive;
}

void
TcpFsmSocket::StartKeepAlive(Time delay)
{
    m_keepAliveEvent = Simulator::Schedule(delay, &TcpFsmSocket::OnKeepAliveTimeout, this);
}

void
TcpFsmSocket::OnKeepAliveTimeout()
{
    const Ptr<TcpFsmSocket> alive(this);
    const Time idle = Simulator::Now() - m_lastReceived;
    if (idle < m_keepAliveTime)
    {
        StartKeepAlive(m_keepAliveTime - idle);
        return;
    }
    if (CanHappen(Event::KEEP_ALIVE_TIMEOUT) && !IsWaiting())
    {
        const bool exhausted = m_keepAliveProbes >= m_keepAliveLimit;
        m_keepAliveProbes += exhausted ? 0 : 1;
        Fire(Event::KEEP_ALIVE_TIMEOUT, exhausted ? Retries::EXHAUSTED : Retries::LEFT);
    }
    if (m_inTable) // in FIN-WAIT-1 there are no probes, but FIN-WAIT-2 may follow
    {
        StartKeepAlive(m_keepAliveInterval);
    }
}

void
TcpFsmSocket::ReTxTimeout()
{
    const Ptr<TcpFsmSocket> alive(this);
    if (const Time left = m_retransmissionDue - Simulator::Now(); left.IsStrictlyPositive())
    {
        m_retxEvent = Simulator::Schedule(left, &TcpFsmSocket::ReTxTimeout, this);
        return;
    }
    if (!m_synAcked && CanHappen(Event::SYN_TIMEOUT))
    {
        const uint32_t limit =
            m_synRetries == BASE_CONN_COUNT ? m_synRetriesLimit : std::max(m_synRetries, 1U) - 1;
        const bool exhausted = m_synRetransmissions >= limit;
        m_synRetransmissions += exhausted ? 0 : 1;
        Fire(Event::SYN_TIMEOUT, exhausted ? Retries::EXHAUSTED : Retries::LEFT);
        return;
    }
    if (CanHappen(Event::RETRANSMISSION_TIMEOUT))
    {
        const bool exhausted = m_retransmissions >= GetDataRetriesLimit();
        m_retransmissions += exhausted ? 0 : 1;
        const bool onlyFin = UnAckDataCount() == 0;
        Fire(Event::RETRANSMISSION_TIMEOUT, exhausted ? Retries::EXHAUSTED : Retries::LEFT);
        if (onlyFin && CanHappen(Event::RETRANSMISSION_TIMEOUT))
        {
            // The base backs off only with data.
            StopRetransmission();
            m_rto = std::min(Backoff(m_rto, m_retransmissions <= 1), MAX_TIMEOUT);
            ArmRetransmission();
        }
    }
}

void
TcpFsmSocket::ResendHead()
{
    // Nagle's algorithm must not hold back a lost tail.
    const bool noDelay = std::exchange(m_noDelay, true);
    m_dataRetrCount = m_dataRetries; // the table gives up, not the base
    const PacingGuard guard(m_tcb, m_iss, m_pacingGuard);
    TcpSocketBase::ReTxTimeout();
    m_noDelay = noDelay;
    if (BytesInFlight() == 0 && m_rWnd > 0U && UnAckDataCount() > 0)
    {
        // The base waits for a window of a full segment.
        const SequenceNumber32 head = m_txBuffer->HeadSequence();
        SendDataPacket(head, std::min(m_rWnd.Get(), m_tcb->m_segmentSize), true);
    }
    ArmRetransmission();
}

void
TcpFsmSocket::NewAck(const SequenceNumber32& seq, bool resetRTO)
{
    m_unackedSince = Simulator::Now();
    if (resetRTO)
    {
        // RFC 6298 2.3, 2.4, 5.3; TakeAck() starts the timer if it does not run.
        const Time deviation = std::max(m_clockGranularity, m_rtt->GetVariation() * 4);
        m_rto = std::max(m_rtt->GetEstimate() + deviation, m_minRto);
        m_retransmissionDue = Simulator::Now() + m_rto.Get();
        CancelIfLater(m_retxEvent, m_retransmissionDue);
    }
    TcpSocketBase::NewAck(seq, false);
}

void
TcpFsmSocket::TakeDelayingAck(Ptr<Packet> packet, const TcpHeader& header)
{
    // The base would cancel the event when it sends an ACK.
    const bool isSent = m_delAckCount + 1 >= m_delAckMaxCount;
    EventId event = isSent ? std::exchange(m_delAckEvent, EventId()) : EventId();
    const bool isFirst = m_delAckCount == 0;
    TcpSocketBase::ReceivedData(packet, header);
    if (!m_inTable)
    {
        // The application, told of the text, has ended the connection.
        event.Cancel();
        m_delAckEvent.Cancel();
        return;
    }
    if (isSent)
    {
        m_delAckEvent.Cancel(); // the application has made DelAckCount larger
        m_delAckEvent = event;
    }
    if (isFirst && m_delAckCount == 1)
    {
        m_delayedAckDue = Simulator::Now() + m_delAckTimeout;
        CancelIfLater(m_delAckEvent, m_delayedAckDue);
        if (m_delAckEvent.IsExpired())
        {
            m_delAckEvent =
                Simulator::Schedule(m_delAckTimeout, &TcpFsmSocket::DelAckTimeout, this);
        }
    }
}

void
TcpFsmSocket::DelAckTimeout()
{
    if (m_delAckCount == 0)
    {
        return; // sent meanwhile
    }
    const Ptr<TcpFsmSocket> alive(this);
    if (const Time left = m_delayedAckDue - Simulator::Now(); left.IsStrictlyPositive())
    {
        m_delAckEvent = Simulator::Schedule(left, &TcpFsmSocket::DelAckTimeout, this);
        return;
    }
    TcpSocketBase::DelAckTimeout();
}

void
TcpFsmSocket::UpdatePersistTimer()
{
    const bool closed = m_rWnd == 0U && m_txBuffer->Size() > 0 && m_connected;
    if (closed && m_persistEvent.IsExpired())
    {
        StopRetransmission();
        m_probes = 0;
        m_probeBackoffs = 0;
        m_persistEvent = Simulator::Schedule(m_persistTimeout, &TcpFsmSocket::PersistTimeout, this);
    }
    else if (m_rWnd > 0U && !m_persistEvent.IsExpired())
    {
        m_persistEvent.Cancel();
        ArmRetransmission();
    }
}

void
TcpFsmSocket::PersistTimeout()
{
    const Ptr<TcpFsmSocket> alive(this);
    if (!CanHappen(Event::PERSIST_TIMEOUT))
    {
        return;
    }
    const bool exhausted = m_probes >= GetDataRetriesLimit();
    if (m_probes == 0 && !IsWaiting())
    {
        m_unackedSince = Simulator::Now(); // nothing has waited longer than this probe
    }
    m_probes += exhausted ? 0 : 1;
    Fire(Event::PERSIST_TIMEOUT, exhausted ? Retries::EXHAUSTED : Retries::LEFT);
    if (CanHappen(Event::PERSIST_TIMEOUT))
    {
        Time interval = m_persistTimeout;
        ++m_probeBackoffs;
        for (uint32_t i = 0; i < m_probeBackoffs && interval < MAX_TIMEOUT; ++i)
        {
            interval = std::min(interval + interval, MAX_TIMEOUT);
        }
        m_persistEvent = Simulator::Schedule(interval, &TcpFsmSocket::PersistTimeout, this);
        ArmUserTimeout();
    }
}

void
TcpFsmSocket::LimitFinWait2()
{
    if (m_receiving == Receiving::CLOSED && !m_finWait2Timeout.IsZero() &&
        m_finWait2Event.IsExpired())
    {
        m_finWait2Event =
            Simulator::Schedule(m_finWait2Timeout, &TcpFsmSocket::OnFinWait2Timeout, this);
    }
}

void
TcpFsmSocket::OnFinWait2Timeout()
{
    const Ptr<TcpFsmSocket> alive(this);
    if (CanHappen(Event::FIN_WAIT_2_TIMEOUT))
    {
        Fire(Event::FIN_WAIT_2_TIMEOUT);
    }
}

void
TcpFsmSocket::LastAckTimeout()
{
    NS_FATAL_ERROR("TcpSocketBase's control was reached; TcpFsmSocket's timer covers LAST-ACK");
}

void
TcpFsmSocket::DoForwardUp(Ptr<Packet>, const Address&, const Address&)
{
    NS_FATAL_ERROR("TcpSocketBase's control was reached; segments come by TcpFsmL4Protocol");
}

} // namespace ns3

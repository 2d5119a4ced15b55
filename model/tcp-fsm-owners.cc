// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-owners.h"

#include "tcp-fsm-socket.h"

#include "ns3/simulator.h"
#include "ns3/tcp-option-ts.h"

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// The options of a segment that is neither SYN nor RST.
SynOptions
OrdinaryOptions(const Sequences& seqs)
{
    SynOptions options;
    if (seqs.hasTimestamps)
    {
        options.timestamps = {TcpOptionTS::NowToTsValue(), seqs.tsRecent};
    }
    return options;
}

/// Sends what a rule says for a connection without a socket, within the limits.
template <typename Entry>
void
SendReply(TcpFsmL4Protocol& l4,
          Entry& entry,
          const IpParameters& ip,
          const Row& row,
          const Incoming* incoming)
{
    const Reply reply = row.action.reply;
    const bool limited =
        reply == Reply::ACK && row.event == Event::STEP_SEQUENCE && incoming->segment.Length() == 0;
    if (reply == Reply::NONE || (reply == Reply::CHALLENGE_ACK && !l4.AllowChallengeAck()) ||
        (limited && !entry.ackLimiter.Allow(Simulator::Now())))
    {
        return;
    }
    const Sequences seqs = entry.GetSequences();
    const Segment control = Compose(reply, incoming ? incoming->segment : Segment(), seqs);
    const bool isRst = control.Has(CTL_RST);
    l4.SendControl(entry.flow,
                   control,
                   isRst ? 0 : entry.window,
                   isRst ? SynOptions() : OrdinaryOptions(seqs),
                   ip);
}

/// Sends the SYN-ACK of a half-open connection.
void
SendSynAck(const TcpFsmL4Protocol& l4, const HalfOpen& entry)
{
    SynOptions options;
    options.mss = l4.GetMss(entry.flow);
    options.sackPermitted = entry.hasSack;
    if (entry.ownScale != HalfOpen::NO_SCALE)
    {
        options.windowScale = entry.ownScale;
    }
    if (entry.hasTimestamps)
    {
        options.timestamps = {TcpOptionTS::NowToTsValue(), entry.tsRecent};
    }
    l4.SendControl(entry.flow,
                   Compose(Reply::SYN_ACK, Segment(), entry.GetSequences()),
                   entry.window,
                   options,
                   entry.listener->GetIpParameters(),
                   entry.hasEcn ? TcpHeader::ECE : 0);
}

/// Answers where nothing is kept about a peer.
void
ReplyFromNothing(const TcpFsmL4Protocol& l4,
                 const Row& row,
                 const Incoming& incoming,
                 const IpParameters& ip)
{
    if (row.action.reply != Reply::NONE)
    {
        const Segment control = Compose(row.action.reply, incoming.segment, Sequences());
        l4.SendControl(incoming.flow, control, 0, SynOptions(), ip);
    }
}

} // namespace

void
AddHalfOpen(TcpFsmL4Protocol& l4,
            TcpFsmSocket& listener,
            const Row& row,
            const Incoming& incoming,
            const TimeWait* previous)
{
    ConnectionTable& table = l4.GetTable();
    if (row.action.Has(EVICT_OLDEST))
    {
        HalfOpenOwner(l4, *table.Oldest(listener.HalfOpens())).Fire(Event::EVICTED);
    }
    HalfOpen entry = listener.MakeHalfOpen(incoming);
    if (previous)
    {
        entry.connection = previous->connection;
        entry.isReopened = true;
        // RFC 1122 4.2.2.13: larger than the largest of the previous connection.
        entry.iss = std::max(entry.iss, previous->sndNxt + 1);
        table.KeepPrevious(*previous);
    }
    else
    {
        entry.connection = l4.NextConnection();
    }
    const HalfOpen& added = table.Put(entry, listener.GetSynTimeout(0));
    listener.Report({added.flow,
                     added.connection,
                     previous ? State::TIME_WAIT : State::LISTEN,
                     State::SYN_RCVD,
                     row,
                     &incoming,
                     added.iss.Value(),
                     added.irs.Value()});
    // A sink of that report may have closed the listener.
    if (const HalfOpen* waiting = table.FindHalfOpen(entry.flow))
    {
        SendSynAck(l4, *waiting);
    }
}

NobodyOwner::NobodyOwner(TcpFsmL4Protocol& l4)
    : m_l4(l4)
{
}

State
NobodyOwner::GetState() const
{
    return State::CLOSED;
}

const Row*
NobodyOwner::Fire(Event event, Incoming& incoming)
{
    const Row& row = Step(State::CLOSED, event, incoming.facts, m_l4.GetPolicy());
    if (!row.action.quiet)
    {
        m_l4.Report({incoming.flow, 0, State::CLOSED, State::CLOSED, row, &incoming, 0, 0});
        ReplyFromNothing(m_l4, row, incoming, IpParameters());
    }
    return &row;
}

ListenerOwner::ListenerOwner(TcpFsmL4Protocol& l4, TcpFsmSocket& listener)
    : m_l4(l4),
      m_listener(listener)
{
}

State
ListenerOwner::GetState() const
{
    return State::LISTEN;
}

const Row*
ListenerOwner::Fire(Event event, Incoming& incoming)
{
    incoming.facts.Set(m_listener.HasAcceptRoom() ? AcceptQueue::ROOM : AcceptQueue::FULL)
        .Set(m_listener.HasHalfOpenRoom() ? HalfOpenQueue::ROOM : HalfOpenQueue::FULL);
    const Row* row = &Step(State::LISTEN, event, incoming.facts, m_l4.GetPolicy());
    if (row->action.Has(ADD_HALF_OPEN) &&
        !m_listener.WantsConnection(incoming.flow.remote.ToSocketAddress(incoming.flow.remotePort)))
    {
        incoming.facts.Set(AcceptQueue::FULL);
        row = &Step(State::LISTEN, event, incoming.facts, m_l4.GetPolicy());
    }
    if (row->action.Has(ADD_HALF_OPEN))
    {
        AddHalfOpen(m_l4, m_listener, *row, incoming, nullptr);
    }
    else if (!row->action.quiet)
    {
        m_listener.Report({incoming.flow,
                           m_listener.GetConnection(),
                           State::LISTEN,
                           State::LISTEN,
                           *row,
                           &incoming,
                           0,
                           0});
        ReplyFromNothing(m_l4, *row, incoming, m_listener.GetIpParameters());
    }
    return row;
}

HalfOpenOwner::HalfOpenOwner(TcpFsmL4Protocol& l4, HalfOpen& entry)
    : m_l4(l4),
      m_entry(&entry)
{
}

State
HalfOpenOwner::GetState() const
{
    return m_state;
}

Facts
HalfOpenOwner::MakeFacts(const Incoming* incoming) const
{
    Facts facts = incoming ? incoming->facts : Facts();
    facts.Set(m_entry->GetOrigin());
    facts.Set(m_entry->listener->HasAcceptRoom() ? AcceptQueue::ROOM : AcceptQueue::FULL);
    return facts;
}

const Row*
HalfOpenOwner::Fire(Event event, Incoming& incoming)
{
    if (event == Event::SEGMENT_FILTER)
    {
        incoming.facts = Classify(incoming.segment, m_entry->GetSequences(), true);
    }
    const Row& row = Step(m_state, event, MakeFacts(&incoming), m_l4.GetPolicy());
    if (row.action.next == State::ESTABLISHED)
    {
        Promote(incoming, event);
        return nullptr;
    }
    Apply(row, &incoming);
    return &row;
}

void
HalfOpenOwner::Fire(Event event, Retries retries)
{
    Facts facts = MakeFacts(nullptr);
    facts.Set(retries);
    Apply(Step(m_state, event, facts, m_l4.GetPolicy()), nullptr);
}

void
HalfOpenOwner::OnTimeout()
{
    const bool exhausted = m_entry->retransmissions >= m_entry->listener->GetSynAckRetries();
    if (!exhausted)
    {
        ++m_entry->retransmissions;
        m_l4.GetTable().RestartTimer(*m_entry,
                                     m_entry->listener->GetSynTimeout(m_entry->retransmissions));
    }
    Fire(Event::SYN_TIMEOUT, exhausted ? Retries::EXHAUSTED : Retries::LEFT);
}

void
HalfOpenOwner::Apply(const Row& row, const Incoming* incoming)
{
    if (row.action.quiet)
    {
        return;
    }
    const State to = row.action.next.value_or(m_state);
    m_entry->listener->Report({m_entry->flow,
                               m_entry->connection,
                               m_state,
                               to,
                               row,
                               incoming,
                               m_entry->iss.Value(),
                               m_entry->irs.Value()});
    if (row.action.reply == Reply::SYN_ACK)
    {
        SendSynAck(m_l4, *m_entry);
    }
    else
    {
        SendReply(m_l4, *m_entry, m_entry->listener->GetIpParameters(), row, incoming);
    }
    if (to != m_state)
    {
        Leave(to);
    }
}

void
HalfOpenOwner::Leave(State next)
{
    ConnectionTable& table = m_l4.GetTable();
    const Flow flow = m_entry->flow;
    if (next == State::TIME_WAIT)
    {
        // Takes the place of the half-open one.
        table.Put(table.TakePrevious(m_entry->connection));
    }
    else
    {
        table.Erase(flow);
    }
    m_entry = nullptr;
    m_state = next;
}

void
HalfOpenOwner::Promote(Incoming& incoming, Event step)
{
    Ptr<TcpFsmSocket> child = m_entry->listener->Promote(*m_entry);
    m_entry = nullptr;
    m_l4.GetTable().Put(child);
    child->ResumeWith(incoming, step);
}

TimeWaitOwner::TimeWaitOwner(TcpFsmL4Protocol& l4, TimeWait& entry)
    : m_l4(l4),
      m_entry(&entry)
{
}

State
TimeWaitOwner::GetState() const
{
    return m_state;
}

const Row*
TimeWaitOwner::Fire(Event event, Incoming& incoming)
{
    TcpFsmSocket* listener = nullptr;
    if (event == Event::SEGMENT_FILTER)
    {
        incoming.facts = Classify(incoming.segment, m_entry->GetSequences(), true);
    }
    if (event == Event::STEP_EXCEPTIONS)
    {
        listener = m_l4.GetTable().FindListener(incoming.flow, incoming.device);
        incoming.facts.Set(listener ? Listener::PRESENT : Listener::ABSENT);
        if (listener)
        {
            incoming.facts.Set(listener->HasAcceptRoom() ? AcceptQueue::ROOM : AcceptQueue::FULL)
                .Set(listener->HasHalfOpenRoom() ? HalfOpenQueue::ROOM : HalfOpenQueue::FULL);
        }
    }
    const Row& row = Step(m_state, event, incoming.facts, m_l4.GetPolicy());
    Apply(row, &incoming, listener);
    return &row;
}

void
TimeWaitOwner::OnTimeout()
{
    Apply(Step(m_state, Event::TIME_WAIT_TIMEOUT, Facts(), m_l4.GetPolicy()), nullptr, nullptr);
}

void
TimeWaitOwner::Apply(const Row& row, const Incoming* incoming, TcpFsmSocket* listener)
{
    if (row.action.quiet)
    {
        return;
    }
    ConnectionTable& table = m_l4.GetTable();
    if (row.action.Has(ADD_HALF_OPEN))
    {
        if (m_entry->handle)
        {
            std::exchange(m_entry->handle, nullptr)->FollowTimeWait(State::CLOSED);
        }
        const TimeWait previous = *m_entry;
        table.Erase(previous.flow);
        m_entry = nullptr;
        m_state = State::SYN_RCVD;
        AddHalfOpen(m_l4, *listener, row, *incoming, &previous);
        return;
    }
    const State to = row.action.next.value_or(m_state);
    const TcpFsmReaction reaction{m_entry->flow,
                                  m_entry->connection,
                                  m_state,
                                  to,
                                  row,
                                  incoming,
                                  m_entry->iss.Value(),
                                  m_entry->irs.Value()};
    if (m_entry->handle)
    {
        m_entry->handle->Report(reaction);
    }
    else
    {
        m_l4.Report(reaction);
    }
    SendReply(m_l4, *m_entry, m_entry->ip, row, incoming);
    if (row.action.Has(RESTART_2MSL))
    {
        table.RestartTimer(*m_entry);
    }
    if (to != m_state)
    {
        m_state = to;
        const TimeWait gone = *std::exchange(m_entry, nullptr);
        table.Erase(gone.flow);
        if (gone.handle)
        {
            gone.handle->FollowTimeWait(to);
        }
    }
}

} // namespace tcpfsm
} // namespace ns3

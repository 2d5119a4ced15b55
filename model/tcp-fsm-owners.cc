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
    if (entry.listener->HasOptions())
    {
        options.mss = l4.GetMss(entry.flow, entry.listener->GetBoundNetDevice());
    }
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

/// Decides about a segment by the facts of a listener too; where that would make a half-open
/// connection, the application is asked whether it wants the connection.
const Row&
DecideAt(const TcpFsmL4Protocol& l4,
         TcpFsmSocket& listener,
         State state,
         Event event,
         Incoming& incoming)
{
    incoming.facts.Set(listener.HasAcceptRoom() ? AcceptQueue::ROOM : AcceptQueue::FULL)
        .Set(listener.HasHalfOpenRoom() ? HalfOpenQueue::ROOM : HalfOpenQueue::FULL);
    const Row& row = Step(state, event, incoming.facts, l4.GetPolicy());
    const Flow& flow = incoming.flow;
    if (!row.action.Has(ADD_HALF_OPEN) || listener.WantsConnection(flow))
    {
        return row;
    }
    incoming.facts.Set(AcceptQueue::FULL);
    return Step(state, event, incoming.facts, l4.GetPolicy());
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
    HalfOpen* oldest = table.Oldest(listener.HalfOpens());
    if (row.action.Has(EVICT_OLDEST) && oldest)
    {
        HalfOpenOwner(l4, *oldest).Fire(Event::EVICTED);
    }
    if (listener.GetState() != State::LISTEN)
    {
        return; // a sink has closed it
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
        const TcpFsmSocket* idle = m_l4.GetTable().FindIdle(incoming.flow);
        ReplyFromNothing(m_l4, row, incoming, idle ? idle->GetIpParameters() : IpParameters());
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
    const Row* row = &DecideAt(m_l4, m_listener, State::LISTEN, event, incoming);
    if (m_listener.GetState() != State::LISTEN)
    {
        return nullptr; // the application, asked whether it wants the connection, has closed it
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
    const Flow flow = m_entry->flow;
    m_entry->listener->Report({flow,
                               m_entry->connection,
                               m_state,
                               to,
                               row,
                               incoming,
                               m_entry->iss.Value(),
                               m_entry->irs.Value()});
    if (m_l4.GetTable().FindHalfOpen(flow) != m_entry)
    {
        m_entry = nullptr; // a sink of that report has closed the listener
        m_state = State::CLOSED;
        return;
    }
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
    }
    const Row& row = listener ? DecideAt(m_l4, *listener, m_state, event, incoming)
                              : Step(m_state, event, incoming.facts, m_l4.GetPolicy());
    const bool isListening = listener && listener->GetState() == State::LISTEN;
    if (m_l4.GetTable().FindTimeWait(incoming.flow) != m_entry ||
        (row.action.Has(ADD_HALF_OPEN) && !isListening))
    {
        return nullptr; // the application, asked whether it wants the connection, has ended it
    }
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
        const Ptr<TcpFsmSocket> handle(std::exchange(m_entry->handle, nullptr));
        const TimeWait previous = *std::exchange(m_entry, nullptr);
        table.Erase(previous.flow);
        m_state = State::SYN_RCVD;
        if (handle)
        {
            handle->FollowTimeWait(State::CLOSED);
        }
        AddHalfOpen(m_l4, *listener, row, *incoming, &previous);
        return;
    }
    const State to = row.action.next.value_or(m_state);
    const Flow flow = m_entry->flow;
    const Ptr<TcpFsmSocket> handle(m_entry->handle);
    const TcpFsmReaction reaction{flow,
                                  m_entry->connection,
                                  m_state,
                                  to,
                                  row,
                                  incoming,
                                  m_entry->iss.Value(),
                                  m_entry->irs.Value()};
    if (handle)
    {
        handle->Report(reaction);
    }
    else
    {
        m_l4.Report(reaction);
    }
    if (table.FindTimeWait(flow) != m_entry)
    {
        m_entry = nullptr; // a sink of that report has ended the connection
        m_state = State::CLOSED;
        return;
    }
    SendReply(m_l4, *m_entry, m_entry->ip, row, incoming);
    if (row.action.Has(RESTART_2MSL))
    {
        table.RestartTimer(*m_entry);
    }
    if (to != m_state)
    {
        m_state = to;
        std::exchange(m_entry, nullptr)->handle = nullptr;
        table.Erase(flow);
        if (handle)
        {
            handle->FollowTimeWait(to);
        }
    }
}

} // namespace tcpfsm
} // namespace ns3

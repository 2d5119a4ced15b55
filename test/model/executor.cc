// SPDX-License-Identifier: GPL-2.0-only

#include "executor.h"

#include "tcp-fsm-steps.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// Forgets what no row looks at in the state, so that equal situations are equal.
void
Normalize(Host& host)
{
    if (host.state != State::SYN_RCVD)
    {
        host.origin = Origin::ACTIVE;
        host.previousIss = host.previousIrs = 0;
        host.previousSent = host.previousRead = false;
    }
    if (host.state >= State::ESTABLISHED && host.state != State::TIME_WAIT)
    {
        // It may be opened again as soon as a SYN can reach it.
        host.listener = false;
    }
    if (host.state >= State::CLOSING)
    {
        host.receiving = Receiving::CLOSED;
        host.received = host.received == Received::NONE ? Received::NONE : Received::READ;
    }
}

} // namespace

Executor::Executor(Host& host, const StepFunction& step, const Bounds& bounds)
    : m_host(host),
      m_step(step),
      m_bounds(bounds),
      m_closeRemembered(host.ownFin == OwnFin::PENDING && host.state <= State::SYN_RCVD)
{
}

State
Executor::GetState() const
{
    return !m_host.IsOpen() && m_host.listener ? State::LISTEN : m_host.state;
}

Facts
Executor::AddFacts(Facts facts) const
{
    facts.Set(m_host.origin).Set(m_host.ownFin).Set(m_host.receiving);
    facts.Set(m_host.received == Received::UNREAD ? Unread::SOME : Unread::NONE);
    facts.Set(m_host.outgoing == Outgoing::QUEUED ? Queue::QUEUED : Queue::EMPTY);
    facts.Set(m_host.outgoing == Outgoing::SENT ? Outstanding::SOME : Outstanding::NONE);
    facts.Set(Peer::GIVEN);
    facts.Set(m_host.listener ? tcpfsm::Listener::PRESENT : tcpfsm::Listener::ABSENT);
    const bool another =
        !m_bounds.oneConnection || !(m_host.IsSpent() || m_host.state == State::TIME_WAIT);
    return facts.Set(another ? AcceptQueue::ROOM : AcceptQueue::FULL);
}

const Row*
Executor::Decide(State state, Event event, const Facts& facts)
{
    if (!CanHappen(event, state))
    {
        flaw.append(ToString(event)).append(" in ").append(ToString(state));
        return nullptr;
    }
    return &m_step(state, event, AddFacts(facts), m_bounds.policy);
}

const Row*
Executor::Fire(Event event, Arriving& arriving)
{
    const Row* row = Decide(GetState(), event, arriving.facts);
    if (row)
    {
        Apply(*row, &arriving);
    }
    return row;
}

void
Executor::FireHere(Event event, Retries retries)
{
    Facts facts;
    facts.Set(retries);
    if (const Row* row = Decide(m_host.state, event, facts))
    {
        Apply(*row, nullptr);
    }
}

void
Executor::Arrive(const Segment& segment)
{
    const Sequences seqs = m_host.IsOpen() ? m_host.GetSequences(m_bounds.narrow) : Sequences();
    Arriving arriving{segment, Classify(segment, seqs, m_host.KnowsPeer())};
    m_inSegment = true;
    RunSteps(*this, arriving);
    if (m_closeRemembered && CanHappen(Event::REMEMBERED_CLOSE, m_host.state))
    {
        m_closeRemembered = false;
        FireHere(Event::REMEMBERED_CLOSE);
    }
    m_inSegment = false;
    if (m_ackOwed && m_host.IsOpen())
    {
        SendControl(tcpfsm::Reply::ACK);
    }
    SendQueued();
    Normalize(m_host);
}

void
Executor::Connection(Event event, Retries retries)
{
    FireHere(event, retries);
    if (event == Event::RECEIVE && m_host.received == Received::UNREAD)
    {
        m_host.received = Received::READ;
        if (m_bounds.narrow && !m_host.finTaken)
        {
            SendControl(tcpfsm::Reply::ACK); // the window opens
        }
    }
    Normalize(m_host);
}

void
Executor::Listener(Event event)
{
    const State from = m_host.listener ? State::LISTEN : State::CLOSED;
    const Row* row = Decide(from, event, Facts());
    if (!row)
    {
        return;
    }
    rules.push_back(row->id);
    const State to = row->action.next.value_or(from);
    m_host.listener = to == State::LISTEN;
    if (from == State::LISTEN && !m_host.listener && m_host.state == State::SYN_RCVD &&
        m_host.origin != Origin::ACTIVE)
    {
        FireHere(Event::LISTENER_GONE);
    }
    if (to == State::SYN_SENT)
    {
        m_host.state = to;
        m_host.iss = FRESH;
        m_host.outgoing = row->action.Has(QUEUE_DATA) ? Outgoing::QUEUED : Outgoing::NONE;
        Reply(*row, nullptr);
    }
    Normalize(m_host);
}

void
Executor::Transmit()
{
    if (m_host.ownFin == OwnFin::PENDING)
    {
        // The FIN rides on the last data segment.
        FireHere(Event::FIN_SENT);
        std::erase_if(sent, [](const Segment& segment) { return segment.Has(CTL_FIN); });
    }
    m_host.outgoing = Outgoing::SENT;
    SendOctet();
    Normalize(m_host);
}

void
Executor::Apply(const Row& row, const Arriving* arriving)
{
    if (row.action.quiet)
    {
        return;
    }
    rules.push_back(row.id);
    exceptional = exceptional || row.event == Event::STEP_EXCEPTIONS;
    const State from = m_host.state;
    Enter(row, arriving);
    ApplyEffects(row, arriving);
    Reply(row, arriving);
    Leave(from, m_host.state);
}

void
Executor::Reply(const Row& row, const Arriving* arriving)
{
    const auto reply = row.action.reply;
    const Segment cause = arriving ? arriving->segment : Segment();
    switch (reply)
    {
    case tcpfsm::Reply::NONE:
        break;
    case tcpfsm::Reply::ACK:
    case tcpfsm::Reply::CHALLENGE_ACK:
        if (m_inSegment)
        {
            m_ackOwed = true;
            break;
        }
        [[fallthrough]];
    case tcpfsm::Reply::SYN:
    case tcpfsm::Reply::SYN_ACK:
    case tcpfsm::Reply::RST_FOR_ACK:
    case tcpfsm::Reply::RST_ACK_FOR_SEGMENT:
    case tcpfsm::Reply::RST:
    case tcpfsm::Reply::RST_ACK:
    case tcpfsm::Reply::WINDOW_PROBE:
    case tcpfsm::Reply::KEEP_ALIVE:
        SendControl(reply, cause);
        break;
    case tcpfsm::Reply::FIN:
        m_host.ownFin = OwnFin::SENT;
        SendControl(reply);
        break;
    case tcpfsm::Reply::DATA:
        SendOctet();
        break;
    }
    if (cause.Has(CTL_RST) && !sent.empty() && sent.back().Has(CTL_RST))
    {
        flaw += "a RST answers a RST";
    }
}

void
Executor::SendControl(tcpfsm::Reply reply, const Segment& cause)
{
    sent.push_back(Compose(reply, cause, m_host.GetSequences(m_bounds.narrow)));
}

void
Executor::SendOctet()
{
    Segment segment = Compose(tcpfsm::Reply::ACK, {}, m_host.GetSequences(m_bounds.narrow));
    segment.seq = IsnOf(m_host.iss) + 1;
    segment.textLength = 1;
    segment.flags |= m_host.ownFin == OwnFin::SENT ? CTL_FIN : 0;
    sent.push_back(segment);
}

void
Executor::SendQueued()
{
    if (!m_inSegment && m_host.ownFin == OwnFin::PENDING && m_host.outgoing != Outgoing::QUEUED &&
        CanHappen(Event::FIN_SENT, m_host.state))
    {
        FireHere(Event::FIN_SENT);
    }
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

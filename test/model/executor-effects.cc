// SPDX-License-Identifier: GPL-2.0-only

#include "executor.h"

// What the effects of a row do to a host.

namespace ns3
{
namespace tcpfsm
{
namespace test
{

void
Executor::Enter(const Row& row, const Arriving* arriving)
{
    closedInOrder = closedInOrder || row.action.arrow == 20;
    if (row.action.Has(ADD_HALF_OPEN))
    {
        Accept(arriving->segment.seq);
    }
    m_host.state = row.action.next.value_or(m_host.state);
}

/// Makes the half-open connection of a SYN.
void
Executor::Accept(SeqNumber irs)
{
    const Host old = m_host;
    Forget();
    m_host.state = State::SYN_RCVD;
    m_host.origin = Origin::PASSIVE;
    m_host.iss = FRESH;
    m_host.irs = ConnectionOf(irs);
    if (old.state == State::TIME_WAIT)
    {
        m_host.origin = Origin::REOPENED;
        m_host.previousIss = old.iss;
        m_host.previousIrs = old.irs;
        m_host.previousSent = old.outgoing != Outgoing::NONE;
        m_host.previousRead = old.received != Received::NONE;
    }
}

/// Forgets the connection.
void
Executor::Forget()
{
    const bool listener = m_host.listener;
    m_host = Host();
    m_host.listener = listener;
    m_host.iss = m_bounds.oneConnection ? SPENT : 0;
}

/// Goes back to the connection in TIME-WAIT that a reopening took the place of.
void
Executor::Restore()
{
    const Host failed = m_host;
    Forget();
    m_host.state = State::TIME_WAIT;
    m_host.iss = failed.previousIss;
    m_host.irs = failed.previousIrs;
    m_host.ownFin = OwnFin::SENT;
    m_host.outgoing = failed.previousSent ? Outgoing::ACKED : Outgoing::NONE;
    m_host.received = failed.previousRead ? Received::READ : Received::NONE;
    m_host.synAcked = m_host.finAcked = m_host.finTaken = true;
    m_host.octetArrived = failed.previousSent;
    m_host.finArrived = true;
}

void
Executor::Leave(State from, State to)
{
    if (from != State::CLOSED && (to == State::CLOSED || to == State::LISTEN))
    {
        Forget();
    }
    else if (to == State::TIME_WAIT && from == State::SYN_RCVD)
    {
        Restore();
    }
}

void
Executor::ApplyEffects(const Row& row, const Arriving* arriving)
{
    const Action& action = row.action;
    if (action.Has(TAKE_SYN))
    {
        m_host.irs = ConnectionOf(arriving->segment.seq);
    }
    if (action.Has(TAKE_ACK))
    {
        TakeAck(*arriving);
    }
    if (action.Has(TAKE_TEXT))
    {
        TakeText(*arriving, action.Has(DISCARD_TEXT));
    }
    if (action.Has(REMEMBER_FIN))
    {
        m_host.finRemembered = true;
    }
    if (action.Has(TAKE_FIN))
    {
        TakeFin();
    }
    if (action.Has(END_RECEIVING))
    {
        m_host.receiving = Receiving::CLOSED;
    }
    if (action.Has(SHUT_RECEIVING))
    {
        m_host.receiving = Receiving::SHUT;
        m_host.received = m_host.received == Received::UNREAD ? Received::READ : m_host.received;
    }
    if (action.Has(QUEUE_DATA))
    {
        m_host.outgoing = Outgoing::QUEUED;
    }
    if (action.Has(QUEUE_FIN))
    {
        m_host.ownFin = OwnFin::PENDING;
        m_closeRemembered = !CanHappen(Event::FIN_SENT, m_host.state);
        SendQueued();
    }
}

void
Executor::TakeAck(const Arriving& arriving)
{
    const Ack ack = arriving.facts.Get<Ack>();
    m_host.synAcked = m_host.synAcked || ack == Ack::NEW || ack == Ack::COVERS_FIN;
    m_host.finAcked = m_host.finAcked || ack == Ack::COVERS_FIN;
    if (m_host.outgoing == Outgoing::SENT && arriving.segment.ack >= IsnOf(m_host.iss) + 2)
    {
        m_host.outgoing = Outgoing::ACKED;
    }
}

void
Executor::TakeText(const Arriving& arriving, bool discard)
{
    const Trimmed text = TrimToWindow(arriving.segment, m_host.GetSequences(m_bounds.narrow));
    if (text.length > 0)
    {
        if (m_host.received != Received::NONE)
        {
            flaw += "an octet is taken after the last";
        }
        tookOctet = true;
        m_host.received = discard ? Received::READ : Received::UNREAD;
        // The module may delay this ACK; to the peer that is one that is late, or lost.
        m_ackOwed = true;
    }
    if (m_host.finRemembered && m_host.received != Received::NONE &&
        arriving.facts.Get<Fin>() != Fin::REACHED && CanHappen(Event::FIN_REACHED, m_host.state))
    {
        FireHere(Event::FIN_REACHED);
    }
}

void
Executor::TakeFin()
{
    if (m_host.finTaken)
    {
        flaw += "a second FIN is taken";
    }
    m_host.finRemembered = false;
    m_host.finTaken = true;
    tookFin = true;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

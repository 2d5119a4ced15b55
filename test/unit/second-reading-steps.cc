// SPDX-License-Identifier: GPL-2.0-only

// RFC 9293 3.10.7.4, "other states".

#include "reader.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

bool
Reader::Exceptions()
{
    if (m_s.Is(State::SYN_RCVD, Seq::INITIAL) && m_s.HasSyn())
    {
        if (!m_s.HasAck())
        {
            return Answer(Reply::SYN_ACK);
        }
        if (!m_s.Is(Origin::ACTIVE))
        {
            return Answer(Reply::CHALLENGE_ACK);
        }
        if (!m_s.Is(Ack::NEW))
        {
            return Answer(Reply::RST_FOR_ACK);
        }
        Enter(State::ESTABLISHED, 9);
        Tell(Signal::CONNECTED);
        Send(Reply::ACK);
        UrgentPointer();
        TextAndFin();
        return false;
    }
    return !m_s.Is(State::TIME_WAIT) || TimeWaitExceptions();
}

bool
Reader::TimeWaitExceptions()
{
    const bool newSyn = m_s.HasSyn() && !m_s.HasAck();
    const bool newer = m_s.Is(TimeWaitSyn::FREEBSD) ? m_s.Is(Later::YES) : m_s.Is(Newer::YES);
    const bool reopen = newSyn && newer && m_s.Is(Listener::PRESENT);
    if (m_s.Is(Flags::FIN, Arrival::ENDS_AT_NEXT) && m_s.HasAck())
    {
        Do(RESTART_2MSL);
        return Answer(Reply::ACK);
    }
    switch (m_s.Get<TimeWaitSyn>())
    {
    case TimeWaitSyn::RFC793:
        return true;
    case TimeWaitSyn::REOPEN:
        if (newSyn)
        {
            return reopen ? Reopen() : Answer(Reply::CHALLENGE_ACK);
        }
        return true;
    case TimeWaitSyn::CHALLENGE:
        if (!m_s.HasSyn())
        {
            return true;
        }
        if (m_s.Is(SynCheck::RFC5961))
        {
            return Answer(Reply::CHALLENGE_ACK);
        }
        return m_s.Is(Seq::EXACT | Seq::IN_WINDOW) ? ResetBySyn() : Answer(Reply::ACK);
    case TimeWaitSyn::FREEBSD:
        if (m_s.Is(Flags::RST))
        {
            return false;
        }
        if (!m_s.HasAck())
        {
            return reopen && Reopen();
        }
        const bool empty = m_s.Is(Flags::PLAIN, Text::NONE, Arrival::ACCEPTABLE);
        return empty && m_s.Is(Seq::EXACT, Ack::CURRENT) ? false : Answer(Reply::ACK);
    }
    return true;
}

bool
Reader::Reopen()
{
    if (m_s.Is(AcceptQueue::ROOM))
    {
        Enter(State::SYN_RCVD);
        Send(Reply::SYN_ACK);
        Do(ADD_HALF_OPEN | TAKE_SYN | (m_s.Is(HalfOpenQueue::FULL) ? EVICT_OLDEST : NO_EFFECT));
    }
    return false;
}

bool
Reader::Sequence()
{
    if (m_s.Is(Flags::RST))
    {
        return true;
    }
    if (!m_s.Is(Timestamp::GOOD))
    {
        return m_s.Is(Timestamp::OLD) && Answer(Reply::ACK);
    }
    switch (m_s.Get<Arrival>())
    {
    case Arrival::ACCEPTABLE:
        return true;
    case Arrival::UNACCEPTABLE:
        return Answer(Reply::ACK);
    case Arrival::ENDS_AT_NEXT:
        Send(Reply::ACK);
        return m_s.Is(ProcessOldAck::ON) && !m_s.HasSyn();
    case Arrival::ZERO_WINDOW:
        Send(Reply::ACK);
        return true;
    }
    return false;
}

bool
Reader::Reset()
{
    if (!m_s.Is(Flags::RST))
    {
        return true;
    }
    if (m_s.Is(State::TIME_WAIT, Rfc1337::ON) || m_s.Is(Seq::INITIAL | Seq::OUTSIDE))
    {
        return false;
    }
    if (m_s.Is(Seq::IN_WINDOW, RstCheck::RFC5961))
    {
        return Answer(Reply::CHALLENGE_ACK);
    }
    if (m_s.Is(State::SYN_RCVD))
    {
        return EndAttempt(Signal::REFUSED, 7);
    }
    Enter(State::CLOSED);
    const bool late = m_s.Is(State::CLOSING | State::LAST_ACK);
    const bool loss = m_s.Is(Outstanding::SOME) || m_s.Is(LateReset::ALWAYS);
    if (!m_s.Is(State::TIME_WAIT) && (!late || loss))
    {
        Tell(Signal::RESET);
    }
    return false;
}

bool
Reader::EndAttempt(Signal activeSignal, int passiveArrow)
{
    switch (m_s.Get<Origin>())
    {
    case Origin::ACTIVE:
        Enter(State::CLOSED);
        Tell(activeSignal);
        break;
    case Origin::PASSIVE:
        Enter(State::LISTEN, passiveArrow);
        break;
    case Origin::REOPENED:
        Enter(State::TIME_WAIT);
    }
    return false;
}

bool
Reader::Syn()
{
    if (!m_s.HasSyn())
    {
        return true;
    }
    if (m_s.Is(State::SYN_RCVD, Not(Origin::ACTIVE)))
    {
        return EndAttempt(Signal::NONE, 0);
    }
    if (m_s.Is(SynCheck::RFC5961))
    {
        return Answer(Reply::CHALLENGE_ACK);
    }
    return m_s.Is(Seq::EXACT | Seq::IN_WINDOW) ? ResetBySyn() : Answer(Reply::ACK);
}

bool
Reader::ResetBySyn()
{
    Enter(State::CLOSED);
    Tell(Signal::RESET);
    return Answer(Reply::RST_ACK);
}

bool
Reader::Acknowledgment()
{
    if (m_s.Is(State::SYN_RCVD))
    {
        if (!m_s.Is(Ack::NEW))
        {
            // Step 1 makes allowance for a valid ACK only, and has answered.
            return m_s.Is(Arrival::ACCEPTABLE) && Answer(Reply::RST_FOR_ACK);
        }
        if (m_s.Is(AcceptQueue::FULL) && !m_s.Is(Origin::ACTIVE))
        {
            return false;
        }
        Enter(State::ESTABLISHED, 9);
        Tell(Signal::CONNECTED);
        return true;
    }
    if (m_s.Is(AckCheck::RFC5961, Ack::TOO_OLD | Ack::UNSENT))
    {
        return Answer(Reply::CHALLENGE_ACK);
    }
    if (m_s.Is(AckCheck::RFC793, Ack::UNSENT))
    {
        return Answer(Reply::ACK);
    }
    if (m_s.Is(Ack::COVERS_FIN))
    {
        return OurFinAcknowledged();
    }
    return true;
}

bool
Reader::OurFinAcknowledged()
{
    if (m_s.Is(State::FIN_WAIT_1, Not(Fin::REACHED)))
    {
        Enter(State::FIN_WAIT_2, 14);
    }
    else if (m_s.Is(State::CLOSING))
    {
        Enter(State::TIME_WAIT, 18);
    }
    else if (m_s.Is(State::LAST_ACK))
    {
        Enter(State::CLOSED, 20);
        return false;
    }
    return true;
}

bool
Reader::IsReceiving() const
{
    const State state = m_reading.end;
    return state == State::ESTABLISHED || state == State::FIN_WAIT_1 || state == State::FIN_WAIT_2;
}

void
Reader::UrgentPointer()
{
    if (IsReceiving() && m_s.Is(Urgent::NEW))
    {
        Do(TAKE_URGENT);
    }
}

void
Reader::TextAndFin()
{
    if (!IsReceiving())
    {
        if (!m_s.Is(Fin::NONE))
        {
            Send(Reply::ACK);
        }
        return;
    }
    if (m_s.Is(Text::NEW))
    {
        if (m_s.Is(Receiving::CLOSED) && m_reading.end != State::ESTABLISHED)
        {
            Enter(State::CLOSED);
            Send(Reply::RST_FOR_ACK);
            return;
        }
        // What is taken is acknowledged, at once or delayed.
        Do(TAKE_TEXT | (m_s.Is(Receiving::SHUT) ? DISCARD_TEXT : NO_EFFECT));
    }
    if (m_s.Is(Fin::BEYOND))
    {
        Do(REMEMBER_FIN);
        Send(Reply::ACK);
    }
    else if (m_s.Is(Fin::REACHED))
    {
        TakeFin();
    }
}

void
Reader::TakeFin()
{
    Do(TAKE_FIN);
    Reply reply = Reply::ACK;
    if (m_reading.end == State::ESTABLISHED)
    {
        Enter(State::CLOSE_WAIT, 13);
    }
    else if (m_reading.end == State::FIN_WAIT_2)
    {
        Enter(State::TIME_WAIT, 17);
    }
    else if (m_s.Is(Ack::COVERS_FIN))
    {
        Enter(State::TIME_WAIT, 15);
    }
    else
    {
        Enter(State::CLOSING, 16);
        reply = m_s.Is(ClosingReply::FIN_AGAIN, OwnFin::SENT) ? Reply::FIN : Reply::ACK;
    }
    Send(reply);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

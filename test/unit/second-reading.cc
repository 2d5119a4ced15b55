// SPDX-License-Identifier: GPL-2.0-only

#include "second-reading.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// Reads one segment. Each step returns true if the segment goes on to the next.
class Reader
{
  public:
    explicit Reader(const Situation& s)
        : m_s(s)
    {
        m_reading.end = s.state;
    }

    Reading Read()
    {
        const bool exempt =
            m_s.Is(State::CLOSED) || m_s.Is(State::TIME_WAIT, TimeWaitSyn::CHALLENGE);
        if (m_s.Is(DropSynFin::ON, Flags::SYN_FIN) && !exempt)
        {
            return m_reading;
        }
        switch (m_s.state)
        {
        case State::CLOSED:
            Closed();
            break;
        case State::LISTEN:
            Listen();
            break;
        case State::SYN_SENT:
            SynSent();
            break;
        default:
            if (Exceptions() && Sequence() && Reset() && Syn() && m_s.HasAck() && Acknowledgment())
            {
                UrgentPointer();
                TextAndFin();
            }
        }
        return m_reading;
    }

  private:
    void Closed()
    {
        if (!m_s.Is(Flags::RST) && m_s.Is(Blackhole::OFF))
        {
            Send(m_s.HasAck() ? Reply::RST_FOR_ACK : Reply::RST_ACK_FOR_SEGMENT);
        }
    }

    void Listen()
    {
        if (m_s.Is(Flags::RST))
        {
            return;
        }
        if (m_s.HasAck())
        {
            if (!m_s.HasSyn() || m_s.Is(ListenSynAck::RESET))
            {
                Send(Reply::RST_FOR_ACK);
            }
        }
        else if (m_s.HasSyn() && m_s.Is(AcceptQueue::ROOM))
        {
            Enter(State::SYN_RCVD, 5);
            Send(Reply::SYN_ACK);
            Do(ADD_HALF_OPEN | (m_s.Is(HalfOpenQueue::FULL) ? EVICT_OLDEST : NO_EFFECT));
        }
    }

    void SynSent()
    {
        const bool rst = m_s.Is(Flags::RST);
        if (m_s.HasAck() && !m_s.Is(Ack::NEW))
        {
            if (!rst)
            {
                Send(Reply::RST_FOR_ACK);
            }
        }
        else if (rst)
        {
            if (m_s.HasAck())
            {
                Enter(State::CLOSED);
                Tell(Signal::REFUSED);
            }
        }
        else if (m_s.HasSyn())
        {
            Do(TAKE_SYN);
            if (m_s.HasAck())
            {
                Enter(State::ESTABLISHED, 10);
                Tell(Signal::CONNECTED);
                Send(Reply::ACK);
                TextAndFin();
                return;
            }
            Enter(State::SYN_RCVD, 8);
            Send(Reply::SYN_ACK);
            Do(m_s.Is(Text::NEW) ? KEEP_TEXT : NO_EFFECT);
        }
    }

    /// Step 0: what the window test would hide.
    bool Exceptions()
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
            TextAndFin();
            return false;
        }
        return !m_s.Is(State::TIME_WAIT) || TimeWaitExceptions();
    }

    bool TimeWaitExceptions()
    {
        const bool newSyn = m_s.HasSyn() && !m_s.HasAck();
        const bool reopen = newSyn && m_s.Is(Newer::YES, Listener::PRESENT);
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

    bool Reopen()
    {
        if (m_s.Is(AcceptQueue::ROOM))
        {
            Enter(State::SYN_RCVD);
            Send(Reply::SYN_ACK);
            Do(ADD_HALF_OPEN | (m_s.Is(HalfOpenQueue::FULL) ? EVICT_OLDEST : NO_EFFECT));
        }
        return false;
    }

    /// Step 1.
    bool Sequence()
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

    /// Step 2.
    bool Reset()
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

    /// A RST or SYN in SYN-RCVD: back to where the connection came from.
    bool EndAttempt(Signal activeSignal, int passiveArrow)
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

    /// Step 3.
    bool Syn()
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

    bool ResetBySyn()
    {
        Enter(State::CLOSED);
        Tell(Signal::RESET);
        return Answer(Reply::RST_ACK);
    }

    /// Step 5.
    bool Acknowledgment()
    {
        if (m_s.Is(State::SYN_RCVD))
        {
            if (!m_s.Is(Ack::NEW))
            {
                return Answer(Reply::RST_FOR_ACK);
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

    bool OurFinAcknowledged()
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

    /// @return true if the peer's FIN was not seen before
    bool IsReceiving() const
    {
        const State state = m_reading.end;
        return state == State::ESTABLISHED || state == State::FIN_WAIT_1 ||
               state == State::FIN_WAIT_2;
    }

    /// Step 5a.
    void UrgentPointer()
    {
        if (IsReceiving() && m_s.Is(Urgent::NEW))
        {
            Do(TAKE_URGENT);
        }
    }

    /// Steps 6 and 7.
    void TextAndFin()
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
            Do(m_s.Is(Receiving::SHUT) ? DISCARD_TEXT : TAKE_TEXT);
            Send(Reply::ACK);
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

    void TakeFin()
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

    /// Answers and drops the segment.
    bool Answer(Reply reply)
    {
        Send(reply);
        return false;
    }

    void Send(Reply reply)
    {
        m_reading.replies |= 1U << static_cast<int>(reply);
    }

    void Do(int effects)
    {
        m_reading.effects = static_cast<uint16_t>(m_reading.effects | effects);
    }

    void Enter(State state, int arrow = 0)
    {
        m_reading.end = state;
        m_reading.arrows |= arrow == 0 ? 0 : 1U << arrow;
    }

    void Tell(Signal signal)
    {
        m_reading.signals |= signal == Signal::NONE ? 0 : 1U << static_cast<int>(signal);
    }

    const Situation& m_s;
    Reading m_reading;
};

} // namespace

Reading
Read(const Situation& situation)
{
    return Reader(situation).Read();
}

std::string
Describe(const Reading& reading)
{
    std::string text = " -> " + std::string(ToString(reading.end));
    for (std::size_t i = 0; i < SIZE<Reply>; ++i)
    {
        if ((reading.replies >> i) & 1)
        {
            text.append(", ").append(ToString(static_cast<Reply>(i)));
        }
    }
    for (std::size_t i = 0; i < SIZE<Signal>; ++i)
    {
        if ((reading.signals >> i) & 1)
        {
            text.append(", tells ").append(ToString(static_cast<Signal>(i)));
        }
    }
    for (int arrow = 1; arrow <= 21; ++arrow)
    {
        if ((reading.arrows >> arrow) & 1)
        {
            text.append(", arrow ").append(std::to_string(arrow));
        }
    }
    return text.append(", effects ").append(std::to_string(reading.effects));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

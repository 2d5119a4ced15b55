// SPDX-License-Identifier: GPL-2.0-only

#include "second-reading.h"

#include "reader.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

Reading
Reader::Read()
{
    const bool exempt = m_s.Is(State::CLOSED) || m_s.Is(State::TIME_WAIT, TimeWaitSyn::CHALLENGE);
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

void
Reader::Closed()
{
    if (!m_s.Is(Flags::RST) && m_s.Is(Blackhole::OFF))
    {
        Send(m_s.HasAck() ? Reply::RST_FOR_ACK : Reply::RST_ACK_FOR_SEGMENT);
    }
}

void
Reader::Listen()
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
        Do(ADD_HALF_OPEN | TAKE_SYN | (m_s.Is(HalfOpenQueue::FULL) ? EVICT_OLDEST : NO_EFFECT));
    }
}

void
Reader::SynSent()
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
            UrgentPointer();
            TextAndFin();
            return;
        }
        Enter(State::SYN_RCVD, 8);
        Send(Reply::SYN_ACK);
        Do(KEEP_TEXT);
    }
}

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

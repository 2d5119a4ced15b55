// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-transition.h"

#include <string>

namespace ns3
{

std::string_view
TcpFsmTransition::Columns()
{
    static const std::string names = [] {
        std::string text;
        VisitColumns(TcpFsmTransition{}, tcpfsm::CsvNames(text));
        return text;
    }();
    return names;
}

void
TcpFsmTransition::WriteCsv(std::ostream& os) const
{
    tcpfsm::CsvValues values;
    VisitColumns(*this, values);
    os << values.GetText();
}

std::string_view
TcpFsmStateName(TcpSocket::TcpStates_t state)
{
    return tcpfsm::ToString(tcpfsm::FromNs3(state));
}

namespace tcpfsm
{

State
FromNs3(TcpSocket::TcpStates_t state)
{
    switch (state)
    {
    case TcpSocket::CLOSED:
    case TcpSocket::LAST_STATE:
        return State::CLOSED;
    case TcpSocket::LISTEN:
        return State::LISTEN;
    case TcpSocket::SYN_SENT:
        return State::SYN_SENT;
    case TcpSocket::SYN_RCVD:
        return State::SYN_RCVD;
    case TcpSocket::ESTABLISHED:
        return State::ESTABLISHED;
    case TcpSocket::CLOSE_WAIT:
        return State::CLOSE_WAIT;
    case TcpSocket::LAST_ACK:
        return State::LAST_ACK;
    case TcpSocket::FIN_WAIT_1:
        return State::FIN_WAIT_1;
    case TcpSocket::FIN_WAIT_2:
        return State::FIN_WAIT_2;
    case TcpSocket::CLOSING:
        return State::CLOSING;
    case TcpSocket::TIME_WAIT:
        return State::TIME_WAIT;
    }
    return State::CLOSED;
}

TcpSocket::TcpStates_t
ToNs3(State state)
{
    switch (state)
    {
    case State::CLOSED:
        return TcpSocket::CLOSED;
    case State::LISTEN:
        return TcpSocket::LISTEN;
    case State::SYN_SENT:
        return TcpSocket::SYN_SENT;
    case State::SYN_RCVD:
        return TcpSocket::SYN_RCVD;
    case State::ESTABLISHED:
        return TcpSocket::ESTABLISHED;
    case State::FIN_WAIT_1:
        return TcpSocket::FIN_WAIT_1;
    case State::FIN_WAIT_2:
        return TcpSocket::FIN_WAIT_2;
    case State::CLOSE_WAIT:
        return TcpSocket::CLOSE_WAIT;
    case State::CLOSING:
        return TcpSocket::CLOSING;
    case State::LAST_ACK:
        return TcpSocket::LAST_ACK;
    case State::TIME_WAIT:
        return TcpSocket::TIME_WAIT;
    }
    return TcpSocket::CLOSED;
}

} // namespace tcpfsm
} // namespace ns3

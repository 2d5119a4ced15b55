// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-transition.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"

namespace ns3
{

namespace
{

void
WriteAddress(std::ostream& os, const Address& address)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        os << Ipv4Address::ConvertFrom(address);
    }
    else
    {
        os << Ipv6Address::ConvertFrom(address);
    }
}

/// Texts that hold a comma are quoted.
void
WriteText(std::ostream& os, std::string_view text)
{
    if (text.find(',') == std::string_view::npos)
    {
        os << text;
    }
    else
    {
        os << '"' << text << '"';
    }
}

} // namespace

std::string_view
TcpFsmTransition::Columns()
{
    return "time_ns,node,connection,segment,family,local_address,local_port,remote_address,"
           "remote_port,from,event,flags,seq,ack,length,window,seq_class,ack_class,reply,to,rule,"
           "clause";
}

void
TcpFsmTransition::WriteCsv(std::ostream& os) const
{
    os << time.GetNanoSeconds() << ',' << node << ',' << connection << ',' << segment << ','
       << +family << ',';
    WriteAddress(os, localAddress);
    os << ',' << localPort << ',';
    WriteAddress(os, remoteAddress);
    os << ',' << remotePort << ',' << TcpFsmStateName(from) << ',' << event << ','
       << (segment == 0 ? "" : tcpfsm::FlagsToString(flags)) << ',' << seq << ',' << ack << ','
       << length << ',' << window << ',' << seqClass << ',' << ackClass << ',' << reply << ','
       << TcpFsmStateName(to) << ',' << rule << ',';
    WriteText(os, clause);
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

std::string
FlagsToString(uint8_t flags)
{
    // The order of the status table: SYN-ACK, SYN-FIN, FIN-ACK, RST-ACK.
    constexpr std::array<std::pair<uint8_t, std::string_view>, 8> NAMES{{{CTL_SYN, "SYN"},
                                                                         {CTL_FIN, "FIN"},
                                                                         {CTL_RST, "RST"},
                                                                         {CTL_PSH, "PSH"},
                                                                         {CTL_ACK, "ACK"},
                                                                         {CTL_URG, "URG"},
                                                                         {64, "ECE"},
                                                                         {128, "CWR"}}};
    std::string text;
    for (const auto& [bit, name] : NAMES)
    {
        if (flags & bit)
        {
            text.append(text.empty() ? "" : "-").append(name);
        }
    }
    return text.empty() ? "none" : text;
}

} // namespace tcpfsm
} // namespace ns3

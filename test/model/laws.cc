// SPDX-License-Identifier: GPL-2.0-only

#include "laws.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// @return true if the host's variables are those of its state
bool
FitsState(const Host& host)
{
    const bool nothingSent = host.outgoing <= Outgoing::QUEUED && host.ownFin != OwnFin::SENT;
    const bool finAsked = host.ownFin != OwnFin::NONE;
    switch (host.state)
    {
    case State::CLOSED:
        return true;
    case State::LISTEN:
        return false; // a listener has no connection
    case State::SYN_SENT:
    case State::SYN_RCVD:
        return !host.synAcked && nothingSent && host.received == Received::NONE && !host.finTaken;
    case State::ESTABLISHED:
        return host.synAcked && !finAsked && !host.finTaken;
    case State::FIN_WAIT_1:
        return finAsked && !host.finAcked && !host.finTaken;
    case State::FIN_WAIT_2:
        return host.finAcked && !host.finTaken;
    case State::CLOSE_WAIT:
        return host.synAcked && host.ownFin != OwnFin::SENT && host.finTaken;
    case State::CLOSING:
        return finAsked && !host.finAcked && host.finTaken;
    case State::LAST_ACK:
        return host.ownFin == OwnFin::SENT && !host.finAcked && host.finTaken;
    case State::TIME_WAIT:
        return host.finAcked && host.finTaken;
    }
    return false;
}

/// @return true if both mean the same connection
bool
Agree(const Host& a, const Host& b)
{
    return a.KnowsPeer() && b.KnowsPeer() && a.irs == b.iss && b.irs == a.iss;
}

/// @return true if what the receiver has is between what is acknowledged and what was sent
bool
InStep(const Host& sender, const Host& receiver)
{
    const Sequences seqs = sender.GetSequences(false);
    const SeqNumber next = receiver.GetSequences(false).rcvNxt;
    return seqs.sndUna <= next && next <= seqs.sndNxt;
}

} // namespace

std::string
IllegalHost(const Host& host)
{
    if (!FitsState(host))
    {
        return std::string("variables of another state in ").append(ToString(host.state));
    }
    if (host.finAcked &&
        (host.ownFin != OwnFin::SENT || host.outgoing == Outgoing::SENT || !host.synAcked))
    {
        return "our FIN is acknowledged, but not all before it";
    }
    if (host.ownFin == OwnFin::SENT && host.outgoing == Outgoing::QUEUED)
    {
        return "our FIN went before our data";
    }
    if (host.finRemembered && (host.finTaken || host.received != Received::NONE))
    {
        return "a FIN waits behind no hole";
    }
    return "";
}

const char*
IllegalPair(const Host& a, const Host& b)
{
    for (const Host* host : {&a, &b})
    {
        if (host->outgoing == Outgoing::ACKED && !host->octetArrived)
        {
            return "data is acknowledged that was not taken";
        }
        if (host->finAcked && !host->finArrived)
        {
            return "a FIN is acknowledged that was not taken";
        }
    }
    const bool agree = Agree(a, b);
    if (a.state == State::ESTABLISHED && b.state == State::ESTABLISHED && !agree)
    {
        return "ESTABLISHED on both sides, but not the same connection";
    }
    if (agree && !(InStep(a, b) && InStep(b, a)))
    {
        return "sequence numbers do not agree";
    }
    return nullptr;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_EVENT_H
#define TCP_FSM_EVENT_H

#include "tcp-fsm-guard.h"

namespace ns3
{
namespace tcpfsm
{

/// Everything that can happen to a connection (RFC 9293 3.10).
enum class Event : uint8_t
{
    // Calls (3.10.1 to 3.10.6)
    PASSIVE_OPEN,
    ACTIVE_OPEN,
    SEND,
    RECEIVE,
    CLOSE,
    HALF_CLOSE,
    SHUTDOWN_RECEIVE,
    ABORT,
    STATUS,           //!< TcpFsmSocket::GetStatus() answers in every state, without a record
    REMEMBERED_CLOSE, //!< a CLOSE or half-close made before ESTABLISHED is carried out

    // A segment arrives (3.10.7): the steps in the order in which they are taken
    SEGMENT_FILTER,    //!< before every state
    SEGMENT,           //!< the whole of CLOSED, LISTEN and SYN-SENT
    STEP_EXCEPTIONS,   //!< what the window test would hide
    STEP_SEQUENCE,     //!< 3.10.7.4 first
    STEP_RST,          //!< 3.10.7.4 second: is the RST to be believed?
    STEP_RST_ACCEPTED, //!< 3.10.7.4 second: what a believed RST does
    STEP_SYN,          //!< 3.10.7.4 fourth
    STEP_ACK_MISSING,  //!< 3.10.7.4 fifth
    STEP_ACK,          //!< 3.10.7.4 fifth
    STEP_URGENT,       //!< 3.10.7.4 sixth
    STEP_TEXT,         //!< 3.10.7.4 seventh
    STEP_FIN,          //!< 3.10.7.4 eighth
    FIN_REACHED,       //!< a hole before a remembered FIN has filled
    FIN_SENT,          //!< our FIN is about to be sent for the first time

    // Timers (3.10.8)
    SYN_TIMEOUT,
    RETRANSMISSION_TIMEOUT,
    PERSIST_TIMEOUT,
    KEEP_ALIVE_TIMEOUT,
    USER_TIMEOUT,
    FIN_WAIT_2_TIMEOUT,
    TIME_WAIT_TIMEOUT,

    // From outside the connection
    ICMP_HARD_ERROR,
    ICMP_SOFT_ERROR,
    ICMP_PACKET_TOO_BIG,
    LISTENER_GONE, //!< the listener of a half-open connection was closed or turned active
    EVICTED        //!< a newer half-open connection takes the place of this one
};

/// Names of the events.
template <>
struct Names<Event>
{
    static constexpr std::string_view NAME = "event";
    static constexpr auto VALUES = std::to_array<std::string_view>({"passive OPEN",
                                                                    "active OPEN",
                                                                    "SEND",
                                                                    "RECEIVE",
                                                                    "CLOSE",
                                                                    "half-close",
                                                                    "receive-side shutdown",
                                                                    "ABORT",
                                                                    "STATUS",
                                                                    "remembered CLOSE",
                                                                    "segment filter",
                                                                    "segment",
                                                                    "step 0 exceptions",
                                                                    "step 1 sequence",
                                                                    "step 2 RST",
                                                                    "step 2 RST accepted",
                                                                    "step 3 SYN",
                                                                    "step 4 no ACK",
                                                                    "step 5 ACK",
                                                                    "step 5a URG",
                                                                    "step 6 text",
                                                                    "step 7 FIN",
                                                                    "FIN reached",
                                                                    "FIN sent",
                                                                    "SYN timeout",
                                                                    "retransmission timeout",
                                                                    "persist timeout",
                                                                    "keep-alive timeout",
                                                                    "user timeout",
                                                                    "FIN-WAIT-2 timeout",
                                                                    "2MSL timeout",
                                                                    "ICMP hard error",
                                                                    "ICMP soft error",
                                                                    "ICMP packet too big",
                                                                    "listener gone",
                                                                    "evicted"});
};

/// Every state.
inline constexpr Set<State> ANY_STATE = Not(Set<State>(uint64_t{0}));
/// The states whose segments take the steps of RFC 9293 3.10.7.4.
inline constexpr Set<State> STEP_STATES = Not(State::CLOSED | State::LISTEN | State::SYN_SENT);
/// The states in which our SYN is known to have arrived.
inline constexpr Set<State> SYNCHRONIZED =
    Not(State::CLOSED | State::LISTEN | State::SYN_SENT | State::SYN_RCVD);

/**
 * @param event an event
 * @return the states in which it can happen; its rows cover each of them completely
 */
constexpr Set<State>
StatesOf(Event event)
{
    switch (event)
    {
    case Event::PASSIVE_OPEN:
    case Event::ACTIVE_OPEN:
    case Event::SEND:
    case Event::RECEIVE:
    case Event::CLOSE:
    case Event::HALF_CLOSE:
    case Event::SHUTDOWN_RECEIVE:
    case Event::ABORT:
    case Event::STATUS:
    case Event::SEGMENT_FILTER:
    case Event::ICMP_HARD_ERROR:
    case Event::ICMP_SOFT_ERROR:
    case Event::ICMP_PACKET_TOO_BIG:
        return ANY_STATE;
    case Event::REMEMBERED_CLOSE:
        return State::ESTABLISHED | State::CLOSE_WAIT;
    case Event::SEGMENT:
        return State::CLOSED | State::LISTEN | State::SYN_SENT;
    case Event::STEP_EXCEPTIONS:
    case Event::STEP_SEQUENCE:
    case Event::STEP_RST:
    case Event::STEP_RST_ACCEPTED:
    case Event::STEP_SYN:
    case Event::STEP_ACK_MISSING:
    case Event::STEP_ACK:
        return STEP_STATES;
    case Event::STEP_URGENT:
    case Event::STEP_TEXT:
    case Event::STEP_FIN:
        return SYNCHRONIZED;
    case Event::FIN_REACHED:
        return State::ESTABLISHED | State::FIN_WAIT_1 | State::FIN_WAIT_2;
    case Event::FIN_SENT:
        return State::FIN_WAIT_1 | State::CLOSE_WAIT | State::CLOSING;
    case Event::SYN_TIMEOUT:
        return State::SYN_SENT | State::SYN_RCVD | State::FIN_WAIT_1 | State::CLOSING;
    case Event::RETRANSMISSION_TIMEOUT:
    case Event::PERSIST_TIMEOUT:
        return State::ESTABLISHED | State::FIN_WAIT_1 | State::CLOSE_WAIT | State::CLOSING |
               State::LAST_ACK;
    case Event::KEEP_ALIVE_TIMEOUT:
        return State::ESTABLISHED | State::CLOSE_WAIT | State::FIN_WAIT_2;
    case Event::USER_TIMEOUT:
        return Not(State::CLOSED | State::LISTEN | State::TIME_WAIT);
    case Event::FIN_WAIT_2_TIMEOUT:
        return State::FIN_WAIT_2;
    case Event::TIME_WAIT_TIMEOUT:
        return State::TIME_WAIT;
    case Event::LISTENER_GONE:
    case Event::EVICTED:
        return State::SYN_RCVD;
    }
    return Set<State>(uint64_t{0});
}

/// @return true if the event can happen in the state
constexpr bool
CanHappen(Event event, State state)
{
    return (StatesOf(event).bits & Set<State>(state).bits) != 0;
}

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_EVENT_H

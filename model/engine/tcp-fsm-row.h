// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_ROW_H
#define TCP_FSM_ROW_H

#include "tcp-fsm-event.h"

#include <optional>

namespace ns3
{
namespace tcpfsm
{

/// The segment that a rule sends; its fields follow from the connection's variables (Compose()).
enum class Reply : uint8_t
{
    NONE,
    SYN,                 //!< <SEQ=ISS><CTL=SYN>
    SYN_ACK,             //!< <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>
    ACK,                 //!< <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
    CHALLENGE_ACK,       //!< the same, under the limit of RFC 5961 7
    RST_FOR_ACK,         //!< <SEQ=SEG.ACK><CTL=RST>
    RST_ACK_FOR_SEGMENT, //!< <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>
    RST,                 //!< <SEQ=SND.NXT><CTL=RST>
    RST_ACK,             //!< <SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>
    FIN,                 //!< our FIN, first or again
    DATA,                //!< the head of the retransmission queue
    WINDOW_PROBE,        //!< one octet at SND.UNA, or an empty segment at SND.UNA-1
    KEEP_ALIVE           //!< an empty segment at SND.NXT-1
};

/// Names of the replies, as in the record's column `reply`.
template <>
struct Names<Reply>
{
    static constexpr std::string_view NAME = "reply";
    static constexpr auto VALUES = std::to_array<std::string_view>({"none",
                                                                    "SYN",
                                                                    "SYN-ACK",
                                                                    "ACK",
                                                                    "challenge ACK",
                                                                    "RST(SEG.ACK)",
                                                                    "RST-ACK(SEG)",
                                                                    "RST",
                                                                    "RST-ACK",
                                                                    "FIN",
                                                                    "data",
                                                                    "window probe",
                                                                    "keep-alive"});
};

/// What else a rule does; several can be joined.
enum Effect : uint16_t
{
    NO_EFFECT = 0,
    ADD_HALF_OPEN = 1 << 0,   //!< a half-open connection is made of the SYN
    EVICT_OLDEST = 1 << 1,    //!< the listener's oldest half-open connection goes
    TAKE_SYN = 1 << 2,        //!< RCV.NXT, IRS, options and window are set from the SYN
    TAKE_ACK = 1 << 3,        //!< SND.UNA and the send window follow the segment
    TAKE_TEXT = 1 << 4,       //!< the data goes to the receive queue
    DISCARD_TEXT = 1 << 5,    //!< the data is acknowledged and thrown away
    KEEP_TEXT = 1 << 6,       //!< the data is kept until ESTABLISHED, unacknowledged
    TAKE_FIN = 1 << 7,        //!< RCV.NXT moves over the FIN, the application sees end of stream
    REMEMBER_FIN = 1 << 8,    //!< the FIN's position is kept until the hole fills
    TAKE_URGENT = 1 << 9,     //!< RCV.UP moves, the application is told
    QUEUE_DATA = 1 << 10,     //!< the application's data is queued and sent as windows allow
    QUEUE_FIN = 1 << 11,      //!< a FIN follows the queued data
    END_RECEIVING = 1 << 12,  //!< the application reads no more: CLOSE
    SHUT_RECEIVING = 1 << 13, //!< the application reads no more, but has not called CLOSE
    RESTART_2MSL = 1 << 14,   //!< the TIME-WAIT timer starts anew
    SOFT_ERROR = 1 << 15      //!< the ICMP error is remembered
};

/// What the application is told.
enum class Signal : uint8_t
{
    NONE,
    CONNECTED, //!< the connection is open
    REFUSED,   //!< "connection refused"
    RESET,     //!< "connection reset"
    ABORTED,   //!< the connection ended here and data may be lost
    TIMED_OUT, //!< "connection timed out" (or the remembered ICMP error)
    ENDED      //!< closed as asked, or by the peer
};

/// Names of the signals.
template <>
struct Names<Signal>
{
    static constexpr std::string_view NAME = "signal";
    static constexpr auto VALUES = std::to_array<std::string_view>(
        {"none", "connected", "refused", "reset", "aborted", "timed out", "ended"});
};

/// Why a call is refused; the state is left alone.
enum class Refusal : uint8_t
{
    NONE,
    NO_CONNECTION, //!< there is none
    NOT_CONNECTED, //!< not yet
    EXISTS,        //!< the connection already exists
    IN_PROGRESS,   //!< an active OPEN is under way
    CLOSING        //!< the sending side is closed
};

/// Names of the refusals.
template <>
struct Names<Refusal>
{
    static constexpr std::string_view NAME = "refusal";
    static constexpr auto VALUES = std::to_array<std::string_view>(
        {"none", "no connection", "not connected", "exists", "in progress", "closing"});
};

/// How the processing of a segment goes on after a rule.
enum class Then : uint8_t
{
    GO_ON,     //!< to the next step
    TO_URGENT, //!< to steps 5a, 6 and 7: the SYN and ACK of the segment are done
    DROP       //!< the segment is done
};

/// What a rule does.
struct Action
{
    Reply reply{Reply::NONE};       //!< segment to send
    std::optional<State> next;      //!< state to enter; none: stay
    uint16_t effects{NO_EFFECT};    //!< union of Effect
    Signal signal{Signal::NONE};    //!< what the application is told
    Refusal refusal{Refusal::NONE}; //!< error of a call
    Then then{Then::DROP};          //!< how the segment goes on
    uint8_t arrow{0};               //!< arrow of the diagram (1 to 21), 0: none
    bool quiet{false};              //!< nothing happens: not recorded

    /// Sends a segment.
    constexpr Action Send(Reply r) const
    {
        Action a = *this;
        a.reply = r;
        return a;
    }

    /// Enters a state, along an arrow of the diagram if one is given.
    constexpr Action Enter(State state, uint8_t arrowNumber = 0) const
    {
        Action a = *this;
        a.next = state;
        a.arrow = arrowNumber;
        return a;
    }

    /// Has effects.
    constexpr Action With(int flags) const
    {
        Action a = *this;
        a.effects = static_cast<uint16_t>(a.effects | flags);
        return a;
    }

    /// Tells the application.
    constexpr Action Tell(Signal s) const
    {
        Action a = *this;
        a.signal = s;
        return a;
    }

    /// @return true if the effect is among the rule's
    constexpr bool Has(Effect effect) const
    {
        return (effects & effect) != 0;
    }
};

/// Acts, and the segment is done (for a call or a timer: simply acts).
constexpr Action
Do()
{
    return {};
}

/// Acts, and goes on with the next step.
constexpr Action
GoOn()
{
    Action action;
    action.then = Then::GO_ON;
    return action;
}

/// Acts, and goes on with the segment's URG, text and FIN.
constexpr Action
ToUrgent()
{
    Action action;
    action.then = Then::TO_URGENT;
    return action;
}

/// The step does not concern this segment; nothing is recorded.
constexpr Action
Pass()
{
    Action action = GoOn();
    action.quiet = true;
    return action;
}

/// Drops the segment without a reply.
constexpr Action
Drop()
{
    return {};
}

/// Refuses a call.
constexpr Action
Refuse(Refusal refusal)
{
    Action action;
    action.refusal = refusal;
    return action;
}

/// One rule.
struct Row
{
    std::string_view id;      //!< unique identifier, printed in traces
    Event event;              //!< what happens
    Guard guard;              //!< where it applies, states included
    Action action;            //!< what is done
    std::string_view clause;  //!< where it comes from
    std::string_view summary; //!< in a few words

    /// @return the part of the guard where the event can happen at all
    constexpr Guard Reach() const
    {
        return guard & When(StatesOf(event));
    }
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_ROW_H

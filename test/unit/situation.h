// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_SITUATION_H
#define TCP_FSM_TEST_SITUATION_H

#include "tcp-fsm-engine.h"

#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// True if D is one of the types of a tuple.
template <typename D, typename Tuple>
inline constexpr bool IS_IN = false;
template <typename D, typename... Types>
inline constexpr bool IS_IN<D, std::tuple<Types...>> = (std::is_same_v<D, Types> || ...);

/// One point of the product space: a state, facts and a policy.
struct Situation
{
    State state{State::CLOSED}; //!< the connection's state
    Facts facts;                //!< the facts about the event
    Policy policy;              //!< the profile's choices

    /// Sets one value, leaving the others.
    template <Dimension D>
    void Set(D value)
    {
        if constexpr (std::is_same_v<D, State>)
        {
            state = value;
        }
        else if constexpr (IS_IN<D, FactDimensions>)
        {
            facts.Set(value);
        }
        else
        {
            policy.Set(value);
        }
    }

    /// @return the value of a dimension
    template <Dimension D>
    D Get() const
    {
        if constexpr (std::is_same_v<D, State>)
        {
            return state;
        }
        else if constexpr (IS_IN<D, FactDimensions>)
        {
            return facts.Get<D>();
        }
        else
        {
            return policy.Get<D>();
        }
    }

    /// @return true if every given value (or one of a given set of values) is this situation's
    template <typename... V>
    bool Is(V... values) const
    {
        return (Matches(values) && ...);
    }

    /// @return true if the segment has the ACK bit
    bool HasAck() const
    {
        return !Is(Ack::NONE);
    }

    /// @return true if the segment has the SYN bit and no RST
    bool HasSyn() const
    {
        return Is(Flags::SYN | Flags::SYN_FIN);
    }

  private:
    template <Dimension D>
    bool Matches(D value) const
    {
        return Get<D>() == value;
    }

    template <Dimension D>
    bool Matches(tcpfsm::Set<D> values) const
    {
        return ((values.bits >> static_cast<std::size_t>(Get<D>())) & 1) != 0;
    }
};

/// @return the values that differ from the first of their dimension, for messages
inline std::string
Describe(const Situation& situation)
{
    std::string text{ToString(situation.state)};
    ForEachDimension([&]<typename D>() {
        if (!std::is_same_v<D, State> && situation.Get<D>() != D{})
        {
            text.append(", ").append(Names<D>::NAME).append("=");
            text.append(ToString(situation.Get<D>()));
        }
    });
    return text;
}

/// @return true for a segment with RST
inline bool
IsReset(Reply reply)
{
    return reply == Reply::RST_FOR_ACK || reply == Reply::RST_ACK_FOR_SEGMENT ||
           reply == Reply::RST || reply == Reply::RST_ACK;
}

/// @return true for <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>, limited or not
inline bool
IsPureAck(Reply reply)
{
    return reply == Reply::ACK || reply == Reply::CHALLENGE_ACK;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_SITUATION_H

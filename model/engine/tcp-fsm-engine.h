// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_ENGINE_H
#define TCP_FSM_ENGINE_H

#include "tcp-fsm-policy.h"
#include "tcp-fsm-row.h"

#include <span>

namespace ns3
{
namespace tcpfsm
{

/**
 * The facts about an event: one value in each fact dimension but the state. Starts with the first
 * value of each, so that only what differs from the ordinary is set.
 */
class Facts
{
  public:
    constexpr Facts()
        : m_point(FirstPoint())
    {
    }

    /// Sets one value, leaving the others.
    template <typename D>
    constexpr Facts& Set(D value)
    {
        m_point.Put(value);
        return *this;
    }

    /// @return the value of a dimension
    template <typename D>
    constexpr D Get() const
    {
        return m_point.Get<D>();
    }

    /// @return the point of these facts under a state and a policy
    constexpr Guard Point(State state, const Policy& policy) const
    {
        Guard point = m_point;
        point.Put(state);
        ForEachIn<PolicyDimensions>(
            [&]<typename D>() { point.SetBits<D>(policy.Point().GetBits<D>()); });
        return point;
    }

  private:
    Guard m_point;
};

/// What a step decided: the row that matched, whose action is to be carried out.
using Outcome = const Row&;

/**
 * The only place that decides. Pure: no clock, no packet, no ns-3.
 *
 * @param state the connection's state; the event must be possible in it (StatesOf())
 * @param event what happens
 * @param facts the facts about it
 * @param policy the profile's choices
 * @return the one row of the table that matches
 */
Outcome Step(State state, Event event, const Facts& facts, const Policy& policy);

/// @return all rows of the table in their order
std::span<const Row> Table();

/**
 * @param id a row's identifier
 * @return the row, or nullptr if there is none of that name
 */
const Row* FindRow(std::string_view id);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_ENGINE_H

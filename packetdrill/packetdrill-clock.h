// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_CLOCK_H
#define PACKETDRILL_CLOCK_H

#include "ns3/nstime.h"

#include <cstdint>
#include <functional>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @brief Runs the simulator from outside: a script acts, then lets the simulation go on.
 *
 * Whenever a function returns, all that is due at that instant has happened, and no time was added
 * for finding that out.
 */
class Clock
{
  public:
    /// @param node number of the node that Act() acts on
    explicit Clock(uint32_t node);

    /**
     * @brief Do something as an event of the node, now, and let its immediate consequences happen.
     * @param action what to do
     */
    void Act(const std::function<void()>& action);

    /**
     * @brief Let time pass.
     * @param time simulated time, not earlier than now
     */
    void RunTo(Time time);

    /**
     * @brief Let time pass until something holds.
     *
     * Whatever may make the condition true has to call Wake().
     *
     * @param condition what is waited for
     * @param deadline simulated time at which the wait ends in any case
     * @return whether the condition holds
     */
    bool RunUntil(const std::function<bool()>& condition, Time deadline);

    /// Lets RunUntil() look at its condition.
    void Wake();

  private:
    /// Run all that is due at this instant.
    void Drain();
    /// An event: ends the run if no other event came since the last one of its kind.
    void Mark(uint64_t executed);

    uint32_t m_node;       //!< number of the node
    bool m_drained{false}; //!< nothing is left to do at this instant
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_CLOCK_H

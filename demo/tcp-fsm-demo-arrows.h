// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_ARROWS_H
#define TCP_FSM_DEMO_ARROWS_H

#include "tcp-fsm-transition.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// Counts how often connections took each of the 21 arrows of RFC 9293's state diagram.
class TcpFsmDemoArrows
{
  public:
    /// Arrows of the diagram.
    static constexpr std::size_t ARROWS = 21;

    /**
     * @brief Count a change of state; its rule tells the arrow.
     * @param transition the change
     */
    void Count(const TcpFsmTransition& transition);

    /// @return how often each arrow was taken; the first is arrow 1
    const std::array<uint64_t, ARROWS>& Get() const;

    /// @return how many arrows were taken at least once
    std::size_t Walked() const;

    /// @return the arrows never taken, such as "7 SYN-RCVD -> LISTEN"
    std::vector<std::string> Missing() const;

    /// @return changes of state that the diagram has no arrow for, such as resets and give-ups
    uint64_t Others() const;

  private:
    std::array<uint64_t, ARROWS> m_counts{}; //!< by arrow, less 1
    uint64_t m_others{0};                    //!< along no arrow
};

} // namespace ns3

#endif // TCP_FSM_DEMO_ARROWS_H

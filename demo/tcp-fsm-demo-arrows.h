// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_ARROWS_H
#define TCP_FSM_DEMO_ARROWS_H

#include "tcp-fsm-diagram.h"
#include "tcp-fsm-transition.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// Counts how often connections took each of the 21 arrows of RFC 9293's state diagram.
class TcpFsmDemoArrows
{
  public:
    /**
     * @brief Count a change of state; its rule tells the arrow.
     * @param transition the change
     */
    void Count(const TcpFsmTransition& transition);

    /// @return how many arrows were taken at least once
    std::size_t Walked() const;

    /// @return the arrows never taken, such as "7 SYN-RCVD -> LISTEN (rcv RST)"
    std::vector<std::string> Missing() const;

    /// @return changes of state, those along no arrow included
    uint64_t All() const;

    /// @return the state diagram with these counts, in Graphviz's language
    std::string Draw() const;

  private:
    tcpfsm::TransitionCounts m_counts; //!< by arrow and states
    uint64_t m_all{0};                 //!< the sum
};

} // namespace ns3

#endif // TCP_FSM_DEMO_ARROWS_H

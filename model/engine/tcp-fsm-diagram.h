// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DIAGRAM_H
#define TCP_FSM_DIAGRAM_H

#include "tcp-fsm-engine.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

/**
 * @file
 * The state diagram of RFC 9293 (Figure 5), drawn from the table.
 */

namespace ns3
{
namespace tcpfsm
{

/// Number of arrows in the diagram of RFC 9293.
inline constexpr int ARROWS_IN_DIAGRAM = 21;

/// A way from one state to another: an arrow of the diagram, or whatever else leads there.
struct Transition
{
    int arrow{0};                  //!< 1 to 21; 0: the diagram has no arrow for it
    State from{State::CLOSED};     //!< where it starts
    State to{State::CLOSED};       //!< where it ends
    std::vector<const Row*> rules; //!< the rows that take it, in the order of the table
};

/**
 * @return the arrows of the diagram by number, then the other transitions by their states; two
 *         transitions with the same number and states are one
 */
std::vector<Transition> Transitions();

/**
 * @param arrow an arrow of the diagram, 1 to 21
 * @return what causes it, in the words of the diagram, such as "rcv SYN"
 */
std::string_view ArrowCause(int arrow);

/**
 * @param arrow an arrow of the diagram, 1 to 21
 * @return what is done on the way, in the words of the diagram, such as "snd SYN,ACK"
 */
std::string_view ArrowAction(int arrow);

/**
 * @param transition a transition
 * @return what causes it in a few words: of an arrow those of the diagram, else a list of calls,
 *         segments and timers
 */
std::string CausesOf(const Transition& transition);

/// How often transitions were taken.
class TransitionCounts
{
  public:
    /**
     * Counts one.
     * @param rule the row that took it
     * @param from the state that it left
     */
    void Count(const Row& rule, State from)
    {
        ++m_counts[{rule.action.arrow, from, *rule.action.next}];
    }

    /// @return how often the transition was taken
    uint64_t Get(const Transition& transition) const
    {
        const auto found = m_counts.find({transition.arrow, transition.from, transition.to});
        return found == m_counts.end() ? 0 : found->second;
    }

  private:
    std::map<std::tuple<int, State, State>, uint64_t> m_counts; //!< by arrow and states
};

/// What a diagram shows.
struct DiagramOptions
{
    bool others{true}; //!< also the transitions that are no arrows of the diagram, lighter
    std::optional<TransitionCounts> counts; //!< shown with each transition; grey: never taken
};

/**
 * @param options what to show
 * @return the diagram in Graphviz's language, laid out as in RFC 9293 by `dot`
 */
std::string ToDot(const DiagramOptions& options = {});

/**
 * @param options what to show; Mermaid knows no grey arrows
 * @return the diagram as a Mermaid stateDiagram-v2
 */
std::string ToMermaid(const DiagramOptions& options = {});

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_DIAGRAM_H

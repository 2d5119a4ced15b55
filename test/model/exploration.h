// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_EXPLORATION_H
#define TCP_FSM_TEST_EXPLORATION_H

#include "pair-set.h"
#include "successors.h"

#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/**
 * All runs of two engines over a channel, breadth first, so that the first run that breaks a law
 * is a shortest one. Two pairs that differ only in which host is which are one.
 */
class Exploration
{
  public:
    /// Explores by a table, within bounds, until a law is broken or nothing is new.
    Exploration(StepFunction step, const Bounds& bounds);

    /// @return what was broken; empty if nothing was
    const std::string& Flaw() const;
    /// @return the shortest run that breaks it
    std::string Ladder();
    /// @return how much was explored, in words
    std::string Summary() const;
    /// @return true if one host was in one state while the other was in the other
    bool Reached(State a, State b) const;

  private:
    void Explore();
    void Expand(uint32_t number);
    void CheckPair(uint32_t number, const Pair& pair);
    void FindStuck();

    Bounds m_bounds;
    Moves m_moves;
    PairSet m_pairs;
    std::vector<uint32_t> m_parents;    //!< the pair that each was first reached from
    std::vector<uint32_t> m_progress;   //!< successors without loss
    std::vector<uint64_t> m_progressAt; //!< where those of each pair begin
    uint64_t m_transitions{0};          //!< number of successors
    unsigned m_depth{0};                //!< length of the longest shortest run
    double m_seconds{0};                //!< time it took
    std::array<std::array<bool, SIZE<State>>, SIZE<State>> m_reached{}; //!< pairs of states

    std::string m_flaw;      //!< what was broken
    uint32_t m_flawAt{0};    //!< in this pair
    bool m_flawAfter{false}; //!< or by a successor of it
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_EXPLORATION_H

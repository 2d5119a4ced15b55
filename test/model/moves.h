// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_MOVES_H
#define TCP_FSM_TEST_MOVES_H

#include "executor.h"
#include "packed.h"

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// One thing that a host can do, or that a segment does to it.
struct Move
{
    uint64_t host{0};               //!< the host after it
    std::array<uint32_t, 3> sent{}; //!< segments sent, the sender being 0
    bool progress{false};           //!< may be counted on: not an ABORT, an OPEN, a failure
    bool tookOctet{false};          //!< the peer's octet was taken
    bool tookFin{false};            //!< the peer's FIN was taken
    bool closedInOrder{false};      //!< LAST-ACK ended
    std::string what;               //!< call or timer, empty for a segment
    std::string rules;              //!< the rows that fired
    std::string flaw;               //!< what should never happen
};

/**
 * The moves of each host. They depend on nothing but the host (and the segment), so the engine is
 * asked once for each of these, however many pairs they are part of.
 */
class Moves
{
  public:
    /// Moves by a table, within bounds.
    Moves(StepFunction step, const Bounds& bounds);

    /// @return what the host can do by itself: calls, timers, errors
    const std::vector<Move>& OfHost(uint64_t host);
    /// @return what the segment does to the host
    const Move& OfSegment(uint64_t host, uint32_t segment);
    /// @return number of different hosts seen
    std::size_t HostCount() const;
    /// @return number of blind segments tried
    std::size_t BlindCount() const;

  private:
    void AddCalls(uint64_t word, std::vector<Move>& moves);
    void AddTimers(uint64_t word, std::vector<Move>& moves);
    void AddBlind(uint64_t word, std::vector<Move>& moves);
    template <typename F>
    void Add(uint64_t word, std::vector<Move>& moves, bool progress, std::string what, F act);

    StepFunction m_step;
    Bounds m_bounds;
    std::size_t m_blind{0};
    std::unordered_map<uint64_t, std::vector<Move>> m_ofHost;
    std::unordered_map<uint64_t, Move> m_ofSegment;
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_MOVES_H

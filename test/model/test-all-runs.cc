// SPDX-License-Identifier: GPL-2.0-only

// Two engines and a channel between them, in all runs that there are.
//
// The channel loses, duplicates and reorders; it holds up to three different segments, of each any
// number of copies. Each side sends a SYN, one octet and a FIN; the applications call whatever they
// like whenever they like; timers that are armed, ICMP errors and give-ups come at any time (2MSL
// too: nothing here relies on old segments having died). The persist timer is never armed, since
// one octet always fits into a window that was ever open. Not bounded: the length of a run.
//
// From every state both sides can be closed without another loss, by what applications that have
// had enough, timers and the segments in flight do, without an ABORT or a give-up.
//
// What makes the number of states finite, and does not change what can happen: sequence numbers
// count from ISNs, of which only the order matters (host.h); numbers that nobody can accept any
// more are forgotten (Pair::Forget()); so is what no row looks at in a state, and a listener while
// it has a connection that no SYN can replace, since it can be opened again (executor.cc).

#include "exploration.h"

#include <gtest/gtest.h>
#include <iostream>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Explores, tells how much, and shows the shortest run that breaks a law.
Exploration
ExpectNoFlaw(const Bounds& bounds)
{
    Exploration exploration(Step, bounds);
    std::cout << exploration.Summary() << "\n";
    EXPECT_EQ(exploration.Flaw(), "") << exploration.Ladder();
    return exploration;
}

TEST(AllRuns, OfOneConnectionKeepTheLaws)
{
    Bounds bounds;
    bounds.shutdown = true;
    bounds.keepAlive = true;
    const Exploration exploration = ExpectNoFlaw(bounds);

    // Each state with a CLOSED peer, and what simultaneous calls lead to.
    for (std::size_t state = 0; state < SIZE<State>; ++state)
    {
        EXPECT_TRUE(exploration.Reached(State::CLOSED, static_cast<State>(state)))
            << ToString(static_cast<State>(state));
    }
    for (const State both :
         {State::SYN_RCVD, State::ESTABLISHED, State::FIN_WAIT_1, State::CLOSING, State::TIME_WAIT})
    {
        EXPECT_TRUE(exploration.Reached(both, both)) << ToString(both);
    }
    // Who is told of our SYN, of our FIN?
    constexpr auto NEVER = std::to_array<std::pair<State, State>>({
        {State::SYN_SENT, State::ESTABLISHED},
        {State::SYN_SENT, State::FIN_WAIT_2},
        {State::SYN_RCVD, State::FIN_WAIT_2},
        {State::SYN_RCVD, State::TIME_WAIT},
        {State::ESTABLISHED, State::FIN_WAIT_2},
        {State::ESTABLISHED, State::CLOSE_WAIT},
        {State::ESTABLISHED, State::TIME_WAIT},
        {State::FIN_WAIT_1, State::FIN_WAIT_2},
        {State::FIN_WAIT_2, State::FIN_WAIT_2},
        {State::CLOSE_WAIT, State::CLOSE_WAIT},
        {State::LAST_ACK, State::LAST_ACK},
        {State::CLOSE_WAIT, State::LAST_ACK},
    });
    for (const auto& [a, b] : NEVER)
    {
        EXPECT_FALSE(exploration.Reached(a, b)) << ToString(a) << ", " << ToString(b);
    }
}

TEST(AllRuns, WithWindowsOfOneOctetKeepTheLaws)
{
    Bounds bounds;
    bounds.narrow = true;
    ExpectNoFlaw(bounds);
}

// Segments of earlier connections meet later ones: old SYNs, stale connections, reopening. Two in
// flight, any number of connections; here the give-up of a SYN-ACK may be what closes (moves.cc).
TEST(AllRuns, OfConnectionsOneAfterAnotherKeepTheLaws)
{
    Bounds bounds;
    bounds.oneConnection = false;
    bounds.inFlight = 2;
    ExpectNoFlaw(bounds);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

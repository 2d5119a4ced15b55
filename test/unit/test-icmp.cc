// SPDX-License-Identifier: GPL-2.0-only

// ICMP errors (RFC 1122 4.2.3.9, RFC 5927).

#include "law.h"
#include "outcome.h"
#include "space.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

TEST(IcmpHardError, EndsOnlyAnAttempt)
{
    Law refused("SYN-SENT and SYN-RCVD of an active OPEN: CLOSED, connection refused");
    Law entry("a listener's entry goes silently");
    Law reopened("a reopened entry goes back to TIME-WAIT silently");
    Law soft("synchronised states: remembered as a soft error, no state change");
    Law none("CLOSED, LISTEN: nothing");
    ForEachOutcome(Event::ICMP_HARD_ERROR, [&](const Situation& s, const Row& row) {
        if (s.Is(State::CLOSED | State::LISTEN))
        {
            none.Holds(DoesNothing(row), s, row);
        }
        else if (s.Is(State::SYN_SENT) || s.Is(State::SYN_RCVD, Origin::ACTIVE))
        {
            refused.Holds(Enters(row, State::CLOSED) && Tells(row, Signal::REFUSED) &&
                              IsSilent(row),
                          s,
                          row);
        }
        else if (s.Is(State::SYN_RCVD, Origin::PASSIVE))
        {
            entry.Holds(Enters(row, State::LISTEN) && IsSilent(row) && Tells(row, Signal::NONE),
                        s,
                        row);
        }
        else if (s.Is(State::SYN_RCVD))
        {
            reopened.Holds(Enters(row, State::TIME_WAIT) && IsSilent(row) &&
                               Tells(row, Signal::NONE),
                           s,
                           row);
        }
        else if (s.Is(State::TIME_WAIT))
        {
            soft.Holds(Stays(row) && IsSilent(row) && Tells(row, Signal::NONE), s, row);
        }
        else
        {
            soft.Holds(Stays(row) && IsSilent(row) && row.action.effects == SOFT_ERROR &&
                           Tells(row, Signal::NONE),
                       s,
                       row);
        }
    });
}

TEST(IcmpSoftError, IsRemembered)
{
    Law all("never ends a connection (MUST-56), is never answered or told at once");
    Law remembered("remembered from SYN-SENT on, but in TIME-WAIT, which has no one to tell");
    ForEachOutcome(Event::ICMP_SOFT_ERROR, [&](const Situation& s, const Row& row) {
        all.Holds(Stays(row) && IsSilent(row) && Tells(row, Signal::NONE), s, row);
        if (!s.Is(State::CLOSED | State::LISTEN | State::TIME_WAIT))
        {
            remembered.Holds(row.action.effects == SOFT_ERROR, s, row);
        }
    });
}

TEST(IcmpPacketTooBig, ChangesNoState)
{
    Law law("no state change, no reply of a rule, nothing told");
    ForEachOutcome(Event::ICMP_PACKET_TOO_BIG, [&](const Situation& s, const Row& row) {
        law.Holds(DoesNothing(row), s, row);
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

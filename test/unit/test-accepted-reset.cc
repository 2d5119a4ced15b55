// SPDX-License-Identifier: GPL-2.0-only

// An accepted RST (RFC 9293 3.10.7.4 second, 3.5.3).

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

TEST(AcceptedReset, IsNeverAnswered)
{
    Law reset("a RST ends the segment without a reply or an effect");
    Law others("other segments go on");
    ForEachOutcome(Event::STEP_RST_ACCEPTED, [&](const Situation& s, const Row& row) {
        if (s.Is(Flags::RST))
        {
            reset.Holds(IsSilent(row) && row.action.effects == NO_EFFECT &&
                            row.action.then == Then::DROP && row.action.next,
                        s,
                        row);
        }
        else
        {
            others.Holds(PassesBy(row), s, row);
        }
    });
}

TEST(AcceptedReset, EndsWhatHadNotBegun)
{
    Law passive("SYN-RCVD from a listener: LISTEN, arrow 7, nothing told");
    Law reopened("SYN-RCVD from TIME-WAIT: TIME-WAIT, nothing told");
    Law active("SYN-RCVD from an active OPEN: CLOSED, connection refused");
    ForEachOutcome(
        Event::STEP_RST_ACCEPTED,
        State::SYN_RCVD,
        [&](const Situation& s, const Row& row) {
            if (!s.Is(Flags::RST))
            {
                return;
            }
            switch (s.Get<Origin>())
            {
            case Origin::ACTIVE:
                active.Holds(Enters(row, State::CLOSED) && Tells(row, Signal::REFUSED), s, row);
                break;
            case Origin::PASSIVE:
                passive.Holds(Enters(row, State::LISTEN) && row.action.arrow == 7 &&
                                  Tells(row, Signal::NONE),
                              s,
                              row);
                break;
            case Origin::REOPENED:
                reopened.Holds(Enters(row, State::TIME_WAIT) && Tells(row, Signal::NONE), s, row);
            }
        });
}

TEST(AcceptedReset, EndsAConnection)
{
    Law all("CLOSED");
    Law open("ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT: connection reset");
    Law late("CLOSING, LAST-ACK: reset is told if octets before our FIN are unacknowledged");
    Law always("LateReset=Always: reset is told in CLOSING and LAST-ACK in any case");
    Law timeWait("TIME-WAIT: nothing told");
    ForEachOutcome(Event::STEP_RST_ACCEPTED, SYNCHRONIZED, [&](const Situation& s, const Row& row) {
        if (!s.Is(Flags::RST))
        {
            return;
        }
        all.Holds(Enters(row, State::CLOSED), s, row);
        const bool told = Tells(row, Signal::RESET);
        if (s.Is(State::TIME_WAIT))
        {
            timeWait.Holds(Tells(row, Signal::NONE), s, row);
        }
        else if (!s.Is(State::CLOSING | State::LAST_ACK))
        {
            open.Holds(told, s, row);
        }
        else if (s.Is(LateReset::ALWAYS))
        {
            always.Holds(told, s, row);
        }
        else
        {
            late.Holds(s.Is(Outstanding::SOME) ? told : !told, s, row);
        }
    });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

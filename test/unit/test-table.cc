// SPDX-License-Identifier: GPL-2.0-only

// Laws about the rows themselves, whatever the situation.

#include "arrows.h"
#include "law.h"
#include "tcp-fsm-engine.h"

#include <bit>
#include <gtest/gtest.h>
#include <set>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Calls f(state) for each state in which a row can match.
template <typename F>
void
ForEachStateOf(const Row& row, F f)
{
    for (uint64_t bits = row.Reach().GetBits<State>(); bits != 0; bits &= bits - 1)
    {
        f(static_cast<State>(std::countr_zero(bits)));
    }
}

/// @return the states that can be reached from one state, or the other way round
std::set<State>
Reachable(State start, bool backwards)
{
    std::set<State> reached = {start};
    for (std::size_t before = 0; before != reached.size();)
    {
        before = reached.size();
        for (const Row& row : Table())
        {
            if (!row.action.next)
            {
                continue;
            }
            ForEachStateOf(row, [&](State from) {
                const State to = *row.action.next;
                if (reached.contains(backwards ? to : from))
                {
                    reached.insert(backwards ? from : to);
                }
            });
        }
    }
    return reached;
}

TEST(Table, IdentifiersAreUnique)
{
    Law law("no two rows have the same identifier, and it has no spaces");
    std::set<std::string_view> ids;
    for (const Row& row : Table())
    {
        law.Holds(ids.insert(row.id).second && !row.id.empty() &&
                      row.id.find_first_of(" \t,|\"") == std::string_view::npos,
                  row.id);
        EXPECT_EQ(FindRow(row.id), &row);
    }
    EXPECT_EQ(FindRow("no such row"), nullptr);
}

TEST(Table, EachRowSaysWhereItComesFrom)
{
    Law law("each row has a clause and a summary");
    for (const Row& row : Table())
    {
        law.Holds(!row.clause.empty() && !row.summary.empty(), row.id);
    }
}

TEST(Table, QuietRowsDoNothing)
{
    Law law("a row that is not recorded neither sends, changes nor tells anything, and goes on");
    for (const Row& row : Table())
    {
        if (row.action.quiet)
        {
            const Action& a = row.action;
            law.Holds(a.reply == Reply::NONE && !a.next && a.effects == NO_EFFECT &&
                          a.signal == Signal::NONE && a.refusal == Refusal::NONE && a.arrow == 0 &&
                          a.then == Then::GO_ON,
                      row.id);
        }
    }
}

TEST(Table, RefusalsDoNothing)
{
    Law law("a refused call neither sends, changes nor tells anything");
    Law calls("only calls are refused");
    for (const Row& row : Table())
    {
        const Action& a = row.action;
        if (a.refusal != Refusal::NONE)
        {
            law.Holds(a.reply == Reply::NONE && !a.next && a.effects == NO_EFFECT &&
                          a.signal == Signal::NONE && a.arrow == 0,
                      row.id);
            calls.Holds(row.event <= Event::STATUS, row.id);
        }
    }
}

TEST(Table, OnlySegmentsGoOn)
{
    Law law("a row that acts on no arriving segment has no next step");
    Law last("nor has the last step of a segment");
    for (const Row& row : Table())
    {
        const bool ofSegment = row.event >= Event::SEGMENT_FILTER && row.event <= Event::STEP_FIN;
        if (!ofSegment && !row.action.quiet)
        {
            law.Holds(row.action.then == Then::DROP, row.id);
        }
        else if (row.event == Event::STEP_FIN && !row.action.quiet)
        {
            last.Holds(row.action.then == Then::DROP, row.id);
        }
    }
}

TEST(Table, TransitionsLeaveTheirState)
{
    Law law("a row that enters a state leaves another one");
    for (const Row& row : Table())
    {
        if (row.action.next)
        {
            ForEachStateOf(row, [&](State from) { law.Holds(from != *row.action.next, row.id); });
        }
    }
}

TEST(Table, EveryRowCanMatch)
{
    Law law("no row is out of reach of its event's states");
    for (const Row& row : Table())
    {
        law.Holds(!row.Reach().IsEmpty(), row.id);
    }
}

TEST(Table, ArrowsGoWhereTheDiagramSays)
{
    Law law("a row with an arrow's number has its states and one of its events");
    std::set<int> seen;
    for (const Row& row : Table())
    {
        if (row.action.arrow == 0)
        {
            continue;
        }
        const auto arrow = std::find_if(ARROWS.begin(), ARROWS.end(), [&](const Arrow& a) {
            return a.number == row.action.arrow;
        });
        ASSERT_NE(arrow, ARROWS.end()) << row.id;
        seen.insert(arrow->number);
        ForEachStateOf(row, [&](State from) {
            law.Holds(from == arrow->from && row.action.next == arrow->to &&
                          arrow->IsCausedBy(row.event),
                      row.id);
        });
    }
    EXPECT_EQ(seen.size(), 21U) << "some arrow of the diagram is in no row";
}

TEST(Table, TransitionsOfTheDiagramCarryItsNumbers)
{
    Law law("a transition between two states by an arrow's event carries the arrow's number");
    for (const Row& row : Table())
    {
        for (const Arrow& arrow : ARROWS)
        {
            ForEachStateOf(row, [&](State from) {
                if (from == arrow.from && row.action.next == arrow.to &&
                    arrow.IsCausedBy(row.event))
                {
                    law.Holds(row.action.arrow == arrow.number, row.id);
                }
            });
        }
    }
}

TEST(Table, EveryStateIsReachedFromClosed)
{
    EXPECT_EQ(Reachable(State::CLOSED, false).size(), SIZE<State>);
}

TEST(Table, EveryStateLeadsBackToClosed)
{
    EXPECT_EQ(Reachable(State::CLOSED, true).size(), SIZE<State>);
}

TEST(Table, TheDiagramAloneReachesEveryState)
{
    std::set<State> reached = {State::CLOSED};
    for (std::size_t round = 0; round < SIZE<State>; ++round)
    {
        for (const Arrow& arrow : ARROWS)
        {
            if (reached.contains(arrow.from))
            {
                reached.insert(arrow.to);
            }
        }
    }
    EXPECT_EQ(reached.size(), SIZE<State>);
}

TEST(Table, BadNewsEndsTheConnection)
{
    Law law("refused, reset, aborted and timed out are told on entering CLOSED, not before");
    for (const Row& row : Table())
    {
        const Signal signal = row.action.signal;
        if (signal == Signal::REFUSED || signal == Signal::RESET || signal == Signal::ABORTED ||
            signal == Signal::TIMED_OUT)
        {
            law.Holds(row.action.next == State::CLOSED, row.id);
        }
    }
}

TEST(Table, EveryEndIsTold)
{
    Law closed("entering CLOSED ends what the application knows of: it is told how");
    Law timeWait("so it is when TIME-WAIT begins, which ends nothing when it ends by itself");
    for (const Row& row : Table())
    {
        const Action& a = row.action;
        ForEachStateOf(row, [&](State from) {
            const bool told = a.signal != Signal::NONE && a.signal != Signal::CONNECTED;
            // A half-open entry of a listener has no application yet.
            if (a.next == State::CLOSED && from != State::SYN_RCVD && from != State::TIME_WAIT)
            {
                closed.Holds(told, row.id);
            }
            else if (a.next == State::TIME_WAIT && from != State::SYN_RCVD)
            {
                timeWait.Holds(a.signal == Signal::ENDED, row.id);
            }
            else if (from == State::TIME_WAIT && row.event == Event::TIME_WAIT_TIMEOUT)
            {
                timeWait.Holds(!told, row.id);
            }
        });
    }
}

TEST(Table, ConnectedMeansEstablished)
{
    Law law("connected is told exactly on entering ESTABLISHED");
    for (const Row& row : Table())
    {
        if (row.action.signal == Signal::CONNECTED || row.action.next == State::ESTABLISHED)
        {
            law.Holds(row.action.signal == Signal::CONNECTED &&
                          row.action.next == State::ESTABLISHED,
                      row.id);
        }
    }
}

TEST(Table, ClosedStaysSilentButForResets)
{
    Law law("in CLOSED nothing is sent but a RST, and the SYN of an active OPEN");
    for (const Row& row : Table())
    {
        const Reply reply = row.action.reply;
        ForEachStateOf(row, [&](State state) {
            if (state == State::CLOSED && reply != Reply::NONE)
            {
                law.Holds(reply == Reply::RST_FOR_ACK || reply == Reply::RST_ACK_FOR_SEGMENT ||
                              (reply == Reply::SYN && row.event == Event::ACTIVE_OPEN),
                          row.id);
            }
        });
    }
}

TEST(Table, ClosedHasNothingToActOn)
{
    Law law("rows that stay in CLOSED have no effects and tell nothing");
    for (const Row& row : Table())
    {
        ForEachStateOf(row, [&](State state) {
            if (state == State::CLOSED && !row.action.next)
            {
                law.Holds(row.action.effects == NO_EFFECT && row.action.signal == Signal::NONE,
                          row.id);
            }
        });
    }
}

TEST(Table, ASynIsSentOnlyOnTheWayIn)
{
    Law law("SYN and SYN-ACK are sent in, or on entering, a state before our SYN is acknowledged");
    for (const Row& row : Table())
    {
        const Reply reply = row.action.reply;
        if (reply != Reply::SYN && reply != Reply::SYN_ACK)
        {
            continue;
        }
        ForEachStateOf(row, [&](State state) {
            const State after = row.action.next.value_or(state);
            // After arrow 11 the SYN-ACK may still be on its way.
            const bool late = row.event == Event::SYN_TIMEOUT && reply == Reply::SYN_ACK &&
                              (state == State::FIN_WAIT_1 || state == State::CLOSING);
            law.Holds(late || after == (reply == Reply::SYN ? State::SYN_SENT : State::SYN_RCVD),
                      row.id);
        });
    }
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// TIME-WAIT: step 0 and what leaves the state (RFC 1122 4.2.2.13, RFC 1337, RFC 6191).

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

/// Calls f(situation, row) for each possible situation of step 0 in TIME-WAIT.
template <typename F>
void
ForEachException(F f)
{
    ForEachOutcome(Event::STEP_EXCEPTIONS, State::TIME_WAIT, f);
}

/// @return true for a SYN or SYN-FIN without ACK or RST
bool
IsNewSyn(const Situation& s)
{
    return s.HasSyn() && s.Is(Ack::NONE);
}

/// @return true for the peer's FIN again: it ends at RCV.NXT
bool
IsFinAgain(const Situation& s)
{
    return s.Is(Flags::FIN, Arrival::ENDS_AT_NEXT) && s.HasAck();
}

/// @return true if the row reopens the connection
bool
Reopens(const Row& row)
{
    return Enters(row, State::SYN_RCVD) && Sends(row, Reply::SYN_ACK) &&
           row.action.then == Then::DROP && Tells(row, Signal::NONE);
}

TEST(TimeWait, TheFinAgainRestartsIt)
{
    Law law("FIN with ACK that ends at RCV.NXT: ACK, 2MSL restarts, dropped");
    ForEachException([&](const Situation& s, const Row& row) {
        if (IsFinAgain(s))
        {
            law.Holds(Sends(row, Reply::ACK) && row.action.effects == RESTART_2MSL && Stays(row) &&
                          row.action.then == Then::DROP,
                      s,
                      row);
        }
    });
}

TEST(TimeWait, NothingElseRestartsIt)
{
    Law law("2MSL restarts only for the retransmitted FIN in TIME-WAIT");
    const Guard finAgain =
        When(State::TIME_WAIT, Flags::FIN, Not(Ack::NONE), Arrival::ENDS_AT_NEXT);
    for (const Row& row : Table())
    {
        if (Has(row, RESTART_2MSL))
        {
            law.Holds(finAgain.Contains(row.guard), row.id);
        }
    }
}

TEST(TimeWaitSyn, Reopen)
{
    Law newer("a newer SYN and a listener: SYN-RCVD, SYN-ACK");
    Law riding("data and FIN on it are discarded");
    Law full("accept queue full: no reopening");
    Law others("any other SYN without ACK: challenge ACK, dropped");
    ForEachException([&](const Situation& s, const Row& row) {
        if (!s.Is(TimeWaitSyn::REOPEN) || !IsNewSyn(s))
        {
            return;
        }
        if (!s.Is(Newer::YES, Listener::PRESENT))
        {
            others.Holds(AnswersAndDrops(row, Reply::CHALLENGE_ACK), s, row);
        }
        else if (s.Is(AcceptQueue::FULL))
        {
            full.Holds(Stays(row) && row.action.then == Then::DROP, s, row);
        }
        else
        {
            newer.Holds(Reopens(row), s, row);
            constexpr int TAKES = TAKE_TEXT | KEEP_TEXT | DISCARD_TEXT | TAKE_FIN | REMEMBER_FIN;
            riding.Holds((row.action.effects & TAKES) == 0, s, row);
        }
    });
}

TEST(TimeWaitSyn, Challenge)
{
    Law challenge("every SYN, SYN-ACK, SYN-FIN: challenge ACK, dropped");
    Law reset("with SynCheck=Rfc793, exact or in window: RST-ACK, CLOSED");
    Law outside("with SynCheck=Rfc793, outside: ACK, dropped");
    ForEachException([&](const Situation& s, const Row& row) {
        if (!s.Is(TimeWaitSyn::CHALLENGE) || !s.HasSyn())
        {
            return;
        }
        if (s.Is(SynCheck::RFC5961))
        {
            challenge.Holds(AnswersAndDrops(row, Reply::CHALLENGE_ACK), s, row);
        }
        else if (s.Is(Seq::EXACT | Seq::IN_WINDOW))
        {
            reset.Holds(Sends(row, Reply::RST_ACK) && Enters(row, State::CLOSED), s, row);
        }
        else
        {
            outside.Holds(IsPureAck(row.action.reply) && Stays(row) &&
                              row.action.then == Then::DROP,
                          s,
                          row);
        }
    });
}

TEST(TimeWaitSyn, Rfc793HasNoException)
{
    Law law("TimeWaitSyn=Rfc793: step 0 concerns no SYN");
    ForEachException([&](const Situation& s, const Row& row) {
        if (s.Is(TimeWaitSyn::RFC793) && s.HasSyn())
        {
            law.Holds(PassesBy(row), s, row);
        }
    });
}

TEST(TimeWaitSyn, FreeBsd)
{
    Law reset("every RST is ignored");
    Law reopens("a newer SYN without ACK and a listener: reopens");
    Law dropped("any other SYN without ACK: dropped silently");
    Law bare("neither ACK nor SYN: dropped silently");
    Law empty("an empty ACK with exactly SEQ = RCV.NXT and ACK = SND.NXT: no reply");
    Law others("any other segment with ACK: ACK");
    ForEachException([&](const Situation& s, const Row& row) {
        if (!s.Is(TimeWaitSyn::FREEBSD))
        {
            return;
        }
        const bool ordinary = s.Is(Flags::PLAIN, Seq::EXACT) &&
                              s.Is(Ack::CURRENT, Arrival::ACCEPTABLE) && s.Is(Text::NONE);
        if (s.Is(Flags::RST))
        {
            reset.Holds(DropsSilently(row), s, row);
        }
        else if (IsNewSyn(s))
        {
            if (!s.Is(Later::YES, Listener::PRESENT))
            {
                dropped.Holds(DropsSilently(row), s, row);
            }
            else if (s.Is(AcceptQueue::ROOM))
            {
                reopens.Holds(Reopens(row), s, row);
            }
        }
        else if (!s.HasAck())
        {
            bare.Holds(DropsSilently(row), s, row);
        }
        else if (ordinary)
        {
            empty.Holds(DropsSilently(row) || PassesBy(row), s, row);
        }
        else
        {
            others.Holds(IsPureAck(row.action.reply) && Stays(row) && row.action.then == Then::DROP,
                         s,
                         row);
        }
    });
}

TEST(TimeWait, ExceptionsAreOnlyThese)
{
    Law law("but for FreeBsd, step 0 concerns only a SYN and the FIN again");
    ForEachException([&](const Situation& s, const Row& row) {
        const bool synAck = s.HasSyn() && s.HasAck();
        if (!s.Is(TimeWaitSyn::FREEBSD) && !IsNewSyn(s) && !IsFinAgain(s) &&
            (!synAck || s.Is(TimeWaitSyn::REOPEN)))
        {
            law.Holds(PassesBy(row), s, row);
        }
    });
}

TEST(TimeWait, IsLeftByFewEvents)
{
    Law law("TIME-WAIT is left only by 2MSL, ABORT, an accepted RST, a SYN");
    for (const Row& row : Table())
    {
        const bool leaves = ((row.Reach() & When(State::TIME_WAIT)).GetBits<State>() != 0) &&
                            row.action.next && *row.action.next != State::TIME_WAIT;
        if (leaves)
        {
            law.Holds(row.event == Event::TIME_WAIT_TIMEOUT || row.event == Event::ABORT ||
                          row.event == Event::STEP_RST_ACCEPTED ||
                          row.event == Event::STEP_EXCEPTIONS || row.event == Event::STEP_SYN,
                      row.id);
        }
    }
}

TEST(TimeWait, IsLeftByASynOnlyToReopenUnderRfc9293)
{
    Law law("under rfc9293 the SYN that ends TIME-WAIT is a newer one at a listener");
    for (const Event event : STEPS)
    {
        Guard space = SpaceOf(std::array{event}, State::TIME_WAIT);
        if (((StatesOf(event).bits >> static_cast<int>(State::TIME_WAIT)) & 1) == 0)
        {
            continue;
        }
        ForEachIn<PolicyDimensions>([&]<typename D>() { space.Put(RFC9293_POLICY.Get<D>()); });
        ForEachSituation(space, [&](const Situation& s) {
            const Row& row = Step(s.state, event, s.facts, s.policy);
            if (row.action.next && event != Event::STEP_RST_ACCEPTED)
            {
                law.Holds(Reopens(row) && IsNewSyn(s) && s.Is(Newer::YES, Listener::PRESENT),
                          s,
                          row);
            }
        });
    }
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

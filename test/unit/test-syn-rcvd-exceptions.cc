// SPDX-License-Identifier: GPL-2.0-only

// Step 0 in SYN-RCVD: what the window test would hide (RFC 9293 Figure 7, MUST-10).

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

/// Calls f(situation, row) for each possible situation of step 0 in SYN-RCVD.
template <typename F>
void
ForEachException(F f)
{
    ForEachOutcome(Event::STEP_EXCEPTIONS, State::SYN_RCVD, f);
}

TEST(SynRcvdException, TheSynAgainGetsTheSynAckAgain)
{
    Law law("SYN or SYN-FIN at IRS without ACK: the SYN-ACK again, dropped");
    ForEachException([&](const Situation& s, const Row& row) {
        if (s.HasSyn() && s.Is(Seq::INITIAL, Ack::NONE))
        {
            law.Holds(AnswersAndDrops(row, Reply::SYN_ACK), s, row);
        }
    });
}

TEST(SynRcvdException, ASynAckEndsASimultaneousOpen)
{
    Law good("acceptable ACK: ESTABLISHED by arrow 9, ACK; the text follows");
    Law bad("other ACK: <SEQ=SEG.ACK><CTL=RST>, dropped, stay");
    ForEachException([&](const Situation& s, const Row& row) {
        if (!s.HasSyn() || !s.Is(Seq::INITIAL, Origin::ACTIVE) || !s.HasAck())
        {
            return;
        }
        if (s.Is(Ack::NEW))
        {
            good.Holds(row.action.arrow == 9 && Sends(row, Reply::ACK) && Has(row, TAKE_ACK) &&
                           row.action.then == Then::TO_URGENT,
                       s,
                       row);
        }
        else
        {
            bad.Holds(AnswersAndDrops(row, Reply::RST_FOR_ACK), s, row);
        }
    });
}

TEST(SynRcvdException, ASynAckAtAPassiveEntryIsChallenged)
{
    Law law("SYN-ACK at IRS, passive entry: challenge ACK, dropped");
    ForEachException([&](const Situation& s, const Row& row) {
        if (s.HasSyn() && s.Is(Seq::INITIAL, Not(Origin::ACTIVE)) && s.HasAck())
        {
            law.Holds(AnswersAndDrops(row, Reply::CHALLENGE_ACK), s, row);
        }
    });
}

TEST(SynRcvdException, NothingElseIsOne)
{
    Law law("no SYN, or one that is not at IRS: goes on");
    ForEachException([&](const Situation& s, const Row& row) {
        if (!s.HasSyn() || !s.Is(Seq::INITIAL))
        {
            law.Holds(PassesBy(row), s, row);
        }
    });
}

TEST(Exceptions, ConcernOnlyTwoStates)
{
    Law law("between SYN-RCVD and TIME-WAIT step 0 concerns no segment");
    ForEachOutcome(Event::STEP_EXCEPTIONS,
                   Not(State::SYN_RCVD | State::TIME_WAIT),
                   [&](const Situation& s, const Row& row) { law.Holds(PassesBy(row), s, row); });
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

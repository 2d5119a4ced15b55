// SPDX-License-Identifier: GPL-2.0-only

// Would the exploration notice? Rows are broken on purpose, and the shortest run that shows it is
// looked at.

#include "exploration.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

using testing::AllOf;
using testing::HasSubstr;

/**
 * @param id a row
 * @param action what it does instead
 * @param states where
 * @return the engine with that row broken
 */
StepFunction
Break(std::string_view id, const Action& action, Set<State> states = ANY_STATE)
{
    auto broken = std::make_shared<Row>(*FindRow(id));
    broken->action = action;
    return [=](State state, Event event, const Facts& facts, const Policy& policy) -> const Row& {
        const Row& row = Step(state, event, facts, policy);
        return row.id == id && ((states.bits >> static_cast<unsigned>(state)) & 1) ? *broken : row;
    };
}

Bounds
TwoInFlight()
{
    Bounds bounds;
    bounds.inFlight = 2;
    return bounds;
}

/// @return the text, with one space for several
std::string
Squeeze(std::string text)
{
    const auto end =
        std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; });
    text.erase(end, text.end());
    return text;
}

TEST(BrokenRow, AnyAckEstablishes)
{
    Bounds bounds = TwoInFlight();
    bounds.oneConnection = false;
    Exploration exploration(
        Break("ACK-SYN-RCVD-BAD", GoOn().With(TAKE_ACK).Enter(State::ESTABLISHED, 9)),
        bounds);
    EXPECT_EQ(exploration.Flaw(), "variables of another state in ESTABLISHED");
    // The ACK of an earlier connection does it.
    EXPECT_THAT(exploration.Ladder(),
                AllOf(HasSubstr("sends <SEQ=A2><ACK=B1+1><CTL=SYN,ACK>"),
                      HasSubstr("[ACK-SYN-RCVD-BAD]"),
                      HasSubstr("<-- <SEQ=B1+1><ACK=A1+1><CTL=ACK>")));
}

TEST(BrokenRow, LastAckEndsWithAnyAck)
{
    Exploration exploration(
        Break("ACK", Do().Enter(State::CLOSED, 20).Tell(Signal::ENDED), State::LAST_ACK),
        TwoInFlight());
    EXPECT_EQ(exploration.Flaw(), "LAST-ACK ends, but the peer has not taken all");
    EXPECT_THAT(exploration.Ladder(),
                AllOf(HasSubstr("LAST-ACK "),
                      HasSubstr("<CTL=FIN,ACK> lost"),
                      HasSubstr("=> LAST-ACK ends")));
}

TEST(BrokenRow, TheFinIsNotSentAgain)
{
    Exploration exploration(Break("TIMER-FIN", Do()), TwoInFlight());
    EXPECT_EQ(exploration.Flaw(), "stuck: both cannot be closed, even if nothing is lost any more");
    EXPECT_THAT(exploration.Ladder(), HasSubstr("<CTL=FIN,ACK> lost"));
}

TEST(BrokenRow, AFinBeyondAHoleIsTaken)
{
    Exploration exploration(Break("FIN-BEYOND",
                                  Do().Send(Reply::ACK).With(TAKE_FIN).Enter(State::CLOSE_WAIT, 13),
                                  State::ESTABLISHED),
                            TwoInFlight());
    EXPECT_EQ(exploration.Flaw(), "data is acknowledged that was not taken");
    EXPECT_THAT(exploration.Ladder(),
                AllOf(HasSubstr("<DATA=1><CTL=ACK> --> lost"), HasSubstr("FIN-BEYOND]")));
}

TEST(BrokenRow, AResetIsBelievedAnywhere)
{
    Exploration exploration(Break("RST-OUTSIDE", Pass()), TwoInFlight());
    EXPECT_EQ(exploration.Flaw(), "a blind segment outside the window has an effect");
    EXPECT_THAT(exploration.Ladder(),
                HasSubstr("blind <SEQ=RCV.NXT+4><CTL=RST> [RESET-SYN-RCVD-PASSIVE]"));
}

TEST(BrokenRow, AStateIsEnteredThatTheVariablesContradict)
{
    Exploration exploration(Break("ACK-OF-FIN", GoOn().With(TAKE_ACK).Enter(State::CLOSING, 16)),
                            TwoInFlight());
    EXPECT_EQ(exploration.Flaw(), "variables of another state in CLOSING");
    EXPECT_THAT(exploration.Ladder(), HasSubstr("[ACK-OF-FIN]"));
}

// The whole ladder once, but for its columns.
TEST(BrokenRow, AResetIsAnswered)
{
    Exploration exploration(Break("CLOSED-RST", Do().Send(Reply::RST_FOR_ACK)), TwoInFlight());
    EXPECT_EQ(Squeeze(exploration.Ladder()),
              " A B\n"
              " CLOSED CLOSED\n"
              " active OPEN [OPEN-ACTIVE]\n"
              " sends <SEQ=A1><CTL=SYN>\n"
              " SYN-SENT CLOSED\n"
              " CLOSE [CLOSE-SYN-SENT]\n"
              " CLOSED CLOSED\n"
              " <SEQ=A1><CTL=SYN> --> (a copy stays) [CLOSED-NO-ACK]\n"
              " sends <SEQ=old><ACK=A1+1><CTL=RST,ACK>\n"
              " [CLOSED-RST] <-- <SEQ=old><ACK=A1+1><CTL=RST,ACK>\n"
              " sends <SEQ=A1+1><CTL=RST>\n"
              " => a RST answers a RST\n");
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

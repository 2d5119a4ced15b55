// SPDX-License-Identifier: GPL-2.0-only

// Keep-alives: RFC 9293 3.8.4 (MUST-24 to MUST-29).

#include "fixture.h"

#include "ns3/boolean.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class KeepAlive : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(KeepAlive);

// MUST-25: off by default.
TEST_P(KeepAlive, IsOffByDefault)
{
    Reach("ESTABLISHED");
    ExpectNothing(Hours(5));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// MUST-28: not before two hours; an answer begins them anew.
TEST_P(KeepAlive, ProbesAfterTwoIdleHours)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    Reach("ESTABLISHED");
    ExpectNothing(Seconds(7198));
    Expect(Ack().Seq(SndNxt() - 1), Seconds(3));
    Send(Ack());
    ExpectNothing(Seconds(7195));
    Expect(Ack().Seq(SndNxt() - 1), Seconds(10));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// MUST-29: one unanswered probe proves nothing; eight of them do.
TEST_P(KeepAlive, GivesUpAfterEightProbesWithoutAnAnswer)
{
    SetSocketDefault("KeepAlive", BooleanValue(true));
    Reach("ESTABLISHED");
    Run(Seconds(7190));
    ExpectNothing(Time(0));
    const auto times = ExpectRepeated(Ack().Seq(SndNxt() - 1), Seconds(1000));
    ASSERT_EQ(times.size(), 8U);
    EXPECT_EQ((times[7] - times[6]).RoundTo(Time::S), Seconds(75));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

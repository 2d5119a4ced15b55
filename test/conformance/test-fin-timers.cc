// SPDX-License-Identifier: GPL-2.0-only

// Retransmission and giving up of data and FIN, and the limit of FIN-WAIT-2: RFC 9293 3.8.1, 3.8.3,
// 3.10.8; RFC 6298 5.

#include "fixture.h"

#include "ns3/uinteger.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class FinTimers : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(FinTimers);

class FinTimersIn : public StateTest
{
};

TCP_FSM_OVER_STATES(
    FinTimersIn,
    (std::vector<std::string>{"FIN-WAIT-1", "FIN-WAIT-1/closed", "CLOSING", "LAST-ACK"}));

// RFC 6298 5.5: the timeout doubles; 3.10.8 user timeout: 5 minutes, nothing is sent at the end.
TEST_P(FinTimersIn, FinIsSentAgainWithBackOffUntilTheUserTimeout)
{
    Reach(GetStart());
    const auto before = App().told;
    const auto times = ExpectRepeated(Fin().Seq(SndNxt() - 1), Seconds(300) - MilliSeconds(100));
    ASSERT_GE(times.size(), 6U);
    EXPECT_LE(times.size(), 9U);
    for (std::size_t i = 2; i < times.size(); ++i)
    {
        const auto gap = times[i] - times[i - 1];
        const auto previous = times[i - 1] - times[i - 2];
        EXPECT_GE(gap, previous);
        EXPECT_LE(gap, previous + previous);
    }
    EXPECT_EQ(State(), GetStartState());
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().GetErrorName(), "ETIMEDOUT");
    EXPECT_LE(App().told.size(), before.size() + 1);
}

// 3.8.3: the number of retransmissions is a limit, too (R2).
TEST_P(FinTimersIn, FinIsSentAgainSoManyTimesAtMost)
{
    SetSocketDefault("Retransmissions", UintegerValue(3));
    Reach(GetStart());
    const auto times = ExpectRepeated(Fin().Seq(SndNxt() - 1), Seconds(299));
    EXPECT_EQ(times.size(), 3);
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().GetErrorName(), "ETIMEDOUT");
}

// 3.10.8: data that is never acknowledged.
TEST_P(FinTimers, DataIsGivenUpAtTheUserTimeout)
{
    Reach("ESTABLISHED");
    App().Send(100);
    const auto times = ExpectRepeated(Text(100).Seq(SndNxt()), Seconds(300) - MilliSeconds(100));
    EXPECT_GE(times.size(), 7U);
    EXPECT_EQ(State(), "ESTABLISHED");
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
}

TEST_P(FinTimers, UserTimeoutIsAnAttribute)
{
    SetSocketDefault("UserTimeout", TimeValue(Seconds(20)));
    Reach("ESTABLISHED");
    App().Send(100);
    ExpectRepeated(Text(100).Seq(SndNxt()), Seconds(20) - MilliSeconds(100));
    EXPECT_EQ(State(), "ESTABLISHED");
    ExpectRepeated(Text(100).Seq(SndNxt() - 100), Seconds(20));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
}

TEST_P(FinTimers, DataIsSentAgainFifteenTimesAtMost)
{
    SetSocketDefault("UserTimeout", TimeValue(Time(0))); // no limit
    Reach("ESTABLISHED");
    App().Send(100);
    const auto times = ExpectRepeated(Text(100).Seq(SndNxt()), Seconds(10000));
    EXPECT_EQ(times.size(), 16);
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
}

// What cannot be added to a time of the simulation is refused; a hundred years can.
TEST_P(FinTimers, UserTimeoutMayLastAHundredYears)
{
    EXPECT_FALSE(
        Config::SetDefaultFailSafe("ns3::TcpFsmSocket::UserTimeout", TimeValue(Time::Max())));
    SetSocketDefault("UserTimeout", TimeValue(Days(36525)));
    Reach("ESTABLISHED");
    App().Send(100);
    EXPECT_EQ(ExpectRepeated(Text(100).Seq(SndNxt()), Seconds(10000)).size(), 16);
    EXPECT_EQ(State(), "gone");
}

// Progress starts the counts anew.
TEST_P(FinTimers, AnAckStartsTheUserTimeoutAnew)
{
    SetSocketDefault("UserTimeout", TimeValue(Seconds(20)));
    Reach("ESTABLISHED");
    App().Send(100);
    App().Send(100);
    Run(Seconds(15));
    Main().Take();
    Send(Ack().Ack(Iss() + 101));
    Run(Seconds(15));
    Main().Take();
    EXPECT_EQ(State(), "ESTABLISHED");
    Send(Ack());
    ExpectNothing(Seconds(100));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// Not of the RFC: 60 s after a full close; no segment, nothing told.
TEST_P(FinTimers, FinWait2AfterACloseIsLimited)
{
    Reach("FIN-WAIT-2/closed");
    ExpectNothing(Seconds(60) - MilliSeconds(100));
    EXPECT_EQ(State(), "FIN-WAIT-2");
    ExpectNothing(MilliSeconds(100));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre());
    EXPECT_EQ(App().GetErrorName(), "");
}

TEST_P(FinTimers, LimitOfFinWait2IsAnAttribute)
{
    SetSocketDefault("FinWait2Timeout", TimeValue(Seconds(5)));
    Reach("FIN-WAIT-2/closed");
    ExpectNothing(Seconds(6));
    EXPECT_EQ(State(), "gone");
}

TEST_P(FinTimers, LimitOfFinWait2CanBeLifted)
{
    SetSocketDefault("FinWait2Timeout", TimeValue(Seconds(0)));
    Reach("FIN-WAIT-2/closed");
    ExpectNothing(Seconds(100000));
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// 3.6: a half-closed connection may live for ever.
TEST_P(FinTimers, FinWait2AfterAHalfCloseIsNotLimited)
{
    Reach("FIN-WAIT-2");
    ExpectNothing(Seconds(100000));
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// CLOSE after the half-close begins the limit.
TEST_P(FinTimers, FinWait2IsLimitedFromTheCloseOn)
{
    Reach("FIN-WAIT-2");
    ExpectNothing(Seconds(1000));
    App().Close();
    ExpectNothing(Seconds(59));
    EXPECT_EQ(State(), "FIN-WAIT-2");
    ExpectNothing(Seconds(2));
    EXPECT_EQ(State(), "gone");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

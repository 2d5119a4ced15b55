// SPDX-License-Identifier: GPL-2.0-only

// Probes of a closed window, and FINs into it: RFC 9293 3.8.6.1 (MUST-35 to MUST-37, SHLD-29,
// SHLD-30), 3.10.4.

#include "fixture.h"

#include "ns3/nstime.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class WindowProbes : public FamilyTest
{
  protected:
    /// An open connection whose peer has closed its window.
    void ReachClosedWindow(const std::string& state = "ESTABLISHED")
    {
        Reach(state);
        Send(Ack().Window(0));
        ExpectNothing();
    }

    /// Answers all that the node sends for a while by an ACK of nothing new with a window of 0.
    void AnswerFor(Time duration, std::size_t atLeast)
    {
        std::size_t probes = 0;
        const Time end = Simulator::Now() + duration;
        while (Simulator::Now() < end)
        {
            Run(Seconds(1));
            for (const auto& probe : Main().Take())
            {
                ++probes;
                EXPECT_TRUE(probe.Has(TcpHeader::ACK));
                EXPECT_FALSE(probe.Has(TcpHeader::RST));
                Inject(Ack().Ack(SndUna()).Window(0));
            }
        }
        EXPECT_GE(probes, atLeast);
    }
};

TCP_FSM_OVER_FAMILIES(WindowProbes);

// 3.8.6.1, SHLD-29, SHLD-30: the first after the retransmission timeout (RFC 6298 2.4: a second at
// least), then at growing intervals.
TEST_P(WindowProbes, ComeAtGrowingIntervals)
{
    ReachClosedWindow();
    App().Send(100);
    std::vector<Time> times;
    for (int i = 0; i < 60000; ++i)
    {
        Run(MilliSeconds(5));
        for (const auto& probe : Main().Take())
        {
            times.push_back(probe.time);
            Inject(Ack().Ack(SndUna()).Window(0));
        }
    }
    ASSERT_GE(times.size(), 5U);
    for (std::size_t i = 2; i < times.size(); ++i)
    {
        EXPECT_GE(times[i] - times[i - 1] + MilliSeconds(10), times[i - 1] - times[i - 2]) << i;
    }
    EXPECT_GT(times[4] - times[3], times[1] - times[0]);
}

// An answer that acknowledges nothing new starts the user timeout anew, too.
TEST_P(WindowProbes, HoldOffTheUserTimeoutIfAnswered)
{
    SetSocketDefault("UserTimeout", TimeValue(Seconds(100)));
    ReachClosedWindow();
    App().Send(100);
    AnswerFor(Seconds(1000), 10);
    EXPECT_EQ(State(), "ESTABLISHED");
    // Without answers it ends: no more probes, no RST.
    Run(Seconds(1000));
    for (const auto& segment : Main().Take())
    {
        EXPECT_FALSE(segment.Has(TcpHeader::RST));
    }
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
    ExpectNothing(Seconds(100000));
}

// "A FIN sent into a zero window is itself a probe."
TEST_P(WindowProbes, FinIsOneItself)
{
    ReachClosedWindow();
    App().Close();
    Expect(Fin());
    const auto fin = SndNxt() - 1;
    std::size_t again = 0;
    for (int i = 0; i < 200; ++i)
    {
        Run(Seconds(10));
        for (const auto& segment : Main().Take())
        {
            ++again;
            EXPECT_EQ(segment.Kind(), "FIN-ACK");
            EXPECT_EQ(segment.seq, fin);
            Inject(Ack().Ack(fin).Window(0));
        }
    }
    EXPECT_GE(again, 16U);
    EXPECT_EQ(State(), "FIN-WAIT-1");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

TEST_P(WindowProbes, FinIsGivenUpWithoutAnswers)
{
    ReachClosedWindow();
    App().Close();
    Expect(Fin());
    const auto fin = SndNxt() - 1;
    ExpectRepeated(Fin().Seq(fin), Seconds(1000));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
    ExpectNothing(Seconds(1000));
}

// The same in CLOSE-WAIT.
TEST_P(WindowProbes, FinOfCloseWaitDoesNotWaitForTheWindow)
{
    ReachClosedWindow("CLOSE-WAIT");
    App().Close();
    Expect(Fin());
    EXPECT_EQ(State(), "LAST-ACK");
    Send(Ack().Window(0));
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

// Text that waits for the window is probed for in FIN-WAIT-1, too, and the FIN follows it.
TEST_P(WindowProbes, GoOnWhileAFinWaits)
{
    ReachClosedWindow();
    App().Send(100);
    App().Close();
    AnswerFor(Seconds(1000), 5);
    EXPECT_EQ(State(), "FIN-WAIT-1");
    Send(Ack().Ack(SndUna()).Window(20000));
    Run(Seconds(2));
    uint32_t end = SndUna();
    for (const auto& segment : Main().Take())
    {
        end = segment.End();
    }
    EXPECT_EQ(end, Iss() + 102);
    EXPECT_EQ(State(), "FIN-WAIT-1");
}

// 3.8.6.1: there must be something to send.
TEST_P(WindowProbes, AreNotSentIfTheClosingAckLeavesNothing)
{
    Reach("ESTABLISHED");
    App().Send(100);
    Expect(Text(100));
    Send(Ack().Window(0));
    ExpectNothing(Seconds(1000));
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_TRUE(App().told.empty() || App().told.back() == "connected");
}

// The intervals of one closed window are not those of the next.
TEST_P(WindowProbes, BeginAnewWithEachClosing)
{
    ReachClosedWindow();
    App().Send(100);
    const Time closed = Simulator::Now();
    std::optional<Time> first;
    for (int probes = 0; probes < 3;)
    {
        Run(MilliSeconds(5));
        for (const auto& probe : Main().Take())
        {
            ++probes;
            first = first.value_or(probe.time - closed);
            Inject(Ack().Ack(SndUna()).Window(0));
        }
    }
    Inject(Ack().Ack(SndUna()).Window(1000));
    Expect(Text(100));
    Send(Ack().Window(0));
    ExpectNothing();
    App().Send(100);
    const auto probes = ExpectRepeated(Ack().Seq(SndNxt() - 1), *first + Seconds(1));
    ASSERT_EQ(probes.size(), 1U);
    EXPECT_NEAR(probes[0].GetSeconds(), first->GetSeconds(), 0.1);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

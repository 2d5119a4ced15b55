// SPDX-License-Identifier: GPL-2.0-only

// Closed windows: RFC 9293 3.8.6.1 (MUST-35, MUST-36), 3.8.6.2, 3.10.7.4 first.

#include "fixture.h"

#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class ZeroWindow : public FamilyTest
{
  protected:
    /// The node's window is full and the application reads nothing.
    void FillTheNode()
    {
        SetSocketDefault("RcvBufSize", UintegerValue(4000));
        Reach("ESTABLISHED");
        App().reading = false;
        while (Window() > 0)
        {
            Send(Text(std::min(Window(), 1000U)));
            Run(MilliSeconds(500));
            Expect(Ack(), Time(0));
        }
        m_full = RcvNxt() - Irs() - 1;
    }

    uint32_t m_full{0}; //!< octets that the node holds
};

TCP_FSM_OVER_FAMILIES(ZeroWindow);

// 3.8.6.1: the first probe when the window has been zero for the retransmission timeout, then with
// growing intervals, as long as they are acknowledged: for ever.
TEST_P(ZeroWindow, OfThePeerIsProbedAsLongAsProbesAreAnswered)
{
    Reach("ESTABLISHED");
    Send(Ack().Window(0));
    ExpectNothing();
    App().Send(100);
    std::size_t probes = 0;
    for (int i = 0; i < 200; ++i)
    {
        Run(Seconds(10));
        for (const auto& probe : Main().Take())
        {
            ++probes;
            EXPECT_LE(probe.data.size(), 1U);
            EXPECT_TRUE(probe.Has(TcpHeader::ACK));
            EXPECT_EQ(probe.seq + (probe.data.empty() ? 1 : 0), SndUna());
            Inject(Ack().Ack(SndUna()).Window(0));
        }
    }
    EXPECT_GE(probes, 30U);
    EXPECT_EQ(State(), "ESTABLISHED");
    Send(Ack().Ack(SndUna()).Window(20000));
    Run(Seconds(2));
    uint32_t end = SndUna();
    for (const auto& segment : Main().Take())
    {
        end = segment.End();
    }
    EXPECT_EQ(end, Iss() + 101);
}

// Probes that nobody answers end the connection as other text does.
TEST_P(ZeroWindow, OfAPeerThatIsGoneIsGivenUp)
{
    Reach("ESTABLISHED");
    Send(Ack().Window(0));
    ExpectNothing();
    App().Send(100);
    Run(Seconds(100000));
    for (const auto& segment : Main().Take())
    {
        EXPECT_FALSE(segment.Has(TcpHeader::RST));
    }
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("error ETIMEDOUT"));
}

// A FIN waits for queued text, not for the window.
TEST_P(ZeroWindow, OfThePeerDoesNotHoldBackAFin)
{
    Reach("ESTABLISHED");
    Send(Ack().Window(0));
    ExpectNothing();
    App().Close();
    Expect(Fin());
    Send(Ack().Window(0));
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

TEST_P(ZeroWindow, OfThePeerHoldsBackTextAndSoTheFin)
{
    Reach("ESTABLISHED");
    Send(Ack().Window(0));
    ExpectNothing();
    App().Send(100);
    App().Close();
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-1");
    Send(Ack().Window(20000));
    Expect(Text(100).Fin());
}

// Window updates: SND.UNA =< SEG.ACK, WL1 and WL2 (3.10.7.4 fifth).
TEST_P(ZeroWindow, IsNotReopenedByAnOldSegment)
{
    Reach("ESTABLISHED");
    App().Send(10);
    Expect(Text(10));
    Send(Ack().Window(0));
    ExpectNothing();
    App().Send(100);
    Inject(Ack().Ack(SndUna() - 10).Window(20000));
    ExpectNothing();
    Inject(Ack().Seq(RcvNxt() - 1).Window(20000));
    Expect(Ack());
    Inject(Ack().Window(20000));
    Expect(Text(100));
}

// A full buffer advertises zero; text is not taken, its ACK is.
TEST_P(ZeroWindow, OfTheNodeRefusesTextButTakesItsAck)
{
    FillTheNode();
    App().Send(50);
    Expect(Text(50));
    Inject(Text(10));
    Expect(Ack().Window(0));
    EXPECT_EQ(App().socket->GetStatus().sndUna, SndNxt());
    EXPECT_EQ(App().socket->GetStatus().connection.receiveQueue, m_full);
}

// A probe of one octet and an empty one are both answered.
TEST_P(ZeroWindow, OfTheNodeAnswersProbes)
{
    FillTheNode();
    for (int i = 0; i < 20; ++i)
    {
        Inject(Text(1));
        Expect(Ack().Window(0));
    }
    Inject(Ack().Seq(RcvNxt() - 1));
    Expect(Ack().Window(0));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// A FIN is not taken either.
TEST_P(ZeroWindow, OfTheNodeRefusesAFin)
{
    FillTheNode();
    Inject(Fin());
    Expect(Ack().Window(0));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// 3.10.7.4: "special allowance should be made to accept valid ACKs, URGs, and RSTs".
TEST_P(ZeroWindow, OfTheNodeTakesAcksAndResets)
{
    FillTheNode();
    App().Send(50);
    Expect(Text(50));
    Inject(Ack());
    ExpectNothing();
    EXPECT_EQ(App().socket->GetStatus().sndUna, SndNxt());
    Inject(Rst().Seq(RcvNxt() + 1));
    ExpectNothing();
    Inject(Rst());
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

// The crossing of two probes: an empty ACK one beyond RCV.NXT is processed.
TEST_P(ZeroWindow, OfTheNodeTakesAnAckBehindACrossingProbe)
{
    FillTheNode();
    App().Send(50);
    Expect(Text(50));
    Inject(Ack().Seq(RcvNxt() + 1));
    ExpectNothing();
    EXPECT_EQ(App().socket->GetStatus().sndUna, SndNxt());
}

// 3.8.6.2.2: the reader frees the buffer: a window update.
TEST_P(ZeroWindow, OfTheNodeIsUpdatedWhenTheApplicationReads)
{
    FillTheNode();
    EXPECT_EQ(App().Receive(100000), static_cast<int>(m_full));
    Expect(Ack());
    EXPECT_GE(Main().Last().window, m_full / 2);
    Send(Text(1000));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().Receive(100000), 1000);
}

// The same: not for a silly amount.
TEST_P(ZeroWindow, OfTheNodeIsNotUpdatedForASillyAmount)
{
    FillTheNode();
    App().Receive(10);
    ExpectNothing(Seconds(1));
}

// Probes are never limited, however many come.
TEST_P(ZeroWindow, OfTheNodeAnswersEveryProbe)
{
    FillTheNode();
    for (int i = 0; i < 300; ++i)
    {
        Inject(Text(1));
        Run(MicroSeconds(10));
    }
    Run(MilliSeconds(EXCHANGE_MS));
    EXPECT_EQ(Main().Take().size(), 300);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Text in both directions: RFC 9293 3.4, 3.10.7.4 first, seventh and eighth; RFC 1122 4.2.3.2.

#include "fixture.h"

#include "ns3/boolean.h"
#include "ns3/integer.h"
#include "ns3/nstime.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class Data : public FamilyTest
{
  protected:
    /// Two full-sized segments arrive, of which the second is acknowledged at once.
    void SendTwoFullSegments(Location location = Location::current())
    {
        Send(Text(Mss()));
        Send(Text(Mss()));
        Expect(Ack(), MilliSeconds(EXCHANGE_MS), location);
    }
};

TCP_FSM_OVER_FAMILIES(Data);

TEST_P(Data, IsSentAndAcknowledged)
{
    Reach("ESTABLISHED");
    EXPECT_EQ(App().Send(100), 100);
    Expect(Text(100));
    Send(Ack());
    ExpectNothing(Seconds(100));
    EXPECT_EQ(App().socket->GetStatus().sndUna, SndNxt());
    EXPECT_EQ(App().socket->GetStatus().connection.sendQueue, 0);
}

// 3.8.6.3, MUST-58: the ACK is delayed by less than half a second.
TEST_P(Data, IsReceivedAndAcknowledgedWithADelay)
{
    Reach("ESTABLISHED");
    Send(Text(100));
    ExpectNothing();
    EXPECT_EQ(App().received, 100);
    Expect(Ack(), MilliSeconds(500));
}

// 3.8.6.3, SHLD-19: at least every second full-sized segment.
TEST_P(Data, EverySecondFullSegmentIsAcknowledgedAtOnce)
{
    Reach("ESTABLISHED");
    Send(Text(Mss()));
    ExpectNothing();
    Send(Text(Mss()));
    Expect(Ack());
    SendTwoFullSegments();
}

// RFC 1122 4.2.3.2: a delay is that of the segment that waits, whatever was acknowledged before.
TEST_P(Data, EachDelayIsCountedFromTheSegmentThatWaits)
{
    SetSocketDefault("DelAckTimeout", TimeValue(MilliSeconds(400)));
    Reach("ESTABLISHED");
    SendTwoFullSegments();
    ExpectNothing(MilliSeconds(200));
    Send(Text(100));
    ExpectNothing(MilliSeconds(380));
    Expect(Ack(), MilliSeconds(40));
    ExpectNothing(Seconds(2));
}

TEST_P(Data, DelayMayBecomeShorter)
{
    SetSocketDefault("DelAckTimeout", TimeValue(MilliSeconds(400)));
    Reach("ESTABLISHED");
    SendTwoFullSegments();
    App().socket->SetAttribute("DelAckTimeout", TimeValue(MilliSeconds(60)));
    Send(Text(100));
    ExpectNothing(MilliSeconds(40));
    Expect(Ack(), MilliSeconds(40));
}

// The application may ask for more delay when it is told of text.
TEST_P(Data, MoreMayBeDelayedFromWithinACallback)
{
    SetSocketDefault("DelAckCount", UintegerValue(1));
    Reach("ESTABLISHED");
    const Callback<void, Ptr<Socket>> ask(
        [](Ptr<Socket> socket) { socket->SetAttribute("DelAckCount", UintegerValue(2)); });
    App().socket->SetRecvCallback(ask);
    Send(Text(Mss()));
    ExpectNothing(MilliSeconds(150));
    Send(Text(Mss()));
    Expect(Ack());
    Send(Text(Mss()));
    ExpectNothing(MilliSeconds(150));
    Expect(Ack(), MilliSeconds(100));
    ExpectNothing(Seconds(2));
}

// The delay's event may come when nothing waits, and the next delay begins after it.
TEST_P(Data, DelayBeginsAnewAfterItsEventCameToNothing)
{
    Reach("ESTABLISHED");
    SendTwoFullSegments();
    ExpectNothing(Seconds(1));
    Send(Text(100));
    ExpectNothing(MilliSeconds(180));
    Expect(Ack(), MilliSeconds(40));
}

// The ACK of the first text is delayed; the application ends the connection when told of the
// second.
TEST_P(Data, NothingIsAcknowledgedWhenTheApplicationAbortsOnIt)
{
    Reach("ESTABLISHED");
    Send(Text(Mss()));
    ExpectNothing();
    App().socket->SetRecvCallback(Callback<void, Ptr<Socket>>(
        [](Ptr<Socket> socket) { DynamicCast<TcpFsmSocket>(socket)->Abort(); }));
    Send(Text(Mss()));
    Expect(Rst());
    ExpectNothing(Seconds(2));
    EXPECT_EQ(State(), "gone");
}

// RFC 6298 5.3: an ACK of new data restarts the timer, for as long as RTO is now.
TEST_P(Data, RetransmissionIsCountedFromTheLastAckOfNewData)
{
    SetSocketDefault("TcpNoDelay", BooleanValue(true));
    Reach("ESTABLISHED");
    for (const bool isShorter : {false, true})
    {
        App().Send(100);
        Expect(Text(100));
        ExpectNothing(MilliSeconds(500));
        App().Send(50);
        Expect(Text(50));
        if (isShorter)
        {
            App().socket->SetAttribute("MinRto", TimeValue(MilliSeconds(200)));
            App().socket->SetAttribute("ClockGranularity", TimeValue(MilliSeconds(1)));
        }
        Send(Ack().Ack(SndNxt() - 50));
        ExpectNothing();
        const Time rto = App().socket->GetStatus().rto;
        ExpectNothing(rto - MilliSeconds(2 * EXCHANGE_MS));
        Expect(Text(50).Seq(SndNxt() - 50), MilliSeconds(2 * EXCHANGE_MS));
        Send(Ack());
        ExpectNothing(Seconds(100));
    }
}

TEST_P(Data, FlowsBothWaysAtOnce)
{
    Reach("ESTABLISHED");
    for (int i = 0; i < 20; ++i)
    {
        App().Send(100);
        Send(Text(200).Ack(SndNxt()));
        Expect(Text(100).Ack(RcvNxt() - 200));
        Send(Ack());
        Expect(Ack(), MilliSeconds(500));
    }
    EXPECT_EQ(App().received, 4000);
}

// 3.10.7.4: "segments with higher beginning sequence numbers SHOULD be held for later processing".
TEST_P(Data, OutOfOrderIsKeptAndAcknowledgedAtOnce)
{
    Reach("ESTABLISHED");
    Inject(Text(100).Seq(RcvNxt() + 100));
    Expect(Ack());
    Inject(Text(100).Seq(RcvNxt() + 300));
    Expect(Ack());
    EXPECT_EQ(App().received, 0);
    // Filling a hole is acknowledged at once, too (RFC 5681 4.2).
    Send(Text(100));
    Expect(Ack().Ack(Irs() + 201));
    EXPECT_EQ(App().received, 200);
    Inject(Text(100).Seq(Irs() + 201));
    Expect(Ack().Ack(Irs() + 401));
    EXPECT_EQ(App().received, 400);
}

TEST_P(Data, OverlapIsTakenOnce)
{
    Reach("ESTABLISHED");
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    Inject(Text(100).Seq(RcvNxt() - 50));
    Expect(Ack().Ack(RcvNxt() + 50), MilliSeconds(500));
    EXPECT_EQ(App().received, 150);
    // Overlaps text kept beyond a hole on both sides.
    Inject(Text(50).Seq(Irs() + 251));
    Expect(Ack().Ack(Irs() + 151));
    Inject(Text(200).Seq(Irs() + 121));
    Expect(Ack().Ack(Irs() + 321), MilliSeconds(500));
    EXPECT_EQ(App().received, 320);
}

// 3.10.7.4 first: an old duplicate gets an ACK, nothing is taken.
TEST_P(Data, OldDuplicateIsAcknowledgedAndDropped)
{
    Reach("ESTABLISHED");
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    Inject(Text(100).Seq(RcvNxt() - 100));
    Expect(Ack());
    Inject(Text(50).Seq(RcvNxt() - 100));
    Expect(Ack());
    EXPECT_EQ(App().received, 100);
}

// The same: its ACK field is not used (ProcessOldAck is off).
TEST_P(Data, AckFieldOfAnOldDuplicateIsNotUsed)
{
    Reach("ESTABLISHED");
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    App().Send(50);
    Expect(Text(50));
    Inject(Text(100).Seq(RcvNxt() - 100));
    Expect(Ack());
    EXPECT_EQ(App().socket->GetStatus().sndUna, SndNxt() - 50);
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(App().socket->GetStatus().sndUna, SndNxt());
}

// Beyond the window: ACK, drop.
TEST_P(Data, BeyondTheWindowIsAcknowledgedAndDropped)
{
    Reach("ESTABLISHED");
    Inject(Text(100).Seq(RcvNxt() + Window()));
    Expect(Ack());
    Inject(Text(100).Seq(RcvNxt() + 1000000));
    Expect(Ack());
    EXPECT_EQ(App().received, 0);
}

// Trimmed at the right edge: "only the part that lies within the window".
TEST_P(Data, IsTrimmedAtTheRightEdge)
{
    SetSocketDefault("RcvBufSize", UintegerValue(5000));
    Reach("ESTABLISHED");
    App().reading = false;
    const uint32_t window = Window();
    ASSERT_LE(window, 5000U);
    ASSERT_GE(window, 2000U);
    const uint32_t half = window / 2;
    Send(Text(half));
    Expect(Ack(), MilliSeconds(500));
    Inject(Text(window));
    const uint32_t rest = RightEdge() - RcvNxt();
    Expect(Ack().Ack(RcvNxt() + rest).Window(0), MilliSeconds(500));
    EXPECT_EQ(App().Receive(100000), static_cast<int>(half + rest));
}

// A FIN beyond the right edge is cut off, its text is taken.
TEST_P(Data, FinBeyondTheRightEdgeIsCutOff)
{
    SetSocketDefault("RcvBufSize", UintegerValue(2000));
    Reach("ESTABLISHED");
    App().reading = false;
    const uint32_t window = Window();
    Inject(Text(window).Fin());
    Expect(Ack().Ack(RcvNxt() + window).Window(0), MilliSeconds(500));
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_FALSE(App().endOfStream);
}

// 3.10.7.4 eighth: a FIN beyond a hole waits for the hole.
TEST_P(Data, FinBeyondAHoleWaitsForTheHole)
{
    Reach("ESTABLISHED");
    Inject(Text(100).Fin().Seq(RcvNxt() + 100));
    Expect(Ack());
    EXPECT_EQ(State(), "ESTABLISHED");
    Send(Text(100));
    Expect(Ack().Ack(Irs() + 202));
    EXPECT_EQ(State(), "CLOSE-WAIT");
    EXPECT_EQ(App().received, 200);
    EXPECT_TRUE(App().endOfStream);
}

TEST_P(Data, FinAloneBeyondAHoleWaitsForTheHole)
{
    Reach("FIN-WAIT-2");
    Inject(Fin().Seq(RcvNxt() + 100));
    Expect(Ack());
    EXPECT_EQ(State(), "FIN-WAIT-2");
    Send(Text(100));
    Expect(Ack().Ack(Irs() + 102));
    EXPECT_EQ(State(), "TIME-WAIT");
}

// Nothing can come after a FIN: octets beyond its first position seen are discarded.
TEST_P(Data, TextBeyondARememberedFinIsDiscarded)
{
    Reach("ESTABLISHED");
    Inject(Fin().Seq(RcvNxt() + 100));
    Expect(Ack());
    Inject(Text(150));
    Expect(Ack().Ack(Irs() + 102));
    EXPECT_EQ(State(), "CLOSE-WAIT");
    EXPECT_EQ(App().received, 100);
}

// 3.10.7.4 fifth: "if the ACK bit is off, drop the segment and return".
TEST_P(Data, WithoutAckIsDropped)
{
    Reach("ESTABLISHED");
    Inject(NoFlags().Text(100));
    Inject(NoFlags().Text(100).Fin());
    Inject(NoFlags());
    ExpectNothing(Seconds(1));
    EXPECT_EQ(App().received, 0);
    EXPECT_EQ(State(), "ESTABLISHED");
}

// 3.10.7.4 seventh: after the peer's FIN text is ignored.
TEST_P(Data, AfterTheFinOfThePeerIsIgnored)
{
    Reach("CLOSE-WAIT");
    Inject(Text(100));
    ExpectNothing(Seconds(1));
    EXPECT_EQ(App().received, 0);
    // A second FIN is acknowledged, RCV.NXT stays.
    Inject(Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSE-WAIT");
}

// 3.8: data is sent again when the timer expires; the count starts anew with every ACK.
TEST_P(Data, IsRetransmittedUntilItIsAcknowledged)
{
    Reach("ESTABLISHED");
    App().Send(100);
    Expect({Text(100), Text(100).Seq(Iss() + 1), Text(100).Seq(Iss() + 1)}, MilliSeconds(3500));
    Send(Ack());
    ExpectNothing(Seconds(600));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// Numbers wrap around.
TEST_P(Data, FlowsAcrossTheWrapOfSequenceNumbers)
{
    tcp.SetAttribute("FixedIsn", IntegerValue(0xffffff00));
    config.iss = 0xffffff80;
    Reach("ESTABLISHED");
    EXPECT_EQ(Iss(), 0xffffff00);
    App().Send(1000);
    Expect(Text(1000));
    Send(Ack());
    Send(Text(1000));
    Expect(Ack(), MilliSeconds(500));
    Inject(Text(100).Seq(RcvNxt() + 100));
    Expect(Ack());
    EXPECT_EQ(App().received, 1000);
    App().Close();
    Expect(Fin());
    EXPECT_EQ(State(), "FIN-WAIT-1");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

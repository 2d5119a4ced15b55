// SPDX-License-Identifier: GPL-2.0-only

// The ACK field of a retransmission that brings nothing else new: RFC 9293 Appendix A.2 (attribute
// ProcessOldAck); without it 3.10.7.4 first drops the segment with its ACK.

#include "fixture.h"

#include "ns3/string.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class OldAck : public FamilyTest
{
  protected:
    void Process()
    {
        tcp.SetAttribute("ProcessOldAck", StringValue("on"));
    }

    /// An open connection: the peer has sent 10 octets, the node's 100 are not acknowledged.
    void Open()
    {
        Reach("ESTABLISHED");
        Send(Text(10));
        Expect(Ack(), MilliSeconds(500));
        App().Send(100);
        Expect(Text(100));
    }

    uint32_t UnaOfTheNode()
    {
        return App().socket->GetStatus().sndUna;
    }
};

TCP_FSM_OVER_FAMILIES(OldAck);

TEST_P(OldAck, IsNotProcessedByDefault)
{
    Open();
    const auto before = UnaOfTheNode();
    Inject(Text(10).Seq(RcvNxt() - 10));
    Expect(Ack());
    EXPECT_EQ(UnaOfTheNode(), before);
    // So the text is sent again.
    Run(Seconds(2));
    const auto again = Main().Take();
    ASSERT_FALSE(again.empty());
    EXPECT_EQ(again[0].seq, before);
}

TEST_P(OldAck, IsProcessed)
{
    Process();
    Open();
    Inject(Text(10).Seq(RcvNxt() - 10));
    Expect(Ack());
    EXPECT_EQ(UnaOfTheNode(), SndNxt());
    EXPECT_EQ(App().received, 10U);
    ExpectNothing(Seconds(100));
}

TEST_P(OldAck, IsProcessedInTheProfileFreeBsd)
{
    tcp.SetProfile("freebsd");
    Open();
    Inject(Text(10).Seq(RcvNxt() - 10));
    Expect(Ack());
    EXPECT_EQ(UnaOfTheNode(), SndNxt());
}

TEST_P(OldAck, CanBeTurnedOffInTheProfileFreeBsd)
{
    tcp.SetProfile("freebsd");
    tcp.SetAttribute("ProcessOldAck", StringValue("off"));
    Open();
    Inject(Text(10).Seq(RcvNxt() - 10));
    Expect(Ack());
    EXPECT_EQ(UnaOfTheNode(), SndUna());
}

// Only where the segment ends at RCV.NXT, and occupies sequence space.
TEST_P(OldAck, OfAnotherOldSegmentIsNotProcessed)
{
    Process();
    Open();
    Inject(Text(5).Seq(RcvNxt() - 10));
    Expect(Ack());
    EXPECT_EQ(UnaOfTheNode(), SndUna());
    Inject(Ack().Seq(RcvNxt() - 1));
    Expect(Ack());
    EXPECT_EQ(UnaOfTheNode(), SndUna());
}

// Fifth still judges the ACK: of octets never sent.
TEST_P(OldAck, OfWhatWasNotSentIsNotTaken)
{
    Process();
    Open();
    Inject(Text(10).Seq(RcvNxt() - 10).Ack(SndNxt() + 1));
    Run(MilliSeconds(EXCHANGE_MS));
    const auto replies = Main().Take();
    ASSERT_FALSE(replies.empty());
    for (const auto& reply : replies)
    {
        EXPECT_EQ(reply.Kind(), "ACK");
    }
    EXPECT_EQ(UnaOfTheNode(), SndUna());
    EXPECT_EQ(State(), "ESTABLISHED");
}

// A window comes with the ACK, the octets are not taken twice.
TEST_P(OldAck, LetsMoreTextOut)
{
    Process();
    Reach("ESTABLISHED");
    Send(Text(10).Window(100));
    Expect(Ack(), MilliSeconds(500));
    App().Send(100);
    Expect(Text(100));
    App().Send(50);
    ExpectNothing();
    Inject(Text(10).Seq(RcvNxt() - 10).Window(100));
    Run(Seconds(2));
    uint32_t end = 0;
    for (const auto& segment : Main().Take())
    {
        end = segment.data.empty() ? end : segment.End();
    }
    EXPECT_EQ(end, Iss() + 151);
    EXPECT_EQ(App().received, 10U);
}

// The ACK of our FIN: arrow 14 (of a retransmission in FIN-WAIT-1).
TEST_P(OldAck, OfOurFinLeavesFinWait1)
{
    for (const bool on : {false, true})
    {
        L4()->SetAttribute("ProcessOldAck", StringValue(on ? "on" : "off"));
        auto names = config;
        names.peerPort = on ? 40001 : 40002;
        auto& other = NewConversation(names);
        if (!IsListening())
        {
            Listen();
        }
        other.OpenPassive();
        other.Send(Text(10));
        other.Expect(Ack(), MilliSeconds(500));
        App().ShutdownSend();
        other.Expect(Fin());
        other.Inject(Text(10).Seq(other.RcvNxt() - 10));
        other.Expect(Ack());
        EXPECT_EQ(State(other), on ? "FIN-WAIT-2" : "FIN-WAIT-1");
        App().Abort();
        other.Expect(Rst().Seq(other.SndNxt()));
    }
}

// Simultaneous close, the ACKs lost: the peer's FIN comes again with the ACK of ours (arrow 18).
TEST_P(OldAck, OfOurFinOnTheFinSentAgainLeavesClosing)
{
    Process();
    Reach("CLOSING");
    Inject(Fin().Seq(RcvNxt() - 1));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(OldAck, DoesNotLeaveClosingByDefault)
{
    Reach("CLOSING");
    Inject(Fin().Seq(RcvNxt() - 1));
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSING");
}

// The same in LAST-ACK (arrow 20).
TEST_P(OldAck, OfOurFinOnTheFinSentAgainLeavesLastAck)
{
    Process();
    Reach("LAST-ACK");
    Inject(Fin().Seq(RcvNxt() - 1));
    Run(MilliSeconds(EXCHANGE_MS));
    for (const auto& reply : Main().Take())
    {
        EXPECT_EQ(reply.Kind(), "ACK");
    }
    EXPECT_EQ(State(), "gone");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

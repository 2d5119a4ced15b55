// SPDX-License-Identifier: GPL-2.0-only

// Profiles: where rfc793 (RFC 793 3.9) and freebsd (measured) differ from RFC 9293.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class Rfc793In : public StateTest
{
  protected:
    Rfc793In()
    {
        tcp.SetProfile("rfc793");
    }
};

TCP_FSM_OVER_STATES(Rfc793In, Except(SynchronizedStates(), {"TIME-WAIT"}));

class ProfileRfc793 : public FamilyTest
{
  protected:
    ProfileRfc793()
    {
        tcp.SetProfile("rfc793");
    }
};

TCP_FSM_OVER_FAMILIES(ProfileRfc793);

class ProfileFreeBsd : public FamilyTest
{
  protected:
    ProfileFreeBsd()
    {
        tcp.SetProfile("freebsd");
    }
};

TCP_FSM_OVER_FAMILIES(ProfileFreeBsd);

// RFC 793 3.9 second: a RST anywhere in the window.
TEST_P(Rfc793In, ResetInTheWindowEnds)
{
    Reach(GetStart());
    Inject(Rst().Seq(RcvNxt() + 1000));
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

TEST_P(Rfc793In, ResetOutsideTheWindowIsDropped)
{
    Reach(GetStart());
    Inject(Rst().Seq(RcvNxt() - 1));
    Inject(Rst().Seq(RightEdge() + 10));
    ExpectNothing();
    EXPECT_EQ(State(), GetStartState());
}

// RFC 793 3.9 fourth: "If the SYN is in the window it is an error, send a reset".
TEST_P(Rfc793In, SynInTheWindowEndsWithAReset)
{
    Reach(GetStart());
    Inject(Syn().Seq(RcvNxt() + 1000));
    Expect(RstAck());
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().GetErrorName(), "ECONNRESET");
}

TEST_P(Rfc793In, SynOutsideTheWindowIsAcknowledged)
{
    Reach(GetStart());
    Inject(Syn().Seq(RcvNxt() - 100));
    Expect(Ack());
    EXPECT_EQ(State(), GetStartState());
}

// RFC 793 3.9 fifth: SEG.ACK > SND.NXT: ACK, drop; SEG.ACK < SND.UNA: ignored.
TEST_P(Rfc793In, OldAcksOfAnyAgeAreIgnored)
{
    Reach(GetStart());
    Inject(Ack().Ack(SndUna() - 1000000));
    ExpectNothing();
    Inject(Ack().Ack(SndNxt() + 1));
    Expect(Ack());
    EXPECT_EQ(State(), GetStartState());
}

TEST_P(ProfileRfc793, SynInTheWindowOfAHalfOpenEntryReturnsToListen)
{
    Reach("SYN-RCVD");
    Inject(Syn().Seq(RcvNxt() + 10));
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "gone");
    EXPECT_TRUE(IsListening());
}

TEST_P(ProfileRfc793, SynInTimeWaitEndsItWithAReset)
{
    Reach("TIME-WAIT");
    Inject(Syn().Seq(RcvNxt() + 10));
    Expect(RstAck());
    EXPECT_EQ(State(), "gone");
}

TEST_P(ProfileRfc793, OpensAndClosesAsUsual)
{
    Reach("ESTABLISHED");
    App().Send(100);
    Expect(Text(100));
    Send(Text(50));
    Expect(Ack(), MilliSeconds(500));
    App().Close();
    Expect(Fin());
    Send(Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(ProfileFreeBsd, ListenerDropsASynAck)
{
    Reach("LISTEN");
    Inject(SynAck().Ack(777));
    ExpectNothing();
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
}

// Entering CLOSING sends the FIN again with the new ACK.
TEST_P(ProfileFreeBsd, EnteringClosingSendsTheFinAgain)
{
    Listen();
    Main().OpenPassive();
    App().Close();
    Expect(Fin());
    const auto fin = SndNxt() - 1;
    Send(Fin().Ack(fin));
    Expect(Fin().Seq(fin));
    EXPECT_EQ(State(), "CLOSING");
}

TEST_P(ProfileFreeBsd, ResetInLastAckIsAlwaysReported)
{
    Reach("LAST-ACK");
    Inject(Rst());
    ExpectNothing();
    EXPECT_EQ(App().GetErrorName(), "ECONNRESET");
}

TEST_P(ProfileFreeBsd, ResetsInTimeWaitAreIgnored)
{
    Reach("TIME-WAIT");
    Inject(Rst());
    Inject(Rst().Seq(RcvNxt() + 10));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

TEST_P(ProfileFreeBsd, OldSynInTimeWaitIsDroppedSilently)
{
    Reach("TIME-WAIT");
    Inject(Syn().Seq(RcvNxt()));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
    Send(Syn().Seq(RcvNxt() + 1));
    Run(MilliSeconds(20));
    EXPECT_EQ(Main().Take().size(), 1);
    EXPECT_EQ(State(), "SYN-RCVD");
}

// Any segment with ACK is answered unless it is empty, at RCV.NXT and SND.NXT.
TEST_P(ProfileFreeBsd, SegmentsInTimeWaitAreAnswered)
{
    Reach("TIME-WAIT");
    Inject(Ack());
    ExpectNothing();
    Inject(NoFlags().Text(10));
    ExpectNothing();
    Inject(Text(10));
    Expect(Ack());
    Inject(Ack().Ack(SndNxt() - 1));
    Expect(Ack());
    Inject(Ack().Seq(RcvNxt() + 1));
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

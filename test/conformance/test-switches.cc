// SPDX-License-Identifier: GPL-2.0-only

// FreeBSD's switches, one attribute each: insecure_rst (RstCheck), insecure_syn (SynCheck),
// drop_synfin (DropSynFin), blackhole (Blackhole). They change RFC 9293 3.10.7.1, 3.10.7.2, and
// 3.10.7.4 second and fourth.

#include "fixture.h"

#include "ns3/string.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class SwitchesIn : public StateTest
{
  protected:
    /// Reaches the state, then turns to the profile, which enters CLOSING in a way of its own.
    void ReachAsFreeBsd()
    {
        Reach(GetStart());
        L4()->SetAttribute("Profile", StringValue("freebsd"));
    }
};

TCP_FSM_OVER_STATES(SwitchesIn, Except(SynchronizedStates(), {"TIME-WAIT"}));

class Switches : public FamilyTest
{
  protected:
    Switches()
    {
        tcp.SetProfile("freebsd");
    }

    void Set(const std::string& attribute, const std::string& value)
    {
        tcp.SetAttribute(attribute, StringValue(value));
    }
};

TCP_FSM_OVER_FAMILIES(Switches);

// The profile itself does as RFC 5961 says.
TEST_P(SwitchesIn, OffResetsAndSynsInTheWindowAreChallenged)
{
    ReachAsFreeBsd();
    Inject(Rst().Seq(RcvNxt() + 10));
    Expect(Ack());
    for (const uint32_t offset : {0U, 10U, 0U - 10})
    {
        Inject(Syn().Seq(RcvNxt() + offset));
        Expect(Ack());
    }
    EXPECT_EQ(State(), GetStartState());
}

TEST_P(SwitchesIn, InsecureRstEndsInTheWindow)
{
    L4()->SetAttribute("RstCheck", StringValue("Rfc793"));
    ReachAsFreeBsd();
    Inject(Rst().Seq(RcvNxt() - 1));
    Inject(Rst().Seq(RightEdge()));
    ExpectNothing();
    EXPECT_EQ(State(), GetStartState());
    Inject(Rst().Seq(RightEdge() - 1));
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().GetErrorName(), "ECONNRESET");
}

TEST_P(SwitchesIn, InsecureRstLeavesSynsAlone)
{
    L4()->SetAttribute("RstCheck", StringValue("Rfc793"));
    ReachAsFreeBsd();
    Inject(Syn().Seq(RcvNxt() + 10));
    Expect(Ack());
    EXPECT_EQ(State(), GetStartState());
}

TEST_P(SwitchesIn, InsecureSynEndsInTheWindow)
{
    L4()->SetAttribute("SynCheck", StringValue("Rfc793"));
    ReachAsFreeBsd();
    Inject(Syn().Seq(RcvNxt() - 10));
    Expect(Ack());
    Inject(Rst().Seq(RcvNxt() + 10));
    Expect(Ack());
    EXPECT_EQ(State(), GetStartState());
    Inject(Syn().Seq(RcvNxt() + 10));
    Expect(RstAck());
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().GetErrorName(), "ECONNRESET");
}

TEST_P(SwitchesIn, InsecureSynTakesASynFinToo)
{
    L4()->SetAttribute("SynCheck", StringValue("Rfc793"));
    ReachAsFreeBsd();
    Inject(SynFin());
    Expect(RstAck());
    EXPECT_EQ(State(), "gone");
}

// Before every other step.
TEST_P(SwitchesIn, DropSynFinDropsThemSilently)
{
    L4()->SetAttribute("DropSynFin", StringValue("on"));
    ReachAsFreeBsd();
    for (const uint32_t offset : {0U, 10U, 0U - 10, 100000U})
    {
        Inject(SynFin().Seq(RcvNxt() + offset));
        Inject(SynFin().Ack(SndNxt()).Seq(RcvNxt() + offset));
    }
    ExpectNothing();
    EXPECT_EQ(State(), GetStartState());
    Inject(Syn());
    Expect(Ack());
}

TEST_P(Switches, DropSynFinHoldsInListenAndSynSent)
{
    Set("DropSynFin", "on");
    Listen();
    Inject(SynFin());
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "gone");
    auto names = config;
    names.nodePort = 81;
    auto& other = NewConversation(names);
    auto& user = NewApplication();
    user.Bind(Any(81));
    user.Connect(PeerAt(40000));
    other.Expect(Syn());
    other.Inject(SynFin());
    other.Inject(SynFin().Ack(other.SndNxt()));
    other.ExpectNothing();
    EXPECT_EQ(State(other), "SYN-SENT");
    user.Abort();
}

TEST_P(Switches, DropSynFinHoldsInSynRcvd)
{
    Set("DropSynFin", "on");
    Reach("SYN-RCVD");
    Inject(SynFin().Seq(Irs()));
    Inject(SynFin());
    ExpectNothing();
    EXPECT_EQ(State(), "SYN-RCVD");
}

TEST_P(Switches, DropSynFinHoldsInTimeWait)
{
    Set("DropSynFin", "on");
    Reach("TIME-WAIT");
    Inject(SynFin().Seq(RcvNxt() + 10));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

// "CLOSED still answers."
TEST_P(Switches, DropSynFinDoesNotHoldInClosed)
{
    Set("DropSynFin", "on");
    Reach("CLOSED");
    Inject(SynFin());
    Expect(RstAck().Seq(0).Ack(Irs() + 2));
}

// "Not in TIME-WAIT under Challenge."
TEST_P(Switches, DropSynFinDoesNotHoldInTimeWaitUnderChallenge)
{
    Set("DropSynFin", "on");
    Set("TimeWaitSyn", "Challenge");
    Reach("TIME-WAIT");
    Inject(SynFin().Seq(RcvNxt() + 10));
    Expect(Ack());
}

// 3.10.7.1 with Blackhole: no RST.
TEST_P(Switches, BlackholeSilencesClosed)
{
    Set("Blackhole", "on");
    Reach("CLOSED");
    for (const auto& segment : {Syn(), SynAck(), SynFin(), Ack(), Text(10), Fin(), NoFlags()})
    {
        Inject(segment);
    }
    ExpectNothing(Seconds(1));
}

// Only there: a listener goes on answering.
TEST_P(Switches, BlackholeDoesNotSilenceAListener)
{
    Set("Blackhole", "on");
    Listen();
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
    Send(Syn());
    Expect(SynAck());
    Inject(Ack().Ack(SndNxt() + 10));
    Expect(Rst().Seq(SndNxt() + 10));
}

TEST_P(Switches, BlackholeDoesNotSilenceAnAbort)
{
    Set("Blackhole", "on");
    Reach("ESTABLISHED/active");
    App().Abort();
    Expect(Rst().Seq(SndNxt()));
    Inject(Ack());
    ExpectNothing();
}

TEST_P(Switches, BlackholeIsOffByDefault)
{
    Reach("CLOSED");
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
}

// 3.10.7.4 second and fourth in SYN-RCVD: a passive entry goes silently.
TEST_P(Switches, InsecureOnesEndAHalfOpenEntrySilently)
{
    Set("RstCheck", "Rfc793");
    Set("SynCheck", "Rfc793");
    Listen();
    uint16_t port = 40001;
    for (const auto& segment : {Rst(), Syn()})
    {
        auto& other = NewConversation(port++);
        other.Send(Syn());
        other.Expect(SynAck());
        other.Inject(segment.Seq(other.RcvNxt() + 10));
        other.ExpectNothing(Seconds(10));
        EXPECT_EQ(State(other), "gone");
    }
    EXPECT_TRUE(IsListening());
    EXPECT_FALSE(HasApp());
}

TEST_P(Switches, InsecureRstRefusesASimultaneousOpen)
{
    Set("RstCheck", "Rfc793");
    Reach("SYN-RCVD/simultaneous");
    Inject(Rst().Seq(RcvNxt() + 10));
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("failed ECONNREFUSED"));
}

TEST_P(Switches, InsecureSynResetsASimultaneousOpen)
{
    Set("SynCheck", "Rfc793");
    Reach("SYN-RCVD/simultaneous");
    Inject(Syn().Seq(RcvNxt() + 10));
    Expect(RstAck());
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("failed ECONNRESET"));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

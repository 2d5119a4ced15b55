// SPDX-License-Identifier: GPL-2.0-only

// TIME-WAIT without new SYNs: RFC 9293 3.6.1, 3.10.7.4, 3.10.8; RFC 1337.

#include "fixture.h"

#include "ns3/string.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class TimeWait : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(TimeWait);

namespace
{
const Time EPSILON = MilliSeconds(30); // several exchanges with the peer
}

// 3.6.1: "wait for a period of 2 x MSL", MSL being 2 minutes by default: arrow 21.
TEST_P(TimeWait, LastsTwoMsl)
{
    Reach("TIME-WAIT");
    ExpectNothing(Seconds(240) - EPSILON);
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(EPSILON);
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(GetGuards().GetTransitions().back().from, TcpSocket::TIME_WAIT);
    EXPECT_EQ(GetGuards().GetTransitions().back().to, TcpSocket::CLOSED);
    EXPECT_THAT(App().told, ElementsAre());
}

TEST_P(TimeWait, MslIsAnAttribute)
{
    SetSocketDefault("Msl", TimeValue(Seconds(5)));
    Reach("TIME-WAIT");
    ExpectNothing(Seconds(10) - EPSILON);
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(EPSILON);
    EXPECT_EQ(State(), "gone");
}

// 3.10.7.4 eighth: "Remain in the TIME-WAIT state. Restart the 2 MSL time-wait timeout."
TEST_P(TimeWait, RetransmittedFinIsAcknowledgedAndRestartsIt)
{
    Reach("TIME-WAIT");
    ExpectNothing(Seconds(200));
    Inject(Fin().Seq(RcvNxt() - 1));
    Expect(Ack());
    ExpectNothing(Seconds(240) - EPSILON);
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(EPSILON);
    EXPECT_EQ(State(), "gone");
}

TEST_P(TimeWait, RetransmittedFinWithTextRestartsIt)
{
    Listen();
    Main().OpenPassive();
    App().ShutdownSend();
    Expect(Fin());
    Send(Text(10).Fin());
    Expect(Ack());
    ExpectNothing(Seconds(200));
    Inject(Text(10).Fin().Seq(RcvNxt() - 11));
    Expect(Ack());
    ExpectNothing(Seconds(200));
    EXPECT_EQ(State(), "TIME-WAIT");
}

// Nothing else restarts it.
TEST_P(TimeWait, OtherSegmentsDoNotRestartIt)
{
    Reach("TIME-WAIT");
    ExpectNothing(Seconds(100));
    Inject(Ack());
    ExpectNothing();
    Inject(Text(10));
    ExpectNothing();
    Inject(Fin());
    Expect(Ack());
    Inject(Ack().Seq(RcvNxt() - 10));
    Expect(Ack());
    Inject(Text(10).Seq(RcvNxt() - 10));
    Expect(Ack());
    Inject(Rst().Seq(RcvNxt() + 10));
    Expect(Ack());
    Inject(Syn().Seq(RcvNxt() - 100));
    Expect(Ack());
    Inject(NoFlags().Fin().Seq(RcvNxt() - 1));
    Expect(Ack());
    ExpectNothing(Seconds(140));
    EXPECT_EQ(State(), "gone");
}

// No reply to an acceptable ACK or text: two ends in TIME-WAIT must not talk for ever.
TEST_P(TimeWait, AcceptableSegmentsAreNotAnswered)
{
    Reach("TIME-WAIT");
    Inject(Ack());
    Inject(Ack().Seq(RcvNxt() + 100));
    Inject(Text(10));
    Inject(Text(10).Seq(RcvNxt() + 100));
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "TIME-WAIT");
}

// 3.10.7.4 second.
TEST_P(TimeWait, ExactResetEndsIt)
{
    Reach("TIME-WAIT");
    Inject(Rst());
    ExpectNothing();
    EXPECT_EQ(State(), "gone");
}

// RFC 1337 3, fix F1.
TEST_P(TimeWait, WithRfc1337ResetsAreIgnored)
{
    tcp.SetAttribute("Rfc1337", StringValue("on"));
    Reach("TIME-WAIT");
    Inject(Rst());
    Inject(RstAck());
    Inject(Rst().Seq(RcvNxt() + 10));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

// 3.10.7.4 eighth: FIN-WAIT-1 and CLOSING lead here too, with the timer.
TEST_P(TimeWait, AfterASimultaneousCloseLastsTwoMsl)
{
    Reach("CLOSING");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(Seconds(239));
    EXPECT_EQ(State(), "TIME-WAIT");
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "gone");
}

// The application can still read what came before the FIN, and its handle tells the state.
TEST_P(TimeWait, WhatWasReceivedCanStillBeRead)
{
    Reach("FIN-WAIT-2");
    App().reading = false;
    Send(Text(10).Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "TIME-WAIT");
    EXPECT_EQ(App().socket->GetStatus().connection.state, TcpSocket::TIME_WAIT);
    EXPECT_EQ(App().Receive(100), 10);
    EXPECT_EQ(App().Receive(100), 0);
    EXPECT_TRUE(App().endOfStream);
    ExpectNothing(Seconds(240));
    EXPECT_EQ(App().socket->GetStatus().connection.state, TcpSocket::CLOSED);
}

// Bind and listen on a port that has only connections in TIME-WAIT.
TEST_P(TimeWait, DoesNotKeepThePort)
{
    Reach("TIME-WAIT/active");
    Listen();
    auto& other = NewConversation(40001);
    other.OpenPassive();
    EXPECT_EQ(State(other), "ESTABLISHED");
    EXPECT_EQ(State(), "TIME-WAIT");
}

// 3.10.1: "connection already exists"; the pair of ports stays taken.
TEST_P(TimeWait, ActiveOpenOfTheSameConnectionIsRefused)
{
    Reach("TIME-WAIT/active");
    auto& other = NewApplication();
    ASSERT_EQ(other.Bind(Any(80)), 0);
    EXPECT_EQ(other.Connect(PeerAt(40000)), -1);
    EXPECT_EQ(other.GetErrorName(), "EADDRNOTAVAIL");
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "TIME-WAIT");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

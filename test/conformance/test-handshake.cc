// SPDX-License-Identifier: GPL-2.0-only

// Opening a connection with three segments: RFC 9293 3.5, 3.10.1, 3.10.7.2, 3.10.7.3.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class Handshake : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(Handshake);

using ::testing::ElementsAre;

// 3.10.7.2 third; 3.10.7.4 fifth: arrows 1, 5, 9.
TEST_P(Handshake, ListenerAnswersSynAndIsEstablishedByTheAck)
{
    Listen();
    Send(Syn());
    Expect(SynAck().Ack(Irs() + 1));
    EXPECT_EQ(State(), "SYN-RCVD");
    EXPECT_FALSE(HasApp());
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_TRUE(HasApp());
    EXPECT_TRUE(IsListening());
}

// 3.10.1, 3.10.7.3 fourth: arrows 3, 10.
TEST_P(Handshake, ActiveOpenIsEstablishedBySynAckAndAcknowledgesIt)
{
    Connect();
    Expect(Syn());
    EXPECT_EQ(State(), "SYN-SENT");
    EXPECT_THAT(App().told, ElementsAre());
    Send(SynAck());
    Expect(Ack().Seq(Iss() + 1).Ack(Irs() + 1));
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_THAT(App().told, ElementsAre("connected"));
}

// 3.10.7.2: nothing of a listener changes, many connections follow one another.
TEST_P(Handshake, OneListenerTakesManyConnections)
{
    Listen();
    for (uint16_t port = 40001; port < 40011; ++port)
    {
        auto& other = NewConversation(port);
        other.OpenPassive();
        EXPECT_EQ(State(other), "ESTABLISHED");
    }
    EXPECT_TRUE(IsListening());
    EXPECT_EQ(Connections().size(), 11);
}

// 3.7.1, MUST-14: the option is in every SYN that does not use the default; here in every SYN.
TEST_P(Handshake, SynCarriesTheMssOfTheInterface)
{
    Connect();
    Expect(Syn());
    EXPECT_EQ(Main().Last().GetMss(), Mss());
}

TEST_P(Handshake, SynAckCarriesTheMssOfTheInterface)
{
    link.mtu = 1400;
    Listen();
    Send(Syn());
    Expect(SynAck());
    EXPECT_EQ(Main().Last().GetMss(), Mss());
}

TEST_P(Handshake, SynAckCarriesTheMssEvenIfTheSynHadNone)
{
    config.synOptions = {};
    Listen();
    Send(Syn());
    Expect(SynAck());
    EXPECT_EQ(Main().Last().GetMss(), Mss());
}

// 3.7.1, MUST-15: 536 for IPv4, 1220 for IPv6.
TEST_P(Handshake, WithoutMssOptionSegmentsHaveTheDefaultSize)
{
    config.synOptions = {};
    const uint32_t size = IsIpv6() ? 1220 : 536;
    Reach("ESTABLISHED");
    App().Send(size + 100);
    Expect({Text(size), Text(100)});
    Send(Ack());
}

TEST_P(Handshake, WithoutMssOptionInTheSynAckSegmentsHaveTheDefaultSize)
{
    config.synOptions = {};
    const uint32_t size = IsIpv6() ? 1220 : 536;
    Reach("ESTABLISHED/active");
    App().Send(size + 100);
    Expect({Text(size), Text(100)});
    Send(Ack());
}

// 3.7.1, MUST-16: the smaller of the peer's option and what the path takes.
TEST_P(Handshake, SegmentsAreNoLargerThanThePeersMss)
{
    config.synOptions = TcpFsmRawSegment::Mss(700);
    Reach("ESTABLISHED");
    App().Send(800);
    Expect({Text(700), Text(100)});
    Send(Ack());
}

TEST_P(Handshake, SegmentsAreNoLargerThanTheInterfaceTakes)
{
    config.synOptions = TcpFsmRawSegment::Mss(9000);
    Reach("ESTABLISHED");
    App().Send(Mss() + 100);
    Expect({Text(Mss()), Text(100)});
    Send(Ack());
}

// 3.10.7.3 fourth: "SND.WND <- SEG.WND"; a window in a SYN is never scaled (RFC 7323 2.2).
TEST_P(Handshake, WindowOfTheSynAckLimitsWhatIsSent)
{
    Connect();
    Expect(Syn());
    Send(SynAck().Window(300));
    Expect(Ack());
    App().Send(500);
    // 3.8.6.2.1: sent at once or when the override timeout (0.1 to 1 s) is over.
    EXPECT_FALSE(ExpectRepeated(Text(300).Seq(SndNxt()), MilliSeconds(1010)).empty());
}

// 3.10.7.3 fourth: "If there are other controls or text in the segment, then continue processing".
TEST_P(Handshake, TextInTheSynAckIsTaken)
{
    Connect();
    Expect(Syn());
    Send(SynAck().Text(50));
    Expect(Ack().Ack(Irs() + 51));
    EXPECT_EQ(App().received, 50);
    EXPECT_EQ(State(), "ESTABLISHED");
}

// The same, with arrow 13 after arrow 10.
TEST_P(Handshake, FinInTheSynAckIsTaken)
{
    Connect();
    Expect(Syn());
    Send(SynAck().Text(50).Fin());
    Expect(Ack().Ack(Irs() + 52));
    EXPECT_EQ(App().received, 50);
    EXPECT_TRUE(App().endOfStream);
    EXPECT_EQ(State(), "CLOSE-WAIT");
}

// 3.10.7.2 third allows it: text and FIN of a SYN are left to the peer to send again.
TEST_P(Handshake, TextAndFinInASynToAListenerAreNotAcknowledged)
{
    Listen();
    Inject(Syn().Text(50).Fin());
    Expect(SynAck().Ack(Irs() + 1));
    EXPECT_EQ(State(), "SYN-RCVD");
    Send(Syn());
    Expect(SynAck().Ack(Irs() + 1));
    Send(Text(50));
    Expect(Ack().Ack(Irs() + 51), MilliSeconds(500));
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_EQ(App().received, 50);
}

// 3.10.7.4 fifth and seventh: the ACK of our SYN may come with text and FIN.
TEST_P(Handshake, LastAckMayCarryTextAndFin)
{
    Listen();
    Send(Syn());
    Expect(SynAck());
    Send(Text(50).Fin());
    Expect(Ack().Ack(Irs() + 52));
    EXPECT_EQ(State(), "CLOSE-WAIT");
    EXPECT_EQ(App().received, 50);
    EXPECT_TRUE(App().endOfStream);
}

// 3.10.7.4 fifth: SND.WND, WL1 and WL2 are set by the ACK that leaves SYN-RCVD.
TEST_P(Handshake, WindowOfTheLastAckLimitsWhatIsSent)
{
    Listen();
    Send(Syn());
    Expect(SynAck());
    Send(Ack().Window(300));
    ExpectNothing();
    App().Send(500);
    // 3.8.6.2.1: sent at once or when the override timeout (0.1 to 1 s) is over.
    EXPECT_FALSE(ExpectRepeated(Text(300).Seq(SndNxt()), MilliSeconds(1010)).empty());
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

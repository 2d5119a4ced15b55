// SPDX-License-Identifier: GPL-2.0-only

// Resets: RFC 9293 3.5.2, 3.5.3, 3.10.7.1 to 3.10.7.4 second; RFC 5961 3.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class Reset : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(Reset);

class ResetIn : public StateTest
{
};

TCP_FSM_OVER_STATES(ResetIn, StepStates());

namespace
{

/// What a state leads to and what the application has been told of the end.
struct End
{
    std::vector<std::string> told;
    std::string error;
};

/// 3.10.7.4 second, and 3.5.3.
End
EndOf(const std::string& state)
{
    if (state == "SYN-RCVD/simultaneous")
    {
        return {{"failed ECONNREFUSED"}, "ECONNREFUSED"};
    }
    if (state == "ESTABLISHED/active")
    {
        return {{"connected", "error ECONNRESET"}, "ECONNRESET"};
    }
    if (state == "CLOSE-WAIT")
    {
        return {{"closed"}, "ECONNRESET"}; // it has heard of the end already
    }
    if (state == "LAST-ACK")
    {
        return {{"closed"}, ""};
    }
    if (state == "CLOSING" || state == "TIME-WAIT")
    {
        return {{}, ""};
    }
    if (state == "TIME-WAIT/active")
    {
        return {{"connected"}, ""};
    }
    return {{"error ECONNRESET"}, "ECONNRESET"};
}

} // namespace

// 3.10.7.4 second: exactly at RCV.NXT. No reply: 3.5.2, "a reset is never answered".
TEST_P(ResetIn, ExactOneEndsTheConnection)
{
    Reach(GetStart());
    Inject(Rst());
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "gone");
    if (GetStart() == "SYN-RCVD")
    {
        EXPECT_FALSE(HasApp());
        EXPECT_TRUE(IsListening());
        return;
    }
    const auto end = EndOf(GetStart());
    EXPECT_EQ(App().told, end.told);
    EXPECT_EQ(App().GetErrorName(), end.error);
    EXPECT_EQ(App().socket->GetStatus().connection.state, TcpSocket::CLOSED);
}

// RFC 5961 3.2: the ACK field of a RST is not looked at, nor is its text.
TEST_P(ResetIn, AckFieldAndTextOfAnExactOneAreIgnored)
{
    Reach(GetStart());
    Inject(RstAck().Ack(SndNxt() + 100000).Text(20));
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "gone");
    if (HasApp())
    {
        EXPECT_EQ(App().received, 0);
    }
}

// RFC 5961 3.2, 3.10.7.4 second: challenge ACK.
TEST_P(ResetIn, OneInTheWindowIsChallenged)
{
    Reach(GetStart());
    const auto before = State();
    for (const uint32_t offset : {1U, 1000U, Window() - 1})
    {
        Inject(Rst().Seq(RcvNxt() + offset));
        Expect(Ack());
        Inject(RstAck().Seq(RcvNxt() + offset));
        Expect(Ack());
    }
    EXPECT_EQ(State(), before);
}

// 3.10.7.4 second: "silently drop the segment".
TEST_P(ResetIn, OneOutsideTheWindowIsDropped)
{
    Reach(GetStart());
    const auto before = State();
    for (const uint32_t offset : {0U - 1, 0U - 1000, Window(), Window() + 100000})
    {
        Inject(Rst().Seq(RcvNxt() + offset));
        Inject(RstAck().Seq(RcvNxt() + offset));
        // Text that reaches into the window changes nothing: SEG.SEQ alone counts.
        Inject(RstAck().Seq(RcvNxt() + offset).Text(20));
        ExpectNothing();
    }
    EXPECT_EQ(State(), before);
}

// A reset connection is no more: 3.10.7.1 answers the next segment.
TEST_P(ResetIn, AfterItTheConnectionIsClosed)
{
    Reach(GetStart());
    Inject(Rst());
    ExpectNothing();
    Inject(Ack());
    Expect(Rst().Seq(SndNxt()));
}

// 3.10.7.1: RST for a segment with ACK, RST-ACK for one without, nothing for a RST.
TEST_P(Reset, ClosedPortAnswersWithResets)
{
    Inject(Syn());
    Expect(RstAck().Seq(0).Ack(Irs() + 1));
    Inject(SynFin().Text(10));
    Expect(RstAck().Seq(0).Ack(Irs() + 12));
    Inject(NoFlags().Text(10));
    Expect(RstAck().Seq(0).Ack(Irs() + 10));
    Inject(NoFlags());
    Expect(RstAck().Seq(0).Ack(Irs()));
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
    Inject(Fin().Ack(778).Text(10));
    Expect(Rst().Seq(778));
    Inject(SynAck().Ack(779));
    Expect(Rst().Seq(779));
    Inject(Rst());
    Inject(RstAck().Ack(780));
    ExpectNothing();
}

// 3.10.7.1: a bound socket that neither listens nor connects is CLOSED.
TEST_P(Reset, BoundSocketIsClosed)
{
    NewApplication().Bind(Any(80));
    Inject(Syn());
    Expect(RstAck().Seq(0).Ack(Irs() + 1));
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
}

// 3.10.7.2: RST is dropped, ACK gets a RST, what is neither SYN, ACK nor RST is dropped.
TEST_P(Reset, ListenerAnswersOnlySynAndAck)
{
    Reach("LISTEN");
    Inject(Rst());
    Inject(RstAck().Ack(777));
    Inject(NoFlags().Fin().Text(10));
    Inject(NoFlags().Text(10));
    Inject(NoFlags());
    ExpectNothing(Seconds(10));
    Inject(Ack().Ack(777));
    Expect(Rst().Seq(777));
    Inject(SynAck().Ack(778));
    Expect(Rst().Seq(778));
    Inject(Fin().Ack(779));
    Expect(Rst().Seq(779));
    EXPECT_TRUE(IsListening());
    EXPECT_EQ(State(), "gone");
}

// 3.10.7.3 second: "connection refused", whatever SEG.SEQ is.
TEST_P(Reset, AnswerToASynRefusesTheConnection)
{
    Reach("SYN-SENT");
    Inject(RstAck().Seq(0));
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "gone");
    EXPECT_THAT(App().told, ElementsAre("failed ECONNREFUSED"));
}

// 3.10.7.3 first and second: not acceptable, or no ACK: dropped; the SYN goes on.
TEST_P(Reset, BlindOneInSynSentIsDropped)
{
    Reach("SYN-SENT");
    Inject(Rst().Seq(0));
    Inject(RstAck().Seq(0).Ack(Iss()));
    Inject(RstAck().Seq(0).Ack(Iss() + 2));
    ExpectNothing();
    EXPECT_EQ(State(), "SYN-SENT");
    EXPECT_THAT(App().told, ElementsAre());
    Expect(Syn(), Seconds(1));
}

// 3.10.7.3 first: an ACK that is not of our SYN gets a RST, the attempt goes on.
TEST_P(Reset, WrongAckInSynSentIsAnsweredWithOne)
{
    Reach("SYN-SENT");
    for (const uint32_t ack : {Iss(), Iss() - 1, Iss() + 2, Iss() + 100000})
    {
        for (const auto& segment : {SynAck(), test::Ack(), Fin(), Text(5)})
        {
            Inject(segment.Ack(ack));
            Expect(Rst().Seq(ack));
        }
    }
    EXPECT_EQ(State(), "SYN-SENT");
    Send(SynAck());
    Expect(Ack());
    EXPECT_EQ(State(), "ESTABLISHED");
}

// 3.10.7.3 fifth: neither SYN nor RST, dropped though the ACK is right.
TEST_P(Reset, SegmentsWithoutSynAreDroppedInSynSent)
{
    Reach("SYN-SENT");
    Inject(Ack());
    Inject(Fin());
    Inject(Text(10));
    Inject(NoFlags());
    Inject(NoFlags().Fin());
    ExpectNothing();
    EXPECT_EQ(State(), "SYN-SENT");
}

// 3.5.2 group 2: an ACK of something else in SYN-RCVD gets a RST, the entry stays.
TEST_P(Reset, WrongAckInSynRcvdIsAnsweredWithOne)
{
    Reach("SYN-RCVD");
    for (const uint32_t ack : {Iss(), Iss() - 1000, Iss() + 2, Iss() + 100000})
    {
        Inject(Ack().Ack(ack));
        Expect(Rst().Seq(ack));
        Inject(Fin().Ack(ack));
        Expect(Rst().Seq(ack));
    }
    EXPECT_EQ(State(), "SYN-RCVD");
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
}

// 3.10.7.4 second: "all queues flushed"; unread data is lost, as POSIX has it.
TEST_P(Reset, FlushesTheQueues)
{
    Reach("ESTABLISHED");
    App().Send(100);
    Expect(Text(100));
    Inject(Rst());
    ExpectNothing(Seconds(100));
    EXPECT_EQ(App().Send(10), -1);
    EXPECT_EQ(App().socket->GetStatus().connection.sendQueue, 0);
}

// 3.5.3: in CLOSING and LAST-ACK only the loss of data is worth a word.
TEST_P(Reset, InLastAckIsReportedIfDataWasLost)
{
    Reach("CLOSE-WAIT");
    App().Send(100);
    App().Close();
    Expect(Text(100).Fin());
    Inject(Rst());
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().GetErrorName(), "ECONNRESET");
}

TEST_P(Reset, InClosingIsReportedIfDataWasLost)
{
    Reach("ESTABLISHED");
    App().Send(100);
    App().Close();
    Expect(Text(100).Fin());
    Send(Fin().Ack(SndUna()));
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSING");
    Inject(Rst());
    ExpectNothing(Seconds(1));
    EXPECT_THAT(App().told, ElementsAre("error ECONNRESET"));
}

// The read-and-clear form of the error, as SO_ERROR.
TEST_P(Reset, ErrorIsForgottenWhenTaken)
{
    Reach("ESTABLISHED");
    Inject(Rst());
    ExpectNothing();
    EXPECT_EQ(App().socket->GetError(), TcpFsmError::CONN_RESET);
    EXPECT_EQ(App().socket->TakeError(), TcpFsmError::CONN_RESET);
    EXPECT_EQ(App().socket->GetError(), TcpFsmError::NO_ERROR);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Urgent data: RFC 9293 3.8.5 (MUST-30 to MUST-32, MUST-62), 3.10.7.4 sixth. The data stays in line
// (RFC 6093 6).

#include "fixture.h"

#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class UrgentIn : public StateTest
{
  protected:
    /// Counts what the user of the connection is told of urgent data.
    void Watch()
    {
        App().socket->SetUrgentCallback(
            Callback<void, Ptr<Socket>>([this](Ptr<Socket>) { ++m_told; }));
    }

    int m_told{0}; //!< announcements
};

TCP_FSM_OVER_STATES(UrgentIn, Except(SynchronizedStates(), {"TIME-WAIT"}));

class Urgent : public FamilyTest
{
  protected:
    /// An open connection whose user counts announcements and does not read.
    void Open()
    {
        Reach("ESTABLISHED");
        Watch();
        App().reading = false;
    }

    void Watch()
    {
        App().socket->SetUrgentCallback(
            Callback<void, Ptr<Socket>>([this](Ptr<Socket>) { ++m_told; }));
    }

    /// Sends text of the stream in order; how it is acknowledged is for others.
    void SendText(const Segment& segment)
    {
        Send(segment);
        Run(MilliSeconds(500));
        Main().Take();
    }

    int m_told{0}; //!< announcements
};

TCP_FSM_OVER_FAMILIES(Urgent);

// Sixth: in ESTABLISHED, FIN-WAIT-1 and FIN-WAIT-2; "Ignore the URG" elsewhere.
TEST_P(UrgentIn, IsToldWhereThePeerMaySend)
{
    Reach(GetStart());
    Watch();
    Inject(Ack().Ack(SndUna()).Urgent(10));
    ExpectNothing();
    const bool isReceiving = GetStartState() == "ESTABLISHED" || GetStartState() == "FIN-WAIT-1" ||
                             GetStartState() == "FIN-WAIT-2";
    EXPECT_EQ(m_told, isReceiving ? 1 : 0);
    EXPECT_EQ(State(), GetStartState());
}

TEST_P(Urgent, StaysInLine)
{
    Reach("ESTABLISHED");
    Watch();
    SendText(Text(50).Urgent(10));
    SendText(Text(50));
    EXPECT_EQ(m_told, 1);
    EXPECT_EQ(App().received, 100U);
}

// Sixth: "If the user has already been signaled [...] do not signal the user again", in MUST-32 the
// pointer advances.
TEST_P(Urgent, IsToldOnceForARun)
{
    Open();
    SendText(Text(50).Urgent(200));
    EXPECT_EQ(m_told, 1);
    SendText(Text(50).Urgent(150));
    SendText(Text(50).Urgent(50));
    SendText(Text(50).Urgent(300));
    EXPECT_EQ(m_told, 1);
    // Reading a part does not end the run.
    EXPECT_EQ(App().Receive(100), 100);
    SendText(Text(50).Urgent(60));
    EXPECT_EQ(m_told, 1);
    EXPECT_EQ(App().Receive(1000), 150);
}

// MUST-32: "there was previously no pending urgent data".
TEST_P(Urgent, IsToldAgainOnceTheRunHasBeenRead)
{
    Open();
    SendText(Text(50).Urgent(20));
    EXPECT_EQ(m_told, 1);
    EXPECT_EQ(App().Receive(20), 20);
    SendText(Text(50).Urgent(10));
    EXPECT_EQ(m_told, 2);
    EXPECT_EQ(App().Receive(1000), 80);
    SendText(Text(50));
    EXPECT_EQ(m_told, 2);
    SendText(Text(50).Urgent(50));
    EXPECT_EQ(m_told, 3);
}

// RCV.UP is a maximum: an older, lower pointer does not end the run early.
TEST_P(Urgent, PointerDoesNotGoBack)
{
    Open();
    SendText(Text(50).Urgent(200));
    SendText(Text(50).Urgent(5));
    EXPECT_EQ(m_told, 1);
    EXPECT_EQ(App().Receive(1000), 100);
    // The run ends at 200, though the last pointer said 55.
    SendText(Text(50).Urgent(60));
    EXPECT_EQ(m_told, 1);
}

// Sixth: only "if the urgent pointer (RCV.UP) is in advance of the data consumed".
TEST_P(Urgent, PointerToWhatHasBeenReadIsNotTold)
{
    Open();
    SendText(Text(50));
    EXPECT_EQ(App().Receive(50), 50);
    Inject(Ack().Urgent(0));
    Inject(Text(1).Seq(RcvNxt() - 1).Urgent(1));
    Run(MilliSeconds(500));
    Main().Take();
    EXPECT_EQ(m_told, 0);
}

// MUST-32: "asynchronously", before the data itself comes.
TEST_P(Urgent, IsToldBeforeTheDataArrives)
{
    Open();
    Send(Ack().Urgent(500));
    ExpectNothing();
    EXPECT_EQ(m_told, 1);
    Inject(Text(50).Seq(RcvNxt() + 100).Urgent(400));
    Expect(Ack());
    EXPECT_EQ(m_told, 1);
}

// 3.1: the field is meaningless without the flag.
TEST_P(Urgent, PointerWithoutTheFlagIsIgnored)
{
    Open();
    auto segment = Text(50);
    segment.urgentPointer = 20;
    SendText(segment);
    EXPECT_EQ(m_told, 0);
}

// First: what is not acceptable is dropped, its URG too.
TEST_P(Urgent, OutsideTheWindowIsIgnored)
{
    Open();
    Inject(Ack().Seq(RightEdge() + 10).Urgent(10));
    Expect(Ack());
    EXPECT_EQ(m_told, 0);
}

// First: "If the RCV.WND is zero [...] special allowance should be made to accept valid ACKs, URGs,
// and RSTs"; MUST-66.
TEST_P(Urgent, IsToldThroughAClosedWindow)
{
    SetSocketDefault("RcvBufSize", UintegerValue(2000));
    Open();
    while (Window() > 0)
    {
        Send(Text(std::min(Window(), 1000U)));
        Run(MilliSeconds(500));
        Expect(Ack(), Time(0));
    }
    Inject(Text(1).Urgent(1));
    Expect(Ack().Window(0));
    EXPECT_EQ(m_told, 1);
    Inject(Text(1).Urgent(1));
    Expect(Ack().Window(0));
    EXPECT_EQ(m_told, 1);
}

// Sequence numbers are compared modulo 2^32 (3.4).
TEST_P(Urgent, RunMayPassTheEndOfTheSequenceSpace)
{
    config.iss = 0U - 30;
    Open();
    SendText(Text(10).Urgent(100));
    SendText(Text(40).Urgent(60));
    EXPECT_EQ(m_told, 1);
    SendText(Text(50));
    EXPECT_EQ(App().Receive(1000), 100);
    SendText(Text(50).Urgent(50));
    EXPECT_EQ(m_told, 2);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Many connections of one listener: RFC 9293 3.10.1, 3.10.7.2; the limits are not of the RFC.

#include "fixture.h"

#include "ns3/uinteger.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class Backlog : public FamilyTest
{
  protected:
    /// A listener whose connections wait for Accept().
    Application& ListenWithBacklog(uint32_t backlog)
    {
        auto& listener = NewApplication();
        EXPECT_EQ(listener.Bind(Any(80)), 0);
        EXPECT_EQ(listener.ListenWithBacklog(backlog), 0);
        return listener;
    }
};

TCP_FSM_OVER_FAMILIES(Backlog);

TEST_P(Backlog, AcceptTakesConnectionsInTheirOrder)
{
    auto& listener = ListenWithBacklog(5);
    EXPECT_EQ(Accept(listener), nullptr);
    EXPECT_EQ(listener.GetErrorName(), "EAGAIN");
    Main().OpenPassive();
    auto& second = NewConversation(40001);
    second.OpenPassive();
    EXPECT_EQ(State(), "ESTABLISHED");
    auto* first = Accept(listener);
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->socket->GetStatus().connection.remotePort, 40000);
    auto* next = Accept(listener);
    ASSERT_NE(next, nullptr);
    EXPECT_EQ(next->socket->GetStatus().connection.remotePort, 40001);
    EXPECT_EQ(Accept(listener), nullptr);
}

// Text that came before Accept() is there.
TEST_P(Backlog, TextWaitsWithTheConnection)
{
    auto& listener = ListenWithBacklog(5);
    Main().OpenPassive();
    Send(Text(100).Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSE-WAIT");
    auto* user = Accept(listener);
    ASSERT_NE(user, nullptr);
    EXPECT_EQ(user->Receive(1000), 100);
    EXPECT_EQ(user->Receive(1000), 0);
}

// Accept queue full: the last ACK is dropped, the SYN-ACK's timer runs.
TEST_P(Backlog, FullAcceptQueueDropsTheLastAck)
{
    auto& listener = ListenWithBacklog(2);
    Send(Syn());
    Expect(SynAck());
    NewConversation(40001).OpenPassive();
    NewConversation(40002).OpenPassive();
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "SYN-RCVD");
    Expect(SynAck(), Seconds(1));
    ASSERT_NE(Accept(listener), nullptr);
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "ESTABLISHED");
}

// Accept queue full: a new SYN is dropped.
TEST_P(Backlog, FullAcceptQueueDropsNewSyns)
{
    auto& listener = ListenWithBacklog(1);
    NewConversation(40001).OpenPassive();
    Inject(Syn());
    ExpectNothing(Seconds(2));
    EXPECT_EQ(State(), "gone");
    ASSERT_NE(Accept(listener), nullptr);
    Main().OpenPassive();
    EXPECT_EQ(State(), "ESTABLISHED");
}

// Half-open queue full: the oldest entry goes silently.
TEST_P(Backlog, FullHalfOpenQueueEvictsTheOldest)
{
    SetSocketDefault("Backlog", UintegerValue(2));
    Listen();
    Send(Syn());
    Expect(SynAck());
    auto& second = NewConversation(40001);
    second.Send(Syn());
    second.Expect(SynAck());
    auto& third = NewConversation(40002);
    third.Send(Syn());
    third.Expect(SynAck());
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(State(second), "SYN-RCVD");
    EXPECT_EQ(State(third), "SYN-RCVD");
    ExpectNothing(Time(0));
    Inject(Ack());
    Expect(Rst().Seq(SndNxt()));
    second.Send(Ack());
    second.ExpectNothing();
    EXPECT_EQ(State(second), "ESTABLISHED");
    third.Send(Ack());
    third.ExpectNothing();
    EXPECT_EQ(State(third), "ESTABLISHED");
}

// A listener that is closed: half-open entries go silently, connections not accepted are aborted.
TEST_P(Backlog, ClosedListenerAbortsWhatWasNotAccepted)
{
    auto& listener = ListenWithBacklog(5);
    Main().OpenPassive();
    auto& halfOpen = NewConversation(40001);
    halfOpen.Send(Syn());
    halfOpen.Expect(SynAck());
    EXPECT_EQ(listener.Close(), 0);
    Expect(Rst().Seq(SndNxt()));
    halfOpen.ExpectNothing(Seconds(100));
    EXPECT_EQ(Connections().size(), 0);
}

TEST_P(Backlog, AcceptedConnectionsSurviveTheListener)
{
    auto& listener = ListenWithBacklog(5);
    Main().OpenPassive();
    auto* user = Accept(listener);
    ASSERT_NE(user, nullptr);
    listener.Abort();
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "ESTABLISHED");
}

// GetConnections() tells how many wait.
TEST_P(Backlog, QueueLengthsOfAListenerAreListed)
{
    ListenWithBacklog(5);
    Main().OpenPassive();
    const auto all = Connections();
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[0].state, TcpSocket::LISTEN);
    EXPECT_EQ(all[0].localPort, 80);
    EXPECT_EQ(all[0].remotePort, 0);
    EXPECT_EQ(all[0].sendQueue, 5);
    EXPECT_EQ(all[0].receiveQueue, 1);
}

// The two queues are bounded apart.
TEST_P(Backlog, BothQueuesHaveRoomForTheirOwn)
{
    auto& listener = ListenWithBacklog(2);
    auto& first = NewConversation(40001);
    auto& second = NewConversation(40002);
    for (auto* conversation : {&first, &second})
    {
        conversation->Send(Syn());
        conversation->Expect(SynAck());
    }
    first.Send(Ack());
    first.ExpectNothing();
    auto& third = NewConversation(40003);
    third.Send(Syn());
    third.Expect(SynAck());
    EXPECT_EQ(State(first), "ESTABLISHED");
    EXPECT_EQ(State(second), "SYN-RCVD");
    EXPECT_EQ(State(third), "SYN-RCVD");
    second.Send(Ack());
    second.ExpectNothing();
    EXPECT_EQ(State(second), "ESTABLISHED");
    EXPECT_EQ(State(third), "SYN-RCVD");
    EXPECT_NE(Accept(listener), nullptr);
    EXPECT_NE(Accept(listener), nullptr);
}

// An evicted entry is forgotten with its timer; of many SYNs the newest are left.
TEST_P(Backlog, EvictionIsByAge)
{
    SetSocketDefault("Backlog", UintegerValue(3));
    Listen();
    std::vector<Conversation*> all;
    for (uint16_t port = 40001; port <= 40020; ++port)
    {
        all.push_back(&NewConversation(port));
        all.back()->Send(Syn());
        all.back()->Expect(SynAck());
    }
    for (std::size_t i = 0; i < all.size(); ++i)
    {
        EXPECT_EQ(State(*all[i]), i + 3 < all.size() ? "gone" : "SYN-RCVD") << i;
    }
    Run(Seconds(100));
    for (std::size_t i = 0; i < all.size(); ++i)
    {
        EXPECT_EQ(all[i]->Take().size(), i + 3 < all.size() ? 0U : 5U) << i;
    }
}

// A SYN of an entry that is there is no new one.
TEST_P(Backlog, SynThatComesAgainEvictsNothing)
{
    SetSocketDefault("Backlog", UintegerValue(2));
    Listen();
    Send(Syn());
    Expect(SynAck());
    auto& second = NewConversation(40001);
    second.Send(Syn());
    second.Expect(SynAck());
    second.Inject(Syn().Seq(second.Irs()));
    second.Expect(SynAck());
    EXPECT_EQ(State(), "SYN-RCVD");
    EXPECT_EQ(State(second), "SYN-RCVD");
}

// Accept queue full: a new SYN does not even evict an entry.
TEST_P(Backlog, FullAcceptQueueEvictsNothing)
{
    ListenWithBacklog(2);
    auto& first = NewConversation(40001);
    first.OpenPassive();
    auto& halfOpen = NewConversation(40002);
    halfOpen.Send(Syn());
    halfOpen.Expect(SynAck());
    NewConversation(40003).OpenPassive();
    for (uint16_t port = 40004; port <= 40010; ++port)
    {
        auto& late = NewConversation(port);
        late.Inject(Syn());
        late.ExpectNothing();
    }
    EXPECT_EQ(State(halfOpen), "SYN-RCVD");
    EXPECT_EQ(Connections().size(), 4);
}

// Accept queue full: text and FIN of the last ACK are dropped with it.
TEST_P(Backlog, FullAcceptQueueDropsTextOfTheLastAck)
{
    auto& listener = ListenWithBacklog(2);
    Send(Syn());
    Expect(SynAck());
    NewConversation(40001).OpenPassive();
    NewConversation(40002).OpenPassive();
    Inject(Text(50).Fin());
    ExpectNothing();
    EXPECT_EQ(State(), "SYN-RCVD");
    ASSERT_NE(Accept(listener), nullptr);
    ASSERT_NE(Accept(listener), nullptr);
    Send(Text(50).Fin());
    Expect(Ack());
    EXPECT_EQ(State(), "CLOSE-WAIT");
    ASSERT_NE(Accept(listener), nullptr);
    EXPECT_EQ(App().Receive(100), 50);
}

// "The entry stays and its timer runs": five SYN-ACKs, then it goes silently.
TEST_P(Backlog, EntryWhoseLastAckIsDroppedGivesUpInTime)
{
    ListenWithBacklog(2);
    Send(Syn());
    Expect(SynAck());
    NewConversation(40001).OpenPassive();
    NewConversation(40002).OpenPassive();
    std::size_t again = 0;
    for (int second = 0; second < 100; ++second)
    {
        Inject(Ack());
        Run(Seconds(1));
        for (const auto& segment : Main().Take())
        {
            ++again;
            EXPECT_EQ(segment.Kind(), State() == "SYN-RCVD" ? "SYN-ACK" : "RST");
        }
        if (State() == "gone")
        {
            break;
        }
    }
    EXPECT_EQ(again, 5U);
    EXPECT_EQ(State(), "gone");
    EXPECT_TRUE(IsListening());
}

// Accept queue full: the rest of the entry's reactions stay.
TEST_P(Backlog, FullAcceptQueueLeavesResetsAndSyns)
{
    ListenWithBacklog(2);
    Send(Syn());
    Expect(SynAck());
    NewConversation(40001).OpenPassive();
    NewConversation(40002).OpenPassive();
    Inject(Syn().Seq(Irs()));
    Expect(SynAck());
    Inject(Ack().Ack(Iss() + 1000));
    Expect(Rst().Seq(Iss() + 1000));
    Inject(Rst().Seq(RcvNxt() + 10));
    Expect(Ack());
    EXPECT_EQ(State(), "SYN-RCVD");
    Inject(Rst());
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "gone");
}

// Accept queue full: neither does a SYN reopen TIME-WAIT.
TEST_P(Backlog, FullAcceptQueueDropsASynInTimeWait)
{
    auto& listener = ListenWithBacklog(1);
    Main().OpenPassive();
    ASSERT_NE(Accept(listener), nullptr);
    App().Close();
    Expect(Fin());
    Send(Fin());
    Expect(Ack());
    NewConversation(40001).OpenPassive();
    Inject(Syn().Seq(RcvNxt() + 10));
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// What the records of whole connections say, from the first segment to the last timer.

#include "tcp-fsm-engine.h"
#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-node-under-test.h"
#include "tcp-fsm-raw-connection.h"
#include "tcp-fsm-raw-peer.h"
#include "world.h"

#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <tuple>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

// Connections have numbers from 1 on each node: the caller's is 1, the listener 1, what it
// accepts 2.
constexpr uint64_t CALLER = 1;
constexpr uint64_t LISTENER = 1;
constexpr uint64_t ACCEPTED = 2;

std::size_t
CountRule(const Records& records, std::string_view rule)
{
    return std::count_if(records.begin(), records.end(), [&](const auto& record) {
        return record.rule == rule;
    });
}

TEST(Records, AcceptedConnectionIsCompleteFromListenOn)
{
    World world;
    const auto listener = world.ServeFor(MilliSeconds(100));
    world.CallFor(MilliSeconds(50));
    world.At(1, MilliSeconds(200), [listener] { listener->Close(); });
    world.Run();
    EXPECT_EQ(world.Path(1, ACCEPTED), "LISTEN SYN-RCVD ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
    EXPECT_EQ(world.Path(1, LISTENER), "CLOSED LISTEN CLOSED");
    EXPECT_EQ(world.Path(0, CALLER),
              "CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED");
}

TEST(Records, AllOfAConnectionNameItsAddresses)
{
    World world;
    world.ServeFor(MilliSeconds(100));
    world.CallFor(MilliSeconds(50));
    world.Run();
    for (const auto& record : World::Of(world.Reactions(1), ACCEPTED))
    {
        EXPECT_EQ(record.family, 4);
        EXPECT_EQ(record.localAddress, IpAddress(Ipv4Address("10.0.0.2"))) << record.rule;
        EXPECT_EQ(record.localPort, 80) << record.rule;
        EXPECT_EQ(record.remoteAddress, IpAddress(Ipv4Address("10.0.0.1"))) << record.rule;
        EXPECT_EQ(record.remotePort, 5000) << record.rule;
        EXPECT_EQ(record.node, world.GetNodes().Get(1)->GetId());
    }
}

TEST(Records, NumbersAreRelative)
{
    World world;
    world.ServeFor(MilliSeconds(100));
    world.CallFor(MilliSeconds(50));
    world.Run();
    std::string numbers;
    for (const auto& record : World::Of(world.Transitions(1), ACCEPTED))
    {
        numbers += record.segment == 0
                       ? std::string("- ")
                       : std::to_string(record.seq) + "/" + std::to_string(record.ack) + " ";
    }
    // SYN, ACK, FIN; then our FIN goes; its ACK.
    EXPECT_EQ(numbers, "0/0 1/1 1/1 - 2/2 ");
}

TEST(Records, ThoseOfOneSegmentShareItsNumber)
{
    World world;
    world.ServeFor(MilliSeconds(100));
    const auto caller = world.CallFor(MilliSeconds(50));
    world.At(0, MilliSeconds(10), [caller] { caller->Send(Create<Packet>(5000), 0); });
    world.Run();
    for (const uint32_t side : {0, 1})
    {
        using Segment = std::tuple<Time, uint64_t, uint8_t, uint32_t, uint32_t, uint32_t>;
        std::map<uint64_t, std::set<Segment>> segments;
        std::map<uint64_t, std::size_t> rules;
        uint64_t last = 0;
        for (const auto& r : world.Reactions(side))
        {
            if (r.segment != 0)
            {
                segments[r.segment].insert({r.time, r.connection, r.flags, r.seq, r.ack, r.length});
                ++rules[r.segment];
                EXPECT_GE(r.segment, last);
                last = r.segment;
            }
        }
        std::size_t most = 0;
        for (const auto& [number, descriptions] : segments)
        {
            EXPECT_EQ(descriptions.size(), 1U) << "segment " << number << ", node " << side;
            most = std::max(most, rules[number]);
        }
        EXPECT_GE(most, 2U) << "no segment fired two rules on node " << side;
    }
}

TEST(Records, TransitionsAreTheReactionsThatChangeTheState)
{
    World world;
    world.ServeFor(MilliSeconds(100));
    world.CallFor(MilliSeconds(50));
    world.Run();
    for (const uint32_t side : {0, 1})
    {
        std::vector<std::string_view> changing;
        for (const auto& record : world.Reactions(side))
        {
            const Row* row = FindRow(record.rule);
            ASSERT_NE(row, nullptr) << record.rule;
            if (row->action.next)
            {
                changing.push_back(record.rule);
            }
        }
        std::vector<std::string_view> transitions;
        for (const auto& record : world.Transitions(side))
        {
            transitions.push_back(record.rule);
            EXPECT_NE(record.from, record.to) << record.rule;
        }
        EXPECT_EQ(transitions, changing) << "node " << side;
    }
}

TEST(Records, RefusedConnection)
{
    World world;
    world.CallFor(MilliSeconds(50));
    world.Run();
    EXPECT_EQ(world.Path(0, CALLER), "CLOSED SYN-SENT CLOSED");
    ASSERT_EQ(world.Reactions(1).size(), 1U);
    const auto& refusal = world.Reactions(1).front();
    EXPECT_EQ(refusal.connection, 0U);
    EXPECT_EQ(refusal.from, TcpSocket::CLOSED);
    EXPECT_EQ(refusal.to, TcpSocket::CLOSED);
    EXPECT_EQ(refusal.reply, "RST-ACK(SEG)");
    EXPECT_TRUE(world.Transitions(1).empty());
}

TEST(Records, TimedOutConnection)
{
    World world;
    world.Deafen(1);
    const auto caller = world.CallFor(Hours(2));
    world.Run();
    EXPECT_EQ(world.Path(0, CALLER), "CLOSED SYN-SENT CLOSED");
    UintegerValue retries;
    caller->GetAttribute("SynRetries", retries);
    EXPECT_EQ(CountRule(world.Reactions(0), "TIMER-SYN"), retries.Get());
    EXPECT_EQ(world.Transitions(0).back().rule, "TIMER-SYN-GIVE-UP");
    EXPECT_EQ(world.Transitions(0).back().segment, 0U);
    EXPECT_TRUE(world.Reactions(1).empty());
}

TEST(Records, HalfOpenConnectionThatNobodyCompletes)
{
    World world;
    world.Deafen(0);
    world.ServeFor(MilliSeconds(100));
    world.CallFor(MilliSeconds(1)); // its SYN-ACK meets nobody, not even a RST
    world.Run();
    EXPECT_EQ(world.Path(1, ACCEPTED), "LISTEN SYN-RCVD LISTEN");
    EXPECT_EQ(world.Transitions(1).back().rule, "TIMER-SYN-ACK-PASSIVE");
    EXPECT_GT(CountRule(world.Reactions(1), "TIMER-SYN-ACK"), 0U);
}

TEST(Records, HalfOpenConnectionThatIsReset)
{
    TcpFsmNodeUnderTest node(TcpFsmStack::FSM);
    TcpFsmRawPeer peer(node.GetNode());
    TcpFsmRawConnection connection(peer, {});
    Records records;
    const std::function<void(const TcpFsmTransition&)> add = [&](const TcpFsmTransition& record) {
        records.push_back(record);
    };
    node.GetNode()->GetObject<TcpFsmL4Protocol>()->TraceConnectWithoutContext(
        "Transition",
        Callback<void, const TcpFsmTransition&>(add));
    node.Listen(false, connection.GetConfig().nodePort);
    connection.Send(TcpHeader::SYN);
    TcpFsmRunFor(MilliSeconds(10));
    connection.Send(TcpHeader::RST);
    TcpFsmRunFor(MilliSeconds(10));
    Simulator::Destroy();
    const auto halfOpen = World::Of(records, ACCEPTED);
    EXPECT_EQ(PathOf(halfOpen), "LISTEN SYN-RCVD LISTEN");
    EXPECT_EQ(halfOpen.back().flags, TcpHeader::RST);
    EXPECT_EQ(halfOpen.back().seq, 1U);
}

TEST(Records, ResetConnection)
{
    World world;
    world.Serve([](Ptr<TcpFsmSocket> accepted) {
        Simulator::Schedule(MilliSeconds(10), [accepted] { accepted->Abort(); });
    });
    world.CallFor(MilliSeconds(50));
    world.Run();
    EXPECT_EQ(world.Path(1, ACCEPTED), "LISTEN SYN-RCVD ESTABLISHED CLOSED");
    EXPECT_EQ(world.Transitions(1).back().rule, "ABORT-RST");
    EXPECT_EQ(world.Path(0, CALLER), "CLOSED SYN-SENT ESTABLISHED CLOSED");
    EXPECT_EQ(world.Transitions(0).back().event, "step 2 RST accepted");
    EXPECT_NE(world.Transitions(0).back().segment, 0U);
}

TEST(Records, TimeWaitEndsWithTheNumberItBeganWith)
{
    World world;
    world.ServeFor(MilliSeconds(100));
    const auto caller = world.CallFor(MilliSeconds(50));
    world.Run();
    const auto records = World::Of(world.Transitions(0), CALLER);
    ASSERT_GE(records.size(), 2U);
    const auto& enter = records[records.size() - 2];
    const auto& leave = records.back();
    EXPECT_EQ(enter.to, TcpSocket::TIME_WAIT);
    EXPECT_EQ(leave.rule, "TIMER-2MSL");
    TimeValue msl;
    caller->GetAttribute("Msl", msl);
    EXPECT_EQ(leave.time - enter.time, 2 * msl.Get());
    EXPECT_EQ(leave.remotePort, enter.remotePort);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

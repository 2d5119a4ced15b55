// SPDX-License-Identifier: GPL-2.0-only

#include "allocations.h"
#include "tcp-fsm-bench-connections.h"
#include "tcp-fsm-bench-flood.h"
#include "tcp-fsm-flow.h"

#include "ns3/callback.h"
#include "ns3/config.h"
#include "ns3/ipv4.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

/**
 * @file
 * A connection costs the same however many there are. Without a clock: what is counted is work.
 */

namespace
{

using namespace ns3;
using namespace ns3::test;

/// Work for each connection.
struct Work
{
    double allocations{0}; //!< calls of operator new
    double events{0};      //!< events of the simulator
};

/// Counts the work of doing something for each of so many connections.
template <typename Act>
Work
Count(uint32_t connections, Act act)
{
    const uint64_t allocations = CountAllocations();
    const uint64_t events = Simulator::GetEventCount();
    act();
    return {static_cast<double>(CountAllocations() - allocations) / connections,
            static_cast<double>(Simulator::GetEventCount() - events) / connections};
}

TEST(Flat, ConnectionsThatAreOpenAtATime)
{
    constexpr uint32_t FEW = 100;
    constexpr uint32_t MANY = 5000;
    TcpFsmBenchConnections nodes(TcpFsmStack::FSM, MANY);
    const auto run = [&nodes](uint32_t count) {
        return Count(count, [&nodes, count] {
            nodes.Open(count);
            nodes.Exchange();
            nodes.Close();
            nodes.Forget();
        });
    };
    run(MANY); // what ns-3 allocates but once for each flow of its queues
    const Work few = run(FEW);
    const Work many = run(MANY);
    EXPECT_NEAR(many.allocations / few.allocations, 1, 0.03)
        << few.allocations << " and " << many.allocations;
    EXPECT_NEAR(many.events / few.events, 1, 0.03) << few.events << " and " << many.events;
}

TEST(Flat, Flood)
{
    constexpr uint32_t FEW = 100;
    constexpr uint32_t MANY = 20000;
    const auto run = [](uint32_t count) {
        TcpFsmBenchFlood flood(TcpFsmStack::FSM);
        flood.MeetAddresses(count);
        uint32_t answers = 0;
        Config::ConnectWithoutContext(
            "/NodeList/*/$ns3::Ipv4L3Protocol/Tx",
            Callback<void, Ptr<const Packet>, Ptr<Ipv4>, uint32_t>(
                [&answers](Ptr<const Packet>, Ptr<Ipv4>, uint32_t) { ++answers; }));
        const Work work = Count(count, [&] { flood.SendSyns(count); });
        EXPECT_EQ(answers, count) << "SYN-ACKs";
        return work;
    };
    run(FEW);
    const Work few = run(FEW);
    const Work many = run(MANY);
    EXPECT_NEAR(many.allocations / few.allocations, 1, 0.03)
        << few.allocations << " and " << many.allocations;
    EXPECT_NEAR(many.events / few.events, 1, 0.03) << few.events << " and " << many.events;
}

/// How many flows share a bucket at most, of as many buckets as there are flows.
std::size_t
LongestChain(const std::vector<tcpfsm::Flow>& flows)
{
    std::vector<std::size_t> chains(flows.size());
    for (const auto& flow : flows)
    {
        ++chains[tcpfsm::FlowHash()(flow) % chains.size()];
    }
    return *std::max_element(chains.begin(), chains.end());
}

/// 2^16 flows; the longest chain of as many random choices is 8 or 9, and above 12 in 1 of 10^5.
constexpr uint32_t FLOWS = 1 << 16;
constexpr std::size_t LONGEST = 12;

TEST(Flat, HashOfPortsThatFollowEachOther)
{
    std::vector<tcpfsm::Flow> flows;
    for (uint32_t i = 0; i < FLOWS; ++i)
    {
        flows.push_back({tcpfsm::IpAddress(Ipv4Address("10.0.0.1")),
                         tcpfsm::IpAddress(Ipv4Address("10.0.0.2")),
                         80,
                         static_cast<uint16_t>(i)});
    }
    EXPECT_LE(LongestChain(flows), LONGEST);
}

TEST(Flat, HashOfAddressesThatFollowEachOther)
{
    std::vector<tcpfsm::Flow> flows;
    for (uint32_t i = 0; i < FLOWS; ++i)
    {
        flows.push_back({tcpfsm::IpAddress(Ipv4Address("10.0.0.1")),
                         tcpfsm::IpAddress(Ipv4Address(0x0b000000 + i)),
                         80,
                         40000});
    }
    EXPECT_LE(LongestChain(flows), LONGEST);
}

} // namespace

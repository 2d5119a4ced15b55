// SPDX-License-Identifier: GPL-2.0-only

// The demonstration's connections.

#include "tcp-fsm-demo-conversations.h"
#include "tcp-fsm-demo-observer.h"
#include "tcp-fsm-demo-transfer.h"
#include "world.h"

#include "ns3/simulator.h"

#include <array>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

constexpr std::array<const char*, 4> FILES{"transitions.csv",
                                           "reactions.csv",
                                           "transfer-0-1.pcap",
                                           "transfer-1-1.pcap"};

/// Runs the connections; their files are in a folder.
/// @return the diagram
std::string
RunInto(const std::string& folder)
{
    std::filesystem::create_directory(folder);
    TcpFsmDemoObserver observer(folder);
    const TcpFsmDemoTransfer transfer(observer);
    TcpFsmDemoConverse(observer);
    EXPECT_EQ(transfer.GetReceived(), TcpFsmDemoTransfer::OCTETS);
    Simulator::Destroy();
    const auto& arrows = observer.GetArrows();
    EXPECT_THAT(arrows.Missing(), testing::IsEmpty());
    EXPECT_EQ(arrows.Walked(), std::size_t{ARROWS_IN_DIAGRAM});
    return arrows.Draw();
}

TEST(Demo, WalksEveryArrowAndLeavesTheSameBytesEachTime)
{
    const auto first = testing::TempDir() + "first";
    const auto second = testing::TempDir() + "second";
    EXPECT_EQ(RunInto(first), RunInto(second));
    for (const std::string name : FILES)
    {
        const auto bytes = ReadFile(first + "/" + name);
        EXPECT_GT(bytes.size(), 500U) << name;
        EXPECT_TRUE(bytes == ReadFile(second + "/" + name)) << name;
    }
}

TEST(Demo, ArrowsNeverTakenAreNamed)
{
    const auto missing = TcpFsmDemoArrows().Missing();
    ASSERT_EQ(missing.size(), std::size_t{ARROWS_IN_DIAGRAM});
    EXPECT_EQ(missing.at(0), "1 CLOSED -> LISTEN (passive OPEN)");
    EXPECT_EQ(missing.at(6), "7 SYN-RCVD -> LISTEN (rcv RST)");
    EXPECT_EQ(missing.at(20), "21 TIME-WAIT -> CLOSED (timeout=2MSL)");
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "bulk-transfer.h"

#include <array>
#include <cstdlib>
#include <gtest/gtest.h>

/**
 * @file
 * Transfers over links that lose, reorder and duplicate 1 to 10 % of the segments in both
 * directions arrive complete, intact and in order, with every congestion control and recovery of
 * ns-3. A few seeds run always; TCP_FSM_TRANSFERS=200 runs as many.
 */

namespace
{

using namespace ns3;
using namespace ns3::test;

constexpr std::array<const char*, 17> CONGESTION{"TcpNewReno",
                                                 "TcpLinuxReno",
                                                 "TcpCubic",
                                                 "TcpHybla",
                                                 "TcpHighSpeed",
                                                 "TcpVegas",
                                                 "TcpScalable",
                                                 "TcpVeno",
                                                 "TcpBic",
                                                 "TcpYeah",
                                                 "TcpIllinois",
                                                 "TcpWestwoodPlus",
                                                 "TcpLedbat",
                                                 "TcpHtcp",
                                                 "TcpLp",
                                                 "TcpDctcp",
                                                 "TcpBbr"};
constexpr std::array<const char*, 2> RECOVERY{"TcpPrrRecovery", "TcpClassicRecovery"};

int
CountFromEnvironment()
{
    const char* count = std::getenv("TCP_FSM_TRANSFERS");
    return count ? std::atoi(count) : 34;
}

class TroubledLinks : public testing::TestWithParam<int>
{
};

/// RFC 9293 2.3: reliable, in-order delivery.
TEST_P(TroubledLinks, DeliversEverythingInOrder)
{
    const int i = GetParam();
    BulkTransfer transfer;
    transfer.seed = i + 1;
    transfer.congestion = CONGESTION[i % CONGESTION.size()];
    transfer.recovery = RECOVERY[(i / CONGESTION.size()) % RECOVERY.size()];
    transfer.trouble.loss = 0.01 * (1 + i % 10);
    transfer.trouble.reorder = 0.01 * (1 + (i / 3) % 10);
    transfer.trouble.duplicate = 0.01 * (1 + (i / 7) % 10);
    transfer.ipv6 = i % 4 == 3;
    transfer.sack = i % 5 != 4;
    transfer.timestamps = i % 3 != 2;
    SCOPED_TRACE(testing::PrintToString(transfer));
    const BulkResult result = RunTransfer(transfer);
    EXPECT_EQ(result.difference, "");
}

INSTANTIATE_TEST_SUITE_P(Seeds, TroubledLinks, testing::Range(0, CountFromEnvironment()));

} // namespace

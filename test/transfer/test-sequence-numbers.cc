// SPDX-License-Identifier: GPL-2.0-only

#include "bulk-transfer.h"

#include <array>
#include <gtest/gtest.h>

/**
 * @file
 * Sequence numbers are modular (RFC 9293 3.4): where they begin makes no difference to a transfer,
 * although ns-3's data path assumes that they begin at 0.
 */

namespace
{

using namespace ns3;
using namespace ns3::test;

constexpr std::array<const char*, 7> CONGESTION{"TcpCubic",
                                                "TcpNewReno",
                                                "TcpVegas",
                                                "TcpYeah",
                                                "TcpIllinois",
                                                "TcpDctcp",
                                                "TcpBbr"};
constexpr int64_t HALF = 0x7fffffff;
constexpr int64_t THREE_QUARTERS = 0xc0000000;
constexpr int64_t NEARLY_ALL = 0x100000000 - 1000;

class SequenceNumbers : public testing::TestWithParam<std::tuple<int, bool, bool>>
{
};

TEST_P(SequenceNumbers, WhereTheyBeginMakesNoDifference)
{
    const auto [congestion, sack, lossy] = GetParam();
    BulkTransfer transfer;
    transfer.congestion = CONGESTION[congestion];
    transfer.sack = sack;
    transfer.ecn = true;
    transfer.octets = 500000;
    transfer.trouble.loss = lossy ? 0.03 : 0;
    SCOPED_TRACE(testing::PrintToString(transfer));
    transfer.isn = 0;
    const BulkResult zero = RunTransfer(transfer);
    ASSERT_EQ(zero.difference, "");
    for (int64_t isn : {HALF, THREE_QUARTERS, NEARLY_ALL})
    {
        transfer.isn = isn;
        const BulkResult other = RunTransfer(transfer);
        EXPECT_EQ(other.difference, "");
        EXPECT_EQ(other.windows, zero.windows) << "cwnd differs with ISN " << isn;
        EXPECT_EQ(other.finished, zero.finished) << "ISN " << isn;
    }
}

INSTANTIATE_TEST_SUITE_P(All,
                         SequenceNumbers,
                         testing::Combine(testing::Range(0, int{CONGESTION.size()}),
                                          testing::Bool(),
                                          testing::Bool()));

} // namespace

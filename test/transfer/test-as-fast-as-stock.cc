// SPDX-License-Identifier: GPL-2.0-only

#include "bulk-transfer.h"

#include <gtest/gtest.h>

/**
 * @file
 * On a path without loss, with the same segment size, a transfer takes as long as with ns-3's own
 * TCP: data transfer is the base's. What differs is the handshake, whose segments are longer by the
 * MSS option, and the first ACK of data, which ns-3 sends at once and RFC 9293 3.8.6.3 delays.
 */

namespace
{

using namespace ns3;
using namespace ns3::test;

class AsFastAsStock : public testing::TestWithParam<const char*>
{
};

TEST_P(AsFastAsStock, WithoutLoss)
{
    BulkTransfer transfer;
    transfer.congestion = GetParam();
    transfer.octets = 3000000;
    const BulkResult ours = RunTransfer(transfer);
    transfer.stock = true;
    const BulkResult stock = RunTransfer(transfer);
    ASSERT_EQ(ours.difference, "");
    // Both transfers begin at 3 s.
    const double ratio =
        (ours.finished - Seconds(3)).GetSeconds() / (stock.finished - Seconds(3)).GetSeconds();
    EXPECT_NEAR(ratio, 1, 0.01) << ours.finished << " and " << stock.finished;
    ASSERT_FALSE(ours.windows.empty());
    ASSERT_FALSE(stock.windows.empty());
    EXPECT_EQ(ours.windows.front().second, stock.windows.front().second) << "initial window";
}

INSTANTIATE_TEST_SUITE_P(
    Congestion,
    AsFastAsStock,
    testing::Values("TcpNewReno", "TcpCubic", "TcpVegas", "TcpYeah", "TcpIllinois", "TcpBbr"));

} // namespace

// SPDX-License-Identifier: GPL-2.0-only

// What users ask of TcpFsmTopologyHelper and cannot have: each message says what is possible.

#include "tcp-fsm-topology-helper.h"

#include "ns3/simulator.h"

#include <cmath>
#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

TEST(TopologyErrors, LinkOptions)
{
    const TcpFsmTopologyHelper helper;
    for (const char* rate : {"fast", "", "10", "0bps", "-5Mbps", "10 Mbps", "10Mbpz", "nanbps"})
    {
        EXPECT_DEATH(helper.Pair({.rate = rate}), "rate is \".*\"; give .*, such as 10Mbps")
            << rate;
    }
    for (const char* delay : {"soon", "", "5", "-5ms", "5 ms", "5msec"})
    {
        EXPECT_DEATH(helper.Pair({.delay = delay}), "delay is \".*\"; give .*, such as 5ms")
            << delay;
    }
    for (const char* queue : {"long", "", "100", "0p", "-1p", "100p x", "5ms"})
    {
        EXPECT_DEATH(helper.Pair({.queue = queue}),
                     "queue is \".*\"; give .*, such as 100p or 64kB")
            << queue;
    }
    for (const double loss : {-0.1, 1.1, std::nan("")})
    {
        EXPECT_DEATH(helper.Pair({.loss = loss}), "loss is .*; give a probability, 0 to 1") << loss;
    }
    EXPECT_DEATH(helper.Pair({.mtu = 1279}),
                 "mtu is 1279; give 1280 \\(which IPv6 needs\\) to 65535");
    EXPECT_DEATH(helper.Pair({.mtu = 65536}), "mtu is 65536; give 1280");
    EXPECT_DEATH(helper.Dumbbell(1, 1, {}, {.rate = "slow"}), "rate is \"slow\"");
}

TEST(TopologyErrors, Numbers)
{
    const TcpFsmTopologyHelper helper;
    EXPECT_DEATH(helper.Chain(0), "number of hosts of a chain is 0; give 2 to 65");
    EXPECT_DEATH(helper.Chain(66), "number of hosts of a chain is 66; give 2 to 65");
    EXPECT_DEATH(helper.Star(0), "number of hosts of a star is 0; give 2 to 4194304");
    EXPECT_DEATH(helper.Star(5000000), "number of hosts of a star is 5000000; give 2 to 4194304");
    EXPECT_DEATH(helper.Dumbbell(0, 1), "on the left of a dumbbell is 0; give 1 to");
    EXPECT_DEATH(helper.Dumbbell(1, 0), "on the right of a dumbbell is 0; give 1 to");
    EXPECT_DEATH(helper.Dumbbell(4000000, 4000000),
                 "8000000 hosts need 8000001 networks, but in 10.0.0.0/8 4194304 are left; make "
                 "fewer hosts");
    const auto net = helper.Pair();
    EXPECT_DEATH(helper.Star(4194304), "need 4194304 networks, but in 10.0.0.0/8 4194303 are left");
    EXPECT_DEATH(net.GetHost(2), "there is no host 2; there are 2, counted from 0");
    EXPECT_DEATH(net.GetSocketAddress(2, 80), "there is no host 2");
    EXPECT_DEATH(net.GetSocketAddress(2, 80, true), "there is no host 2");
    EXPECT_DEATH(net.GetLink(1), "there is no link 1; there are 1, counted from 0");
    Simulator::Destroy();
}

TEST(TopologyErrors, StockHostThatIsNotThere)
{
    TcpFsmTopologyHelper helper;
    helper.SetStockHosts({0, 2});
    EXPECT_DEATH(helper.Pair(),
                 "SetStockHosts\\(\\) names host 2; there are 2 hosts, counted from 0");
    EXPECT_EQ(helper.Chain(3).GetHosts().GetN(), 3);
    Simulator::Destroy();
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

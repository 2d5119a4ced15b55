// SPDX-License-Identifier: GPL-2.0-only

#include "allocations.h"
#include "tcp-fsm-prototype.h"
#include "tcp-fsm-socket.h"

#include "ns3/simulator.h"

#include <gtest/gtest.h>

/**
 * @file
 * Making a socket. Without a clock: what is counted is work.
 */

namespace
{

using namespace ns3;
using namespace ns3::test;

/// @return how often operator new was called
template <typename Act>
uint64_t
Count(Act act)
{
    act(); // what is allocated but once
    const uint64_t before = CountAllocations();
    act();
    return CountAllocations() - before;
}

TEST(Sockets, AreCopied)
{
    const uint64_t created = Count([] { CreateObject<TcpFsmSocket>(); });
    const uint64_t made = Count([] { tcpfsm::MakeSocket(); });
    EXPECT_LT(made, created * 3 / 4) << created;
    Simulator::Destroy();
}

} // namespace

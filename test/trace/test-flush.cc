// SPDX-License-Identifier: GPL-2.0-only

// Files can be read while the simulation goes on.

#include "files.h"
#include "tcp-fsm-trace-helper.h"
#include "world.h"

#include "ns3/simulator.h"

#include <fstream>
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

TEST(Flush, WritesWhatHasBeenRecorded)
{
    const std::string csv = Temporary("flush.csv");
    const std::string npy = Temporary("flush.npy");
    World world;
    TcpFsmTraceHelper().EnableTransitions(csv);
    TcpFsmTraceHelper().EnableTransitions(npy);
    world.ServeFor(Seconds(1));
    world.CallFor(Seconds(1));
    Simulator::Stop(MilliSeconds(500));
    Simulator::Run();
    EXPECT_EQ(ReadCsv(csv).size(), 0);
    TcpFsmTraceHelper::Flush();
    // The column names; the listener; two changes at either end of the handshake.
    EXPECT_EQ(ReadCsv(csv).size(), 1 + 1 + 2 + 2);
    std::ifstream file(npy, std::ios::binary);
    std::string header;
    std::getline(file, header);
    EXPECT_NE(header.find("'shape': (5,)"), std::string::npos) << header;
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

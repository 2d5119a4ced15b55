// SPDX-License-Identifier: GPL-2.0-only

#include "child.h"
#include "defect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/**
 * @file
 * Each scenario goes wrong with ns-3's TCP and right with ours. That it goes wrong is tested too:
 * otherwise it might show nothing.
 */

namespace
{

using namespace ns3;
using namespace ns3::test;

class Defects : public testing::TestWithParam<Defect>
{
};

TEST_P(Defects, StockHasIt)
{
    EXPECT_THAT(RunInChild([] { return GetParam().run(TcpFsmStack::STOCK); }),
                testing::HasSubstr(GetParam().stock));
}

TEST_P(Defects, WeDoNot)
{
    EXPECT_EQ(RunInChild([] { return GetParam().run(TcpFsmStack::FSM); }), "");
}

std::string
Name(const testing::TestParamInfo<Defect>& info)
{
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Control, Defects, testing::ValuesIn(ControlDefects()), Name);
INSTANTIATE_TEST_SUITE_P(Handshake, Defects, testing::ValuesIn(HandshakeDefects()), Name);
INSTANTIATE_TEST_SUITE_P(Windows, Defects, testing::ValuesIn(WindowDefects()), Name);
INSTANTIATE_TEST_SUITE_P(Recovery, Defects, testing::ValuesIn(RecoveryDefects()), Name);

} // namespace

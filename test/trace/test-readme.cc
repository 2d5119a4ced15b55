// SPDX-License-Identifier: GPL-2.0-only

// The script that README.md quotes is the one that is compiled.

#include "world.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// @return a file of the source tree
std::string
ReadSource(const std::string& name)
{
    const char* top = std::getenv("TCP_FSM_TOP");
    return ReadFile(std::string(top ? top : ".") + "/" + name);
}

TEST(Readme, QuotesTheExample)
{
    const std::string fence = "```cpp\n";
    const auto readme = ReadSource("README.md");
    const auto example = ReadSource("examples/hello.cc");
    const auto begin = readme.find(fence);
    ASSERT_NE(begin, std::string::npos);
    const auto start = begin + fence.size();
    const auto end = readme.find("```", start);
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(readme.substr(start, end - start), example);
    EXPECT_LT(std::count(example.begin(), example.end(), '\n'), 25);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// The script that README.md quotes is the one that is compiled.

#include "files.h"
#include "world.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

TEST(Readme, QuotesTheExample)
{
    const std::string fence = "```cpp\n";
    const auto readme = ReadFile(SourceName("README.md"));
    const auto example = ReadFile(SourceName("examples/hello.cc"));
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

// SPDX-License-Identifier: GPL-2.0-only

// What is printed parses to the same tree.

#include "packetdrill-files.h"
#include "packetdrill-print.h"
#include "packetdrill-settings.h"
#include "parse.h"

#include <cstdlib>
#include <filesystem>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{
namespace
{

std::filesystem::path
Top()
{
    const char* top = std::getenv("TCP_FSM_TOP");
    return top ? top : ".";
}

void
ExpectRoundTrip(const Script& script)
{
    const auto text = Print(script);
    SCOPED_TRACE(script.source.path + "\n" + text);
    const auto again = ParseScript({"printed", text});
    EXPECT_TRUE(again == script);
    EXPECT_EQ(Print(again), text);
}

TEST(Print, WritesScriptSyntax)
{
    const auto printed = [](const std::string& text) { return Print(ParseEvent("0 " + text)); };
    EXPECT_EQ(printed(">[ect0,ttl 3] . ...(3)  ack 4 <sack 1:2 3:4,nop,nop>"),
              "0.00 > (ttl 3, ect0) . ...(3) ack 4 <sack 1:2 3:4,nop,nop>");
    EXPECT_EQ(printed("< SEW 0:0(0) win 9 <mss 1460,nop,wscale 6,sackOK,TS val 1 ecr 0>"),
              "0.00 < SEW 0:0(0) win 9 <mss 1460,nop,wscale 6,sackOK,TS val 1 ecr 0>");
    EXPECT_EQ(printed("> .FP 4294967295:1(2)! <01010101>/udp(1>2)"),
              "0.00 > FP. 4294967295:1(2)! <01010101>/udp(1 > 2)");
    EXPECT_EQ(printed("<icmp unreachable frag_needed mtu 9[1:1(0)]"),
              "0.00 < icmp unreachable frag_needed mtu 9 [1:1(0)]");
    EXPECT_EQ(printed("fcntl(3,F_SETFL,O_RDWR|O_NONBLOCK)=-1 EBADF(Bad file)"),
              "0.00 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = -1 EBADF (Bad file)");
    EXPECT_EQ(printed("f([{fd=1,events=0x1}],{...,5},\"a\\n\") = 0"),
              "0.00 f([{fd=1, events=0x01}], {..., 5}, \"a\\012\") = 0");
    EXPECT_EQ(printed("... 1.5 f() = 0"), "0.00...1.50 f() = 0");
    EXPECT_EQ(Print(std::chrono::microseconds(1234567)), "1.234567");
    EXPECT_EQ(Print(std::chrono::microseconds(12000000)), "12.00");
    EXPECT_EQ(Print(Parse("0 > - 0:0(0) +1~+2 > - 0:0(0) * > - 0:0(0)")),
              "0.00 > - 0:0(0)\n+1.00~+2.00 > - 0:0(0)\n* > - 0:0(0)\n");
    EXPECT_EQ(Print(Parse("--a --b=\"x y\"--define=C=5 `i` 0 `e` `c`")),
              "--a\n--b=\"x y\"\n--define=C=5\n`i`\n0.00 `e`\n`c`\n");
}

TEST(RoundTrip, OfTheKeptScripts)
{
    const auto folder = Top() / "test" / "fuzz" / "corpus" / "packetdrill";
    unsigned parsed = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
    {
        try
        {
            const auto path = entry.path().string();
            ExpectRoundTrip(ParseScript({path, ReadFile(path)}));
            ++parsed;
        }
        catch (const ScriptError&)
        {
            // Some of them are wrong on purpose.
        }
    }
    EXPECT_GE(parsed, 6U);
}

/// Scripts of others, which may lie beside the repository.
TEST(RoundTrip, OfTheScriptsOfOthers)
{
    const auto folder = Top() / ".." / "shared" / "scripts";
    if (!std::filesystem::is_directory(folder))
    {
        GTEST_SKIP() << "there are no scripts of others in " << folder;
    }
    for (const auto& path : FindScripts({folder.string()}))
    {
        const Source source{path, ReadFile(path)};
        try
        {
            const auto script = ParseScript(source, {{"FreeBSD", {}}});
            ReadSettings(script);
            ExpectRoundTrip(script);
        }
        catch (const ScriptError& error)
        {
            ADD_FAILURE() << source.Explain(error);
        }
    }
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

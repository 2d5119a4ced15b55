// SPDX-License-Identifier: GPL-2.0-only

// Three of ns-3's example programs, ported to examples/: what they do on our TCP and on stock's.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{
namespace test
{
namespace
{

/// Runs an example in a folder of its own, and expects how it ends. @return what it prints
std::string
RunExample(const std::string& name,
           const std::string& options,
           const std::string& folder = "run",
           bool succeeds = true)
{
    const char* build = std::getenv("TCP_FSM_BUILD");
    const std::string program =
        std::filesystem::absolute(build ? build : "build").string() + "/examples/" + name;
    const std::string place = testing::TempDir() + folder;
    std::filesystem::create_directories(place);
    const std::string command = "cd '" + place + "' && '" + program + "' " + options + " 2>&1";
    std::FILE* pipe = popen(command.c_str(), "r");
    if (!pipe)
    {
        ADD_FAILURE() << command;
        return "";
    }
    std::string output;
    std::array<char, 4096> part{};
    for (std::size_t size = 0; (size = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    {
        output.append(part.data(), size);
    }
    EXPECT_EQ(pclose(pipe) == 0, succeeds) << command << "\n" << output;
    return output;
}

/// @return the number after a label
uint64_t
NumberAfter(const std::string& text, const std::string& label)
{
    const auto place = text.find(label);
    EXPECT_NE(place, std::string::npos) << label << " in " << text;
    return place == std::string::npos ? 0 : std::stoull(text.substr(place + label.size()));
}

/// @return the lines of a stream
std::vector<std::string>
ReadLines(std::istream&& stream)
{
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
    {
        lines.push_back(line);
    }
    return lines;
}

/// @return the last words of lines
std::vector<std::string>
LastWords(const std::vector<std::string>& lines)
{
    std::vector<std::string> words;
    for (const auto& line : lines)
    {
        words.push_back(line.substr(line.rfind(' ') + 1));
    }
    return words;
}

TEST(Options, WrongOnesAreNamed)
{
    const auto fail = [](const std::string& name, const std::string& options) {
        return RunExample(name, options, "run", false);
    };
    for (const std::string name :
         {"tcp-bulk-send", "tcp-large-transfer", "tcp-variants-comparison"})
    {
        EXPECT_NE(fail(name, "--stack=linux").find("--stack=linux: there are fsm and stock"),
                  std::string::npos);
    }
    EXPECT_NE(fail("tcp-variants-comparison", "--transport_prot=TcpVegan")
                  .find("--transport_prot=TcpVegan: no such type"),
              std::string::npos);
    EXPECT_NE(fail("tcp-variants-comparison", "--mtu=60").find("--mtu=60: packets begin with 60"),
              std::string::npos);
}

TEST(BulkSend, SameOctets)
{
    const std::string label = "Total Bytes Received: ";
    for (const std::string stack : {"fsm", "stock"})
    {
        const auto output = RunExample("tcp-bulk-send", "--maxBytes=300000 --stack=" + stack);
        EXPECT_EQ(NumberAfter(output, label), 300000U) << stack;
    }
}

TEST(BulkSend, LargerSegmentsCarryMoreInTheSameTime)
{
    const std::string label = "Total Bytes Received: ";
    const auto ours = NumberAfter(RunExample("tcp-bulk-send", "--stack=fsm"), label);
    const auto stock = NumberAfter(RunExample("tcp-bulk-send", "--stack=stock"), label);
    // Frames of 1502 octets hold 1448 of data, those of 590 hold 536.
    const double expected = (1448. / 1502) / (536. / 590);
    EXPECT_NEAR(double(ours) / stock, expected, 0.02);
}

/// @return how many segments with data are in the ASCII trace of a run, as sent by node 0
std::size_t
CountData(const std::string& stack)
{
    RunExample("tcp-bulk-send",
               "--maxBytes=300000 --ns3::TcpSocket::SegmentSize=1000 --tracing --stack=" + stack,
               stack);
    std::size_t count = 0;
    for (const auto& line :
         ReadLines(std::ifstream(testing::TempDir() + stack + "/tcp-bulk-send.tr")))
    {
        const bool isSent = line.rfind("- ", 0) == 0 && line.find("/NodeList/0/") != line.npos;
        count += isSent && line.find("Payload") != line.npos;
    }
    return count;
}

TEST(BulkSend, SameNumberOfSegments)
{
    EXPECT_EQ(CountData("fsm"), 300U);
    EXPECT_EQ(CountData("stock"), 300U);
    for (const std::string stack : {"fsm", "stock"})
    {
        EXPECT_GT(
            std::filesystem::file_size(testing::TempDir() + stack + "/tcp-bulk-send-0-0.pcap"),
            300000U);
    }
}

/// @return the windows that a large transfer goes through
std::vector<std::string>
Windows(const std::string& stack)
{
    const auto output = RunExample("tcp-large-transfer",
                                   "--ns3::TcpSocket::SegmentSize=1000 "
                                   "--ns3::TcpSocket::DelAckCount=1 --stack=" +
                                       stack);
    EXPECT_EQ(NumberAfter(output, "Total Bytes Received: "), 2000000U) << stack;
    auto windows = LastWords(ReadLines(std::istringstream(output)));
    windows.pop_back(); // the octets
    return windows;
}

TEST(LargeTransfer, SameWindows)
{
    const auto ours = Windows("fsm");
    const auto stock = Windows("stock");
    EXPECT_GT(ours.size(), 20U);
    EXPECT_EQ(ours, stock);
}

class Variants : public testing::TestWithParam<const char*>
{
};

TEST_P(Variants, SameOctets)
{
    for (const std::string stack : {"fsm", "stock"})
    {
        const auto output =
            RunExample("tcp-variants-comparison",
                       "--data=1 --duration=30 --transport_prot=" + std::string(GetParam()) +
                           " --stack=" + stack);
        EXPECT_EQ(NumberAfter(output, "Flow 0: "), 1000000U) << stack;
    }
}

INSTANTIATE_TEST_SUITE_P(All, Variants, testing::Values("TcpWestwoodPlus", "TcpCubic", "TcpVegas"));

TEST(VariantsComparison, TracesOfBothStacks)
{
    for (const std::string stack : {"fsm", "stock"})
    {
        RunExample("tcp-variants-comparison",
                   "--duration=10 --num_flows=2 --error_p=0.01 --tracing --flow_monitor "
                   "--prefix_name=t --stack=" +
                       stack,
                   stack + "-variants");
        const std::string prefix = testing::TempDir() + stack + "-variants/t";
        for (const std::string name : {"cwnd", "ssth", "inflight", "next-tx", "next-rx", "rtt"})
        {
            EXPECT_GT(ReadLines(std::ifstream(prefix + "-flow1-" + name + ".data")).size(), 1U)
                << stack << " " << name;
        }
        EXPECT_GT(std::filesystem::file_size(prefix + ".flowmonitor"), 500U);
    }
}

} // namespace
} // namespace test
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// What the runner tells, as its users see it: exit status, lines, reports in files.

#include "opening.h"
#include "programs.h"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

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

using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A script that passes, one whose line 9 is wrong, and one with what nobody supports.
const std::string RIGHT =
    std::string(OPENING) + "+0.10 < R 50:50(0) win 0\n+0.00 > . 1:1(0) ack 1\n";
const std::string WRONG =
    std::string(OPENING) + "+0.10 < R 50:50(0) win 0\n+0.00 > . 1:1(0) ack 7\n";
const std::string FOREIGN = " 0.00 epoll_create(1) = 3\n";

class PacketdrillReports : public testing::Test
{
  protected:
    PacketdrillReports()
        : m_folder(EmptyFolder("reports"))
    {
        WriteScript("reports/b-right.pkt", RIGHT);
        WriteScript("reports/a-wrong.pkt", WRONG);
        WriteScript("reports/c/foreign.pkt", FOREIGN);
        WriteScript("reports/notes.txt", "no script");
    }

    /// @return a script's path in quotes. @param name which
    std::string Path(const std::string& name) const
    {
        return "'" + m_folder + "/" + name + "'";
    }

    std::string m_folder; //!< the scripts
};

TEST_F(PacketdrillReports, ExitStatusAndLastLineSayHowManyFailed)
{
    auto end = RunRunner(Path("b-right.pkt"));
    EXPECT_EQ(end.status, 0);
    EXPECT_EQ(end.output, "PASS " + m_folder + "/b-right.pkt\n1 passed, 0 failed, 0 skipped\n");
    end = RunRunner(Path("a-wrong.pkt"));
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.output, EndsWith("\n0 passed, 1 failed, 0 skipped\n"));
    end = RunRunner(Path("c/foreign.pkt"));
    EXPECT_EQ(end.status, 0);
    EXPECT_THAT(end.output, EndsWith("\n0 passed, 0 failed, 1 skipped\n"));
    end = RunRunner("'" + m_folder + "'");
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.output, EndsWith("\n1 passed, 1 failed, 1 skipped\n"));
}

TEST_F(PacketdrillReports, FoldersAreSearchedInTheOrderOfPaths)
{
    const auto output = RunRunner("'" + m_folder + "'").output;
    const auto wrong = output.find("FAIL " + m_folder + "/a-wrong.pkt");
    const auto right = output.find("PASS " + m_folder + "/b-right.pkt");
    const auto foreign = output.find("SKIP " + m_folder + "/c/foreign.pkt");
    EXPECT_LT(wrong, right);
    EXPECT_LT(right, foreign);
    EXPECT_LT(foreign, output.size());
    EXPECT_THAT(output, Not(HasSubstr("notes.txt")));
}

TEST_F(PacketdrillReports, UsageErrorsHaveStatusTwo)
{
    std::filesystem::create_directory(m_folder + "/empty");
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "no script"},
        {Path("empty"), "no script"},
        {Path("missing.pkt"), "missing.pkt"},
        {"--frobnicate " + Path("b-right.pkt"), "--frobnicate"},
        {"--profile=bsd " + Path("b-right.pkt"), "rfc9293, rfc793, freebsd, linux"},
        {"--stack=linux " + Path("b-right.pkt"), "fsm, stock"},
        {"--compare=some " + Path("b-right.pkt"), "strict, lenient"},
        {"-j0 " + Path("b-right.pkt"), "jobs"},
        {"--mtu=10 " + Path("b-right.pkt"), "mtu"},
        {"--non_fatal=time " + Path("b-right.pkt"), "non_fatal"},
        {"--set=Msl " + Path("b-right.pkt"), "NAME=VALUE"},
        {"--junit=/no/such/folder/a.xml " + Path("b-right.pkt"), "/no/such/folder/a.xml"},
        {"--trace=/no/such/folder/a.csv " + Path("b-right.pkt"), "/no/such/folder/a.csv"},
        {"--pcap='" + m_folder + "/no/such/folder' " + Path("b-right.pkt"),
         "cannot write " + m_folder + "/no/such/folder: check the folder"},
        {"--pcap=" + Path("notes.txt") + " " + Path("b-right.pkt"),
         "cannot write " + m_folder + "/notes.txt: check the folder"},
    };
    for (const auto& [arguments, message] : cases)
    {
        const auto end = RunRunner(arguments);
        EXPECT_EQ(end.status, 2) << arguments;
        EXPECT_THAT(end.output, HasSubstr(message)) << arguments;
        EXPECT_THAT(end.output, Not(HasSubstr("PASS"))) << arguments;
    }
    EXPECT_FALSE(std::filesystem::exists(m_folder + "/no"));
}

TEST_F(PacketdrillReports, AScriptWithoutEventsFails)
{
    for (const std::string text : {"",
                                   "\n",
                                   "// nothing\n",
                                   "--mtu=1500\n/* nothing */",
                                   "`true`\n",
                                   "#ifdef OTHER\n0 close(3) = 0\n#endif\n"})
    {
        const auto script = WriteScript("nothing.pkt", text);
        for (const std::string options : {"", "--parse-only "})
        {
            const auto end = RunRunner(options + "'" + script + "'");
            EXPECT_EQ(end.status, 1) << options << text;
            EXPECT_THAT(end.output, HasSubstr("nothing.pkt:1:1: error: no events")) << text;
            EXPECT_THAT(end.output, EndsWith("\n0 passed, 1 failed, 0 skipped\n")) << text;
        }
    }
}

TEST_F(PacketdrillReports, WhatIsNotSupportedIsSkippedAndNamed)
{
    EXPECT_THAT(
        RunRunner(Path("c/foreign.pkt")).output,
        ContainsRegex("SKIP [^\n]*/c/foreign.pkt:1: unsupported construct [^\n]*epoll_create"));
    const auto end = RunRunner("--strict-support " + Path("c/foreign.pkt"));
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.output, EndsWith("\n0 passed, 1 failed, 0 skipped\n"));
}

TEST_F(PacketdrillReports, AFailureShowsLinePacketsFieldAndTransitions)
{
    const auto output = RunRunner(Path("a-wrong.pkt")).output;
    EXPECT_THAT(output, StartsWith("FAIL " + m_folder + "/a-wrong.pkt:9: "));
    EXPECT_THAT(output, HasSubstr("differs in ack: expected 7, got 1\n"));
    EXPECT_THAT(output, ContainsRegex("\n *expected: \\+0.00 > \\. 1:1\\(0\\) ack 7\n"));
    EXPECT_THAT(output, ContainsRegex("\n *got: *0.22 > \\. 1:1\\(0\\) ack 1"));
    EXPECT_THAT(output, ContainsRegex("after line 8: \\+0.10 < R 50:50\\(0\\) win 0\n"));
    EXPECT_THAT(output, ContainsRegex("CLOSED -> LISTEN[^\n]*, line 3\n"));
    EXPECT_THAT(output, ContainsRegex("LISTEN -> SYN-RCVD[^\n]*RFC 9293[^\n]*, line 4\n"));
    EXPECT_THAT(output, ContainsRegex("SYN-RCVD -> ESTABLISHED[^\n]*, line 6\n"));
}

TEST_F(PacketdrillReports, TheFirstFieldThatDiffersIsNamed)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"> . 2:2(0) ack 1", "seq: expected 2, got 1"},
        {"> F. 1:1(0) ack 1", "flags: expected F., got ."},
        {"> . 1:2(1) ack 1", "length: expected 1, got 0"},
        {"> . 1:1(0) ack 1 win 5", "win"},
        {"> [ttl 3] . 1:1(0) ack 1", "ttl"},
        {"> [tos 0x20] . 1:1(0) ack 1", "tos"},
        {"> . 1:1(0) ack 1 <mss 9>", "option"},
    };
    for (const auto& [line, message] : cases)
    {
        const auto script =
            WriteScript("field.pkt",
                        std::string(OPENING) + "+0.10 < R 50:50(0) win 0\n+0.00 " + line + "\n");
        const auto end = RunRunner("'" + script + "'");
        EXPECT_EQ(end.status, 1) << line;
        EXPECT_THAT(end.output, HasSubstr("field.pkt:9: ")) << line;
        EXPECT_THAT(end.output, HasSubstr(message)) << line;
    }
}

TEST_F(PacketdrillReports, ErrorsOfSyntaxShowTheirColumn)
{
    const auto script =
        WriteScript("bad.pkt", " 0.00 socket(..., SOCK_STREAM, 0) = 3\n+0.10 < S 0:9(0) win 5\n");
    const auto end = RunRunner("'" + script + "'");
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.output, ContainsRegex("bad.pkt:2:[0-9]+: error: "));
    EXPECT_THAT(end.output, HasSubstr("\n+0.10 < S 0:9(0) win 5\n"));
    EXPECT_THAT(end.output, ContainsRegex("\n *\\^\n"));
}

TEST_F(PacketdrillReports, JunitIsXmlAndCountsAsTheLastLineDoes)
{
    const auto file = m_folder + "/junit.xml";
    RunRunner("-j2 --junit='" + file + "' '" + m_folder + "'");
    const auto read =
        RunCommandLine("'" + SourcePath(".venv/bin/python") +
                       "' -c 'import sys, xml.etree.ElementTree as t; "
                       "r = t.parse(sys.argv[1]).getroot(); s = next(r.iter(\"testsuite\")); "
                       "print(s.get(\"tests\"), s.get(\"failures\"), s.get(\"skipped\")); "
                       "[print(c.get(\"name\").split(\"/\")[-1], [e.tag for e in c]) for c in "
                       "r.iter(\"testcase\")]; "
                       "print(next(r.iter(\"failure\")).text); "
                       "print(next(r.iter(\"skipped\")).get(\"message\"))' '" +
                       file + "'");
    EXPECT_EQ(read.status, 0) << read.output;
    EXPECT_THAT(read.output, StartsWith("3 1 1\n"));
    EXPECT_THAT(read.output,
                HasSubstr("a-wrong.pkt ['failure']\nb-right.pkt []\nforeign.pkt ['skipped']\n"));
    EXPECT_THAT(read.output, HasSubstr("> . 1:1(0) ack 7"));
    EXPECT_THAT(read.output, HasSubstr("epoll_create"));
}

TEST_F(PacketdrillReports, CapturesHaveBothDirectionsAtSimulatedTimes)
{
    const auto folder = EmptyFolder("captures") + "/new";
    RunRunner("--pcap='" + folder + "' " + Path("b-right.pkt"));
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    {
        if (entry.is_regular_file())
        {
            files.push_back(entry.path());
        }
    }
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].filename(), "b-right.pkt.pcap");
    const auto data = ReadWhole(files[0]);
    const auto number = [&data](std::size_t at) {
        uint32_t value = 0;
        std::memcpy(&value, data.data() + at, sizeof(value));
        return value;
    };
    constexpr std::size_t FILE_HEADER = 24;
    constexpr std::size_t RECORD_HEADER = 16;
    constexpr std::size_t PROTOCOL = 9; // in the header of IPv4
    constexpr std::size_t FLAGS = 33;   // behind it, in that of TCP
    ASSERT_GE(data.size(), FILE_HEADER);
    EXPECT_EQ(number(0), 0xa1b2c3d4U);
    constexpr uint32_t LINKTYPE_RAW = 101;
    EXPECT_EQ(number(20), LINKTYPE_RAW);
    std::vector<std::pair<uint32_t, unsigned>> segments;
    for (auto at = FILE_HEADER; at + RECORD_HEADER <= data.size();)
    {
        const auto microseconds = number(at) * 1000000 + number(at + 4);
        const auto length = number(at + 8);
        at += RECORD_HEADER;
        ASSERT_LE(at + length, data.size());
        if (data[at + PROTOCOL] == 6)
        {
            segments.emplace_back(microseconds, static_cast<uint8_t>(data[at + FLAGS]));
        }
        at += length;
    }
    const std::vector<std::pair<uint32_t, unsigned>> expected{
        {100000, 0x02}, // SYN
        {100000, 0x12}, // SYN-ACK
        {120000, 0x10}, // ACK
        {220000, 0x04}, // RST
        {220000, 0x10}, // challenge ACK
    };
    EXPECT_EQ(segments, expected);
}

TEST_F(PacketdrillReports, TheTraceHasAllReactionsWithLines)
{
    const auto file = m_folder + "/trace.csv";
    RunRunner("--trace='" + file + "' " + Path("b-right.pkt"));
    std::istringstream lines(ReadWhole(file));
    std::string header;
    std::getline(lines, header);
    EXPECT_THAT(header, StartsWith("script,line,time_ns,node,connection,segment,family,"));
    EXPECT_THAT(header, EndsWith(",seq_class,ack_class,reply,to,rule,clause"));
    std::vector<std::string> all;
    for (std::string line; std::getline(lines, line);)
    {
        all.push_back(line);
    }
    ASSERT_EQ(all.size(), 4U); // OPEN, SYN, ACK, RST
    EXPECT_THAT(all[0], ContainsRegex("b-right.pkt\"?,3,.*,CLOSED,passive OPEN,.*,LISTEN,"));
    EXPECT_THAT(all[1], ContainsRegex("b-right.pkt\"?,4,1000000..,.*,LISTEN,.*,SYN-ACK,SYN-RCVD,"));
    EXPECT_THAT(all[2], ContainsRegex("b-right.pkt\"?,6,1200000..,.*,SYN-RCVD,.*,ESTABLISHED,"));
    EXPECT_THAT(all[3],
                ContainsRegex("b-right.pkt\"?,8,2200000..,.*,ESTABLISHED,step 2 RST,.*,"
                              "challenge ACK,ESTABLISHED,.*RFC 5961"));
}

TEST_F(PacketdrillReports, JobsChangeNothingThatIsTold)
{
    for (int i = 0; i < 6; ++i)
    {
        WriteScript("reports/more-" + std::to_string(i) + ".pkt", i % 2 ? RIGHT : WRONG);
    }
    const auto one = RunRunner("-j1 '" + m_folder + "'");
    EXPECT_THAT(one.output, EndsWith("\n4 passed, 4 failed, 1 skipped\n"));
    EXPECT_EQ(RunRunner("-j4 '" + m_folder + "'").output, one.output);
    EXPECT_EQ(RunRunner("--jobs 3 '" + m_folder + "'").output, one.output);
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

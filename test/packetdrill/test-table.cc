// SPDX-License-Identifier: GPL-2.0-only

// A script for each case of test/conformance/expected.csv, all in strict mode. The scripts and the
// table program see the same host through different eyes: they must agree in each case, and for
// ns-3's stock TCP, which is often wrong, too.

#include "programs.h"
#include "tcp-fsm-table-case.h"
#include "tcp-fsm-table-expected.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <ostream>
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

/// Which of the cases: those of a state, over a family.
struct Part
{
    std::string state;
    std::string family;
};

std::string
NameOf(const Part& part)
{
    std::string name = part.state + "_" + part.family;
    std::replace_if(
        name.begin(),
        name.end(),
        [](char c) { return c == '-' || c == '/'; },
        '_');
    return name;
}

std::ostream&
operator<<(std::ostream& os, const Part& part)
{
    return os << NameOf(part);
}

class PacketdrillTable : public testing::TestWithParam<Part>
{
  protected:
    static void SetUpTestSuite()
    {
        s_folder = EmptyFolder("table");
        const auto end = RunPython("generate.py '" + SourcePath("test/conformance/expected.csv") +
                                   "' '" + s_folder + "'");
        ASSERT_EQ(end.status, 0) << end.output;
    }

    /// Runs the scripts. @return how they ended, by segment and variant
    static std::map<std::string, ScriptEnd> RunPart(const std::string& options)
    {
        auto state = GetParam().state;
        std::replace(state.begin(), state.end(), '/', '-');
        const auto folder = s_folder + "/" + GetParam().family + "/" + state;
        std::map<std::string, ScriptEnd> ends;
        for (const auto& [path, end] : RunScripts(options, {folder}))
        {
            const auto begin = folder.size() + 1 + state.size() + 1;
            ends[path.substr(begin, path.size() - begin - std::string(".pkt").size())] = end;
        }
        return ends;
    }

    /// Runs the table program. @return its verdicts by segment and variant
    static std::map<std::string, std::string> AskTable(const std::string& stack)
    {
        const auto file = testing::TempDir() + "table.csv";
        const auto end = RunCommandLine(
            "'" + BuildPath("tcp-fsm-table") + "' --jobs=2 --format=csv --stack=" + stack +
            " --family=" + GetParam().family + " --state='" + GetParam().state + "' --expected='" +
            SourcePath("test/conformance/expected.csv") + "' --output='" + file + "'");
        EXPECT_EQ(end.status, 0) << end.output;
        constexpr std::size_t SEGMENT = 3;
        constexpr std::size_t VARIANT = 4;
        constexpr std::size_t VERDICT = 9;
        std::map<std::string, std::string> verdicts;
        std::istringstream lines(ReadWhole(file));
        std::vector<std::string> fields;
        TcpFsmReadCsvRecord(lines, fields);
        EXPECT_EQ(fields.at(VERDICT), "verdict");
        while (TcpFsmReadCsvRecord(lines, fields))
        {
            verdicts[fields.at(SEGMENT) + "-" + fields.at(VARIANT)] = fields.at(VERDICT);
        }
        return verdicts;
    }

    static inline std::string s_folder; //!< the generated scripts
};

TEST_P(PacketdrillTable, AsExpectedAndAsTheTableProgramSays)
{
    const auto ends = RunPart("--profile=rfc9293 --compare=strict");
    const auto verdicts = AskTable("fsm");
    const auto& cases = TcpFsmTableCases();
    const auto count = std::count_if(cases.begin(), cases.end(), [](const auto& one) {
        return one.state == GetParam().state;
    });
    EXPECT_EQ(ends.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(verdicts.size(), static_cast<std::size_t>(count));
    for (const auto& [name, end] : ends)
    {
        EXPECT_EQ(end.result, "passed") << name << ": " << end.message;
        ASSERT_TRUE(verdicts.contains(name)) << name;
        EXPECT_EQ(verdicts.at(name) == "right", end.result == "passed")
            << name << ": " << verdicts.at(name) << ", but " << end.result << " " << end.message;
    }
}

std::vector<Part>
AllParts()
{
    std::vector<Part> parts;
    for (const auto& state : TcpFsmTableStates())
    {
        for (const char* family : {"ipv4", "ipv6"})
        {
            parts.push_back({state, family});
        }
    }
    return parts;
}

const auto NAMER = [](const auto& information) { return NameOf(information.param); };

INSTANTIATE_TEST_SUITE_P(Each, PacketdrillTable, testing::ValuesIn(AllParts()), NAMER);

class PacketdrillTableOfStock : public PacketdrillTable
{
};

TEST_P(PacketdrillTableOfStock, FailsWhereTheTableProgramDoes)
{
    const auto ends = RunPart("--stack=stock");
    const auto verdicts = AskTable("stock");
    std::size_t failed = 0;
    for (const auto& [name, end] : ends)
    {
        ASSERT_TRUE(verdicts.contains(name)) << name;
        EXPECT_EQ(verdicts.at(name) == "right", end.result == "passed")
            << name << ": " << verdicts.at(name) << ", but " << end.result << " " << end.message;
        failed += end.result == "failed";
    }
    EXPECT_GT(failed, 0U) << "stock TCP has become right";
}

INSTANTIATE_TEST_SUITE_P(Some,
                         PacketdrillTableOfStock,
                         testing::Values(Part{"ESTABLISHED", "ipv4"},
                                         Part{"FIN-WAIT-2", "ipv6"},
                                         Part{"CLOSE-WAIT", "ipv4"}),
                         NAMER);

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

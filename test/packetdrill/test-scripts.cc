// SPDX-License-Identifier: GPL-2.0-only

// The scripts of scripts/ and profiles/, in strict mode: each shows one behaviour, its comment says
// which. Those of scripts/ run for IPv4, and again for IPv6, but those whose names say that they
// are for one only. The MTU of IPv6 is 20 octets more, so that segments are equally large. Those of
// profiles/NAME/ run with that profile.

#include "programs.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <ostream>
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

/// A script and how it is run.
struct Case
{
    std::string script;  //!< its path in this folder
    std::string options; //!< options of the runner
    std::string name;    //!< name of the test
};

std::ostream&
operator<<(std::ostream& os, const Case& one)
{
    return os << one.script << " " << one.options;
}

/// @return a name as GoogleTest wants it. @param script path of a script @param suffix its end
std::string
MakeName(const std::string& script, const std::string& suffix)
{
    auto name = std::filesystem::path(script).replace_extension().string();
    name += name.ends_with(suffix) ? "" : suffix;
    name.erase(0, name.starts_with("scripts/") ? std::string("scripts/").size() : 0);
    std::replace_if(
        name.begin(),
        name.end(),
        [](char c) { return c == '-' || c == '/'; },
        '_');
    return name;
}

void
AddCases(const std::string& script, std::vector<Case>& cases)
{
    if (script.starts_with("profiles/"))
    {
        const auto profile = std::filesystem::path(script).parent_path().filename().string();
        cases.push_back({script, "--profile=" + profile, MakeName(script, "")});
        return;
    }
    if (!script.ends_with("-ipv6.pkt"))
    {
        cases.push_back({script, "--ip_version=ipv4", MakeName(script, "-ipv4")});
    }
    if (!script.ends_with("-ipv4.pkt"))
    {
        cases.push_back({script, "--ip_version=ipv6 --mtu=1520", MakeName(script, "-ipv6")});
    }
}

std::vector<Case>
AllCases()
{
    const std::filesystem::path folder = SourcePath("test/packetdrill");
    std::vector<Case> cases;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    {
        if (entry.path().extension() == ".pkt")
        {
            AddCases(std::filesystem::relative(entry.path(), folder).string(), cases);
        }
    }
    std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) {
        return a.name < b.name;
    });
    return cases;
}

class PacketdrillScripts : public testing::TestWithParam<Case>
{
  protected:
    /// Runs all scripts whose tests this process will run, as one call costs more than a script.
    static void SetUpTestSuite()
    {
        const auto& suite = *testing::UnitTest::GetInstance()->current_test_suite();
        std::map<std::string, std::vector<std::string>> paths;
        const auto cases = AllCases();
        for (int i = 0; i < suite.total_test_count(); ++i)
        {
            const auto& test = *suite.GetTestInfo(i);
            for (const auto& one : cases)
            {
                if (test.should_run() && "Pass/" + one.name == test.name())
                {
                    paths[one.options].push_back(PathOf(one));
                }
            }
        }
        for (const auto& [options, scripts] : paths)
        {
            s_ends[options] = RunScripts(options, scripts);
        }
    }

    static std::string PathOf(const Case& one)
    {
        return SourcePath("test/packetdrill/") + one.script;
    }

    /// How the scripts ended, by options and path.
    static inline std::map<std::string, std::map<std::string, ScriptEnd>> s_ends;
};

TEST_P(PacketdrillScripts, Pass)
{
    const auto& ends = s_ends[GetParam().options];
    const auto end = ends.find(PathOf(GetParam()));
    ASSERT_NE(end, ends.end()) << "the runner does not tell of it";
    EXPECT_EQ(end->second.result, "passed") << end->second.message;
}

INSTANTIATE_TEST_SUITE_P(Each,
                         PacketdrillScripts,
                         testing::ValuesIn(AllCases()),
                         [](const auto& information) { return information.param.name; });

TEST(PacketdrillScriptFolder, HasAScriptForEachArrow)
{
    constexpr int ARROWS = 21; // RFC 9293 3.3.2, figure 5
    std::map<int, int> count;
    const std::string folder = "scripts/arrows/";
    for (const auto& one : AllCases())
    {
        if (one.script.starts_with(folder))
        {
            ++count[std::stoi(one.script.substr(folder.size()))];
        }
    }
    EXPECT_EQ(count.size(), static_cast<std::size_t>(ARROWS));
    EXPECT_EQ(count.begin()->first, 1);
    EXPECT_EQ(count.rbegin()->first, ARROWS);
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

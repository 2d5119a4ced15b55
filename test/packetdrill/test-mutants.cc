// SPDX-License-Identifier: GPL-2.0-only

// Scripts that are wrong must fail: right ones are changed in one thing (mutate.py), and the runner
// must see each of the changes. That the scripts of this folder are right other tests show.

#include "programs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
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

/// Where right scripts come from, and how they are run.
struct Source
{
    std::string name;    //!< of the test
    std::string folder;  //!< path of the scripts; empty: those of the table
    std::string options; //!< for the runner
    bool isOurs;         //!< the scripts are known to be right
    unsigned every;      //!< so many changes are there for one that is made
};

/// A kind of change, made to the scripts of a source.
struct Change
{
    std::string kind;
    Source source;
};

std::ostream&
operator<<(std::ostream& os, const Change& change)
{
    return os << change.kind << " of " << change.source.name;
}

/// @return the scripts in a folder
std::vector<std::string>
ScriptsIn(const std::string& folder)
{
    std::vector<std::string> scripts;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    {
        if (entry.path().extension() == ".pkt")
        {
            scripts.push_back(entry.path().string());
        }
    }
    std::sort(scripts.begin(), scripts.end());
    return scripts;
}

/// @return the scripts of a source that pass as they are
std::vector<std::string>
FindRight(const Source& source)
{
    if (source.folder.empty())
    {
        const auto folder = EmptyFolder("table");
        const auto end = RunPython("generate.py '" + SourcePath("test/conformance/expected.csv") +
                                   "' '" + folder + "'");
        EXPECT_EQ(end.status, 0) << end.output;
        return ScriptsIn(folder);
    }
    if (source.isOurs)
    {
        return ScriptsIn(source.folder);
    }
    std::vector<std::string> right;
    for (const auto& [path, end] : RunScripts(source.options, {source.folder}))
    {
        if (end.result == "passed")
        {
            right.push_back(path);
        }
    }
    return right;
}

class PacketdrillMutants : public testing::TestWithParam<Change>
{
};

TEST_P(PacketdrillMutants, Fail)
{
    const auto& [kind, source] = GetParam();
    if (!source.folder.empty() && !std::filesystem::exists(source.folder))
    {
        GTEST_SKIP() << "no folder " << source.folder;
    }
    static std::map<std::string, std::vector<std::string>> s_right;
    const auto [right, isNew] = s_right.try_emplace(source.name);
    if (isNew)
    {
        right->second = FindRight(source);
    }
    const auto folder = EmptyFolder("mutants");
    const auto list = testing::TempDir() + "scripts";
    std::ofstream scripts(list);
    for (const auto& script : right->second)
    {
        scripts << script << "\n";
    }
    scripts.close();
    const auto made = RunPython("mutate.py '" + folder + "' " + kind + " " +
                                std::to_string(source.every) + " <'" + list + "'");
    ASSERT_EQ(made.status, 0) << made.output;
    std::map<std::string, std::string> origins;
    std::istringstream lines(made.output);
    for (std::string mutant, origin; lines >> mutant >> origin;)
    {
        origins[mutant] = origin;
    }
    if (origins.empty())
    {
        GTEST_SKIP() << "no script offers this change";
    }
    std::size_t killed = 0;
    for (const auto& [mutant, end] : RunScripts(source.options, {folder}))
    {
        EXPECT_EQ(end.result, "failed") << "survivor: " << kind << " of " << origins[mutant];
        EXPECT_EQ(end.message.find("error:"), std::string::npos)
            << "no script any more: " << kind << " of " << origins[mutant] << ": " << end.message;
        killed += end.result == "failed";
    }
    EXPECT_EQ(killed, origins.size());
    std::cout << GetParam() << ": " << origins.size() << " mutants, " << killed << " killed\n";
    RecordProperty("mutants", static_cast<int>(origins.size()));
    RecordProperty("killed", static_cast<int>(killed));
}

std::vector<Change>
AllChanges()
{
    const std::vector<Source> sources{
        {"scripts", SourcePath("test/packetdrill/scripts"), "", true, 17},
        {"table", "", "", true, 131},
        {"shared",
         SourcePath("../shared/scripts/freebsd"),
         "--profile=freebsd --allow-unexpected",
         false,
         17},
    };
    std::vector<Change> changes;
    for (const auto& source : sources)
    {
        for (const char* kind : {"flags",
                                 "seq",
                                 "ack",
                                 "length",
                                 "time",
                                 "window",
                                 "state",
                                 "errno",
                                 "result",
                                 "extra",
                                 "missing"})
        {
            const std::string word = kind;
            // Where packets that no line expects are allowed, one line less is right, too.
            const bool isWrong = word != "missing" || source.isOurs;
            // The table says nothing about windows.
            const bool isOffered = word != "window" || !source.folder.empty();
            if (isWrong && isOffered)
            {
                changes.push_back({word, source});
            }
        }
    }
    return changes;
}

INSTANTIATE_TEST_SUITE_P(Each,
                         PacketdrillMutants,
                         testing::ValuesIn(AllChanges()),
                         [](const auto& information) {
                             return information.param.kind + "_" + information.param.source.name;
                         });

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

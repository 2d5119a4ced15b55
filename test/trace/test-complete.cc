// SPDX-License-Identifier: GPL-2.0-only

// A file of reactions lacks nothing: connections of every fate are in it, and each line's rule and
// clause stand in the generated reference.

#include "files.h"
#include "tcp-fsm-reference.h"
#include "tcp-fsm-trace-helper.h"
#include "world.h"

#include "ns3/simulator.h"

#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// @return the clause of each rule, read off the reference's tables
std::map<std::string, std::string>
ClausesOfReference()
{
    std::map<std::string, std::string> clauses;
    std::istringstream text(ToMarkdown());
    for (std::string line; std::getline(text, line);)
    {
        std::vector<std::string> cells;
        std::istringstream row(line);
        for (std::string cell; std::getline(row, cell, '|');)
        {
            const auto begin = cell.find_first_not_of(" `");
            const auto end = cell.find_last_not_of(" `");
            cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
        }
        if (line.starts_with("| `"))
        {
            // The first column, and the last but one.
            clauses[cells.at(1)] = cells.at(cells.size() - 2);
        }
    }
    return clauses;
}

/// @return the states of a connection in a file, each change once
std::string
StatesOf(const CsvLines& lines, const std::string& node, const std::string& connection)
{
    std::string states;
    for (const auto line : LinesWith(lines, "connection", connection))
    {
        if (Field(lines, line, "node") == node &&
            Field(lines, line, "from") != Field(lines, line, "to"))
        {
            states.append(states.empty() ? Field(lines, line, "from") : "")
                .append(" ")
                .append(Field(lines, line, "to"));
        }
    }
    return states;
}

TEST(Complete, ConnectionsOfEveryFate)
{
    const auto name = Temporary("fates.csv");
    {
        const World world;
        TcpFsmTraceHelper().EnableReactions(name);
        world.ServeFor(MilliSeconds(100));
        world.CallFor(MilliSeconds(50)); // 1: to the end of TIME-WAIT
        const auto refused = world.NewSocket(0, 5001);
        const auto halfOpen = world.NewSocket(0, 5002);
        const auto timedOut = world.NewSocket(0, 5003);
        world.At(0, Seconds(300), [&] { refused->Connect(world.AddressOf(1, 81)); });
        world.At(0, Seconds(301), [&] { world.Deafen(0); });
        world.At(0, Seconds(302), [&] { halfOpen->Connect(world.AddressOf(1, 80)); });
        world.At(1, Seconds(303), [&] { world.Deafen(1); });
        world.At(0, Seconds(304), [&] { timedOut->Connect(world.AddressOf(1, 80)); });
        world.Run();
    }
    const auto lines = ReadCsv(name);
    EXPECT_EQ(StatesOf(lines, "0", "1"),
              "CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED");
    EXPECT_EQ(StatesOf(lines, "0", "2"), "CLOSED SYN-SENT CLOSED");
    EXPECT_EQ(StatesOf(lines, "0", "3"), "CLOSED SYN-SENT CLOSED");
    EXPECT_EQ(StatesOf(lines, "0", "4"), "CLOSED SYN-SENT CLOSED");
    EXPECT_EQ(StatesOf(lines, "1", "1"), "CLOSED LISTEN");
    EXPECT_EQ(StatesOf(lines, "1", "2"), "LISTEN SYN-RCVD ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
    EXPECT_EQ(StatesOf(lines, "1", "3"), "LISTEN SYN-RCVD LISTEN");
    // The segment that met no connection.
    EXPECT_EQ(LinesWith(lines, "connection", "0").size(), 1U);

    const auto clauses = ClausesOfReference();
    for (std::size_t i = 1; i < lines.size(); ++i)
    {
        const auto rule = clauses.find(Field(lines, i, "rule"));
        ASSERT_NE(rule, clauses.end()) << Field(lines, i, "rule");
        EXPECT_EQ(Field(lines, i, "clause"), rule->second) << rule->first;
    }
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// The reference names every rule once and says all that it does.

#include "tcp-fsm-reference.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
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

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// @return the lines of a text
std::vector<std::string>
LinesOf(const std::string& text)
{
    std::istringstream is(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(is, line);)
    {
        lines.push_back(line);
    }
    return lines;
}

/// @return the lines of the reference that begin with the rule's identifier
std::vector<std::string>
LinesOfRule(const std::vector<std::string>& lines, std::string_view id)
{
    const std::string plain = "| `" + std::string(id) + "` |";
    const std::string italic = "| *`" + std::string(id) + "`* |";
    std::vector<std::string> found;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(found), [&](const auto& line) {
        return line.starts_with(plain) || line.starts_with(italic);
    });
    return found;
}

TEST(Reference, HasEachRuleOnce)
{
    const std::vector<std::string> lines = LinesOf(ToMarkdown());
    for (const Row& row : Table())
    {
        const std::vector<std::string> found = LinesOfRule(lines, row.id);
        ASSERT_THAT(found, SizeIs(1)) << row.id;
        EXPECT_EQ(found[0].starts_with("| *"), row.action.quiet) << row.id;
        EXPECT_THAT(found[0], HasSubstr(row.clause));
        EXPECT_THAT(found[0], HasSubstr(row.summary));
        if (row.action.next)
        {
            EXPECT_THAT(found[0], HasSubstr(ToString(*row.action.next)));
        }
        if (row.action.reply != Reply::NONE)
        {
            EXPECT_THAT(found[0], HasSubstr(ToString(row.action.reply)));
        }
    }
}

TEST(Reference, HasAHeadingForEachEvent)
{
    const std::vector<std::string> lines = LinesOf(ToMarkdown());
    for (const std::string_view name : Names<Event>::VALUES)
    {
        EXPECT_EQ(std::count(lines.begin(), lines.end(), "### " + std::string(name)), 1) << name;
    }
}

TEST(Reference, ListsTheArrows)
{
    const std::string text = ToMarkdown();
    EXPECT_THAT(text, HasSubstr("\n| 1 | CLOSED | LISTEN | passive OPEN | create TCB | "));
    EXPECT_THAT(text, HasSubstr("\n| 15 | FIN-WAIT-1 | TIME-WAIT | rcv FIN,ACK | snd ACK | "));
    EXPECT_THAT(text, HasSubstr("\n| 21 | TIME-WAIT | CLOSED | timeout=2MSL | delete TCB | "));
}

TEST(Reference, IsATableEverywhere)
{
    // In each table all lines have as many columns as its heading.
    long columns = 0;
    for (const std::string& line : LinesOf(ToMarkdown()))
    {
        const long bars = std::count(line.begin(), line.end(), '|');
        EXPECT_TRUE(bars == 0 || columns == 0 || bars == columns) << line;
        columns = bars;
    }
}

TEST(Reference, ListsTheProfiles)
{
    const std::string text = ToMarkdown();
    for (const auto& [name, policy] : PROFILES)
    {
        EXPECT_THAT(text, HasSubstr(" " + std::string(name) + " |"));
    }
    EXPECT_THAT(text, HasSubstr("\n| RstCheck | Rfc5961 | Rfc793 | "));
}

TEST(Reference, IsTheSameEachTime)
{
    EXPECT_EQ(ToMarkdown(), ToMarkdown());
}

TEST(DescribeCondition, NamesOnlyWhatARuleLooksAt)
{
    const auto describe = [](const Guard& guard) {
        return DescribeCondition(Row{"ID", Event::SEGMENT, guard, Do(), "clause", "summary"});
    };
    EXPECT_EQ(describe(When(State::LISTEN)), "");
    EXPECT_EQ(describe(When(State::LISTEN, Flags::SYN | Flags::SYN_FIN, Ack::NONE)),
              "flags SYN or SYN-FIN; ack none");
    EXPECT_EQ(describe(When(Not(Flags::RST))), "flags not RST");
    EXPECT_EQ(describe(When(Blackhole::ON)), "Blackhole on");
}

TEST(DescribeStates, TakesTheShorterWay)
{
    const auto describe = [](Event event, const Guard& guard) {
        return DescribeStates(Row{"ID", event, guard, Do(), "clause", "summary"});
    };
    EXPECT_EQ(describe(Event::STATUS, When(ANY_STATE)), "all");
    EXPECT_EQ(describe(Event::STATUS, When(Not(State::CLOSED))), "all but CLOSED");
    EXPECT_EQ(describe(Event::STATUS, When(State::CLOSED | State::LISTEN)), "CLOSED, LISTEN");
    EXPECT_EQ(describe(Event::STEP_RST, When(ANY_STATE)), "all") << "of its event";
    EXPECT_EQ(describe(Event::STEP_RST, When(Not(State::TIME_WAIT))), "all but TIME-WAIT");
}

TEST(DescribeEffects, ListsThemInOrder)
{
    EXPECT_EQ(DescribeEffects(NO_EFFECT), "");
    EXPECT_EQ(DescribeEffects(TAKE_SYN | TAKE_ACK), "SYN taken, ACK taken");
    EXPECT_EQ(DescribeEffects(SOFT_ERROR), "error remembered");
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

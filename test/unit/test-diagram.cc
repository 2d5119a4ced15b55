// SPDX-License-Identifier: GPL-2.0-only

// The diagrams show every state once and every arrow of RFC 9293 with its number.

#include "arrows.h"
#include "shell.h"
#include "tcp-fsm-diagram.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

using ::testing::HasSubstr;
using ::testing::Not;

/// @return the number of matches of a pattern
long
Count(const std::string& text, const std::string& pattern)
{
    const std::regex regex(pattern);
    return std::distance(std::sregex_iterator(text.begin(), text.end(), regex), {});
}

/// @return the text of an arrow in the words of the figure, on one line
std::string
WordsOf(int arrow, const std::string& separator)
{
    std::string words{ArrowCause(arrow)};
    return words.append(ArrowAction(arrow).empty() ? "" : separator).append(ArrowAction(arrow));
}

/// @return options without the transitions that the figure leaves out
DiagramOptions
OnlyArrows()
{
    DiagramOptions options;
    options.others = false;
    return options;
}

TEST(Transitions, BeginWithTheArrows)
{
    const std::vector<Transition> transitions = Transitions();
    ASSERT_GE(transitions.size(), ARROWS.size());
    for (std::size_t i = 0; i < ARROWS.size(); ++i)
    {
        EXPECT_EQ(transitions[i].arrow, ARROWS[i].number);
        EXPECT_EQ(transitions[i].from, ARROWS[i].from);
        EXPECT_EQ(transitions[i].to, ARROWS[i].to);
    }
    for (std::size_t i = ARROWS.size(); i < transitions.size(); ++i)
    {
        EXPECT_EQ(transitions[i].arrow, 0);
    }
}

TEST(Transitions, HaveEveryRuleThatEntersAState)
{
    std::size_t expected = 0;
    for (const Row& row : Table())
    {
        expected += row.action.next ? std::popcount(row.Reach().GetBits<State>()) : 0;
    }
    std::size_t found = 0;
    for (const Transition& transition : Transitions())
    {
        found += transition.rules.size();
    }
    EXPECT_EQ(found, expected);
}

TEST(Dot, HasElevenStates)
{
    const std::string dot = ToDot();
    EXPECT_EQ(Count(dot, "\\n  \"[A-Z0-9-]+\" \\[pos"), 11);
    for (const std::string_view name : Names<State>::VALUES)
    {
        EXPECT_EQ(Count(dot, "\\n  \"" + std::string(name) + "\" \\[pos"), 1) << name;
    }
}

TEST(Dot, HasTheArrowsWithTheirNumbersAndWords)
{
    const std::string dot = ToDot();
    EXPECT_EQ(Count(dot, "label=\"\\d+: "), 21);
    for (const Arrow& arrow : ARROWS)
    {
        EXPECT_THAT(dot,
                    HasSubstr("\"" + std::string(ToString(arrow.from)) + "\" -> \"" +
                              std::string(ToString(arrow.to)) + "\" [label=\"" +
                              std::to_string(arrow.number) + ": " + WordsOf(arrow.number, "\\n") +
                              "\""));
    }
}

TEST(Dot, ShowsOtherTransitionsDashedOrNotAtAll)
{
    const std::size_t others = Transitions().size() - ARROWS.size();
    EXPECT_EQ(Count(ToDot(), "style=dashed"), static_cast<long>(others));
    EXPECT_GT(others, 0U);
    const std::string dot = ToDot(OnlyArrows());
    EXPECT_THAT(dot, Not(HasSubstr("dashed")));
    EXPECT_EQ(Count(dot, " -> "), 21);
}

TEST(Dot, CountsTransitionsAndGreysThoseNeverTaken)
{
    DiagramOptions options;
    options.counts.emplace();
    const Row* reset = FindRow("RESET");
    ASSERT_NE(reset, nullptr);
    for (int i = 0; i < 3; ++i)
    {
        options.counts->Count(*Transitions()[0].rules[0], State::CLOSED);
        options.counts->Count(*reset, State::FIN_WAIT_2);
    }
    const std::string dot = ToDot(options);
    EXPECT_EQ(Count(dot, "\u00d7 3\""), 2);
    EXPECT_EQ(Count(dot, "\u00d7 0\""), static_cast<long>(Transitions().size()) - 2);
    EXPECT_EQ(Count(dot, "penwidth"), 1) << "all arrows but the first are grey";
    EXPECT_EQ(Count(ToMermaid(options), "\u00d7 3\n"), 2);
}

TEST(Dot, HasAPlaceForEachTransition)
{
    const std::string dot = ToDot();
    EXPECT_EQ(Count(dot, "lp=\"[0-9.]+,[0-9.]+\", pos=\"e,[-0-9., ]+\""),
              static_cast<long>(Transitions().size()));
}

TEST(Dot, IsUnderstoodByGraphviz)
{
    if (!Shell("dot -V").succeeded)
    {
        GTEST_SKIP() << "Graphviz is not installed";
    }
    const std::string path = ::testing::TempDir() + "tcp-fsm-diagram.dot";
    std::ofstream(path) << ToDot();
    const ShellResult svg = Shell("dot -Tsvg '" + path + "'");
    std::remove(path.c_str());
    EXPECT_TRUE(svg.succeeded) << svg.output;
    EXPECT_THAT(svg.output, Not(HasSubstr("Warning")));
    EXPECT_EQ(Count(svg.output, "class=\"node\""), 11);
    EXPECT_EQ(Count(svg.output, "class=\"edge\""), static_cast<long>(Transitions().size()));
}

TEST(Mermaid, HasStatesAndArrows)
{
    const std::string mermaid = ToMermaid(OnlyArrows());
    EXPECT_TRUE(mermaid.starts_with("stateDiagram-v2\n"));
    EXPECT_EQ(Count(mermaid, "    state \"[A-Z0-9-]+\" as [A-Z0-9_]+\n"), 11);
    EXPECT_EQ(Count(mermaid, " --> "), 21);
    EXPECT_THAT(mermaid, HasSubstr("    LISTEN --> SYN_RCVD : 5. rcv SYN / snd SYN,ACK\n"));
    EXPECT_THAT(mermaid, HasSubstr("    SYN_RCVD --> LISTEN : 7. rcv RST\n"));
    EXPECT_EQ(Count(ToMermaid(), " --> "), static_cast<long>(Transitions().size()));
}

TEST(Diagram, IsTheSameEachTime)
{
    EXPECT_EQ(ToDot(), ToDot());
    EXPECT_EQ(ToMermaid(), ToMermaid());
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

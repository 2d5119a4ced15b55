// SPDX-License-Identifier: GPL-2.0-only

// What doc/ keeps of the table is what the table says now.

#include "tcp-fsm-diagram.h"
#include "tcp-fsm-reference.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Compares a file of doc/ with what it must be; if it is not, leaves that where it can be copied.
void
ExpectKept(const std::string& name, const std::string& wanted)
{
    const char* top = std::getenv("TCP_FSM_TOP");
    const std::string kept = std::string(top == nullptr ? "." : top) + "/doc/" + name;
    std::ostringstream text;
    text << std::ifstream(kept).rdbuf();
    if (text.str() == wanted)
    {
        return;
    }
    const std::string fresh = testing::TempDir() + name.substr(name.rfind('/') + 1);
    std::ofstream(fresh) << wanted;
    ADD_FAILURE() << kept << " is out of date. Look at the difference, then copy " << fresh;
}

TEST(Documentation, KeepsTheRules)
{
    ExpectKept("rules.md", ToMarkdown());
}

// The picture beside it: dot -Tsvg -o doc/figures/state-diagram.svg doc/figures/state-diagram.dot
TEST(Documentation, KeepsTheDiagram)
{
    ExpectKept("figures/state-diagram.dot", ToDot());
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

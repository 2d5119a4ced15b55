// SPDX-License-Identifier: GPL-2.0-only

// A table with a flaw does not compile, and the error says where the flaw is.

#include "shell.h"

#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

using ::testing::HasSubstr;

/// @return an environment variable, or another text if it is not set
std::string
FromEnvironment(const char* name, const std::string& otherwise)
{
    const char* value = std::getenv(name);
    return value ? value : otherwise;
}

/// Compiles the sources of the folder `proof`.
class Proof : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        m_top = FromEnvironment("TCP_FSM_TOP", ".");
        m_compiler = FromEnvironment("TCP_FSM_CXX", "g++");
        if (!Shell(m_compiler + " --version").succeeded)
        {
            GTEST_SKIP() << "there is no compiler " << m_compiler;
        }
        m_flags = FromEnvironment("TCP_FSM_CXXFLAGS", "-std=c++20 -I '" + m_top + "/model/engine'");
    }

    /// @return what the compiler said about a source
    ShellResult Compile(const std::string& source) const
    {
        return Shell(m_compiler + " " + m_flags + " -fsyntax-only '" + m_top + "/test/unit/proof/" +
                     source + "'");
    }

    std::string m_top;
    std::string m_compiler;
    std::string m_flags;
};

TEST_F(Proof, AcceptsTheTable)
{
    const ShellResult result = Compile("intact.cc");
    EXPECT_TRUE(result.succeeded) << result.output;
}

TEST_F(Proof, NamesBothRowsThatMeet)
{
    const ShellResult result = Compile("doubled-row.cc");
    EXPECT_FALSE(result.succeeded);
    EXPECT_THAT(result.output, HasSubstr("two rows match the same situation"));
    EXPECT_THAT(result.output, HasSubstr("RowMatchesTwice"));
    EXPECT_THAT(result.output, HasSubstr("\"LISTEN-SYN\""));
    EXPECT_THAT(result.output, HasSubstr("\"SECOND-ANSWER\""));
}

TEST_F(Proof, NamesASituationWithoutARow)
{
    const ShellResult result = Compile("missing-row.cc");
    EXPECT_FALSE(result.succeeded);
    EXPECT_THAT(result.output, HasSubstr("no row matches the situation"));
    EXPECT_THAT(result.output,
                HasSubstr("NoRowMatches<ns3::tcpfsm::Event::SEGMENT, "
                          "ns3::tcpfsm::State::LISTEN, ns3::tcpfsm::Flags::SYN, "
                          "ns3::tcpfsm::Ack::NONE, "));
}

TEST_F(Proof, NamesAnEventWithoutARow)
{
    const ShellResult result = Compile("missing-event.cc");
    EXPECT_FALSE(result.succeeded);
    EXPECT_THAT(result.output, HasSubstr("no row matches the situation"));
    EXPECT_THAT(result.output, HasSubstr("NoRowMatches<ns3::tcpfsm::Event::TIME_WAIT_TIMEOUT>"));
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "law.h"

#include "space.h"

#include <gtest/gtest.h>
#include <iostream>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// Prints how much was explored when all tests have run.
class Report : public ::testing::Environment
{
  public:
    void TearDown() override
    {
        if (g_explored > 0)
        {
            std::cout << g_explored << " situations explored\n";
        }
    }
};

const auto* const REPORT = ::testing::AddGlobalTestEnvironment(new Report);

} // namespace

Law::Law(std::string_view text)
    : m_text(text)
{
}

Law::~Law()
{
    if (m_broken > 0)
    {
        ADD_FAILURE() << m_text << "\n  broken " << m_broken << " times of " << m_applied
                      << ", first by each row:" << m_examples;
    }
    else if (m_applied == 0)
    {
        ADD_FAILURE() << m_text << "\n  never applied";
    }
}

void
Law::Break(std::string_view name, const std::string& details)
{
    constexpr std::size_t SHOWN = 8;
    ++m_broken;
    if (m_guilty.size() < SHOWN && m_guilty.insert(name).second)
    {
        m_examples.append("\n    ").append(name).append(": ").append(details);
    }
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

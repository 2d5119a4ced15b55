// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-arrows.h"

#include "tcp-fsm-engine.h"

#include "ns3/abort.h"

#include <algorithm>
#include <bit>

namespace ns3
{

using namespace tcpfsm;

namespace
{

/// @return an arrow's number and ends, read off the table
std::string
Describe(std::size_t arrow)
{
    for (const Row& row : Table())
    {
        if (row.action.arrow == arrow)
        {
            const auto from = static_cast<State>(std::countr_zero(row.Reach().GetBits<State>()));
            return std::to_string(arrow) + " " + std::string(ToString(from)) + " -> " +
                   std::string(ToString(*row.action.next));
        }
    }
    return std::to_string(arrow) + " (no rule takes it)";
}

} // namespace

void
TcpFsmDemoArrows::Count(const TcpFsmTransition& transition)
{
    const Row* row = FindRow(transition.rule);
    NS_ABORT_MSG_IF(!row, "a record names no rule of the table: " << transition.rule);
    ++(row->action.arrow == 0 ? m_others : m_counts.at(row->action.arrow - 1));
}

const std::array<uint64_t, TcpFsmDemoArrows::ARROWS>&
TcpFsmDemoArrows::Get() const
{
    return m_counts;
}

std::size_t
TcpFsmDemoArrows::Walked() const
{
    return ARROWS - std::count(m_counts.begin(), m_counts.end(), 0);
}

std::vector<std::string>
TcpFsmDemoArrows::Missing() const
{
    std::vector<std::string> missing;
    for (std::size_t arrow = 1; arrow <= ARROWS; ++arrow)
    {
        if (m_counts[arrow - 1] == 0)
        {
            missing.push_back(Describe(arrow));
        }
    }
    return missing;
}

uint64_t
TcpFsmDemoArrows::Others() const
{
    return m_others;
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-arrows.h"

#include "ns3/abort.h"

#include <sstream>

namespace ns3
{

using namespace tcpfsm;

void
TcpFsmDemoArrows::Count(const TcpFsmTransition& transition)
{
    const Row* rule = FindRow(transition.rule);
    NS_ABORT_MSG_IF(!rule || !rule->action.next,
                    "a change of state names no rule that changes it: " << transition.rule);
    m_counts.Count(*rule, FromNs3(transition.from));
    ++m_all;
}

std::size_t
TcpFsmDemoArrows::Walked() const
{
    return ARROWS_IN_DIAGRAM - Missing().size();
}

std::vector<std::string>
TcpFsmDemoArrows::Missing() const
{
    std::vector<std::string> missing;
    for (const auto& way : Transitions())
    {
        if (way.arrow != 0 && m_counts.Get(way) == 0)
        {
            std::ostringstream name;
            name << way.arrow << " " << ToString(way.from) << " -> " << ToString(way.to) << " ("
                 << CausesOf(way) << ")";
            missing.push_back(name.str());
        }
    }
    return missing;
}

uint64_t
TcpFsmDemoArrows::All() const
{
    return m_all;
}

std::string
TcpFsmDemoArrows::Draw() const
{
    return ToDot({.counts = m_counts});
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "exploration.h"

#include "ladder.h"
#include "laws.h"

#include <chrono>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

State
StateOf(uint64_t host)
{
    const auto state = static_cast<State>(hostfield::StateOf::Get(host));
    return state == State::CLOSED && hostfield::Listening::Get(host) ? State::LISTEN : state;
}

} // namespace

Exploration::Exploration(StepFunction step, const Bounds& bounds)
    : m_bounds(bounds),
      m_moves(std::move(step), bounds)
{
    const auto begin = std::chrono::steady_clock::now();
    Explore();
    if (m_flaw.empty())
    {
        FindStuck();
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    m_seconds = seconds.count();
}

const std::string&
Exploration::Flaw() const
{
    return m_flaw;
}

bool
Exploration::Reached(State a, State b) const
{
    const auto row = static_cast<std::size_t>(a);
    const auto column = static_cast<std::size_t>(b);
    return m_reached[row][column] || m_reached[column][row];
}

void
Exploration::Explore()
{
    m_pairs.Add(Pair().Canonical());
    m_parents.push_back(0);
    std::size_t layerEnd = 1;
    for (uint32_t number = 0; number < m_pairs.Size() && m_flaw.empty(); ++number)
    {
        if (number == layerEnd)
        {
            ++m_depth;
            layerEnd = m_pairs.Size();
        }
        Expand(number);
    }
}

void
Exploration::Expand(uint32_t number)
{
    const Pair pair = Pair::Unpack(m_pairs.Get(number));
    CheckPair(number, pair);
    m_progressAt.push_back(m_progress.size());
    ForEachSuccessor(m_moves, pair, m_bounds.inFlight, [&](Successor& next) {
        ++m_transitions;
        if (next.flaw && m_flaw.empty())
        {
            m_flaw = next.flaw;
            m_flawAt = number;
            m_flawAfter = true;
        }
        next.pair.Normalize();
        const auto [to, isNew] = m_pairs.Add(next.pair.Canonical());
        if (isNew)
        {
            m_parents.push_back(number);
        }
        if (next.progress && to != number)
        {
            m_progress.push_back(to);
        }
    });
}

void
Exploration::CheckPair(uint32_t number, const Pair& pair)
{
    m_reached[static_cast<std::size_t>(StateOf(pair.host[0]))]
             [static_cast<std::size_t>(StateOf(pair.host[1]))] = true;
    const char* flaw = IllegalPair(UnpackHost(pair.host[0]), UnpackHost(pair.host[1]));
    if (flaw && m_flaw.empty())
    {
        m_flaw = flaw;
        m_flawAt = number;
        m_flawAfter = false;
    }
}

void
Exploration::FindStuck()
{
    // From which pairs can both be closed without a loss? Backwards, until nothing is added.
    m_progressAt.push_back(m_progress.size());
    std::vector<bool> ends(m_pairs.Size());
    for (bool added = true; added;)
    {
        added = false;
        for (std::size_t number = m_pairs.Size(); number-- > 0;)
        {
            bool end = ends[number];
            for (uint64_t i = m_progressAt[number]; !end && i < m_progressAt[number + 1]; ++i)
            {
                end = ends[m_progress[i]];
            }
            end = end || Pair::Unpack(m_pairs.Get(number)).IsClosed();
            added = added || end != ends[number];
            ends[number] = end;
        }
    }
    for (uint32_t number = 0; number < m_pairs.Size(); ++number)
    {
        if (!ends[number])
        {
            m_flaw = "stuck: both cannot be closed, even if nothing is lost any more";
            m_flawAt = number;
            return;
        }
    }
}

std::string
Exploration::Summary() const
{
    std::ostringstream text;
    text << m_pairs.Size() << " states of two hosts and a channel (mirror images counted once), "
         << m_transitions << " transitions, " << m_moves.HostCount() << " states of one host, "
         << m_moves.BlindCount() << " blind segments; no state is more than " << m_depth
         << " steps away; " << m_seconds << " s";
    return text.str();
}

std::string
Exploration::Ladder()
{
    std::vector<Key> run{m_pairs.Get(m_flawAt)};
    for (uint32_t number = m_flawAt; number != 0; number = m_parents[number])
    {
        run.push_back(m_pairs.Get(m_parents[number]));
    }
    std::reverse(run.begin(), run.end());
    return DrawLadder(m_moves, m_bounds.inFlight, run, m_flaw, m_flawAfter);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

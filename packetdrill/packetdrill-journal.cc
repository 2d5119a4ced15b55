// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-journal.h"

#include "ns3/tcp-fsm-l4-protocol.h"

#include <sstream>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

Journal::Journal(Host& host, const std::string& script, bool keepsAll)
    : m_host(host),
      m_script(script),
      m_keepsAll(keepsAll)
{
    if (auto protocol = host.GetNode()->GetObject<TcpFsmL4Protocol>())
    {
        protocol->TraceConnectWithoutContext("Transition",
                                             MakeCallback(&Journal::OnTransition, this));
        if (m_keepsAll)
        {
            protocol->TraceConnectWithoutContext("Reaction",
                                                 MakeCallback(&Journal::OnReaction, this));
        }
    }
}

Journal::~Journal()
{
    if (auto protocol = m_host.GetNode()->GetObject<TcpFsmL4Protocol>())
    {
        protocol->TraceDisconnectWithoutContext("Transition",
                                                MakeCallback(&Journal::OnTransition, this));
        protocol->TraceDisconnectWithoutContext("Reaction",
                                                MakeCallback(&Journal::OnReaction, this));
    }
}

void
Journal::SetLine(std::size_t line)
{
    m_line = line;
}

std::vector<std::string>
Journal::GetLast() const
{
    return {m_last.begin(), m_last.end()};
}

const std::string&
Journal::GetAll() const
{
    return m_all;
}

std::string
Journal::Columns()
{
    return "script,line," + std::string(TcpFsmTransition::Columns());
}

void
Journal::OnTransition(const TcpFsmTransition& transition)
{
    constexpr std::size_t KEPT = 10;
    std::ostringstream text;
    text.precision(6);
    text << std::fixed << transition.time.GetSeconds() << " connection " << transition.connection
         << " " << TcpFsmStateName(transition.from) << " -> " << TcpFsmStateName(transition.to)
         << " by " << transition.rule << " (" << transition.clause << "), line " << m_line;
    m_last.push_back(text.str());
    if (m_last.size() > KEPT)
    {
        m_last.pop_front();
    }
}

void
Journal::OnReaction(const TcpFsmTransition& reaction)
{
    std::ostringstream text;
    text << '"';
    for (const char c : m_script)
    {
        text << (c == '"' ? "\"\"" : std::string(1, c));
    }
    text << "\"," << m_line << ",";
    reaction.WriteCsv(text);
    m_all += text.str() + "\n";
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

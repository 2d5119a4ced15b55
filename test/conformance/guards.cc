// SPDX-License-Identifier: GPL-2.0-only

#include "guards.h"

#include "tcp-fsm-engine.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

std::string
Line(const TcpFsmTransition& record)
{
    std::ostringstream text;
    record.WriteCsv(text);
    return text.str();
}

/// Every record says what a rule of the table says.
void
CompareWithRule(const TcpFsmTransition& record)
{
    const Row* row = FindRow(record.rule);
    ASSERT_NE(row, nullptr) << "no such rule: " << Line(record);
    const State from = FromNs3(record.from);
    EXPECT_NE(row->Reach().GetBits<State>() & Set<State>(from).bits, 0)
        << "the rule does not hold in the state before: " << Line(record);
    EXPECT_EQ(ToString(row->event), record.event) << Line(record);
    EXPECT_EQ(ToString(row->action.next.value_or(from)), TcpFsmStateName(record.to))
        << "the rule leads elsewhere: " << Line(record);
    EXPECT_EQ(row->clause, record.clause) << Line(record);
}

} // namespace

void
Guards::Watch(const Ptr<TcpFsmL4Protocol>& l4)
{
    m_l4 = l4;
    using Sink = Callback<void, const TcpFsmTransition&>;
    const bool connected =
        l4->TraceConnectWithoutContext("Transition", Sink([this](const TcpFsmTransition& record) {
                                           OnTransition(record);
                                       })) &&
        l4->TraceConnectWithoutContext("Reaction", Sink([this](const TcpFsmTransition& record) {
                                           OnReaction(record);
                                       }));
    EXPECT_TRUE(connected);
}

void
Guards::Watch(const Ptr<TcpFsmSocket>& socket)
{
    if (std::find(m_sockets.begin(), m_sockets.end(), socket) != m_sockets.end())
    {
        return;
    }
    m_sockets.push_back(socket);
    using Sink = Callback<void, TcpSocket::TcpStates_t, TcpSocket::TcpStates_t>;
    EXPECT_TRUE(socket->TraceConnectWithoutContext(
        "State",
        Sink([this, s = PeekPointer(socket)](TcpSocket::TcpStates_t from,
                                             TcpSocket::TcpStates_t to) {
            m_changes.push_back({Simulator::Now(), s->GetConnection(), from, to});
        })));
}

void
Guards::OnTransition(const TcpFsmTransition& record)
{
    m_transitions.push_back(record);
    EXPECT_NE(record.from, record.to) << "no change: " << Line(record);
    const auto found = m_states.find(record.connection);
    const bool isKnown = found != m_states.end();
    if (isKnown)
    {
        EXPECT_EQ(TcpFsmStateName(record.from), TcpFsmStateName(found->second))
            << "a change went unrecorded before: " << Line(record);
    }
    else
    {
        EXPECT_TRUE(record.from == TcpSocket::CLOSED || record.from == TcpSocket::LISTEN ||
                    record.from == TcpSocket::TIME_WAIT)
            << "a connection begins in another state: " << Line(record);
    }
    m_states[record.connection] = record.to;
}

void
Guards::OnReaction(const TcpFsmTransition& record)
{
    m_reactions.push_back(record);
    CompareWithRule(record);
}

void
Guards::Look(const TcpFsmRawSegment& segment) const
{
    EXPECT_FALSE(segment.wrongChecksum) << segment;
    EXPECT_FALSE(segment.wrongIpHeader) << segment;
    if (segment.Has(TcpHeader::RST))
    {
        EXPECT_EQ(segment.window, 0) << "RST with a window";
        EXPECT_TRUE(segment.data.empty()) << "RST with text";
        EXPECT_TRUE(segment.options.empty()) << "RST with options";
        EXPECT_TRUE(segment.Has(TcpHeader::ACK) || segment.ack == 0)
            << "RST without ACK, but with an acknowledgment field";
    }
}

bool
Guards::IsRecorded(const Change& change) const
{
    return std::any_of(m_transitions.begin(), m_transitions.end(), [&](const auto& record) {
        const bool isSame = record.from == change.from && record.to == change.to;
        // A connection that leaves TIME-WAIT by a new SYN goes on without the old handle.
        const bool isGivenAway =
            record.from == TcpSocket::TIME_WAIT && change.from == TcpSocket::TIME_WAIT;
        return record.connection == change.connection && record.time == change.time &&
               (isSame || isGivenAway);
    });
}

void
Guards::Check() const
{
    for (const auto& change : m_changes)
    {
        EXPECT_TRUE(IsRecorded(change))
            << "state changed without a record: " << TcpFsmStateName(change.from) << " -> "
            << TcpFsmStateName(change.to) << " at " << change.time.As(Time::S) << ", connection "
            << change.connection;
    }
    if (!m_l4)
    {
        return;
    }
    for (const auto& connection : m_l4->GetConnections())
    {
        const auto found = m_states.find(connection.id);
        const auto recorded = found == m_states.end() ? TcpSocket::CLOSED : found->second;
        EXPECT_EQ(TcpFsmStateName(connection.state), TcpFsmStateName(recorded))
            << "connection " << connection.id << " is not in the state last recorded";
    }
    const auto isChange = [](const auto& record) { return record.from != record.to; };
    EXPECT_EQ(std::count_if(m_reactions.begin(), m_reactions.end(), isChange),
              std::ssize(m_transitions))
        << "Transition and Reaction disagree";
}

const std::vector<TcpFsmTransition>&
Guards::GetTransitions() const
{
    return m_transitions;
}

const std::vector<TcpFsmTransition>&
Guards::GetReactions() const
{
    return m_reactions;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

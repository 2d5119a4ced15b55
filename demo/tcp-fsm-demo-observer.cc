// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-observer.h"

#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-trace-helper.h"

namespace ns3
{

TcpFsmDemoObserver::TcpFsmDemoObserver(const std::string& folder)
    : m_folder(folder)
{
}

void
TcpFsmDemoObserver::Watch(Ptr<Node> node)
{
    m_nextStream += TcpFsmHelper().AssignStreams(node, m_nextStream);
    const TcpFsmTraceHelper trace;
    trace.EnableTransitions(m_folder + "/transitions.csv", node);
    trace.EnableReactions(m_folder + "/reactions.csv", node);
    node->GetObject<TcpFsmL4Protocol>()->TraceConnectWithoutContext(
        "Transition",
        MakeCallback(&TcpFsmDemoArrows::Count, &m_arrows));
}

const TcpFsmDemoArrows&
TcpFsmDemoObserver::GetArrows() const
{
    return m_arrows;
}

const std::string&
TcpFsmDemoObserver::GetFolder() const
{
    return m_folder;
}

} // namespace ns3

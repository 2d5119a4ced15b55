// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-helper.h"

#include "ns3/fatal-error.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-ns3-version.h"

namespace ns3
{

TcpFsmHelper::TcpFsmHelper()
    : TcpFsmHelper(InternetStackHelper())
{
}

TcpFsmHelper::TcpFsmHelper(const InternetStackHelper& stack)
    : m_factory("ns3::TcpFsmL4Protocol"),
      m_stack(stack)
{
}

void
TcpFsmHelper::SetProfile(const std::string& name)
{
    m_factory.Set("Profile", StringValue(name));
}

void
TcpFsmHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

void
TcpFsmHelper::Install(const NodeContainer& nodes) const
{
    for (auto it = nodes.Begin(); it != nodes.End(); ++it)
    {
        Install(*it);
    }
}

void
TcpFsmHelper::Install(Ptr<Node> node) const
{
    if (Ptr<TcpL4Protocol> present = node->GetObject<TcpL4Protocol>())
    {
        if (!DynamicCast<TcpFsmL4Protocol>(present))
        {
            NS_FATAL_ERROR("TcpFsmHelper: node "
                           << node->GetId()
                           << " already has ns-3's TCP, which cannot be taken off; call "
                              "TcpFsmHelper::Install() before InternetStackHelper::Install(), or "
                              "TcpFsmHelper(stack).Install() in its place");
        }
        return;
    }
    const auto tcp = m_factory.Create<TcpFsmL4Protocol>();
    if (node->GetObject<Ipv4>() || node->GetObject<Ipv6>())
    {
        node->AggregateObject(tcp);
    }
    else
    {
        tcpfsm::InstallStack(m_stack, node, tcp);
    }
}

void
TcpFsmHelper::Install(const std::string& nodeName) const
{
    Ptr<Node> node = Names::Find<Node>(nodeName);
    if (!node)
    {
        NS_FATAL_ERROR("TcpFsmHelper: no node is named \"" << nodeName << "\"");
    }
    Install(node);
}

int64_t
TcpFsmHelper::AssignStreams(const NodeContainer& nodes, int64_t stream) const
{
    int64_t next = stream;
    for (auto it = nodes.Begin(); it != nodes.End(); ++it)
    {
        if (auto tcp = DynamicCast<TcpFsmL4Protocol>((*it)->GetObject<TcpL4Protocol>()))
        {
            next += tcp->AssignStreams(next);
        }
    }
    return next - stream;
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-segment-filter.h"

#include "ns3/channel.h"
#include "ns3/csma-net-device.h"
#include "ns3/fatal-error.h"
#include "ns3/node.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/pointer.h"

#include <set>

namespace ns3
{

namespace
{

/// Puts a tap on each device of a link that hears one of the senders.
void
Tap(Ptr<Channel> channel, const NodeContainer& senders, Ptr<tcpfsm::SegmentRules> rules)
{
    for (std::size_t i = 0; i < channel->GetNDevices(); ++i)
    {
        const auto device = channel->GetDevice(i);
        std::vector<Ptr<NetDevice>> heard;
        for (std::size_t k = 0; k < channel->GetNDevices(); ++k)
        {
            const auto other = channel->GetDevice(k);
            if (other != device && senders.Contains(other->GetNode()->GetId()))
            {
                heard.push_back(other);
            }
        }
        if (!heard.empty())
        {
            const auto tap = Create<tcpfsm::SegmentTap>(rules, device, heard);
            device->SetAttribute("ReceiveErrorModel", PointerValue(tap));
        }
    }
}

} // namespace

TcpFsmSegmentFilter::TcpFsmSegmentFilter(const NodeContainer& senders)
    : m_senders(senders),
      m_rules(Create<tcpfsm::SegmentRules>())
{
    std::set<Ptr<Channel>> tapped;
    for (auto node = senders.Begin(); node != senders.End(); ++node)
    {
        uint32_t links = 0;
        for (uint32_t i = 0; i < (*node)->GetNDevices(); ++i)
        {
            const auto device = (*node)->GetDevice(i);
            const bool known =
                DynamicCast<PointToPointNetDevice>(device) || DynamicCast<CsmaNetDevice>(device);
            const auto channel = known ? device->GetChannel() : nullptr;
            if (!channel || channel->GetNDevices() < 2)
            {
                continue;
            }
            ++links;
            if (tapped.insert(channel).second)
            {
                Tap(channel, senders, m_rules);
            }
        }
        if (links == 0)
        {
            NS_FATAL_ERROR("TcpFsmSegmentFilter: node "
                           << (*node)->GetId()
                           << " is on no point-to-point or CSMA link with another node, and on "
                              "others nothing is filtered; connect it before making the filter");
        }
    }
}

uint32_t
TcpFsmSegmentFilter::Add(const std::string& rule)
{
    const auto parsed = tcpfsm::SegmentRule::Parse(rule);
    if (parsed.sender && !m_senders.Contains(*parsed.sender))
    {
        NS_FATAL_ERROR("TcpFsmSegmentFilter: in the rule \""
                       << rule << "\" node " << *parsed.sender
                       << " is none of the filter's; make the filter with it");
    }
    return Add(parsed);
}

uint32_t
TcpFsmSegmentFilter::Add(const tcpfsm::SegmentRule& rule)
{
    rule.Check();
    m_rules->rules.push_back(rule);
    return m_rules->rules.size() - 1;
}

uint32_t
TcpFsmSegmentFilter::Drop(const std::string& segments, TcpFsmOccurrence occurrence)
{
    return Add({tcpfsm::Treatment::DROP, segments, occurrence});
}

uint32_t
TcpFsmSegmentFilter::Duplicate(const std::string& segments, TcpFsmOccurrence occurrence)
{
    return Add({tcpfsm::Treatment::DUPLICATE, segments, occurrence});
}

uint32_t
TcpFsmSegmentFilter::Delay(const std::string& segments, Time delay, TcpFsmOccurrence occurrence)
{
    return Add({tcpfsm::Treatment::DELAY, segments, occurrence, delay});
}

uint64_t
TcpFsmSegmentFilter::GetMatched(uint32_t rule) const
{
    return Get(rule).matched;
}

uint64_t
TcpFsmSegmentFilter::GetActed(uint32_t rule) const
{
    return Get(rule).acted;
}

std::vector<std::string>
TcpFsmSegmentFilter::GetUnused() const
{
    std::vector<std::string> unused;
    for (const auto& rule : m_rules->rules)
    {
        if (rule.acted == 0)
        {
            unused.push_back(rule.ToString());
        }
    }
    return unused;
}

int64_t
TcpFsmSegmentFilter::AssignStreams(int64_t stream)
{
    m_rules->random->SetStream(stream);
    return 1;
}

const tcpfsm::SegmentRule&
TcpFsmSegmentFilter::Get(uint32_t rule) const
{
    if (rule >= m_rules->rules.size())
    {
        NS_FATAL_ERROR("TcpFsmSegmentFilter: there is no rule "
                       << rule << "; there are " << m_rules->rules.size() << ", counted from 0");
    }
    return m_rules->rules[rule];
}

} // namespace ns3

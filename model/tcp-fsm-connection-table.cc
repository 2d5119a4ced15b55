// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-connection-table.h"

#include "tcp-fsm-socket.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{

bool
AckLimiter::Allow(Time now)
{
    constexpr uint8_t PER_SECOND = 2;
    if (!m_any)
    {
        m_any = true;
        return true;
    }
    const auto second = static_cast<uint32_t>(now.GetNanoSeconds() / 1000000000);
    if (second != m_second)
    {
        m_second = second;
        m_count = 0;
    }
    return m_count < PER_SECOND && ++m_count > 0;
}

ConnectionTable::ConnectionTable() = default;

ConnectionTable::~ConnectionTable()
{
    m_event.Cancel();
}

ConnectionTable::Slot*
ConnectionTable::Find(const Flow& flow)
{
    auto it = m_slots.find(flow);
    return it == m_slots.end() ? nullptr : &it->second;
}

TcpFsmSocket*
ConnectionTable::FindSocket(const Flow& flow)
{
    auto* socket = std::get_if<Ptr<TcpFsmSocket>>(Find(flow));
    return socket ? PeekPointer(*socket) : nullptr;
}

HalfOpen*
ConnectionTable::FindHalfOpen(const Flow& flow)
{
    auto* entry = std::get_if<std::unique_ptr<HalfOpen>>(Find(flow));
    return entry ? entry->get() : nullptr;
}

TimeWait*
ConnectionTable::FindTimeWait(const Flow& flow)
{
    auto* entry = std::get_if<std::unique_ptr<TimeWait>>(Find(flow));
    return entry ? entry->get() : nullptr;
}

void
ConnectionTable::Put(const Flow& flow, Slot slot)
{
    auto [it, isNew] = m_slots.try_emplace(flow);
    if (!isNew)
    {
        StopTimer(it->second);
    }
    it->second = std::move(slot);
    StartTimer(flow, it->second);
}

void
ConnectionTable::Erase(const Flow& flow)
{
    Take(flow);
}

ConnectionTable::Slot
ConnectionTable::Take(const Flow& flow)
{
    Slot slot;
    auto it = m_slots.find(flow);
    if (it != m_slots.end())
    {
        StopTimer(it->second);
        slot = std::move(it->second);
        m_slots.erase(it);
    }
    return slot;
}

std::vector<Flow>
ConnectionTable::All() const
{
    std::vector<Flow> flows;
    flows.reserve(m_slots.size());
    for (const auto& [flow, slot] : m_slots)
    {
        flows.push_back(flow);
    }
    std::sort(flows.begin(), flows.end());
    return flows;
}

void
ConnectionTable::MoveTimer(const Flow& flow, uint64_t connection, Time from, Time to)
{
    m_timers.erase({from, connection});
    m_timers.emplace(std::make_pair(to, connection), flow);
    Schedule();
}

void
ConnectionTable::SetTimeoutCallback(Callback<void, const Flow&> callback)
{
    m_onTimeout = callback;
}

void
ConnectionTable::Bind(uint16_t port, TcpFsmSocket* socket)
{
    m_bound[port].push_back(socket);
}

void
ConnectionTable::Unbind(uint16_t port, TcpFsmSocket* socket)
{
    auto it = m_bound.find(port);
    if (it == m_bound.end())
    {
        return;
    }
    std::erase(it->second, socket);
    if (it->second.empty())
    {
        m_bound.erase(it);
    }
}

bool
ConnectionTable::IsBound(uint16_t port, const IpAddress& local, const Ptr<NetDevice>& device) const
{
    auto it = m_bound.find(port);
    if (it == m_bound.end())
    {
        return false;
    }
    return std::any_of(it->second.begin(), it->second.end(), [&](TcpFsmSocket* socket) {
        const IpAddress& other = socket->GetFlow().local;
        const Ptr<NetDevice> otherDevice = socket->GetBoundNetDevice();
        const bool sameAddress = other == local || (other.IsIpv4() == local.IsIpv4() &&
                                                    (other.IsAny() || local.IsAny()));
        return sameAddress && (!device || !otherDevice || device == otherDevice);
    });
}

TcpFsmSocket*
ConnectionTable::FindListener(const Flow& flow, const Ptr<NetDevice>& device) const
{
    auto it = m_bound.find(flow.localPort);
    if (it == m_bound.end())
    {
        return nullptr;
    }
    TcpFsmSocket* best = nullptr;
    int bestRank = -1;
    for (TcpFsmSocket* socket : it->second)
    {
        const Flow& own = socket->GetFlow();
        const bool peerGiven = own.remotePort != 0;
        const bool wildcard = own.local.IsAny();
        // An IPv6 listener on :: takes IPv4 segments too (RFC 3493 3.7).
        const bool meets =
            socket->GetState() == State::LISTEN &&
            (own.local == flow.local ||
             (wildcard && (own.local.IsIpv4() == flow.local.IsIpv4() || !own.local.IsIpv4()))) &&
            (!peerGiven || (own.remote == flow.remote && own.remotePort == flow.remotePort)) &&
            (!socket->GetBoundNetDevice() || !device || socket->GetBoundNetDevice() == device);
        const int rank = (peerGiven ? 8 : 0) + (wildcard ? 0 : 4) +
                         (own.local.IsIpv4() == flow.local.IsIpv4() ? 2 : 0) +
                         (socket->GetBoundNetDevice() ? 1 : 0);
        if (meets && rank > bestRank)
        {
            best = socket;
            bestRank = rank;
        }
    }
    return best;
}

const std::map<uint16_t, std::vector<TcpFsmSocket*>>&
ConnectionTable::Bound() const
{
    return m_bound;
}

void
ConnectionTable::Clear()
{
    m_event.Cancel();
    m_timers.clear();
    m_slots.clear();
    m_bound.clear();
}

void
ConnectionTable::StartTimer(const Flow& flow, const Slot& slot)
{
    if (auto* halfOpen = std::get_if<std::unique_ptr<HalfOpen>>(&slot))
    {
        m_timers.emplace(std::make_pair((*halfOpen)->expiry, (*halfOpen)->connection), flow);
        Schedule();
    }
    else if (auto* timeWait = std::get_if<std::unique_ptr<TimeWait>>(&slot))
    {
        m_timers.emplace(std::make_pair((*timeWait)->expiry, (*timeWait)->connection), flow);
        Schedule();
    }
}

void
ConnectionTable::StopTimer(const Slot& slot)
{
    if (auto* halfOpen = std::get_if<std::unique_ptr<HalfOpen>>(&slot); halfOpen && *halfOpen)
    {
        m_timers.erase({(*halfOpen)->expiry, (*halfOpen)->connection});
    }
    else if (auto* timeWait = std::get_if<std::unique_ptr<TimeWait>>(&slot); timeWait && *timeWait)
    {
        m_timers.erase({(*timeWait)->expiry, (*timeWait)->connection});
    }
}

void
ConnectionTable::Schedule()
{
    if (m_timers.empty())
    {
        return;
    }
    const Time earliest = m_timers.begin()->first.first;
    if (!m_event.IsExpired() && m_scheduled <= earliest)
    {
        // It is due early enough; Expire() looks at what there is then.
        return;
    }
    m_event.Cancel();
    m_scheduled = earliest;
    const Time delay = std::max(earliest - Simulator::Now(), Time(0));
    m_event = Simulator::Schedule(delay, &ConnectionTable::Expire, this);
}

void
ConnectionTable::Expire()
{
    while (!m_timers.empty() && m_timers.begin()->first.first <= Simulator::Now())
    {
        const Flow flow = m_timers.begin()->second;
        m_timers.erase(m_timers.begin());
        m_onTimeout(flow);
    }
    Schedule();
}

} // namespace tcpfsm
} // namespace ns3

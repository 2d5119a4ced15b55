// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-connection-table.h"

#include "tcp-fsm-socket.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{

namespace
{

constexpr int INDEX_BITS = 30;      // of an EntryId; the rest is the kind
constexpr std::size_t MAX_LOAD = 2; // connections to a bucket, on average
constexpr std::size_t MIN_BUCKETS = 16;

uint32_t
Hash(const Flow& flow)
{
    return static_cast<uint32_t>(FlowHash()(flow));
}

} // namespace

ConnectionTable::ConnectionTable() = default;

ConnectionTable::~ConnectionTable()
{
    m_event.Cancel();
}

Connection
ConnectionTable::Find(const Flow& flow)
{
    Connection found;
    if (const EntryId id = Lookup(flow); id != NO_ENTRY)
    {
        switch (KindOf(id))
        {
        case Kind::SOCKET:
            found.socket = PeekPointer(m_sockets[IndexOf(id)].socket);
            break;
        case Kind::HALF_OPEN:
            found.halfOpen = &m_halfOpen[IndexOf(id)];
            break;
        case Kind::TIME_WAIT:
            found.timeWait = &m_timeWait[IndexOf(id)];
            break;
        }
    }
    return found;
}

TcpFsmSocket*
ConnectionTable::FindSocket(const Flow& flow)
{
    return Find(flow).socket;
}

HalfOpen*
ConnectionTable::FindHalfOpen(const Flow& flow)
{
    return Find(flow).halfOpen;
}

TimeWait*
ConnectionTable::FindTimeWait(const Flow& flow)
{
    return Find(flow).timeWait;
}

void
ConnectionTable::Put(Ptr<TcpFsmSocket> socket)
{
    Erase(socket->GetFlow());
    const uint32_t hash = Hash(socket->GetFlow());
    Insert(MakeId(Kind::SOCKET, m_sockets.Add({std::move(socket), NO_ENTRY, hash})));
}

HalfOpen&
ConnectionTable::Put(const HalfOpen& entry, Time timeout)
{
    const EntryId id = MakeId(Kind::HALF_OPEN, m_halfOpen.Add(entry));
    HalfOpen& added = m_halfOpen[IndexOf(id)];
    HalfOpenList& list = added.listener->HalfOpens();
    added.older = list.youngest;
    added.younger = NO_ENTRY;
    (list.youngest == NO_ENTRY ? list.oldest : m_halfOpen[IndexOf(list.youngest)].younger) = id;
    list.youngest = id;
    ++list.size;
    Insert(id);
    StartTimer(id, timeout);
    return added;
}

void
ConnectionTable::Put(const TimeWait& entry)
{
    // The socket that the entry takes the place of may have no other owner.
    const EntryId old = Lookup(entry.flow);
    const Ptr<TcpFsmSocket> keep =
        old != NO_ENTRY && KindOf(old) == Kind::SOCKET ? m_sockets[IndexOf(old)].socket : nullptr;
    Erase(entry.flow);
    const EntryId id = MakeId(Kind::TIME_WAIT, m_timeWait.Add(entry));
    Insert(id);
    StartTimer(id, entry.duration);
}

void
ConnectionTable::Erase(const Flow& flow)
{
    const EntryId id = Lookup(flow);
    if (id == NO_ENTRY)
    {
        return;
    }
    Remove(id);
    switch (KindOf(id))
    {
    case Kind::SOCKET: {
        const Place gone = m_sockets.Take(IndexOf(id));
        break;
    }
    case Kind::HALF_OPEN: {
        StopTimer(id);
        const HalfOpen gone = m_halfOpen.Take(IndexOf(id));
        HalfOpenList& list = gone.listener->HalfOpens();
        (gone.older == NO_ENTRY ? list.oldest : m_halfOpen[IndexOf(gone.older)].younger) =
            gone.younger;
        (gone.younger == NO_ENTRY ? list.youngest : m_halfOpen[IndexOf(gone.younger)].older) =
            gone.older;
        --list.size;
        if (gone.isReopened)
        {
            m_previous.erase(gone.connection);
        }
        break;
    }
    case Kind::TIME_WAIT:
        StopTimer(id);
        m_timeWait.Take(IndexOf(id));
        break;
    }
}

void
ConnectionTable::KeepPrevious(const TimeWait& entry)
{
    m_previous[entry.connection] = entry;
}

TimeWait
ConnectionTable::TakePrevious(uint64_t connection)
{
    return std::move(m_previous.extract(connection).mapped());
}

HalfOpen*
ConnectionTable::Oldest(const HalfOpenList& list)
{
    return list.oldest == NO_ENTRY ? nullptr : &m_halfOpen[IndexOf(list.oldest)];
}

std::vector<Flow>
ConnectionTable::All()
{
    std::vector<Flow> flows;
    for (EntryId id : m_buckets)
    {
        for (; id != NO_ENTRY; id = ChainOf(id))
        {
            flows.push_back(FlowOf(id));
        }
    }
    std::sort(flows.begin(), flows.end());
    return flows;
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

TcpFsmSocket*
ConnectionTable::FindIdle(const Flow& flow) const
{
    auto it = m_bound.find(flow.localPort);
    if (it == m_bound.end())
    {
        return nullptr;
    }
    auto idle = std::find_if(it->second.begin(), it->second.end(), [&flow](TcpFsmSocket* socket) {
        const IpAddress& local = socket->GetFlow().local;
        return socket->GetState() == State::CLOSED && (local.IsAny() || local == flow.local);
    });
    return idle == it->second.end() ? nullptr : *idle;
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
    m_buckets.clear();
    m_halfOpen.Clear();
    m_timeWait.Clear();
    m_previous.clear();
    m_bound.clear();
    // Sockets that go with their place may look into the table.
    auto sockets = std::exchange(m_sockets, {});
}

EntryId
ConnectionTable::MakeId(Kind kind, uint32_t index)
{
    return static_cast<uint32_t>(kind) << INDEX_BITS | index;
}

ConnectionTable::Kind
ConnectionTable::KindOf(EntryId id)
{
    return static_cast<Kind>(id >> INDEX_BITS);
}

uint32_t
ConnectionTable::IndexOf(EntryId id)
{
    return id & ((1U << INDEX_BITS) - 1);
}

const Flow&
ConnectionTable::FlowOf(EntryId id) const
{
    switch (KindOf(id))
    {
    case Kind::SOCKET:
        return m_sockets[IndexOf(id)].socket->GetFlow();
    case Kind::HALF_OPEN:
        return m_halfOpen[IndexOf(id)].flow;
    case Kind::TIME_WAIT:
        break;
    }
    return m_timeWait[IndexOf(id)].flow;
}

uint32_t
ConnectionTable::HashOf(EntryId id) const
{
    return KindOf(id) == Kind::SOCKET ? m_sockets[IndexOf(id)].hash : Hash(FlowOf(id));
}

EntryId&
ConnectionTable::ChainOf(EntryId id)
{
    return KindOf(id) == Kind::SOCKET ? m_sockets[IndexOf(id)].chain : EntryOf(id).chain;
}

Entry&
ConnectionTable::EntryOf(EntryId id)
{
    if (KindOf(id) == Kind::HALF_OPEN)
    {
        return m_halfOpen[IndexOf(id)];
    }
    return m_timeWait[IndexOf(id)];
}

EntryId
ConnectionTable::Lookup(const Flow& flow)
{
    if (m_buckets.empty())
    {
        return NO_ENTRY;
    }
    const uint32_t hash = Hash(flow);
    EntryId id = m_buckets[hash & (m_buckets.size() - 1)];
    const auto isMeant = [&](EntryId candidate) {
        const bool canBe =
            KindOf(candidate) != Kind::SOCKET || m_sockets[IndexOf(candidate)].hash == hash;
        return canBe && FlowOf(candidate) == flow;
    };
    while (id != NO_ENTRY && !isMeant(id))
    {
        id = ChainOf(id);
    }
    return id;
}

void
ConnectionTable::Insert(EntryId id)
{
    const std::size_t size = m_sockets.Size() + m_halfOpen.Size() + m_timeWait.Size();
    if (size > m_buckets.size() * MAX_LOAD)
    {
        Rehash(std::max(m_buckets.size() * 2, MIN_BUCKETS));
    }
    EntryId& first = m_buckets[HashOf(id) & (m_buckets.size() - 1)];
    ChainOf(id) = first;
    first = id;
}

void
ConnectionTable::Remove(EntryId id)
{
    EntryId* link = &m_buckets[HashOf(id) & (m_buckets.size() - 1)];
    while (*link != id)
    {
        link = &ChainOf(*link);
    }
    *link = ChainOf(id);
}

void
ConnectionTable::Rehash(std::size_t buckets)
{
    const auto old = std::exchange(m_buckets, std::vector<EntryId>(buckets, NO_ENTRY));
    for (EntryId id : old)
    {
        while (id != NO_ENTRY)
        {
            EntryId& first = m_buckets[HashOf(id) & (buckets - 1)];
            const EntryId next = std::exchange(ChainOf(id), first);
            first = std::exchange(id, next);
        }
    }
}

void
ConnectionTable::RestartTimer(HalfOpen& entry, Time timeout)
{
    const EntryId id = Lookup(entry.flow);
    StopTimer(id);
    entry.expiry = Simulator::Now() + timeout;
    StartTimer(id, timeout);
}

void
ConnectionTable::RestartTimer(TimeWait& entry)
{
    const EntryId id = Lookup(entry.flow);
    StopTimer(id);
    entry.expiry = Simulator::Now() + entry.duration;
    StartTimer(id, entry.duration);
}

uint16_t
ConnectionTable::QueueFor(Time duration)
{
    auto queue = std::find_if(m_timers.begin(), m_timers.end(), [&](const TimerQueue& candidate) {
        return candidate.duration == duration;
    });
    if (queue == m_timers.end())
    {
        queue = std::find_if(m_timers.begin(), m_timers.end(), [](const TimerQueue& candidate) {
            return candidate.first == NO_ENTRY;
        });
        queue = queue == m_timers.end() ? m_timers.insert(queue, TimerQueue()) : queue;
        queue->duration = duration;
    }
    // Queues are sorted: a timer may stand in any of them.
    return static_cast<uint16_t>(std::min<std::ptrdiff_t>(queue - m_timers.begin(), UINT16_MAX));
}

void
ConnectionTable::StartTimer(EntryId id, Time duration)
{
    Entry& entry = EntryOf(id);
    entry.queue = QueueFor(duration);
    TimerQueue& queue = m_timers[entry.queue];
    // The last, but for a TIME-WAIT that goes on after a reopening was taken back.
    entry.timerAfter = NO_ENTRY;
    entry.timerBefore = queue.last;
    while (entry.timerBefore != NO_ENTRY && EntryOf(entry.timerBefore).expiry > entry.expiry)
    {
        entry.timerAfter = entry.timerBefore;
        entry.timerBefore = EntryOf(entry.timerBefore).timerBefore;
    }
    (entry.timerBefore == NO_ENTRY ? queue.first : EntryOf(entry.timerBefore).timerAfter) = id;
    (entry.timerAfter == NO_ENTRY ? queue.last : EntryOf(entry.timerAfter).timerBefore) = id;
    Schedule();
}

void
ConnectionTable::StopTimer(EntryId id)
{
    const Entry& entry = EntryOf(id);
    TimerQueue& queue = m_timers[entry.queue];
    (entry.timerBefore == NO_ENTRY ? queue.first : EntryOf(entry.timerBefore).timerAfter) =
        entry.timerAfter;
    (entry.timerAfter == NO_ENTRY ? queue.last : EntryOf(entry.timerAfter).timerBefore) =
        entry.timerBefore;
}

EntryId
ConnectionTable::Earliest()
{
    EntryId earliest = NO_ENTRY;
    for (const TimerQueue& queue : m_timers)
    {
        if (queue.first != NO_ENTRY &&
            (earliest == NO_ENTRY || EntryOf(queue.first).expiry < EntryOf(earliest).expiry))
        {
            earliest = queue.first;
        }
    }
    return earliest;
}

void
ConnectionTable::Schedule()
{
    const EntryId first = Earliest();
    if (first == NO_ENTRY)
    {
        return;
    }
    const Time earliest = EntryOf(first).expiry;
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
    for (EntryId id = Earliest(); id != NO_ENTRY && EntryOf(id).expiry <= Simulator::Now();
         id = Earliest())
    {
        const Flow flow = EntryOf(id).flow;
        m_onTimeout(flow);
    }
    Schedule();
}

} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-records.h"

#include "ns3/tcp-header.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

Records::Records(Host& host)
    : m_host(host)
{
}

Record*
Records::Current()
{
    return m_current;
}

Endpoint
Records::Local(uint16_t port) const
{
    return {m_host.GetPeer().GetNodeAddress(), port};
}

Record*
Records::Find(int64_t descriptor)
{
    const auto found =
        std::find_if(m_all.rbegin(), m_all.rend(), [descriptor](const Record& record) {
            return record.descriptor == descriptor;
        });
    return found == m_all.rend() ? nullptr : &*found;
}

void
Records::Open(int64_t descriptor)
{
    m_all.emplace_back().descriptor = descriptor;
    m_current = &m_all.back();
}

void
Records::Bind(int64_t descriptor)
{
    if (Record* record = Find(descriptor))
    {
        record->local = Local(PORT);
    }
}

void
Records::Listen(int64_t descriptor)
{
    if (Record* record = Find(descriptor))
    {
        record->phase = Phase::LISTENING;
    }
}

Endpoint
Records::Callee()
{
    if (m_current && m_current->phase == Phase::PASSIVE_RECEIVED)
    {
        return m_current->remote;
    }
    return {m_host.GetPeer().GetAddress(), PORT};
}

void
Records::Connect(int64_t descriptor, const Endpoint& remote)
{
    if (Record* record = Find(descriptor))
    {
        record->phase = Phase::CONNECTING;
        record->remote = remote;
        if (m_current && m_current->remote == remote && m_current->descriptor == -1)
        {
            m_current = record; // takes the place of the far end that the script poked from
        }
    }
}

void
Records::Accept(int64_t descriptor, const Endpoint& remote)
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&remote](const Record& record) {
        return record.descriptor == -1 && record.remote == remote;
    });
    if (found != m_all.end())
    {
        found->descriptor = descriptor;
    }
}

void
Records::Close(int64_t descriptor)
{
    if (Record* record = Find(descriptor))
    {
        record->descriptor = -1;
    }
}

Receiver
Records::ChooseReceiver(const TcpSegment& segment, Dialect dialect)
{
    if (!m_current && dialect == Dialect::FREEBSD)
    {
        return {};
    }
    const bool isListening = m_current && m_current->phase == Phase::LISTENING;
    if (isListening)
    {
        m_current->remoteIsn = segment.seq.start.value_or(0);
    }
    if (m_current && m_current->remote.port != 0)
    {
        return {m_current};
    }
    Record child;
    child.phase = Phase::PASSIVE_RECEIVED;
    child.local = Local(PORT);
    child.remote = {m_host.GetPeer().GetAddress(), m_nextPort++};
    child.remoteIsn = segment.seq.start.value_or(0);
    m_all.push_back(child);
    m_current = &m_all.back();
    // A listener knows the far end's number by now, a socket that is only bound does not.
    return {m_current, !isListening};
}

bool
Records::IsRelevant(const TcpFsmRawSegment& segment)
{
    if (!m_current)
    {
        return false;
    }
    const Endpoint source{segment.source, segment.sourcePort};
    const Endpoint destination{segment.destination, segment.destinationPort};
    if (destination != m_current->remote)
    {
        return false;
    }
    constexpr uint8_t KIND = TcpHeader::SYN | TcpHeader::ACK | TcpHeader::RST | TcpHeader::FIN;
    const bool isPureSyn = (segment.flags & KIND) == TcpHeader::SYN;
    if (m_current->phase == Phase::CONNECTING && isPureSyn)
    {
        m_current->local = source;
    }
    return source == m_current->local;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

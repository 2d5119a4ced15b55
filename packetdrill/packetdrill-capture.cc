// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-capture.h"

#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

Capture::Capture(Host& host, Records& records)
    : m_host(host),
      m_records(records),
      m_watcher(host.GetPeer().AddWatcher([this](const TcpFsmRawSegment& segment) {
          m_packets.push_back({segment, m_event});
      }))
{
}

Capture::~Capture()
{
    m_host.GetPeer().RemoveWatcher(m_watcher);
}

void
Capture::SetEvent(std::size_t event)
{
    m_event = event;
}

const Captured*
Capture::Peek()
{
    while (!m_packets.empty() && !m_records.IsRelevant(m_packets.front().segment))
    {
        m_packets.pop_front();
    }
    return m_packets.empty() ? nullptr : &m_packets.front();
}

Captured
Capture::Take()
{
    Captured oldest = std::move(m_packets.front());
    m_packets.pop_front();
    return oldest;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

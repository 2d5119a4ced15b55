// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_CAPTURE_H
#define PACKETDRILL_CAPTURE_H

#include "packetdrill-host.h"
#include "packetdrill-records.h"
#include "tcp-fsm-raw-segment.h"

#include <cstddef>
#include <deque>
#include <optional>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A packet that the host sent.
struct Captured
{
    TcpFsmRawSegment segment; //!< the packet, with the time
    std::size_t event{0};     //!< index of the event of the script that was due last
};

/// The packets that the host sent and no line of the script has consumed yet, oldest first.
class Capture
{
  public:
    /**
     * @param host the host, which outlives this
     * @param records say which packets belong to the socket under test
     */
    Capture(Host& host, Records& records);
    ~Capture();
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;

    /// Tells which event was due last. @param event its index
    void SetEvent(std::size_t event);
    /// @return the oldest packet of the socket under test, nullptr: none; others are forgotten
    const Captured* Peek();
    /// @return the oldest packet of the socket under test, which is consumed; there must be one
    Captured Take();

  private:
    Host& m_host;                   //!< the host
    Records& m_records;             //!< which packets count
    uint32_t m_watcher;             //!< handle of what collects packets
    std::size_t m_event{0};         //!< index of the event that was due last
    std::deque<Captured> m_packets; //!< in their order
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_CAPTURE_H

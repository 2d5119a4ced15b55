// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SYN_OPTIONS_H
#define TCP_FSM_SYN_OPTIONS_H

#include "ns3/tcp-header.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace tcpfsm
{

/// The options of a SYN or SYN-ACK.
struct SynOptions
{
    /// Timestamps of RFC 7323 3.
    struct Timestamps
    {
        uint32_t value; //!< TSval
        uint32_t echo;  //!< TSecr
    };

    uint16_t mss{0};                      //!< maximum segment size; 0: option absent
    std::optional<uint8_t> windowScale;   //!< shift, at most 14 (RFC 7323 2.3)
    bool sackPermitted{false};            //!< RFC 2018 2
    std::optional<Timestamps> timestamps; //!< if offered

    /**
     * @param header an arriving segment's header
     * @return its options
     */
    static SynOptions Read(const TcpHeader& header);

    /// Appends the options to the header of a segment to send.
    void Write(TcpHeader& header) const;
};

/**
 * @param header a segment's header
 * @return its timestamps, if present
 */
std::optional<SynOptions::Timestamps> ReadTimestamps(const TcpHeader& header);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_SYN_OPTIONS_H

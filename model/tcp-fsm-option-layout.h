// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_OPTION_LAYOUT_H
#define TCP_FSM_OPTION_LAYOUT_H

#include "ns3/tcp-header.h"

#include <cstdint>

namespace ns3
{
namespace tcpfsm
{

/// In which order the options of a segment stand, and how they are aligned.
enum class OptionLayout : uint8_t
{
    NS3,     //!< as ns-3 writes them, aligned by nothing
    FREEBSD, //!< mss, wscale, sackOK, TS, sack; NOPs before each, END at the end
    LINUX    //!< mss, sackOK and TS as one, wscale, sack; NOPs before each
};

/**
 * @param header a header with its options in any order
 * @param layout how to arrange them
 * @return the same header with its options arranged
 */
TcpHeader Arrange(const TcpHeader& header, OptionLayout layout);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_OPTION_LAYOUT_H

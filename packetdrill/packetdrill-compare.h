// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_COMPARE_H
#define PACKETDRILL_COMPARE_H

#include "packetdrill-packet.h"
#include "packetdrill-record.h"
#include "tcp-fsm-raw-segment.h"

#include <chrono>
#include <optional>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// How a packet is compared with what the script expects.
struct CompareRules
{
    bool strict{true};                         //!< every field that the host decides
    std::chrono::microseconds timestampTick{}; //!< of TS val; 0: it is not compared
    std::chrono::microseconds tolerance{};     //!< of TS val
};

/// The first field in which a packet is not as expected.
struct FieldDifference
{
    std::string field;    //!< its name
    std::string expected; //!< in script syntax
    std::string actual;   //!< in script syntax
};

/**
 * @brief Learn what a packet tells about the host's end, where the script first expects it.
 * @param expected the line of the script
 * @param actual the packet
 * @param record the connection
 */
void LearnOutbound(const TcpSegment& expected, const TcpFsmRawSegment& actual, Record& record);

/**
 * @brief Learn the time stamps of a packet that is as expected.
 * @param expected the line of the script
 * @param actual the packet
 * @param record the connection
 */
void LearnTimestamps(const TcpSegment& expected, const TcpFsmRawSegment& actual, Record& record);

/**
 * @param actual a packet of the host
 * @param record its connection
 * @return the packet as a script would expect it
 */
PacketLine ToScript(const TcpFsmRawSegment& actual, const Record& record);

/**
 * @param expected the line of the script, of TCP
 * @param actual the packet
 * @param record the connection
 * @param rules how to compare
 * @return the first difference, nothing if there is none
 */
std::optional<FieldDifference> Compare(const PacketLine& expected,
                                       const TcpFsmRawSegment& actual,
                                       const Record& record,
                                       const CompareRules& rules);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_COMPARE_H

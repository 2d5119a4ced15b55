// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SEGMENT_RULE_H
#define TCP_FSM_SEGMENT_RULE_H

#include "tcp-fsm-occurrence.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace tcpfsm
{

/// What a rule of TcpFsmSegmentFilter looks at in a TCP segment.
struct SegmentShape
{
    uint8_t flags;   //!< control bits
    uint32_t length; //!< octets of data
};

/// What is done with a segment.
enum class Treatment : uint8_t
{
    DROP,
    DUPLICATE,
    DELAY
};

/// One rule of TcpFsmSegmentFilter.
struct SegmentRule
{
    Treatment treatment;                          //!< what is done
    std::string segments;                         //!< with which kind
    TcpFsmOccurrence occurrence;                  //!< and which of them
    Time delay{0};                                //!< of DELAY
    std::optional<uint32_t> sender{std::nullopt}; //!< id of the only node that is meant
    uint64_t matched{0};                          //!< segments of that kind, so far
    uint64_t acted{0};                            //!< segments treated so, so far

    /// Reads a rule; what it doesn't understand is a fatal error that says what is possible.
    static SegmentRule Parse(const std::string& text);

    /// Ends the program with a message if no segments are called so, or the delay is negative.
    void Check() const;

    /// @return whether the rule is about such segments of a node
    bool Matches(const SegmentShape& segment, uint32_t node) const;

    /// @return the rule as Parse() reads it
    std::string ToString() const;
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_SEGMENT_RULE_H

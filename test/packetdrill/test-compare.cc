// SPDX-License-Identifier: GPL-2.0-only

// Fields that a strict comparison looks at, and no simulated host can be made to spoil.

#include "packetdrill-compare.h"
#include "packetdrill-parser.h"

#include "ns3/tcp-header.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <variant>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{
namespace test
{
namespace
{

/// @return the field in which a spoilt ACK differs from a script's, empty if it does not.
std::string
DifferenceOf(const std::function<void(TcpFsmRawSegment&)>& spoil, bool strict)
{
    const auto script = ParseScript({"test.pkt", "0 > . 1:1(0) ack 1"}, {});
    TcpFsmRawSegment segment{.flags = TcpHeader::ACK, .seq = 1, .ack = 1};
    spoil(segment);
    const auto difference = Compare(std::get<PacketLine>(script.events.at(0).action),
                                    segment,
                                    Record(),
                                    {.strict = strict});
    return difference ? difference->field : "";
}

TEST(PacketdrillCompare, HeadersArePlain)
{
    EXPECT_EQ(DifferenceOf([](auto&) {}, true), "");
    const auto wrongIpHeader = [](auto& segment) { segment.wrongIpHeader = true; };
    EXPECT_EQ(DifferenceOf(wrongIpHeader, true), "IP header");
    EXPECT_EQ(DifferenceOf(wrongIpHeader, false), "");
    const auto reserved = [](auto& segment) { segment.reserved = 2; };
    EXPECT_EQ(DifferenceOf(reserved, true), "reserved bits");
    EXPECT_EQ(DifferenceOf(reserved, false), "");
}

TEST(PacketdrillCompare, PayloadIsZeros)
{
    const auto script = ParseScript({"test.pkt", "0 > . 1:3(2) ack 1"}, {});
    const auto& line = std::get<PacketLine>(script.events.at(0).action);
    TcpFsmRawSegment segment{.flags = TcpHeader::ACK, .seq = 1, .ack = 1, .data = {0, 0}};
    EXPECT_FALSE(Compare(line, segment, Record(), {}));
    segment.data = {0, 7};
    EXPECT_EQ(Compare(line, segment, Record(), {}).value_or(FieldDifference()).field, "payload");
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

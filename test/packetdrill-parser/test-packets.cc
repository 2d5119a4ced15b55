// SPDX-License-Identifier: GPL-2.0-only

// Packet lines of both dialects, and the checks of their numbers.

#include "packetdrill-icmp.h"
#include "parse.h"

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

const char* const NO_WIN = "an inbound TCP packet must have win";

TEST(Packet, HasASegment)
{
    const auto packet = ParsePacketLine("< SP.U 1:11(10) ack 3 win 4 urg 5");
    EXPECT_EQ(packet.direction, Direction::INBOUND);
    const auto segment = std::get<TcpSegment>(packet.payload);
    EXPECT_EQ(segment.flags, TCP_SYN | TCP_PSH | TCP_ACK | TCP_URG);
    EXPECT_EQ(segment.seq.start, 1U);
    EXPECT_EQ(segment.seq.length, 10U);
    EXPECT_EQ(segment.ack, 3U);
    EXPECT_EQ(segment.window, 4U);
    EXPECT_EQ(segment.urgentPointer, 5U);
    EXPECT_FALSE(segment.options);
    EXPECT_FALSE(segment.udp);
    EXPECT_EQ(ParsePacketLine("> . 1:1(0) ack 1").direction, Direction::OUTBOUND);
}

TEST(Packet, HasFlagsInAnyForm)
{
    EXPECT_EQ(ParseSegment("> FSRPEWAU. 0:0(0)").flags, 0x1ff);
    EXPECT_EQ(ParseSegment("> - 0:0(0)").flags, 0);
    EXPECT_EQ(ParseSegment("> . 0:0(0)").flags, TCP_ACK);
    EXPECT_EQ(ParseSegment("> F . 0:0(0)").flags, TCP_FIN | TCP_ACK);
    EXPECT_EQ(ParseSegment("> .SE 0:0(0)").flags, TCP_ACK | TCP_SYN | TCP_ECE);
    EXPECT_EQ(ParseSegment("> P.5 0:0(0)").ace, 5U);
    EXPECT_EQ(ParseSegment("> P.5 0:0(0)").flags, TCP_PSH | TCP_ACK);
    EXPECT_EQ(ErrorIn("0 > P.8 0:0(0)"), "1:6: expected a sequence number but found '.8'");
    EXPECT_EQ(ErrorIn("0 > X 0:0(0)"),
              "1:5: expected TCP flags (letters of FSRPEWAU, '.' or '-'), icmp or udp but found "
              "'X'");
}

TEST(Packet, HasSequenceNumbersModulo2To32)
{
    const auto range = ParseSegment("> . 4294967295:9(10)!").seq;
    EXPECT_EQ(range.start, 4294967295U);
    EXPECT_EQ(range.length, 10U);
    EXPECT_TRUE(range.absolute);
    EXPECT_EQ(ParseSegment("> . ...(7)").seq, (SequenceRange{.length = 7}));
    EXPECT_EQ(ErrorIn("0 > . 1:5(3)"), "1:9: the end must be start + length, 4");
    EXPECT_EQ(ErrorIn("0 > . 4294967296:0(0)"),
              "1:7: a sequence number must be 0 to 4294967295, not '4294967296'");
    EXPECT_EQ(ErrorIn("0 > . 0:65536(65536)"), "1:15: a length must be 0 to 65535, not '65536'");
    EXPECT_EQ(ErrorIn("0 > . -1:0(1)"), "1:7: a sequence number must be 0 to 4294967295, not '-1'");
}

TEST(Packet, HasNumbersThatFitTheirFields)
{
    EXPECT_EQ(ErrorIn("0 > . 0:0(0) ack 99999999999"),
              "1:18: an acknowledgment number must be 0 to 4294967295, not '99999999999'");
    EXPECT_EQ(ErrorIn("0 > . 0:0(0) win 65536"), "1:18: a window must be 0 to 65535, not '65536'");
    EXPECT_EQ(ErrorIn("0 > . 0:0(0) urg 65536"),
              "1:18: an urgent pointer must be 0 to 65535, not '65536'");
}

TEST(Packet, InboundIsComplete)
{
    EXPECT_EQ(ErrorIn("0 < S 0:0(0)"), std::string("1:5: ") + NO_WIN);
    EXPECT_EQ(ErrorIn("0 < S 0:0(0) win 1 <...>"), "1:20: <...> is for outbound packets only");
    EXPECT_EQ(ErrorIn("0 < S ...(0) win 1"), "1:7: an inbound packet needs a sequence number");
    EXPECT_EQ(ErrorIn("0 < S 0:0(0) win 1 <nop,nop,TS val ... ecr 0>"),
              "1:29: an inbound packet needs the value of a time stamp");
}

TEST(Packet, HasOptionsInTheirOrder)
{
    const auto first = ParseSegment("> S 0:0(0) <mss 1460,nop,wscale 14,sackOK , eol, eol>");
    const auto list = std::get<OptionList>(first.options.value().value);
    ASSERT_EQ(list.size(), 6U);
    EXPECT_EQ(std::get<OptionMss>(list[0].value).value, 1460U);
    EXPECT_TRUE(std::holds_alternative<OptionNop>(list[1].value));
    EXPECT_EQ(std::get<OptionWindowScale>(list[2].value).shift, 14U);
    EXPECT_TRUE(std::holds_alternative<OptionSackPermitted>(list[3].value));
    EXPECT_TRUE(std::holds_alternative<OptionEol>(list[4].value));
    const auto second =
        ParseSegment("> . 0:0(0) <TS val 1 ecr 2,sack 1:2 3:4,TS val ... ecr 0!,eol,eol>");
    const auto others = std::get<OptionList>(second.options.value().value);
    ASSERT_EQ(others.size(), 5U);
    EXPECT_EQ(std::get<OptionTimestamps>(others[0].value), (OptionTimestamps{1, 2, false}));
    EXPECT_EQ(std::get<OptionSack>(others[1].value).blocks,
              (std::vector<SackBlock>{{1, 2}, {3, 4}}));
    EXPECT_EQ(std::get<OptionTimestamps>(others[2].value), (OptionTimestamps{{}, 0, true}));
}

TEST(Packet, HasOptionsInOtherForms)
{
    const auto any = ParseSegment("> S 0:0(0) <...>");
    EXPECT_TRUE(std::holds_alternative<AnyOptions>(any.options.value().value));
    const auto raw = ParseSegment("< S 0:0(0) win 1 <020405b40101080A>");
    EXPECT_EQ(std::get<RawOptions>(raw.options.value().value).octets,
              (std::vector<uint8_t>{2, 4, 5, 0xb4, 1, 1, 8, 10}));
    const auto digits = ParseSegment("< S 0:0(0) win 1 <01010101>");
    EXPECT_EQ(std::get<RawOptions>(digits.options.value().value).octets,
              std::vector<uint8_t>(4, 1));
}

TEST(Packet, HasOptionsInWholeWords)
{
    EXPECT_EQ(ErrorIn("0 > S 0:0(0) <sackOK>"),
              "1:14: these TCP options have 2 octets, no multiple of 4: pad them with nop or eol");
    EXPECT_EQ(ErrorIn("0 > S 0:0(0) <010101>"),
              "1:14: these TCP options have 3 octets, no multiple of 4: pad them with nop or eol");
    EXPECT_EQ(ErrorIn("0 > S 0:0(0) <nop,nop,sack 1:2 3:4 5:6 7:8 9:10>"),
              "1:14: these TCP options have 44 octets, more than 40");
    EXPECT_EQ(ErrorIn("0 > S 0:0(0) <01011>"), "1:15: an odd number of hexadecimal digits");
    EXPECT_EQ(ErrorIn("0 > S 0:0(0) <mss 65536>"), "1:19: an MSS must be 0 to 65535, not '65536'");
    EXPECT_EQ(ErrorIn("0 > S 0:0(0) <mms 1>"),
              "1:15: expected a TCP option (nop, eol, mss, wscale, sackOK, sack, TS, ...) but "
              "found 'mms'");
}

TEST(Packet, HasAnIpHeader)
{
    const auto packet = ParsePacketLine(">(ttl 64, tos 0x2e, ecn ect0) . 0:0(0)");
    EXPECT_EQ(packet.ipInfo.value().ttl, 64U);
    EXPECT_EQ(packet.ipInfo.value().tos, 0x2eU);
    EXPECT_EQ(packet.ipInfo.value().ecn, Ecn::ECT0);
    const auto other = ParsePacketLine(">[hlim 255,class 0xe0,noecn,flowlabel 0xfffff] . 0:0(0)");
    EXPECT_EQ(other.ipInfo.value().hopLimit, 255U);
    EXPECT_EQ(other.ipInfo.value().trafficClass, 0xe0U);
    EXPECT_EQ(other.ipInfo.value().ecn, Ecn::NOECN);
    EXPECT_EQ(other.ipInfo.value().flowLabel, 0xfffffU);
    EXPECT_EQ(ParsePacketLine("> [ect1] . 0:0(0)").ipInfo.value().ecn, Ecn::ECT1);
    EXPECT_EQ(ParsePacketLine("> [ect01] . 0:0(0)").ipInfo.value().ecn, Ecn::ECT01);
    EXPECT_EQ(ParsePacketLine("> [ce] . 0:0(0)").ipInfo.value().ecn, Ecn::CE);
    EXPECT_EQ(ErrorIn("0 > (ttl 256) . 0:0(0)"), "1:10: a TTL must be 0 to 255, not '256'");
    EXPECT_EQ(ErrorIn("0 > (ttl 1] . 0:0(0)"), "1:11: expected ')' but found ']'");
    EXPECT_EQ(ErrorIn("0 > (ttl 1,ttl 2) . 0:0(0)"), "1:12: this field is there twice");
}

TEST(Packet, HasWhatIsAroundIt)
{
    const auto packet =
        ParsePacketLine("> ipv6 fd3d::1 > 2001:DB8::1: gre : 80 > 90 P. 0:1(1)/udp(9 > 7)");
    ASSERT_EQ(packet.encapsulations.size(), 2U);
    EXPECT_EQ(packet.encapsulations[0].name, "ipv6");
    EXPECT_EQ(packet.encapsulations[0].text, "ipv6 fd3d::1 > 2001:DB8::1");
    EXPECT_EQ(packet.encapsulations[1].name, "gre");
    EXPECT_EQ(packet.ports.value().source, 80U);
    EXPECT_EQ(packet.ports.value().destination, 90U);
    const auto segment = std::get<TcpSegment>(packet.payload);
    EXPECT_EQ(segment.udp.value().source, 9U);
    EXPECT_EQ(segment.udp.value().destination, 7U);
    EXPECT_EQ(std::get<UdpDatagram>(ParsePacketLine("< udp (12)").payload).length, 12U);
}

TEST(Packet, HasAnIcmpMessage)
{
    const auto packet = ParsePacketLine("<icmp unreachable frag_needed mtu 1400 id 7 [5:8(3)]");
    const auto message = std::get<IcmpMessage>(packet.payload);
    EXPECT_EQ(message.type, "unreachable");
    EXPECT_EQ(message.code, "frag_needed");
    EXPECT_EQ(message.mtu, 1400U);
    EXPECT_EQ(message.id, 7U);
    const auto echoed = std::get<SequenceRange>(message.echoed.value().content);
    EXPECT_EQ(echoed.start, 5U);
    EXPECT_EQ(echoed.length, 3U);
    const auto bare = std::get<IcmpMessage>(ParsePacketLine("< icmp redirect").payload);
    EXPECT_EQ(bare.code, "");
    EXPECT_FALSE(bare.echoed);
}

IcmpNumbers
NumbersOf(const std::string& text, bool ipv6)
{
    return FindIcmpNumbers(std::get<IcmpMessage>(ParsePacketLine("< icmp " + text).payload), ipv6);
}

// RFC 792, RFC 1812 section 5.2.7.1, RFC 4443.
TEST(Icmp, HasTheNumbersOfTheRfcs)
{
    EXPECT_EQ(NumbersOf("unreachable port_unreachable", false), (IcmpNumbers{3, 3}));
    EXPECT_EQ(NumbersOf("unreachable precedence_cutoff", false), (IcmpNumbers{3, 15}));
    EXPECT_EQ(NumbersOf("time_exceeded frag_reass_exceeded", false), (IcmpNumbers{11, 1}));
    EXPECT_EQ(NumbersOf("source_quench", false), (IcmpNumbers{4, 0}));
    EXPECT_EQ(NumbersOf("parameter_problem code_2", false), (IcmpNumbers{12, 2}));
    EXPECT_EQ(NumbersOf("type_255 code_255", false), (IcmpNumbers{255, 255}));
    EXPECT_EQ(NumbersOf("unreachable port_unreachable", true), (IcmpNumbers{1, 4}));
    EXPECT_EQ(NumbersOf("packet_too_big mtu 1280", true), (IcmpNumbers{2, 0}));
    EXPECT_EQ(NumbersOf("parameter_problem unknown_next_header", true), (IcmpNumbers{4, 1}));
    EXPECT_EQ(NumbersOf("router_advertisement", true), (IcmpNumbers{134, 0}));
}

TEST(Icmp, RefusesNamesOfTheOtherVersion)
{
    EXPECT_THROW(NumbersOf("packet_too_big mtu 1280", false), ScriptError);
    EXPECT_THROW(NumbersOf("source_quench", true), ScriptError);
    EXPECT_THROW(NumbersOf("unreachable no_route", false), ScriptError);
    EXPECT_THROW(NumbersOf("type_256", false), ScriptError);
    EXPECT_THROW(NumbersOf("redirect code_", false), ScriptError);
    const auto script = Parse("0 < icmp redirect\n+0 < icmp unreachable no_route");
    EXPECT_NO_THROW(CheckIcmp(Parse("0 < icmp redirect"), false));
    try
    {
        CheckIcmp(script, false);
        FAIL() << "ICMP has no code no_route";
    }
    catch (const ScriptError& error)
    {
        EXPECT_EQ(error.GetPlace().line, 2U);
        EXPECT_EQ(error.GetPlace().column, 23U);
    }
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Whole scripts: their parts, times, checks between events, and messages.

#include "packetdrill-settings.h"
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

using std::chrono::microseconds;

TEST(Script, HasOptionsCommandsAndEvents)
{
    const auto script = Parse("--mtu=1500 --verbose\n--non_fatal = packet,syscall `init`\n"
                              "0 `a` +0 %{ b }% 1 close(3) = 0 * > . 1:1(0) ack 1\n`end`");
    ASSERT_EQ(script.options.size(), 3U);
    EXPECT_EQ(script.options[0].name, "mtu");
    EXPECT_EQ(script.options[0].value.value().text, "1500");
    EXPECT_FALSE(script.options[1].value);
    EXPECT_EQ(script.options[2].value.value().text, "packet,syscall");
    EXPECT_EQ(script.init.value().text, "init");
    ASSERT_EQ(script.events.size(), 4U);
    EXPECT_EQ(std::get<Command>(script.events[0].action).text, "a");
    EXPECT_EQ(std::get<Code>(script.events[1].action).text, "b");
    EXPECT_TRUE(std::holds_alternative<SystemCall>(script.events[2].action));
    EXPECT_TRUE(std::holds_alternative<PacketLine>(script.events[3].action));
    EXPECT_EQ(script.cleanup.value().text, "end");
}

TEST(Script, MayBeEmpty)
{
    EXPECT_TRUE(Parse("").events.empty());
    EXPECT_TRUE(Parse("// nothing").events.empty());
    EXPECT_EQ(Parse("`only`").init.value().text, "only");
}

TEST(Script, HasValuesOfOptions)
{
    const auto value = [](const std::string& text) {
        return Parse("--x=" + text).options.at(0).value.value();
    };
    EXPECT_EQ(value("12.5").text, "12.5");
    EXPECT_EQ(value("-1").text, "-1");
    EXPECT_EQ(value("192.0.2.1").text, "192.0.2.1");
    EXPECT_EQ(value("2001:DB8::1").text, "2001:DB8::1");
    EXPECT_EQ(value("ipv4-mapped-ipv6").text, "ipv4-mapped-ipv6");
    EXPECT_EQ(value("./a/b.sh").text, "./a/b.sh");
    EXPECT_EQ(value("\"a b\"").kind, OptionValue::Kind::STRING);
    EXPECT_EQ(value("\"a b\"").text, "a b");
    const auto script = Parse("--define=A=0x10 --define=B=`ls`\n0 close(A) = 0 +0 B");
    EXPECT_EQ(script.options.at(0).defined, "A");
    EXPECT_EQ(script.options.at(1).value.value().kind, OptionValue::Kind::COMMAND);
    EXPECT_EQ(std::get<Command>(script.events.at(1).action).text, "ls");
    EXPECT_EQ(script.defines, (Defines{{"A", "0x10"}, {"B", "`ls`"}}));
    EXPECT_EQ(ErrorIn("--x=\n--y"), "2:1: expected the value of the option but found '--y'");
}

When
WhenOf(const std::string& time)
{
    return Parse("0 close(3) = 0\n" + time + " > . 1:1(0) ack 1").events.at(1).when;
}

TEST(Time, IsInMicroseconds)
{
    EXPECT_EQ(WhenOf("1").begin, microseconds(1000000));
    EXPECT_EQ(WhenOf(".1").begin, microseconds(100000));
    EXPECT_EQ(WhenOf("0.000001").begin, microseconds(1));
    EXPECT_EQ(WhenOf("0.0000005").begin, microseconds(1));
    EXPECT_EQ(WhenOf("0.0000004999").begin, microseconds(0));
    EXPECT_EQ(WhenOf("+ 1000000000.5").begin, microseconds(1000000000500000));
    EXPECT_EQ(ErrorIn("1000000001 close(3) = 0"), "1:1: this time is beyond 1000000000 seconds");
    EXPECT_EQ(ErrorIn("99999999999999999999999.1 close(3) = 0"),
              "1:1: this time is beyond 1000000000 seconds");
    EXPECT_EQ(ErrorIn("-1 close(3) = 0"), "1:1: a time cannot be negative");
    EXPECT_EQ(ErrorIn("-.5 close(3) = 0"), "1:1: a time cannot be negative");
}

TEST(Time, IsOfOneOfFiveKinds)
{
    EXPECT_EQ(WhenOf("1").kind, When::Kind::ABSOLUTE);
    EXPECT_FALSE(WhenOf("1").end);
    EXPECT_EQ(WhenOf("+1").kind, When::Kind::RELATIVE);
    EXPECT_EQ(WhenOf("*").kind, When::Kind::ANY);
    EXPECT_EQ(WhenOf("1~2.5").kind, When::Kind::ABSOLUTE);
    EXPECT_EQ(WhenOf("1~2.5").end, microseconds(2500000));
    EXPECT_EQ(WhenOf("+1 ~ +2").kind, When::Kind::RELATIVE);
    EXPECT_EQ(WhenOf("+1~+2").begin, microseconds(1000000));
    EXPECT_EQ(WhenOf("+1~+2").end, microseconds(2000000));
    EXPECT_EQ(ErrorIn("0 > . 1:1(0) +2~+1 > . 1:1(0)"),
              "1:18: the end of this range is before its begin");
    EXPECT_EQ(ErrorIn("0 > . 1:1(0) +1~2 > . 1:1(0)"), "1:17: expected '+' but found '2'");
}

TEST(Time, IsExactButForOutboundPackets)
{
    const std::string message = "only an outbound packet may have a range of times or *";
    EXPECT_EQ(ErrorIn("0 `a`\n* close(3) = 0"), "2:1: " + message);
    EXPECT_EQ(ErrorIn("0 `a`\n+0~+1 `b`"), "2:1: " + message);
    EXPECT_EQ(ErrorIn("0 `a`\n1~2 %{ b }%"), "2:1: " + message);
    EXPECT_EQ(ErrorIn("0 `a`\n* < . 1:1(0) win 1"), "2:1: " + message);
    EXPECT_EQ(ErrorIn("0 `a`\n1~2 < icmp redirect"), "2:1: " + message);
}

TEST(Time, StartsAtZeroAndGoesOn)
{
    EXPECT_EQ(ErrorIn("0.1 `a`"), "1:1: the first event must be at time 0");
    EXPECT_EQ(ErrorIn("+1 `a`"), "1:1: the first event must be at time 0");
    EXPECT_EQ(ErrorIn("* > . 1:1(0)"), "1:1: the first event must be at time 0");
    EXPECT_EQ(ErrorIn("+0 `a`"), "no error");
    EXPECT_EQ(ErrorIn("0 `a` 2 `b`\n1.9 `c`"),
              "2:1: this time is before that of the previous event");
    EXPECT_EQ(ErrorIn("0 `a` 2 `b` +1 `c` 1 `d` 1 `e`"), "no error");
}

TEST(Script, IsRefusedAtThePlaceThatIsWrong)
{
    EXPECT_EQ(ErrorIn("0 `a` `b` +0 `c`"),
              "1:11: expected the end of the script after a command without a time but found '+'");
    EXPECT_EQ(ErrorIn("0 `a` --mtu=1500"), "1:7: expected a time in seconds but found '--mtu'");
    EXPECT_EQ(ErrorIn("hello"), "1:1: expected a time in seconds but found 'hello'");
    EXPECT_EQ(ErrorIn("0"),
              "1:2: expected a packet, a system call, a command or code but found the end of the "
              "script");
    EXPECT_EQ(ErrorIn("0 \x01 x"),
              "1:3: expected a packet, a system call, a command or code but found '?'");
    EXPECT_EQ(ErrorIn("0 `a`\r\n+0 ;"),
              "2:4: expected a packet, a system call, a command or code but found ';'");
}

std::string
Explain(const std::string& text)
{
    const Source source{"dir/x.pkt", text};
    try
    {
        ParseScript(source);
    }
    catch (const ScriptError& error)
    {
        return source.Explain(error);
    }
    return "";
}

TEST(Message, PointsAtTheColumn)
{
    EXPECT_EQ(Explain("0 `a`\n+0 > S 1:2(3)\n"),
              "dir/x.pkt:2:10: error: the end must be start + length, 4\n"
              "+0 > S 1:2(3)\n"
              "         ^");
    EXPECT_EQ(Explain("0\t;\r\n"),
              "dir/x.pkt:1:3: error: expected a packet, a system call, a command or code but found "
              "';'\n0\t;\n \t^");
    // One column for a character of two octets; none is shown of a NUL.
    EXPECT_EQ(Explain(std::string("0 \"\xc3\xa4\0\" x", 9)),
              "dir/x.pkt:1:3: error: expected a packet, a system call, a command or code but found "
              "'\"\\303\\244\\000\"'\n0 \"\xc3\xa4?\" x\n  ^");
    EXPECT_EQ(Explain("0 /*\xc3\xa4*/ ;").substr(0, 22), "dir/x.pkt:1:10: error:");
    EXPECT_TRUE(Explain("0 /*\xc3\xa4*/ ;").ends_with("\n        ^"));
    EXPECT_TRUE(Explain("0 close(3) =").ends_with("\n0 close(3) =\n            ^"));
}

TEST(Place, HasTheTextOfANode)
{
    const auto script = Parse("0 `a`\n+0.5 > (ttl 3) S 0:0(0) <mss 1,nop,nop , eol,eol>\n");
    const auto& event = script.events.at(1);
    const auto& source = script.source;
    const auto& packet = std::get<PacketLine>(event.action);
    const auto& segment = std::get<TcpSegment>(packet.payload);
    EXPECT_EQ(source.TextOf(event.when.place), "+0.5");
    EXPECT_EQ(source.TextOf(event.place), "+0.5 > (ttl 3) S 0:0(0) <mss 1,nop,nop , eol,eol>");
    EXPECT_EQ(source.TextOf(packet.ipInfo->place), "(ttl 3)");
    EXPECT_EQ(source.TextOf(segment.seq.place), "0:0(0)");
    const auto& options = segment.options.value();
    EXPECT_EQ(source.TextOf(options.place), "<mss 1,nop,nop , eol,eol>");
    EXPECT_EQ(source.TextOf(std::get<OptionList>(options.value).at(0).place), "mss 1");
    EXPECT_EQ(event.place.line, 2U);
    EXPECT_EQ(packet.place.column, 6U);
}

TEST(Settings, AreTheDefaultsOrTheScripts)
{
    const auto defaults = ReadSettings(Parse(""));
    EXPECT_EQ(defaults.ipVersion, IpVersion::IPV4);
    EXPECT_EQ(defaults.tolerance, microseconds(4000));
    EXPECT_FALSE(defaults.tolerancePercent);
    EXPECT_EQ(defaults.Mss(), 1460U);
    EXPECT_EQ(defaults.timestampTick, microseconds(0));
    const auto script = Parse("--ip_version=ipv6 --tolerance_usecs=7 --tolerance_percent=12.5 "
                              "--mtu=1520 --non_fatal=packet,syscall --tcp_ts_tick_usecs=1000");
    const auto settings = ReadSettings(script);
    EXPECT_TRUE(settings.HasIpv6Packets());
    EXPECT_EQ(settings.tolerance, microseconds(7));
    EXPECT_EQ(settings.tolerancePercent, 12.5);
    EXPECT_EQ(settings.Mss(), 1460U);
    EXPECT_TRUE(settings.packetsNonFatal && settings.callsNonFatal);
    EXPECT_EQ(settings.timestampTick, microseconds(1000));
    const auto other = ReadSettings(script, {{"ip_version", "ipv4-mapped-ipv6"}, {"mtu", "72"}});
    EXPECT_FALSE(other.HasIpv6Packets());
    EXPECT_EQ(other.Mss(), 32U);
}

TEST(Settings, RefuseWrongValues)
{
    for (const std::string option : {"--ip_version=ipv5",
                                     "--ip_version",
                                     "--mtu=71",
                                     "--mtu=65536",
                                     "--mtu=1a",
                                     "--tolerance_usecs=-1",
                                     "--tolerance_percent=x",
                                     "--tolerance_percent=nan",
                                     "--non_fatal=packets",
                                     "--tcp_ts_tick_usecs=99999999999"})
    {
        const auto script = Parse("--verbose\n" + option);
        try
        {
            ReadSettings(script);
            ADD_FAILURE() << option;
        }
        catch (const ScriptError& error)
        {
            EXPECT_EQ(error.GetPlace().line, 2U) << option;
        }
    }
    EXPECT_THROW(ReadSettings(Parse(""), {{"mtu", "1"}}), std::invalid_argument);
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

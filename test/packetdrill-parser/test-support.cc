// SPDX-License-Identifier: GPL-2.0-only

// What is answered as unsupported, and which dialect a script is in.

#include "packetdrill-code.h"
#include "packetdrill-dialect.h"
#include "packetdrill-evaluate.h"
#include "packetdrill-shell.h"
#include "packetdrill-support.h"
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

/// @return the first construct that is unsupported, empty if there is none
std::string
UnsupportedIn(const std::string& text)
{
    const auto found = FindUnsupported(Parse(text));
    return found.empty() ? "" : found.front().construct;
}

std::string
UnsupportedCommand(const std::string& text)
{
    return UnsupportedIn("0 `" + text + "`");
}

std::string
UnsupportedBlock(const std::string& text)
{
    return UnsupportedIn("0 %{ " + text + " }%");
}

TEST(Support, CoversTheCore)
{
    for (const std::string text : {
             "--ip_version=ipv6 --mtu=1500 --define=A=1 --wire_client --mss=1000 0 `true`",
             "0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, 0) = 3",
             "0 setsockopt(3, IPPROTO_TCP, TCP_KEEPIDLE, [1], 4) = 0",
             "0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0",
             "0 setsockopt(4, IPPROTO_IP, IP_TOS, [IPTOS_DSCP_CS1], 4) = 0",
             "0 getsockopt(4, SOL_SOCKET, SO_ERROR, [ECONNRESET], [4]) = 0",
             "0 poll([{fd=4, events=POLLIN|POLLOUT, revents=POLLOUT}], 1, 5) = 1",
             "0 sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 9}], msg_flags=0}, 0) = 9",
             "0 read(4, NULL, 10) = -1 EFAULT (Bad address)",
             "0 > (ttl 64, tos 0x2) S. ...(0) ack 1 <TS val ... ecr 1!,nop,nop>",
             "0 < icmp unreachable port_unreachable [1:1(0)]",
         })
    {
        EXPECT_EQ(UnsupportedIn(text), "") << text;
    }
}

TEST(Support, NamesWhatIsBeyondTheCore)
{
    EXPECT_EQ(UnsupportedIn("--udp_encapsulation=tcp"), "option --udp_encapsulation");
    EXPECT_EQ(UnsupportedIn("--local_ip=192.168.0.1"), "option --local_ip");
    EXPECT_EQ(UnsupportedIn("0 epoll_create(1) = 3"), "system call epoll_create");
    EXPECT_EQ(UnsupportedIn("0 setsockopt(3, SOL_TCP, TCP_CORK, [1], 4) = 0"),
              "socket option TCP_CORK");
    EXPECT_EQ(UnsupportedIn("0 setsockopt(3, SOL_TCP, 13, [1], 4) = 0"),
              "socket option by its number");
    EXPECT_EQ(UnsupportedIn("0 send(3, ..., 1, MSG_OOB|MSG_ZEROCOPY) = 1"), "symbol MSG_ZEROCOPY");
    EXPECT_EQ(UnsupportedIn("0 close(3) = -1 ENOODLE"), "symbol ENOODLE");
    EXPECT_EQ(UnsupportedIn("0 bind(3, {sa_family=AF_INET, sin_port=htons(1)}, ...) = 0"),
              "struct with sa_family");
    EXPECT_EQ(UnsupportedIn("0 bind(3, ..., sizeof(x)) = 0"), "function sizeof");
    EXPECT_EQ(UnsupportedIn("0 > S 0:0(0) <mss 1,FO 12>"), "TCP option FO");
    EXPECT_EQ(UnsupportedIn("0 > S 0:0(0) <nop,nop,md5 valid>"), "TCP option md5");
    EXPECT_EQ(UnsupportedIn("0 > S 0:0(0) <gen-254 00>"), "TCP option gen-254");
    EXPECT_EQ(UnsupportedIn("0 > S 0:0(0) <mp_capable a b>"), "TCP option mp_capable");
    EXPECT_EQ(UnsupportedIn("0 > .5 0:0(0)"), "ACE counter");
    EXPECT_EQ(UnsupportedIn("0 > . 0:0(0)/udp(1 > 2)"), "UDP encapsulation");
    EXPECT_EQ(UnsupportedIn("0 > udp(1)"), "UDP");
    EXPECT_EQ(UnsupportedIn("0 > 1 > 2 . 0:0(0)"), "ports of a packet");
    EXPECT_EQ(UnsupportedIn("0 > gre: . 0:0(0)"), "header gre");
    EXPECT_EQ(UnsupportedIn("0 > (flowlabel 0x1) . 0:0(0)"), "flowlabel");
    EXPECT_EQ(UnsupportedIn("0 > (dscp cs1) . 0:0(0)"), "dscp");
    EXPECT_EQ(UnsupportedIn("0 > icmp redirect"), "outbound ICMP");
    EXPECT_EQ(UnsupportedIn("0 < icmp redirect [udp(1)]"), "UDP");
}

TEST(Support, FindsAllInTheirOrder)
{
    const auto found =
        FindUnsupported(Parse("--strict_segments\n`tc a`\n0 > udp(1)\n+0 %{ import os }%\n`tc b`"));
    ASSERT_EQ(found.size(), 5U);
    for (std::size_t i = 0; i < found.size(); ++i)
    {
        EXPECT_EQ(found[i].place.line, i + 1);
    }
}

TEST(Support, IgnoresWhatIsSwitchedOff)
{
    EXPECT_EQ(UnsupportedIn("0 `true`\n#ifdef Linux\n0 > udp(1) ` %{\n#endif\n"), "");
}

TEST(Shell, TakesCommandsApart)
{
    const auto script = ParseShell("a 'b c' \"d\"e >/dev/null 2>&1 && f|g -x || true # h\n\n;i");
    EXPECT_EQ(script.unsupported, "");
    ASSERT_EQ(script.pipelines.size(), 3U);
    EXPECT_EQ(script.pipelines[0].commands, (std::vector<ShellCommand>{{"a", "b c", "de"}}));
    EXPECT_FALSE(script.pipelines[0].ignoreStatus);
    EXPECT_EQ(script.pipelines[1].commands, (std::vector<ShellCommand>{{"f"}, {"g", "-x"}}));
    EXPECT_TRUE(script.pipelines[1].afterSuccess);
    EXPECT_TRUE(script.pipelines[1].ignoreStatus);
    EXPECT_EQ(script.pipelines[2].commands, (std::vector<ShellCommand>{{"i"}}));
    EXPECT_FALSE(script.pipelines[2].afterSuccess);
    EXPECT_EQ(ParseShell("a&&b").pipelines.size(), 2U);
    EXPECT_EQ(ParseShell("a \\\n b").pipelines.at(0).commands,
              (std::vector<ShellCommand>{{"a", "b"}}));
    EXPECT_EQ(ParseShell("a b=$((2 * (3 + 4)))c").pipelines.at(0).commands,
              (std::vector<ShellCommand>{{"a", "b=14c"}}));
    EXPECT_TRUE(ParseShell(" # nothing\n").pipelines.empty());
}

TEST(Shell, RefusesOtherSyntax)
{
    for (const std::string text : {"a > b",
                                   "a < b",
                                   "a &",
                                   "(a)",
                                   "a $b",
                                   "a \"$b\"",
                                   "a 'b",
                                   "a *",
                                   "| a",
                                   "a |",
                                   "a &&",
                                   "a || b",
                                   "a | | b",
                                   "&& a",
                                   "a || true | b",
                                   "a $((1",
                                   "a $((b))",
                                   "a $((1, 2))"})
    {
        EXPECT_NE(ParseShell(text).unsupported, "") << text;
    }
}

TEST(Shell, KnowsTheCommandsOfScripts)
{
    for (const std::string text : {
             "sysctl -w net.inet.tcp.rfc1323=1",
             "sysctl -q net.ipv4.tcp_rmem=\"4096 1 2\" net.ipv4.tcp_sack=0",
             "sysctl -w tcpfsm.TimeWaitSyn=Challenge",
             "sockstat -4 -P tcp -p 8080 -s | grep packetdril | grep -c TIME_WAIT | grep 1",
             "sockstat -6 -s -P tcp | grep -v x | awk '{print $7}'",
             "tcpdrop -s TIME_WAIT",
             "../common/defaults.sh\n./set_sysctls.py /proc/sys/net/ipv4/tcp_sack=0",
             "/tmp/sysctl_restore_17.sh >/dev/null 2>&1",
             "sleep 0.5; true && echo done",
         })
    {
        EXPECT_EQ(UnsupportedCommand(text), "") << text;
    }
}

TEST(Shell, NamesTheCommandsItDoesNotKnow)
{
    EXPECT_EQ(UnsupportedCommand("true; /sbin/tc qdisc add"), "command tc");
    EXPECT_EQ(UnsupportedCommand("setkey -F"), "command setkey");
    EXPECT_EQ(UnsupportedCommand("sysctl net.ipv4.tcp_ecn=3"), "sysctl net.ipv4.tcp_ecn=3");
    EXPECT_EQ(UnsupportedCommand("set_sysctls.py /proc/sys/net/ipv4/tcp_rto_max_ms=1"),
              "sysctl net/ipv4/tcp_rto_max_ms=1");
    EXPECT_EQ(UnsupportedCommand("sysctl -w net.inet.tcp.udp_tunneling_port=9"),
              "sysctl net.inet.tcp.udp_tunneling_port=9");
    EXPECT_EQ(UnsupportedCommand("sysctl net.ipv4.tcp_ecn"), "sysctl net.ipv4.tcp_ecn");
    EXPECT_EQ(UnsupportedCommand("sockstat -l"), "sockstat -l");
    EXPECT_EQ(UnsupportedCommand("sockstat -p x"), "sockstat x");
    EXPECT_EQ(UnsupportedCommand("sockstat | wc -l"), "command wc");
    EXPECT_EQ(UnsupportedCommand("sockstat | grep -E x"), "grep -E");
    EXPECT_EQ(UnsupportedCommand("sockstat | awk '{print}'"), "awk program");
    EXPECT_EQ(UnsupportedCommand("echo a | grep a"), "pipe from echo");
    EXPECT_EQ(UnsupportedCommand("tcpdrop -a"), "tcpdrop");
    EXPECT_EQ(UnsupportedCommand("sleep 1m"), "sleep with options");
}

TEST(Code, HasStatements)
{
    const auto statements = ParseCode("assert a == 1, 'no'; b = -2 # c\nprint(b, \"x\")\n;");
    ASSERT_EQ(statements.size(), 3U);
    EXPECT_EQ(statements[0].kind, CodeStatement::Kind::ASSERT);
    ASSERT_EQ(statements[0].expressions.size(), 2U);
    EXPECT_EQ(statements[0].expressions[1].text, "no");
    EXPECT_EQ(statements[0].text, "assert a == 1 , 'no'");
    EXPECT_EQ(statements[1].kind, CodeStatement::Kind::ASSIGN);
    EXPECT_EQ(statements[1].name, "b");
    EXPECT_EQ(statements[2].kind, CodeStatement::Kind::PRINT);
    EXPECT_EQ(ParseCode("assert (a\n == 1)\n  assert b \\\n == 2").size(), 2U);
    EXPECT_TRUE(ParseCode("").empty());
}

/// @return the expression in prefix notation
std::string
Prefix(const CodeExpression& expression)
{
    static const char* const NAMES[] = {"",  "",  "",   "",  "not", "neg", "~", "and", "or", "+",
                                        "-", "*", "//", "%", "&",   "|",   "^", "<<",  ">>", "?"};
    if (expression.op == CodeOperator::INTEGER)
    {
        return std::to_string(expression.number);
    }
    std::string text = NAMES[static_cast<int>(expression.op)] + expression.text;
    for (const auto comparison : expression.comparisons)
    {
        text += std::to_string(static_cast<int>(comparison));
    }
    for (const auto& operand : expression.operands)
    {
        text += " " + Prefix(operand);
    }
    return expression.operands.empty() ? text : "(" + text + ")";
}

TEST(Code, HasThePrecedencesOfPython)
{
    const auto prefix = [](const std::string& text) {
        return Prefix(ParseCode("assert " + text).at(0).expressions.at(0));
    };
    EXPECT_EQ(prefix("1 + 2 * 3 - 4"), "(- (+ 1 (* 2 3)) 4)");
    EXPECT_EQ(prefix("a | b ^ c & d << 1 + 2"), "(| a (^ b (& c (<< d (+ 1 2)))))");
    EXPECT_EQ(prefix("not a == b and c or d"), "(or (and (not (?0 a b)) c) d)");
    EXPECT_EQ(prefix("a == 1 | 2"), "(?0 a (| 1 2))");
    EXPECT_EQ(prefix("1 < a <= 0x10"), "(?23 1 a 16)");
    EXPECT_EQ(prefix("-a * ~b // 2 % 3"), "(% (// (* (neg a) (~ b)) 2) 3)");
    EXPECT_EQ(prefix("max(1, min(a, 2)) >> (b)"), "(>> (max 1 (min a 2)) b)");
    EXPECT_EQ(prefix("not not a"), "(not (not a))");
}

int64_t
ValueOf(const std::string& text)
{
    static const std::map<std::string, int64_t> NAMES{{"one", 1}, {"big", INT64_MAX}};
    return Evaluate(ParseCode("assert " + text).at(0).expressions.at(0), NAMES);
}

TEST(Code, HasTheValuesOfPython)
{
    EXPECT_EQ(ValueOf("1 + 2 * 3 - one"), 6);
    EXPECT_EQ(ValueOf("-7 // 2"), -4);
    EXPECT_EQ(ValueOf("-7 % 2"), 1);
    EXPECT_EQ(ValueOf("7 % -2"), -1);
    EXPECT_EQ(ValueOf("-8 // -1"), 8);
    EXPECT_EQ(ValueOf("(12 & 10) | (12 ^ 10) << 4"), 8 | 6 << 4);
    EXPECT_EQ(ValueOf("~5 >> 1"), -3);
    EXPECT_EQ(ValueOf("1 < 2 <= 2 != 3 > 2 >= 2 == 2"), 1);
    EXPECT_EQ(ValueOf("1 < 3 < 2"), 0);
    EXPECT_EQ(ValueOf("0 or 5 and 7"), 7);
    EXPECT_EQ(ValueOf("3 or missing"), 3);
    EXPECT_EQ(ValueOf("0 and missing"), 0);
    EXPECT_EQ(ValueOf("not 5"), 0);
    EXPECT_EQ(ValueOf("max(1, abs(-4), min(9, 8))"), 8);
}

TEST(Code, RefusesWhatHasNoValue)
{
    for (const std::string text : {"missing",
                                   "1 // 0",
                                   "1 % 0",
                                   "big + 1",
                                   "-big - 2",
                                   "big * 2",
                                   "-(-big - 1)",
                                   "abs(-big - 1)",
                                   "(-big - 1) // -1",
                                   "1 << 64",
                                   "1 << -1",
                                   "big << 1",
                                   "'a' == 1"})
    {
        EXPECT_THROW(ValueOf(text), EvaluationError) << text;
    }
}

TEST(Code, NamesWhatItDoesNotKnow)
{
    EXPECT_EQ(UnsupportedBlock("assert tcpi_state == TCPI_ESTABLISHED"), "");
    EXPECT_EQ(UnsupportedBlock("import os"), "code statement import");
    EXPECT_EQ(UnsupportedBlock("assert a / 2"), "code /");
    EXPECT_EQ(UnsupportedBlock("assert a ** 2"), "code **");
    EXPECT_EQ(UnsupportedBlock("assert len(a) == 1"), "code function len");
    EXPECT_EQ(UnsupportedBlock("assert abs(1, 2)"), "code function abs of 2");
    EXPECT_EQ(UnsupportedBlock("assert a in b"), "code in");
    EXPECT_EQ(UnsupportedBlock("assert 1.5 < a"), "code .");
    EXPECT_EQ(UnsupportedBlock("assert 12ab"), "code number 12ab");
    EXPECT_EQ(UnsupportedBlock("assert 99999999999999999999"), "code number 99999999999999999999");
    EXPECT_EQ(UnsupportedBlock("assert a[0]"), "code [");
    EXPECT_EQ(UnsupportedBlock("assert 'a"), "code string");
    EXPECT_EQ(UnsupportedBlock("assert"), "code without end");
    EXPECT_EQ(UnsupportedBlock("if a"), "code if");
    EXPECT_EQ(UnsupportedBlock("a += 1"), "code statement a");
}

TEST(Code, IsNotNestedWithoutEnd)
{
    for (const std::string mark : {"(", "-", "~", "abs("})
    {
        std::string text = "assert ";
        for (int i = 0; i < 1000; ++i)
        {
            text += mark;
        }
        EXPECT_THROW(ParseCode(text), UnsupportedCode) << mark;
    }
    std::string sum = "assert 1";
    for (int i = 0; i < 100000; ++i)
    {
        sum += "+1";
    }
    EXPECT_THROW(ParseCode(sum), UnsupportedCode);
}

Dialect
DialectOf(const std::string& text, const std::string& path = "x.pkt")
{
    return DetectDialect(ParseScript({path, text}), 1460, Dialect::FREEBSD);
}

TEST(Dialect, FollowsFromWhatIsUsed)
{
    using enum Dialect;
    for (const std::string text : {"#ifdef A\n#endif\n0 `true`",
                                   "0 `sysctl -w net.inet.tcp.rfc1323=1`",
                                   "0 %{ assert tcpi_state == TCPI_CLOSED }%",
                                   "`sockstat -s`",
                                   "0 > . ...(0)",
                                   "0 > . 1:1(0)!",
                                   "0 > . 1:1(0) <TS val 1 ecr 2!,nop,nop>"})
    {
        EXPECT_EQ(DialectOf(text, "/linux/x.pkt"), FREEBSD) << text;
    }
    for (const std::string text : {"`./defaults.sh`",
                                   "`set_sysctls.py /proc/sys/net/ipv4/tcp_sack=0`",
                                   "0 `sysctl -q net.ipv4.tcp_sack=0`",
                                   "0 %{ assert tcpi_ca_state == TCP_CA_Open }%",
                                   "0 socket(..., SOCK_STREAM | SOCK_NONBLOCK, 0) = 3"})
    {
        EXPECT_EQ(DialectOf(text, "/freebsd/x.pkt"), GOOGLE) << text;
    }
}

TEST(Dialect, FollowsFromThePathOrTheLengthElse)
{
    using enum Dialect;
    const std::string plain = "0 %{ assert tcpi_options == TCPI_OPT_SACK }% // net.ipv4.";
    EXPECT_EQ(DialectOf(plain, "a/linux/x.pkt"), GOOGLE);
    EXPECT_EQ(DialectOf(plain, "a/bsd/x.pkt"), FREEBSD);
    EXPECT_EQ(DialectOf(plain), FREEBSD);
    EXPECT_EQ(DetectDialect(Parse(plain), 1460, GOOGLE), GOOGLE);
    EXPECT_EQ(DialectOf("0 > . 1:1461(1460)"), FREEBSD);
    EXPECT_EQ(DialectOf("0 > . 1:1462(1461)"), GOOGLE);
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

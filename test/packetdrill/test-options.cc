// SPDX-License-Identifier: GPL-2.0-only

// What the runner's options do: each of them turns a script that fails into one that passes, or the
// other way round.

#include "opening.h"
#include "programs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

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

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// Runs a script. @return how it ended @param options of the runner @param text the script
ProgramEnd
RunText(const std::string& options, const std::string& text)
{
    return RunRunner(options + " '" + WriteScript("option.pkt", text) + "'");
}

/// Expects a script to pass with some options.
void
ExpectPass(const std::string& options, const std::string& text)
{
    const auto end = RunText(options, text);
    EXPECT_EQ(end.status, 0) << options << ": " << end.output;
    EXPECT_THAT(end.output, EndsWith("1 passed, 0 failed, 0 skipped\n")) << options;
}

/// Expects a script to fail with some options. @param message what is told
void
ExpectFailure(const std::string& options, const std::string& text, const std::string& message)
{
    const auto end = RunText(options, text);
    EXPECT_EQ(end.status, 1) << options << ": " << end.output;
    EXPECT_THAT(end.output, HasSubstr(message)) << options;
}

std::string
Opened(const std::string& rest)
{
    return OPENING + rest;
}

TEST(PacketdrillOptions, StackChoosesTheTcp)
{
    // Stock TCP has no challenge ACKs: any RST ends a connection.
    const auto challenge = Opened("+0.10 < R 50:50(0) win 0\n+0.00 > . 1:1(0) ack 1\n");
    ExpectPass("--stack=fsm", challenge);
    ExpectFailure("--stack=stock", challenge, "no packet was sent");
    const auto reset =
        Opened("+0.10 < R 1:1(0) win 0\n+0.00 %{ assert tcpi_state == TCPI_CLOSED }%\n");
    ExpectPass("--stack=fsm", reset);
    ExpectPass("--stack=stock", reset);
}

TEST(PacketdrillOptions, SetSetsAnAttribute)
{
    const auto timeWait = Opened(R"(+0.10 shutdown(4, SHUT_WR) = 0
+0.00 > F. 1:1(0) ack 1
+0.02 < F. 1:1(0) ack 2 win 20000
+0.00 > . 2:2(0) ack 2
+9.90 `sockstat -P tcp -s | grep -c TIME_WAIT | grep 1`
+0.20 `sockstat -P tcp -s | grep -c TIME_WAIT | grep 0`
)");
    ExpectFailure("", timeWait, "option.pkt:13: ");
    ExpectPass("--set Msl=5s", timeWait);
    ExpectPass("--set=Msl=5s", timeWait);
    for (const std::string wrong :
         {"Mls=5s", "Msl=abc", "RstCheck=Never", "Profile=foo", "WindowScale=99", "SegmentSize=0"})
    {
        const auto end = RunText("--set " + wrong, timeWait);
        EXPECT_EQ(end.status, 2) << wrong;
        EXPECT_THAT(end.output,
                    AllOf(StartsWith("tcp-fsm-packetdrill: --set: "),
                          HasSubstr("attribute " + wrong.substr(0, wrong.find('=')))));
    }
}

// ns-3 takes 0 to be a size of segments, until a socket opens.
TEST(PacketdrillOptions, SegmentsHaveAnOctet)
{
    const std::string socket = " 0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n";
    const std::string message = "SegmentSize cannot be 0: give 1 octet or more";
    for (const std::string options : {"--set SegmentSize=0",
                                      "--set ns3::TcpSocket::SegmentSize=00",
                                      "--stack=stock --set SegmentSize=0"})
    {
        const auto end = RunText(options, socket);
        EXPECT_EQ(end.status, 2) << options;
        EXPECT_THAT(end.output, HasSubstr(message)) << options;
    }
    ExpectPass("--set SegmentSize=1", socket);
    ExpectFailure("", "`sysctl -w tcpfsm.SegmentSize=0`\n" + socket, "pkt:1: the command failed");
    ExpectFailure("", "`sysctl -w tcpfsm.SegmentSize=0`\n" + socket, message);
    const auto option = [&socket](const std::string& value) {
        return socket + "+0.00 setsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [" + value + "], 4) = ";
    };
    ExpectPass("", option("0") + "-1 EINVAL (Invalid argument)\n");
    ExpectPass("", option("1") + "0\n");
}

TEST(PacketdrillOptions, NonFatalMakesWarnings)
{
    const auto packet = Opened("+0.10 < R 50:50(0) win 0\n+0.00 > . 1:1(0) ack 9\n");
    ExpectFailure("", packet, "option.pkt:9: ");
    ExpectFailure("--non_fatal=syscall", packet, "option.pkt:9: ");
    auto end = RunText("--non_fatal=packet", packet);
    EXPECT_EQ(end.status, 0);
    EXPECT_THAT(end.output, HasSubstr("option.pkt:9: "));
    const auto call = Opened("+0.10 write(4, ..., 0) = 7\n");
    ExpectFailure("--non_fatal=packet", call, "option.pkt:8: ");
    end = RunText("--non_fatal=syscall", call);
    EXPECT_EQ(end.status, 0);
    EXPECT_THAT(end.output, HasSubstr("option.pkt:8: "));
    ExpectPass("", "--non_fatal=packet\n" + packet + "\n");
}

TEST(PacketdrillOptions, UnexpectedPacketsFailUnlessAllowed)
{
    const auto atTheEnd = Opened("+0.10 < R 50:50(0) win 0\n");
    ExpectFailure("", atTheEnd, "option.pkt:8: ");
    ExpectFailure("--allow-unexpected --fail-on-unexpected", atTheEnd, "option.pkt:8: ");
    ExpectPass("--allow-unexpected", atTheEnd);
    const auto late = Opened("+0.10 < F. 1:1(0) ack 1 win 20000\n+0.00 > . 1:1(0) ack 2\n"
                             "+0.10 shutdown(4, SHUT_WR) = 0\n+0.00 > F. 1:1(0) ack 2\n"
                             "+1.50 `true`\n");
    ExpectFailure("", late, "no line expects");
    ExpectPass("--allow-unexpected", late);
    // What a close() at the end causes need not be written.
    ExpectPass("", Opened("+0.10 close(4) = 0\n"));
    // The same in the middle must be.
    ExpectFailure("", Opened("+0.10 close(4) = 0\n+0.10 < R 1:1(0) win 0\n"), "no line expects");
}

TEST(PacketdrillOptions, WhatIsWrittenLastIsSent)
{
    ExpectFailure("", Opened("+0.10 write(4, ..., 10) = 10\n"), "no line expects");
    ExpectPass("", Opened("+0.10 write(4, ..., 10) = 10\n+0.00 > P. 1:11(10) ack 1\n"));
}

TEST(PacketdrillOptions, OnlyGoogleMergesSegments)
{
    const auto merged = Opened("+0.10 write(4, ..., 2920) = 2920\n+0.00 > P. 1:2921(2920) ack 1\n");
    ExpectPass("--dialect=google", merged);
    ExpectPass("--dialect=auto", merged); // longer than the MSS
    ExpectFailure("--dialect=freebsd", merged, "option.pkt:9: ");
    const auto separate = Opened("+0.10 write(4, ..., 2920) = 2920\n+0.00 > . 1:1461(1460) ack 1\n"
                                 "+0.00 > P. 1461:2921(1460) ack 1\n");
    ExpectPass("--dialect=google", separate);
    ExpectPass("--dialect=freebsd", separate);
    const auto tooLong =
        Opened("+0.10 write(4, ..., 2920) = 2920\n+0.00 > P. 1:3001(3000) ack 1\n");
    ExpectFailure("--dialect=google", tooLong, "option.pkt:9: ");
}

TEST(PacketdrillOptions, TolerancesAreThoseOfTheDialectAndTheOptions)
{
    // 4 ms by default.
    const auto soon = Opened("+0.10 < R 50:50(0) win 0\n+0.003 > . 1:1(0) ack 1\n");
    ExpectPass("", soon);
    ExpectPass("--tolerance_usecs=3000", soon);
    ExpectFailure("--tolerance_usecs=2999 --tolerance_percent=0", soon, "too early");
    // 5 or 12.5 per cent of the time since the previous event; the SYN comes again after 1 s.
    const auto late = [](const std::string& time) {
        return CALL + ("+" + time + " > S 0:0(0) <...>\n");
    };
    ExpectPass("--dialect=freebsd", late("1.05"));
    ExpectFailure("--dialect=freebsd", late("1.06"), "too early");
    ExpectPass("--dialect=google", late("1.14"));
    ExpectFailure("--dialect=google", late("1.15"), "too early");
    ExpectPass("--dialect=freebsd --tolerance_percent=20", late("1.20"));
    ExpectFailure("--tolerance_percent=0", late("0.99"), "no packet was sent until 0.99");
    ExpectPass("--tolerance_percent=0", late("1.00"));
}

TEST(PacketdrillOptions, TimestampsAreComparedWithATick)
{
    // The host's clock of timestamps has a tick of a millisecond (RFC 7323 5.4).
    const auto script = [](const std::string& second) {
        return R"( 0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0.00 bind(3, ..., ...) = 0
+0.00 listen(3, 1) = 0
+0.10 < S 0:0(0) win 20000 <mss 1460,sackOK,TS val 7 ecr 0>
+0.00 > S. 0:0(0) ack 1 <...>
+0.02 < . 1:1(0) ack 1 win 20000 <nop,nop,TS val 8 ecr 0!>
+0.00 accept(3, ..., ...) = 4
+0.10 < R 50:50(0) win 0
+0.00 > . 1:1(0) ack 1 <nop,nop,TS val 100 ecr 8>
+0.20 < R 50:50(0) win 0
+0.00 > . 1:1(0) ack 1 <nop,nop,TS val )" +
               second + " ecr 8>\n";
    };
    ExpectPass("--profile=freebsd --tcp_ts_tick_usecs=1000", script("300"));
    ExpectFailure("--profile=freebsd --tcp_ts_tick_usecs=1000", script("900"), "option.pkt:11: ");
    ExpectPass("--profile=freebsd --tcp_ts_tick_usecs=0", script("900"));
    ExpectPass("--profile=freebsd", script("900"));
    // The language never compares what is echoed, here 8.
    auto echo = script("300");
    echo.replace(echo.rfind("ecr 8"), 5, "ecr 9");
    ExpectPass("--profile=freebsd --tcp_ts_tick_usecs=1000", echo);
    EXPECT_THAT(RunRunner("--help").output, HasSubstr("(ecr)"));
}

TEST(PacketdrillOptions, LenientComparesWhatTcpMeans)
{
    const auto script = Opened("+0.10 write(4, ..., 10) = 10\n+0.00 > . 1:11(10) ack 1 win 17\n");
    ExpectFailure("--compare=strict", script, "option.pkt:9: ");
    ExpectPass("--compare=lenient", script);
    const auto wrong = Opened("+0.10 write(4, ..., 10) = 10\n+0.00 > . 2:12(10) ack 1\n");
    ExpectFailure("--compare=lenient", wrong, "differs in seq");
}

TEST(PacketdrillOptions, DefinitionsSwitchBlocks)
{
    const std::string script = "#ifdef STANDARD\n 0.00 socket(..., SOCK_STREAM, 0) = -1\n#endif\n"
                               " 0.00 socket(..., SOCK_STREAM, 0) = 3\n";
    ExpectFailure("", script, "option.pkt:2: ");
    ExpectPass("-U STANDARD", script);
    ExpectPass("--profile=rfc793", script);
    ExpectFailure("--profile=rfc793 -D STANDARD", script, "option.pkt:2: ");
    const std::string word = " 0.00 socket(..., SOCK_STREAM, 0) = NUMBER\n";
    ExpectPass("-D NUMBER=3", word);
    ExpectFailure("--define NUMBER=-1", word, "socket() returned");
}

TEST(PacketdrillOptions, ProfilesHaveTheirReactions)
{
    const auto script = Opened("+0.10 < R 50:50(0) win 0\n+0.00 getsockopt(4, SOL_SOCKET, "
                               "SO_ERROR, [ECONNRESET], [4]) = 0\n");
    ExpectPass("--profile=rfc793", script);
    ExpectFailure("--profile=rfc9293", script, "option.pkt:");
    const std::string name =
        " 0.00 socket(..., SOCK_STREAM, 0) = 3\n+0.00 %{ assert TCPI_CLOSED == ";
    ExpectPass("--profile=freebsd", name + "0 }%\n");
    ExpectPass("--profile=linux", name + "7 }%\n");
}

TEST(PacketdrillOptions, TheCommandLineCountsMoreThanTheScript)
{
    const std::string script = std::string("--ip_version=ipv4\n--mtu=1500\n") + CALL;
    const auto mss = [&script](const std::string& value) {
        return script +
               "+0.05 < S. 0:0(0) ack 1 win 20000 <mss 9000>\n+0.00 > . 1:1(0) ack 1\n"
               "+0.00 write(3, ..., 2000) = 2000\n+0.00 > . 1:" +
               std::to_string(1 + std::stoi(value)) + "(" + value + ") ack 1\n";
    };
    ExpectPass("--allow-unexpected", mss("1460"));
    ExpectPass("--allow-unexpected --ip_version=ipv6", mss("1440"));
    ExpectPass("--allow-unexpected --mtu=1000", mss("960"));
    ExpectFailure("--dialect=freebsd --mtu=1000", mss("1460"), "expected 1460, got 960");
}

TEST(PacketdrillOptions, ASettingHoldsForItsScriptOnly)
{
    // In one run, one after the other: the second script starts from the profile's values.
    const auto first =
        WriteScript("two/1.pkt",
                    "`sysctl -w tcpfsm.RstCheck=Rfc793`\n" + Opened("+0.10 < R 50:50(0) win 0\n"));
    const auto second =
        WriteScript("two/2.pkt", Opened("+0.10 < R 50:50(0) win 0\n+0.00 > . 1:1(0) ack 1\n"));
    const auto end = RunRunner("-j1 '" + first + "' '" + second + "'");
    EXPECT_EQ(end.status, 0) << end.output;
    EXPECT_THAT(end.output, EndsWith("2 passed, 0 failed, 0 skipped\n"));
}

TEST(PacketdrillOptions, EqualRunsTellTheSame)
{
    const auto script = Opened("+0.10 write(4, ..., 10) = 10\n+0.00 > P. 1:11(10) ack 2\n");
    EXPECT_EQ(RunText("--trace=/dev/stdout", script).output,
              RunText("--trace=/dev/stdout", script).output);
}

} // namespace
} // namespace test
} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

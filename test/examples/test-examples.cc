// SPDX-License-Identifier: GPL-2.0-only

// Each example runs, shows what its comment says, and writes the trace that it is asked for.

#include "shell.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

/// @return a folder that the environment names, or another
std::string
Folder(const char* variable, const char* otherwise)
{
    const char* folder = std::getenv(variable);
    return std::filesystem::absolute(folder ? folder : otherwise);
}

/// Runs an example in a folder of its own, which is empty before.
class Examples : public testing::Test
{
  protected:
    Examples()
        : m_folder(testing::TempDir() + "run")
    {
        std::filesystem::remove_all(m_folder);
        std::filesystem::create_directory(m_folder);
    }

    ShellResult Run(const std::string& command) const
    {
        const auto programs = Folder("TCP_FSM_BUILD", "build") + "/examples/";
        return Shell("cd '" + m_folder + "' && '" + programs + "'" + command);
    }

    /// @return a file that the example wrote
    std::string Read(const std::string& name) const
    {
        std::ifstream file(m_folder + "/" + name, std::ios::binary);
        EXPECT_TRUE(file) << name;
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::string m_folder;
};

/// A command line, and what it prints: parts of lines, in their order.
struct Case
{
    std::string command;
    std::vector<std::string> prints;
};

std::ostream&
operator<<(std::ostream& os, const Case& example)
{
    return os << example.command;
}

// A link of 5 ms makes the handshake end after 15 ms, and half a millisecond is enough for the
// segments to be sent. The first retransmission comes after 1 s (RFC 6298 2.1).
const std::vector<Case> CASES{
    {"every-arrow",
     {"1 (passive OPEN)",
      "7 (rcv RST)",
      "15 (rcv FIN,ACK)",
      "21 (timeout=2MSL)",
      "21 of 21 arrows"}},
    {"simultaneous-open",
     {"SYN-SENT -> SYN-RCVD",
      "SYN-SENT -> SYN-RCVD",
      "SYN-RCVD -> ESTABLISHED",
      "SYN-RCVD -> ESTABLISHED"}},
    {"simultaneous-open --later=10ms",
     {"node 0: SYN-SENT -> CLOSED", "node 1: SYN-SENT -> CLOSED"}},
    // 10 segments of 1460 octets less 12 of timestamps (RFC 6928), and twice the link's delay.
    {"bulk-transfer",
     {"The server received 1000000 of 1000000 octets",
      "CongestionWindow: 14480 to ",
      "RTT: 0.04 to "}},
    {"bulk-transfer --octets=100000", {"The server received 100000 of 100000 octets"}},
    {"half-close",
     {"node 0: FIN-WAIT-1 -> FIN-WAIT-2",
      "node 1: CLOSE-WAIT -> LAST-ACK",
      "node 0: FIN-WAIT-2 -> TIME-WAIT",
      "The client received 20000 of 20000 octets"}},
    {"half-close --octets=5000", {"The client received 5000 of 5000 octets"}},
    {"half-close --close",
     {"node 0: FIN-WAIT-2 -> CLOSED",
      "node 1: CLOSE-WAIT -> CLOSED",
      "The client received 0 of 20000 octets"}},
    {"handshake-loss",
     {"nothing is lost: client ESTABLISHED at 10.0",
      "server at 15.0",
      "drop first SYN: client ESTABLISHED at 1010.0",
      "server at 1015.0",
      "drop first SYN-ACK: client ESTABLISHED at 1010.0",
      "server at 1015.0",
      "drop first ACK from node 0: client ESTABLISHED at 10.0",
      "server at 105.0"}},
    // 1 s, then 2 s (RFC 6298 5.5).
    {"handshake-loss --rule='drop first 2 SYN'",
     {"client ESTABLISHED at 3010.0", "server at 3015.0"}},
    {"handshake-loss --rule='drop first RST'", {"15.0", "(the rule was never used)"}},
    {"rst-attack",
     {"rfc793: 35791 forged resets, challenge ACKs: 0, the connection is gone, reset at",
      "rfc9293: 35791 forged resets, challenge ACKs: 1, the connection is ESTABLISHED"}},
    {"syn-flood",
     {"1000 SYNs, at most 128 half-open connections; the client was accepted at 56.0"}},
    {"syn-flood --backlog=16", {"at most 16 half-open connections; the client was refused"}},
    {"syn-flood --syns=0",
     {"0 SYNs, at most 0 half-open connections; the client was accepted at 6.0"}},
    {"time-wait-reopening",
     {"server with rfc9293: the second call is accepted after 15.0",
      "server with rfc793: the second call is accepted after 1015.0",
      "server with stock: the second call is in vain"}},
    {"stock-against-fsm",
     {"A call to nobody",
      "ns-3's TCP: the caller is told nothing",
      "this TCP:   refused at 10.8", // 2 times 5 ms, and two segments at 1 Mbit/s
      "Calls that cross",
      "ns-3's TCP: 0 of 2",
      "this TCP:   2 of 2",
      "A half-close",
      "ns-3's TCP: the reader never sees the end",
      "this TCP:   the reader sees the end at 1008."}},
};

class ExampleOutputs : public Examples, public testing::WithParamInterface<Case>
{
};

TEST_P(ExampleOutputs, ShowWhatTheCommentSays)
{
    const auto result = Run(GetParam().command);
    EXPECT_TRUE(result.succeeded);
    std::size_t from = 0;
    for (const auto& part : GetParam().prints)
    {
        const auto found = result.output.find(part, from);
        ASSERT_NE(found, std::string::npos) << "no \"" << part << "\" here in\n" << result.output;
        from = found + part.size();
    }
    EXPECT_EQ(Run(GetParam().command).output, result.output) << "a second run differs";
}

INSTANTIATE_TEST_SUITE_P(Each, ExampleOutputs, testing::ValuesIn(CASES));

TEST_F(Examples, HelloTracesBothEnds)
{
    EXPECT_TRUE(Run("hello").succeeded);
    const auto trace = Read("transitions.csv");
    EXPECT_THAT(trace, ContainsRegex("\n0,1,[^\n]*,CLOSED,passive OPEN,[^\n]*,LISTEN,"));
    EXPECT_THAT(trace, ContainsRegex(",0,[^\n]*,TIME-WAIT,2MSL timeout,[^\n]*,CLOSED,"));
}

class ExampleTraces : public Examples, public testing::WithParamInterface<const char*>
{
};

TEST_P(ExampleTraces, AreWrittenWhereTheyShould)
{
    const auto result = Run(std::string(GetParam()) + " --trace=here.csv");
    EXPECT_TRUE(result.succeeded) << result.output;
    const auto trace = Read("here.csv");
    EXPECT_THAT(trace, StartsWith("time_ns,node,connection,"));
    EXPECT_THAT(trace, HasSubstr(",LISTEN,")) << "a listener";
}

INSTANTIATE_TEST_SUITE_P(Each,
                         ExampleTraces,
                         testing::Values("every-arrow",
                                         "bulk-transfer",
                                         "half-close",
                                         "handshake-loss --rule='drop first SYN'",
                                         "rst-attack --profile=rfc793",
                                         "syn-flood",
                                         "stock-against-fsm --only=half-close",
                                         "time-wait-reopening --server=rfc9293"));

TEST_F(Examples, SimultaneousOpenIsTracedWithoutAListener)
{
    EXPECT_TRUE(Run("simultaneous-open --trace=here.csv").succeeded);
    const auto trace = Read("here.csv");
    EXPECT_THAT(trace, HasSubstr(",SYN-RCVD,"));
    EXPECT_THAT(trace, testing::Not(HasSubstr(",LISTEN,")));
}

TEST_F(Examples, RefuseWhatTheyDoNotUnderstand)
{
    const auto expect = [this](const std::string& command, const std::string& message) {
        const auto result = Run(command);
        EXPECT_FALSE(result.succeeded) << command;
        EXPECT_THAT(result.output, HasSubstr(message)) << command;
    };
    expect("half-close --octet=1", "Invalid command-line argument: --octet=1");
    expect("handshake-loss --trace=here.csv", "--trace needs --rule");
    expect("handshake-loss --rule='lose first SYN'",
           "there is \"lose\" where what to do should be");
    expect("rst-attack --trace=here.csv", "--trace needs --profile");
    expect("rst-attack --profile=bsd", "no profile \"bsd\"; there are rfc9293, rfc793, freebsd");
    expect("rst-attack --step=0", "--step is at least 1");
    expect("stock-against-fsm --only=open", "--only is nobody, crossing or half-close");
    expect("stock-against-fsm --trace=here.csv", "--trace needs it");
    expect("time-wait-reopening --trace=here.csv", "--trace needs --server");
    expect("time-wait-reopening --server=solaris", "no profile \"solaris\"");
    EXPECT_TRUE(std::filesystem::is_empty(m_folder));
}

TEST_F(Examples, AllAreRun)
{
    // Those of ns-3's programs are compared with stock TCP in test/applications/.
    std::set<std::string> run{"hello",
                              "tcp-bulk-send",
                              "tcp-large-transfer",
                              "tcp-variants-comparison"};
    for (const auto& example : CASES)
    {
        run.insert(example.command.substr(0, example.command.find(' ')));
    }
    std::set<std::string> present;
    for (const auto& entry :
         std::filesystem::directory_iterator(Folder("TCP_FSM_TOP", ".") + "/examples"))
    {
        if (entry.path().extension() == ".cc")
        {
            present.insert(entry.path().stem());
        }
    }
    EXPECT_EQ(run, present);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// The files of TcpFsmTraceHelper.

#include "files.h"
#include "tcp-fsm-engine.h"
#include "tcp-fsm-trace-helper.h"
#include "world.h"

#include "ns3/default-simulator-impl.h"
#include "ns3/global-value.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/packet.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// A record as a line of a CSV file, put together from its texts.
std::string
ToLine(const TcpFsmTransition& record)
{
    std::ostringstream line;
    const auto print = [&line](const IpAddress& address) {
        if (address.IsIpv4())
        {
            line << address.GetIpv4() << ',';
        }
        else
        {
            line << address.GetIpv6() << ',';
        }
    };
    line << record.time.GetNanoSeconds() << ',' << record.node << ',' << record.connection << ','
         << record.segment << ',' << int{record.family} << ',';
    print(record.localAddress);
    line << record.localPort << ',';
    print(record.remoteAddress);
    const bool isQuoted = record.clause.find(',') != std::string_view::npos;
    const char* quote = isQuoted ? "\"" : "";
    line << record.remotePort << ',' << TcpFsmStateName(record.from) << ',' << record.event << ','
         << (record.segment ? FlagsToString(record.flags) : "") << ',' << record.seq << ','
         << record.ack << ',' << record.length << ',' << record.window << ',' << record.seqClass
         << ',' << record.ackClass << ',' << record.reply << ',' << TcpFsmStateName(record.to)
         << ',' << record.rule << ',' << quote << record.clause << quote << '\n';
    return line.str();
}

/// What came of a run.
struct Outcome
{
    std::string transitions; //!< bytes of the file
    std::string reactions;   //!< bytes of the file
    uint32_t iss;            //!< the caller's initial sequence number
};

/// A connection with data both ways, traced into files.
Outcome
RunWithSeed(uint32_t seed)
{
    RngSeedManager::SetSeed(seed);
    const auto transitions = Temporary("transitions.csv");
    const auto reactions = Temporary("reactions.csv");
    Outcome outcome;
    {
        World world;
        TcpFsmTraceHelper().EnableTransitions(transitions);
        TcpFsmTraceHelper().EnableReactions(reactions);
        world.Serve([](Ptr<TcpFsmSocket> accepted) {
            accepted->Send(Create<Packet>(20000), 0);
            Simulator::Schedule(MilliSeconds(100), [accepted] { accepted->Close(); });
        });
        const auto caller = world.CallFor(MilliSeconds(50));
        world.At(0, MilliSeconds(10), [&] {
            caller->Send(Create<Packet>(30000), 0);
            outcome.iss = caller->GetStatus().iss;
        });
        world.Run();
    }
    RngSeedManager::SetSeed(1);
    outcome.transitions = ReadFile(transitions);
    outcome.reactions = ReadFile(reactions);
    return outcome;
}

TEST(Files, SameSeedSameBytes)
{
    const auto first = RunWithSeed(1);
    const auto second = RunWithSeed(1);
    EXPECT_EQ(first.transitions, second.transitions);
    EXPECT_EQ(first.reactions, second.reactions);
    EXPECT_EQ(first.iss, second.iss);
    EXPECT_GT(std::count(first.reactions.begin(), first.reactions.end(), '\n'), 50);
}

TEST(Files, AnotherSeedDiffersInInitialNumbersOnly)
{
    const auto first = RunWithSeed(1);
    const auto second = RunWithSeed(2);
    EXPECT_NE(first.iss, second.iss);
    EXPECT_EQ(first.transitions, second.transitions);
    EXPECT_EQ(first.reactions, second.reactions);
}

TEST(Files, EachLineIsARuleOfTheTable)
{
    RunWithSeed(1);
    for (const char* name : {"transitions.csv", "reactions.csv"})
    {
        const auto lines = ReadCsv(Temporary(name));
        ASSERT_GT(lines.size(), 10U) << name;
        for (std::size_t i = 1; i < lines.size(); ++i)
        {
            ASSERT_EQ(lines[i].size(), lines[0].size()) << name << ", line " << i + 1;
            const Row* row = FindRow(Field(lines, i, "rule"));
            ASSERT_NE(row, nullptr) << name << ", line " << i + 1;
            EXPECT_EQ(Field(lines, i, "clause"), row->clause);
            EXPECT_EQ(Field(lines, i, "event"), ToString(row->event));
            EXPECT_EQ(Field(lines, i, "reply"), ToString(row->action.reply));
            const auto next = Field(lines, i, row->action.next ? "to" : "from");
            EXPECT_EQ(Field(lines, i, "to"), row->action.next ? ToString(*row->action.next) : next)
                << row->id;
        }
    }
}

TEST(Files, BeginWithTheColumnsAndHoldWhatTheSourcesSaid)
{
    const auto name = Temporary("held.csv");
    std::string expected = "time_ns,node,connection,segment,family,local_address,local_port,"
                           "remote_address,remote_port,from,event,flags,seq,ack,length,window,"
                           "seq_class,ack_class,reply,to,rule,clause\n";
    {
        World world;
        TcpFsmTraceHelper().EnableReactions(name, world.GetNodes().Get(0));
        world.ServeFor(MilliSeconds(100));
        world.CallFor(MilliSeconds(50));
        world.Run();
        for (const auto& record : world.Reactions(0))
        {
            expected += ToLine(record);
        }
    }
    EXPECT_EQ(ReadFile(name), expected);
}

TEST(Files, ALineOfEachKind)
{
    TcpFsmTransition record{};
    record.time = Seconds(1.5);
    record.node = UINT32_MAX;
    record.connection = UINT64_MAX;
    record.family = 6;
    record.localAddress = IpAddress(Ipv6Address("2001:db8::1:0:0:1"));
    record.localPort = UINT16_MAX;
    record.remoteAddress = IpAddress(Ipv6Address("::"));
    record.from = TcpSocket::LISTEN;
    record.to = TcpSocket::SYN_SENT;
    record.row = FindRow("SEND-LISTEN");
    const std::string segmentless = ",6,2001:db8::1:0:0:1,65535,::,0,LISTEN,SEND,,0,0,0,0,,,SYN,"
                                    "SYN-SENT,SEND-LISTEN,RFC 9293 3.10.2 (LISTEN)";
    std::ostringstream text;
    record.WriteCsv(text);
    EXPECT_EQ(text.str(), "1500000000,4294967295,18446744073709551615,0" + segmentless);

    record = {};
    record.segment = 1;
    record.family = 4;
    record.localAddress = IpAddress(Ipv4Address("255.255.255.255"));
    record.remoteAddress = IpAddress(Ipv4Address("10.0.0.1"));
    record.flags = 0xff;
    record.seq = UINT32_MAX;
    record.window = UINT16_MAX;
    record.seqClass = "in window";
    record.ackClass = "covers FIN";
    record.row = FindRow("CLOSE-CLOSED");
    text.str("");
    record.WriteCsv(text);
    EXPECT_EQ(text.str(),
              "0,0,0,1,4,255.255.255.255,0,10.0.0.1,0,CLOSED,CLOSE,"
              "SYN-FIN-RST-PSH-ACK-URG-ECE-CWR,4294967295,0,0,65535,in window,covers FIN,none,"
              "CLOSED,CLOSE-CLOSED,RFC 9293 3.10.4 (CLOSED)");
    record.flags = 0;
    text.str("");
    record.WriteCsv(text);
    EXPECT_NE(text.str().find(",CLOSE,none,"), std::string::npos) << text.str();
}

TEST(Files, HoldTheNodesAskedForOnce)
{
    const auto name = Temporary("one.csv");
    const auto joined = Temporary("joined.csv");
    {
        World world;
        const TcpFsmTraceHelper trace;
        trace.EnableTransitions(name, world.GetNodes().Get(1));
        trace.EnableTransitions(joined, world.GetNodes().Get(0));
        trace.EnableTransitions(joined, world.GetNodes().Get(1));
        trace.EnableTransitions(joined, world.GetNodes());
        world.ServeFor(MilliSeconds(100));
        world.CallFor(MilliSeconds(50));
        world.Run();
        Simulator::Destroy();
        EXPECT_EQ(ReadCsv(name).size(), 1 + world.Transitions(1).size());
        EXPECT_EQ(ReadCsv(joined).size(),
                  1 + world.Transitions(0).size() + world.Transitions(1).size());
    }
    const auto lines = ReadCsv(name);
    for (std::size_t i = 1; i < lines.size(); ++i)
    {
        EXPECT_EQ(Field(lines, i, "node"), "1");
    }
}

TEST(Files, AreMadeAnewByTheNextSimulation)
{
    const auto name = Temporary("again.csv");
    for (int i = 0; i < 2; ++i)
    {
        World world;
        TcpFsmTraceHelper().EnableTransitions(name);
        world.CallFor(MilliSeconds(50));
        world.Run();
        Simulator::Destroy();
        EXPECT_EQ(ReadCsv(name).size(), 1 + world.Transitions(0).size());
    }
}

TEST(Files, LeaveOutNodesWithoutOurTcpWhereAllAreMeant)
{
    const auto name = Temporary("all.csv");
    {
        World world;
        CreateObject<Node>();
        TcpFsmTraceHelper().EnableTransitions(name);
    }
    EXPECT_EQ(ReadCsv(name).size(), 1U);
}

TEST(Files, AreCompleteWithoutDestroyWhenTheProgramExits)
{
    const auto name = Temporary("exit.csv");
    EXPECT_EXIT(
        {
            auto world = std::make_unique<World>();
            TcpFsmTraceHelper().EnableTransitions(name);
            world->CallFor(MilliSeconds(50));
            world->Run();
            world.release(); // NOLINT: its destructor would destroy the simulation
            std::exit(0);
        },
        testing::ExitedWithCode(0),
        "");
    EXPECT_EQ(ReadCsv(name).size(), 3U);
}

TEST(Files, CapturesAreOnePerDevice)
{
    const auto prefix = Temporary("capture");
    {
        World world;
        TcpFsmTraceHelper().EnablePcap(prefix, world.GetNodes());
        world.ServeFor(MilliSeconds(100));
        world.CallFor(MilliSeconds(50));
        world.Run();
    }
    for (const char* suffix : {"-0-1.pcap", "-1-1.pcap"})
    {
        EXPECT_GT(std::filesystem::file_size(prefix + suffix), 24U + 7 * (16 + 42)) << suffix;
    }
}

/// The simulator as it looks to the second of several processes.
class SecondRank : public DefaultSimulatorImpl
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::tcpfsm::test::SecondRank")
                                .SetParent<DefaultSimulatorImpl>()
                                .AddConstructor<SecondRank>();
        return tid;
    }

    uint32_t GetSystemId() const override
    {
        return 1;
    }
};

NS_OBJECT_ENSURE_REGISTERED(SecondRank);

TEST(Files, OneForEachRank)
{
    const auto folder = Temporary("ranks.d");
    std::filesystem::create_directory(folder);
    const auto name = folder + "/part.csv";
    std::filesystem::remove(name);
    GlobalValue::Bind("SimulatorImplementationType", StringValue("ns3::tcpfsm::test::SecondRank"));
    {
        World world;
        TcpFsmTraceHelper().EnableTransitions(name);
    }
    GlobalValue::Bind("SimulatorImplementationType", StringValue("ns3::DefaultSimulatorImpl"));
    EXPECT_FALSE(std::filesystem::exists(name));
    EXPECT_EQ(ReadCsv(folder + "/part-1.csv").size(), 1U);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

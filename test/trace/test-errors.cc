// SPDX-License-Identifier: GPL-2.0-only

// What users do wrong: each message says what and how to do it right.

#include "tcp-fsm-helper.h"
#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-trace-helper.h"
#include "world.h"

#include "ns3/config.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <system_error>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// A node as NodeContainer knows it; the simulation is taken down after the test.
class Errors : public testing::Test
{
  protected:
    Errors()
    {
        m_node.Create(1);
    }

    ~Errors() override
    {
        Simulator::Destroy();
    }

    NodeContainer m_node; //!< a bare node
    const std::string m_file = testing::TempDir() + "errors.csv";
};

/// The errors of TcpFsmTraceHelper.
using TraceErrors = Errors;
/// The errors of sockets.
using SocketErrors = Errors;
/// The errors of TcpFsmHelper.
using InstallErrors = Errors;

TEST_F(TraceErrors, UnknownSuffix)
{
    TcpFsmHelper().Install(m_node);
    const TcpFsmTraceHelper trace;
    EXPECT_DEATH(trace.EnableTransitions("a.txt", m_node),
                 "suffix of \"a.txt\".* one of: .csv, .npy");
    EXPECT_DEATH(trace.EnableReactions("csv", m_node), "suffix of \"csv\".* one of: .csv, .npy");
    EXPECT_DEATH(trace.EnableConnections("npy", m_node), "suffix of \"npy\".* one of: .csv, .npy");
}

TEST_F(TraceErrors, FileThatCannotBeWritten)
{
    TcpFsmHelper().Install(m_node);
    const TcpFsmTraceHelper trace;
    const auto folder = testing::TempDir() + "no/such/folder/";
    const std::string message = ": No such file or directory; name a file in a folder that exists";
    EXPECT_DEATH(trace.EnableTransitions(folder + "a.csv", m_node),
                 "cannot write \".*/no/such/folder/a.csv\"" + message);
    EXPECT_DEATH(trace.EnableReactions(folder + "a.npy", m_node),
                 "cannot write \".*/no/such/folder/a.npy\"" + message);
    EXPECT_DEATH(trace.EnableConnections(folder + "a.npy", m_node),
                 "cannot write \".*/no/such/folder/a.npy\"" + message);
}

/// Files on a disk that is full, by suffix.
using FullDisk = testing::TestWithParam<const char*>;

TEST_P(FullDisk, EndsTheProgram)
{
    NodeContainer node(1);
    TcpFsmHelper().Install(node);
    const auto file = testing::TempDir() + "full" + GetParam();
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    std::filesystem::create_symlink("/dev/full", file);
    const auto message = std::string("full") + GetParam() + "\" is incomplete.* full\\?";
    EXPECT_DEATH(
        {
            TcpFsmTraceHelper().EnableTransitions(file, node);
            Simulator::Destroy();
        },
        message);
    EXPECT_DEATH(
        {
            TcpFsmTraceHelper().EnableConnections(file, node);
            Simulator::Destroy();
        },
        message);
    Simulator::Destroy();
}

INSTANTIATE_TEST_SUITE_P(Formats, FullDisk, testing::Values(".csv", ".npy"));

TEST_F(TraceErrors, NodeWithoutOurTcp)
{
    const TcpFsmTraceHelper trace;
    const char* remedy = "node 0 has no TcpFsmL4Protocol; call TcpFsmHelper::Install\\(\\) on it";
    EXPECT_DEATH(trace.EnableTransitions(m_file, m_node), remedy);
    EXPECT_DEATH(trace.EnableTransitions(m_file), "no node has TcpFsmL4Protocol; call TcpFsmH");
    InternetStackHelper().Install(m_node);
    EXPECT_DEATH(trace.EnableReactions(m_file, m_node), remedy);
    EXPECT_DEATH(trace.EnableReactions(m_file), "no node has TcpFsmL4Protocol; call TcpFsmHelper");
    EXPECT_DEATH(trace.EnableConnections(m_file, m_node), remedy);
}

TEST_F(TraceErrors, OneFileForTwoSources)
{
    TcpFsmHelper().Install(m_node);
    const TcpFsmTraceHelper trace;
    trace.EnableTransitions(m_file, m_node);
    EXPECT_DEATH(trace.EnableReactions(m_file, m_node),
                 "errors.csv\" holds the records of Transition; give those of Reaction a file");
    EXPECT_DEATH(trace.EnableConnections(m_file, m_node),
                 "errors.csv\" holds the records of Transition; give those of connections a file");
}

// One that is open by another name would be emptied, and written by two.
TEST_F(TraceErrors, OneFileByTwoNames)
{
    TcpFsmHelper().Install(m_node);
    const TcpFsmTraceHelper trace;
    const auto folder = testing::TempDir();
    const auto link = folder + "link.csv";
    std::error_code ignored;
    std::filesystem::remove(link, ignored);
    std::filesystem::create_symlink("errors.csv", link);
    trace.EnableTransitions(m_file, m_node);
    const auto relative = std::filesystem::relative(m_file).string();
    for (const auto& name : {folder + "./errors.csv", relative, "./" + relative, link})
    {
        EXPECT_DEATH(trace.EnableReactions(name, m_node), "holds the records of Transition")
            << name;
    }
}

TEST_F(TraceErrors, NothingToCapture)
{
    TcpFsmHelper().Install(m_node);
    EXPECT_DEATH(TcpFsmTraceHelper().EnablePcap("capture", m_node),
                 "no capture \"capture\": the nodes have neither a PointToPointNetDevice nor");
}

TEST_F(SocketErrors, SegmentsOfNoOctets)
{
    TcpFsmHelper().Install(m_node);
    const auto make = [this] {
        return Socket::CreateSocket(m_node.Get(0), TcpSocketFactory::GetTypeId());
    };
    const char* message = "attribute SegmentSize is 0.* set it to 1 or more";
    EXPECT_DEATH(
        {
            Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(0));
            make();
        },
        message);
    EXPECT_DEATH(make()->SetAttribute("SegmentSize", UintegerValue(0)), message);
    make()->SetAttribute("SegmentSize", UintegerValue(1));
}

TEST_F(InstallErrors, NodeThatHasStockTcp)
{
    InternetStackHelper().Install(m_node);
    EXPECT_DEATH(TcpFsmHelper().Install(m_node),
                 "node 0 already has ns-3's TCP.*TcpFsmHelper::Install\\(\\) before "
                 "InternetStackHelper::Install\\(\\)");
}

TEST_F(InstallErrors, UnknownProfile)
{
    TcpFsmHelper helper;
    EXPECT_DEATH(
        {
            helper.SetProfile("bsd");
            helper.Install(m_node);
        },
        "no profile \"bsd\"; there are rfc9293, rfc793, freebsd");
}

TEST_F(InstallErrors, UnknownName)
{
    EXPECT_DEATH(TcpFsmHelper().Install("nobody"), "no node is named \"nobody\"");
}

TEST_F(InstallErrors, NoneByNameOrTwice)
{
    ns3::Names::Add("somebody", m_node.Get(0));
    const TcpFsmHelper helper;
    helper.Install("somebody");
    const auto tcp = m_node.Get(0)->GetObject<TcpFsmL4Protocol>();
    ASSERT_TRUE(tcp);
    helper.Install(m_node);
    InternetStackHelper().Install(NodeContainer(1));
    EXPECT_EQ(m_node.Get(0)->GetObject<TcpL4Protocol>(), tcp);
    EXPECT_TRUE(m_node.Get(0)->GetObject<Ipv4>());
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

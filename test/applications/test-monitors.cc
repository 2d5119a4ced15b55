// SPDX-License-Identifier: GPL-2.0-only

// What ns-3 has to look at traffic and to treat it works on our segments: FlowMonitor, captures,
// queue discs.

#include "endpoint.h"
#include "network.h"

#include "ns3/config.h"
#include "ns3/flow-monitor-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-flow-classifier.h"
#include "ns3/pcap-file.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/queue-disc.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/traffic-control-helper.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace ns3
{
namespace test
{
namespace
{

constexpr uint32_t OCTETS = 300000;
constexpr uint32_t IP_HEADER = 20;
constexpr uint32_t TCP_HEADER = 20;
/// Place of the flags in it.
constexpr uint32_t FLAGS = 13;

class Monitors : public SimulationTest
{
};

/// Runs a transfer.
void
Transfer(Network& network)
{
    Endpoint server(network, 1, 0);
    server.Listen();
    Endpoint client(network, 0, OCTETS);
    client.ConnectAt(Time(0));
    network.Run(Seconds(100));
    EXPECT_EQ(server.received, OCTETS);
    EXPECT_TRUE(server.intact);
}

/// @return octets of the IP packets that segments were in
uint64_t
OctetsOfPackets(const Segments& segments)
{
    uint64_t octets = 0;
    for (const auto& segment : segments)
    {
        octets += IP_HEADER + TCP_HEADER + segment.options.size() + segment.data.size();
    }
    return octets;
}

TEST_F(Monitors, FlowMonitorCountsEverySegment)
{
    Network network;
    FlowMonitorHelper helper;
    const auto monitor = helper.Install(network.GetNodes());
    network.GetFilter().Drop("data", TcpFsmOccurrence::Nth(50));
    Transfer(network);
    monitor->CheckForLostPackets();
    const auto flows = monitor->GetFlowStats();
    ASSERT_EQ(flows.size(), 2U); // one for each direction
    const auto classifier = DynamicCast<Ipv4FlowClassifier>(helper.GetClassifier());
    for (const auto& [id, flow] : flows)
    {
        const uint32_t side = classifier->FindFlow(id).destinationPort == PORT ? 0 : 1;
        EXPECT_EQ(flow.txPackets, network.SentBy(side).size());
        EXPECT_EQ(flow.txBytes, OctetsOfPackets(network.SentBy(side)));
        EXPECT_EQ(flow.rxPackets + (side == 0 ? 1 : 0), flow.txPackets);
    }
}

/// @return the packets of a capture
std::vector<std::vector<uint8_t>>
ReadCapture(const std::string& name)
{
    std::vector<std::vector<uint8_t>> packets;
    PcapFile file;
    file.Open(name, std::ios::in);
    EXPECT_FALSE(file.Fail()) << name;
    for (;;)
    {
        std::vector<uint8_t> bytes(65536);
        uint32_t seconds{0};
        uint32_t fraction{0};
        uint32_t length{0};
        uint32_t original{0};
        uint32_t read{0};
        file.Read(bytes.data(), bytes.size(), seconds, fraction, length, original, read);
        if (file.Eof() || file.Fail())
        {
            return packets;
        }
        bytes.resize(read);
        packets.push_back(bytes);
    }
}

TEST_F(Monitors, CapturesOfDevicesAndOfIp)
{
    const std::string prefix = testing::TempDir() + "capture";
    std::size_t all = 0;
    {
        Network network;
        PointToPointHelper().EnablePcap(prefix, network.GetNodes());
        InternetStackHelper().EnablePcapIpv4(prefix + "-ip", network.GetNodes());
        Transfer(network);
        all = network.SentBy(0).size() + network.SentBy(1).size();
    } // closes the files
    for (const std::string node : {"0", "1"})
    {
        EXPECT_EQ(ReadCapture(prefix + "-" + node + "-1.pcap").size(), all) << node;
        const auto packets = ReadCapture(prefix + "-ip-n" + node + "-i1.pcap");
        // ns-3 writes out the rest of this one when the program ends.
        ASSERT_GT(packets.size(), 100U) << node;
        EXPECT_EQ(packets[0].at(IP_HEADER + FLAGS), TcpHeader::SYN);
    }
}

class QueueDiscs : public SimulationTest, public testing::WithParamInterface<const char*>
{
};

TEST_P(QueueDiscs, CarryATransfer)
{
    Config::SetDefault("ns3::DropTailQueue<Packet>::MaxSize", StringValue("1p"));
    Network network({.rate = "1Mbps"});
    TrafficControlHelper queues;
    queues.Uninstall(network.GetDevices());
    queues.SetRootQueueDisc(GetParam());
    const auto discs = queues.Install(network.GetDevices());
    Transfer(network);
    const auto& stats = discs.Get(0)->GetStats();
    EXPECT_EQ(stats.nTotalSentPackets, network.SentBy(0).size());
    EXPECT_GT(stats.nTotalEnqueuedPackets, 100U) << "the queue was used";
}

INSTANTIATE_TEST_SUITE_P(All,
                         QueueDiscs,
                         testing::Values("ns3::FifoQueueDisc",
                                         "ns3::PfifoFastQueueDisc",
                                         "ns3::RedQueueDisc",
                                         "ns3::CoDelQueueDisc",
                                         "ns3::FqCoDelQueueDisc",
                                         "ns3::PieQueueDisc",
                                         "ns3::CobaltQueueDisc"),
                         [](const auto& info) { return std::string(info.param).substr(5); });

} // namespace
} // namespace test
} // namespace ns3

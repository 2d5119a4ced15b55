// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * What ns-3's example tcp-variants-comparison does: bulk transfers with a chosen congestion control
 * and recovery from sources over one gateway to sinks, by links that may lose packets.
 * `--stack=stock` runs it on ns-3's own TCP; the two differ in one line.
 *
 *     source ---- 10 Mbit/s, 45 ms ---- gateway ---- 2 Mbit/s, 0.01 ms, errors ---- sink
 *
 * For each flow it prints the octets that arrived; `--tracing` writes, by `PREFIX-flowN-`, the
 * congestion window, slow start threshold, RTT, RTO, octets in flight, next sequence number to send
 * and to receive, each change with its time.
 *
 * Without errors both stacks deliver the same octets where `--data` sets an end. Sequence numbers
 * start at random with ours, at 1 with stock.
 */

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/flow-monitor-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/tcp-fsm-module.h"
#include "ns3/traffic-control-module.h"

#include <algorithm>
#include <iostream>
#include <string>

using namespace ns3;

namespace
{

const Time START = Seconds(0.1); // of a flow, after the one before

template <typename T>
void
Record(Ptr<OutputStreamWrapper> stream, T /* before */, T after)
{
    *stream->GetStream() << Simulator::Now().GetSeconds() << " " << after << "\n";
}

void
RecordTime(Ptr<OutputStreamWrapper> stream, Time /* before */, Time after)
{
    *stream->GetStream() << Simulator::Now().GetSeconds() << " " << after.GetSeconds() << "\n";
}

std::string
SocketOf(Ptr<Node> node, uint32_t index)
{
    return "/NodeList/" + std::to_string(node->GetId()) + "/$ns3::TcpL4Protocol/SocketList/" +
           std::to_string(index) + "/";
}

void
TraceSource(Ptr<Node> node, std::string prefix)
{
    AsciiTraceHelper ascii;
    const auto connect = [&](const std::string& source, const std::string& file, auto record) {
        Config::ConnectWithoutContext(
            SocketOf(node, 0) + source,
            MakeBoundCallback(record, ascii.CreateFileStream(prefix + file + ".data")));
    };
    connect("CongestionWindow", "cwnd", &Record<uint32_t>);
    connect("SlowStartThreshold", "ssth", &Record<uint32_t>);
    connect("BytesInFlight", "inflight", &Record<uint32_t>);
    connect("NextTxSequence", "next-tx", &Record<SequenceNumber32>);
    connect("RTT", "rtt", &RecordTime);
    connect("RTO", "rto", &RecordTime);
}

void
TraceSink(Ptr<Node> node, std::string prefix)
{
    // Socket 0 listens.
    Config::ConnectWithoutContext(
        SocketOf(node, 1) + "RxBuffer/NextRxSequence",
        MakeBoundCallback(&Record<SequenceNumber32>,
                          AsciiTraceHelper().CreateFileStream(prefix + "next-rx.data")));
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string stack = "fsm";
    std::string transport = "TcpWestwoodPlus";
    std::string recovery = "ns3::TcpClassicRecovery";
    std::string queue = "ns3::PfifoFastQueueDisc";
    std::string bandwidth = "2Mbps";
    std::string delay = "0.01ms";
    std::string accessBandwidth = "10Mbps";
    std::string accessDelay = "45ms";
    std::string prefix = "TcpVariantsComparison";
    double errors = 0;
    double duration = 100;
    uint64_t megabytes = 0;
    uint32_t mtu = 400;
    uint16_t flows = 1;
    uint32_t run = 0;
    bool sack = true;
    bool tracing = false;
    bool monitor = false;
    CommandLine command(__FILE__);
    command.AddValue("stack", "TCP of the nodes: fsm or stock", stack);
    command.AddValue("transport_prot", "Congestion control, such as TcpCubic", transport);
    command.AddValue("recovery", "Recovery, such as ns3::TcpPrrRecovery", recovery);
    command.AddValue("queue_disc_type", "Queue disc of the gateway", queue);
    command.AddValue("bandwidth", "Rate of the links to the sinks", bandwidth);
    command.AddValue("delay", "Their delay", delay);
    command.AddValue("access_bandwidth", "Rate of the links to the sources", accessBandwidth);
    command.AddValue("access_delay", "Their delay", accessDelay);
    command.AddValue("error_p", "Probability that a link to a sink loses a packet", errors);
    command.AddValue("duration", "How long flows run, in seconds", duration);
    command.AddValue("data", "Megabytes of each flow; 0: no end", megabytes);
    command.AddValue("mtu", "Size of IP packets", mtu);
    command.AddValue("num_flows", "Number of flows", flows);
    command.AddValue("run", "Run number of the random generator", run);
    command.AddValue("sack", "Whether SACK is used", sack);
    command.AddValue("tracing", "Write traces of the sockets", tracing);
    command.AddValue("prefix_name", "Beginning of the names of files", prefix);
    command.AddValue("flow_monitor", "Write what FlowMonitor finds", monitor);
    command.Parse(argc, argv);
    NS_ABORT_MSG_IF(stack != "fsm" && stack != "stock",
                    "--stack=" << stack << ": there are fsm and stock");

    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(run);
    const uint32_t headers =
        20 + Ipv4Header().GetSerializedSize() + TcpHeader().GetSerializedSize();
    NS_ABORT_MSG_IF(mtu <= headers,
                    "--mtu=" << mtu << ": packets begin with " << headers << " octets of headers");
    const uint32_t segmentSize = mtu - headers;
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(segmentSize));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(1 << 21));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(1 << 21));
    Config::SetDefault("ns3::TcpSocketBase::Sack", BooleanValue(sack));
    Config::SetDefault("ns3::TcpL4Protocol::RecoveryType", StringValue(recovery));
    TypeId control;
    NS_ABORT_MSG_UNLESS(TypeId::LookupByNameFailSafe("ns3::" + transport, &control),
                        "--transport_prot=" << transport << ": no such type in ns3");
    Config::SetDefault("ns3::TcpL4Protocol::SocketType", TypeIdValue(control));

    NodeContainer gateway(1);
    NodeContainer sources(flows);
    NodeContainer sinks(flows);
    const NodeContainer nodes(gateway, sources, sinks);
    stack == "fsm" ? TcpFsmHelper().Install(nodes) : InternetStackHelper().Install(nodes);

    PointToPointHelper access;
    access.SetDeviceAttribute("DataRate", StringValue(accessBandwidth));
    access.SetChannelAttribute("Delay", StringValue(accessDelay));
    PointToPointHelper bottleneck;
    bottleneck.SetDeviceAttribute("DataRate", StringValue(bandwidth));
    bottleneck.SetChannelAttribute("Delay", StringValue(delay));
    auto loss = CreateObject<RateErrorModel>();
    loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    loss->SetRate(errors);
    loss->AssignStreams(50);
    bottleneck.SetDeviceAttribute("ReceiveErrorModel", PointerValue(loss));

    const double pipe = std::min(DataRate(accessBandwidth), DataRate(bandwidth)).GetBitRate() /
                        8.0 * 2 * (Time(accessDelay) + Time(delay)).GetSeconds();
    TrafficControlHelper accessQueue;
    accessQueue.SetRootQueueDisc("ns3::PfifoFastQueueDisc");
    TrafficControlHelper gatewayQueue;
    gatewayQueue.SetRootQueueDisc(queue);
    Config::SetDefault("ns3::PfifoFastQueueDisc::MaxSize",
                       QueueSizeValue(QueueSize(QueueSizeUnit::PACKETS, uint32_t(pipe / mtu))));
    Config::SetDefault("ns3::CoDelQueueDisc::MaxSize",
                       QueueSizeValue(QueueSize(QueueSizeUnit::BYTES, uint32_t(pipe))));

    Ipv4AddressHelper networks("10.0.0.0", "255.255.255.0");
    ApplicationContainer receivers;
    for (uint32_t i = 0; i < flows; ++i)
    {
        const NetDeviceContainer near = access.Install(sources.Get(i), gateway.Get(0));
        accessQueue.Install(near);
        networks.NewNetwork();
        networks.Assign(near);
        const NetDeviceContainer far = bottleneck.Install(gateway.Get(0), sinks.Get(i));
        gatewayQueue.Install(far);
        networks.NewNetwork();
        const InetSocketAddress server(networks.Assign(far).GetAddress(1), 50000);

        const Time begin = START * i;
        const Time end = START + Seconds(duration);
        BulkSendHelper source("ns3::TcpSocketFactory", server);
        source.SetAttribute("SendSize", UintegerValue(segmentSize));
        source.SetAttribute("MaxBytes", UintegerValue(megabytes * 1000000));
        ApplicationContainer senders = source.Install(sources.Get(i));
        senders.Start(begin);
        senders.Stop(end - Seconds(3));
        PacketSinkHelper sink("ns3::TcpSocketFactory",
                              InetSocketAddress(Ipv4Address::GetAny(), 50000));
        receivers.Add(sink.Install(sinks.Get(i)));
        receivers.Get(i)->SetStartTime(begin);
        receivers.Get(i)->SetStopTime(end);
        if (tracing)
        {
            const std::string name = prefix + "-flow" + std::to_string(i) + "-";
            Simulator::Schedule(begin + MicroSeconds(10), &TraceSource, sources.Get(i), name);
            // A round trip later there is an accepted socket.
            const Time roundTrip = (Time(accessDelay) + Time(delay)) * 2;
            Simulator::Schedule(begin + roundTrip * 2, &TraceSink, sinks.Get(i), name);
        }
    }
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    FlowMonitorHelper monitors;
    if (monitor)
    {
        monitors.InstallAll();
    }

    Simulator::Stop(START + Seconds(duration));
    Simulator::Run();
    for (uint32_t i = 0; i < flows; ++i)
    {
        std::cout << "Flow " << i << ": " << DynamicCast<PacketSink>(receivers.Get(i))->GetTotalRx()
                  << " bytes received\n";
    }
    if (monitor)
    {
        monitors.SerializeToXmlFile(prefix + ".flowmonitor", true, true);
    }
    Simulator::Destroy();
}

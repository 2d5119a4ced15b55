// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * What ns-3's example tcp-bulk-send does: a BulkSend application fills a link of 500 kbit/s and
 * 5 ms for ten seconds, or until MaxBytes are sent. `--stack=stock` runs it on ns-3's own TCP; the
 * two differ in one line.
 *
 *     n0 ---- 500 kbit/s, 5 ms ---- n1
 *
 * Both deliver the same octets where `--maxBytes` sets an end. They differ in how segments are cut:
 * ours are as large as the link takes, stock's have 536 octets, so ours needs about a third of the
 * segments and carries more in ten seconds. With `--ns3::TcpSocket::SegmentSize=1000` both send the
 * same number of segments with data.
 */

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/tcp-fsm-module.h"

#include <iostream>
#include <string>

using namespace ns3;

int
main(int argc, char* argv[])
{
    std::string stack = "fsm";
    uint32_t maxBytes = 0;
    bool tracing = false;
    CommandLine command(__FILE__);
    command.AddValue("stack", "TCP of the nodes: fsm or stock", stack);
    command.AddValue("maxBytes", "Octets to send; 0: no end", maxBytes);
    command.AddValue("tracing", "Write tcp-bulk-send.tr and captures", tracing);
    command.Parse(argc, argv);
    NS_ABORT_MSG_IF(stack != "fsm" && stack != "stock",
                    "--stack=" << stack << ": there are fsm and stock");

    NodeContainer nodes(2);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("500kbps"));
    link.SetChannelAttribute("Delay", StringValue("5ms"));
    const NetDeviceContainer devices = link.Install(nodes);
    stack == "fsm" ? TcpFsmHelper().Install(nodes) : InternetStackHelper().Install(nodes);
    Ipv4AddressHelper network("10.1.1.0", "255.255.255.0");
    const Ipv4InterfaceContainer hosts = network.Assign(devices);

    const uint16_t port = 9;
    BulkSendHelper source("ns3::TcpSocketFactory", InetSocketAddress(hosts.GetAddress(1), port));
    source.SetAttribute("MaxBytes", UintegerValue(maxBytes));
    ApplicationContainer sources = source.Install(nodes.Get(0));
    sources.Start(Seconds(0));
    sources.Stop(Seconds(10));
    PacketSinkHelper sink("ns3::TcpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), port));
    ApplicationContainer sinks = sink.Install(nodes.Get(1));
    sinks.Start(Seconds(0));
    sinks.Stop(Seconds(10));
    if (tracing)
    {
        AsciiTraceHelper ascii;
        link.EnableAsciiAll(ascii.CreateFileStream("tcp-bulk-send.tr"));
        link.EnablePcapAll("tcp-bulk-send", false);
    }

    Simulator::Stop(Seconds(10));
    Simulator::Run();
    std::cout << "Total Bytes Received: " << DynamicCast<PacketSink>(sinks.Get(0))->GetTotalRx()
              << "\n";
    Simulator::Destroy();
}

// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * What ns-3's example tcp-large-transfer does: a program on a socket, without an application,
 * writes 2,000,000 octets as fast as the send buffer takes them, over two links. `--stack=stock`
 * runs it on ns-3's own TCP; the two differ in one line.
 *
 *     n0 ---- 10 Mbit/s, 10 ms ---- n1 ---- 10 Mbit/s, 10 ms ---- n2
 *
 * Every change of the congestion window is printed with its time. With
 * `--ns3::TcpSocket::SegmentSize=1000 --ns3::TcpSocket::DelAckCount=1` both walk through the same
 * windows, a few microseconds apart, since our SYN is longer by the MSS option. Without the first,
 * our segments are larger. Without the second, stock acknowledges the first segment at once, while
 * ours delays that ACK as any other (RFC 9293 3.8.6.3): all later ACKs fall on other segments.
 */

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/tcp-fsm-module.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint32_t TOTAL = 2000000;
constexpr uint32_t WRITE = 1040; // a multiple of 26, as is the alphabet that is sent

uint32_t g_written = 0;

void
Write(Ptr<Socket> socket, uint32_t /* room */)
{
    static const std::vector<uint8_t> data = [] {
        std::vector<uint8_t> octets(WRITE);
        for (uint32_t i = 0; i < WRITE; ++i)
        {
            octets[i] = static_cast<uint8_t>('a' + i % 26);
        }
        return octets;
    }();
    while (g_written < TOTAL && socket->GetTxAvailable() > 0)
    {
        const uint32_t offset = g_written % WRITE;
        const uint32_t size =
            std::min({WRITE - offset, TOTAL - g_written, socket->GetTxAvailable()});
        const int sent = socket->Send(data.data() + offset, size, 0);
        if (sent < 0)
        {
            return; // called again when there is room
        }
        g_written += sent;
    }
    if (g_written == TOTAL)
    {
        ++g_written; // once
        socket->Close();
    }
}

void
Start(Ptr<Socket> socket, Address server)
{
    socket->Connect(server);
    socket->SetSendCallback(MakeCallback(&Write));
    Write(socket, socket->GetTxAvailable());
}

void
PrintWindow(uint32_t /* before */, uint32_t after)
{
    std::cout << Simulator::Now().GetSeconds() << " cwnd " << after << "\n";
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string stack = "fsm";
    CommandLine command(__FILE__);
    command.AddValue("stack", "TCP of the nodes: fsm or stock", stack);
    command.Parse(argc, argv);
    NS_ABORT_MSG_IF(stack != "fsm" && stack != "stock",
                    "--stack=" << stack << ": there are fsm and stock");

    NodeContainer nodes(3);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("10Mbps"));
    link.SetChannelAttribute("Delay", StringValue("10ms"));
    const NetDeviceContainer first = link.Install(nodes.Get(0), nodes.Get(1));
    const NetDeviceContainer second = link.Install(nodes.Get(1), nodes.Get(2));
    stack == "fsm" ? TcpFsmHelper().Install(nodes) : InternetStackHelper().Install(nodes);
    Ipv4AddressHelper networks("10.1.3.0", "255.255.255.0");
    networks.Assign(first);
    networks.NewNetwork();
    const Ipv4InterfaceContainer hosts = networks.Assign(second);
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();

    const uint16_t port = 50000;
    PacketSinkHelper sink("ns3::TcpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), port));
    ApplicationContainer sinks = sink.Install(nodes.Get(2));
    sinks.Start(Seconds(0));
    sinks.Stop(Seconds(5));

    Ptr<Socket> socket = Socket::CreateSocket(nodes.Get(0), TcpSocketFactory::GetTypeId());
    socket->Bind();
    Config::ConnectWithoutContext("/NodeList/0/$ns3::TcpL4Protocol/SocketList/0/CongestionWindow",
                                  MakeCallback(&PrintWindow));
    Simulator::ScheduleNow(&Start, socket, InetSocketAddress(hosts.GetAddress(1), port));

    Simulator::Stop(Seconds(1000));
    Simulator::Run();
    std::cout << "Total Bytes Received: " << DynamicCast<PacketSink>(sinks.Get(0))->GetTotalRx()
              << "\n";
    Simulator::Destroy();
}

// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/applications-module.h"
#include "ns3/internet-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/tcp-fsm-module.h"

using namespace ns3;

int
main()
{
    NodeContainer nodes(2);
    TcpFsmHelper().Install(nodes); // in place of InternetStackHelper
    Ipv4AddressHelper network("10.0.0.0", "255.255.255.0");
    auto hosts = network.Assign(PointToPointHelper().Install(nodes));
    InetSocketAddress address(hosts.GetAddress(1), 80);
    PacketSinkHelper("ns3::TcpSocketFactory", address).Install(nodes.Get(1)).Stop(Seconds(9));
    BulkSendHelper client("ns3::TcpSocketFactory", address);
    client.SetAttribute("MaxBytes", UintegerValue(10000));
    client.Install(nodes.Get(0));
    TcpFsmTraceHelper().EnableTransitions("transitions.csv");
    Simulator::Run();
    Simulator::Destroy();
}

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-pair.h"

#include "ns3/ipv4-address-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/string.h"

namespace ns3
{

TcpFsmBenchPair::TcpFsmBenchPair(TcpFsmStack stack, const std::string& rate)
    : nodes(2)
{
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue(rate));
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    const auto devices = link.Install(nodes);
    TcpFsmInstallStack(stack, nodes);
    server = Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(devices).GetAddress(1);
}

} // namespace ns3

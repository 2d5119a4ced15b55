// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-transfer.h"

#include "tcp-fsm-demo-pair.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/tcp-fsm-trace-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{

TcpFsmDemoTransfer::TcpFsmDemoTransfer(TcpFsmDemoObserver& observer)
{
    const uint16_t port = 80;
    const TcpFsmDemoPair pair(observer,
                              {.rate = "5Mbps", .delay = "10ms", .loss = LOSS_PERCENT / 100.0});
    const TcpFsmTopology& net = pair.GetTopology();
    net.AssignStreams(1);

    PacketSinkHelper server("ns3::TcpSocketFactory", net.GetSocketAddress(1, port));
    auto servers = server.Install(net.GetHost(1));
    servers.Stop(Seconds(30)); // it would not close by itself
    m_sink = servers.Get(0)->GetObject<PacketSink>();

    BulkSendHelper client("ns3::TcpSocketFactory", net.GetSocketAddress(1, port));
    client.SetAttribute("MaxBytes", UintegerValue(OCTETS));
    client.Install(net.GetHost(0)).Start(MilliSeconds(1));

    TcpFsmTraceHelper().EnablePcap(observer.GetFolder() + "/transfer", net.GetNodes());
}

uint64_t
TcpFsmDemoTransfer::GetReceived() const
{
    return m_sink->GetTotalRx();
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-transfer.h"

#include "tcp-fsm-demo-pair.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/error-model.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/pointer.h"
#include "ns3/tcp-fsm-trace-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{

TcpFsmDemoTransfer::TcpFsmDemoTransfer(TcpFsmDemoObserver& observer)
{
    const uint16_t port = 80;
    const TcpFsmDemoPair pair(observer, "5Mbps", MilliSeconds(10));
    for (uint32_t side = 0; side < 2; ++side)
    {
        auto loss = CreateObject<RateErrorModel>();
        loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        loss->SetRate(LOSS_PERCENT / 100.0);
        loss->AssignStreams(side + 1);
        pair.GetDevices().Get(side)->SetAttribute("ReceiveErrorModel", PointerValue(loss));
    }

    PacketSinkHelper server("ns3::TcpSocketFactory", pair.AddressOf(1, port));
    auto servers = server.Install(pair.GetNodes().Get(1));
    servers.Stop(Seconds(30)); // it would not close by itself
    m_sink = servers.Get(0)->GetObject<PacketSink>();

    BulkSendHelper client("ns3::TcpSocketFactory", pair.AddressOf(1, port));
    client.SetAttribute("MaxBytes", UintegerValue(OCTETS));
    client.Install(pair.GetNodes().Get(0)).Start(MilliSeconds(1));

    TcpFsmTraceHelper().EnablePcap(observer.GetFolder() + "/transfer", pair.GetNodes());
}

uint64_t
TcpFsmDemoTransfer::GetReceived() const
{
    return m_sink->GetTotalRx();
}

} // namespace ns3

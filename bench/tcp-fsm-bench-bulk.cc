// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-bulk.h"

#include "tcp-fsm-bench-pair.h"

#include "ns3/application-container.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/simulator.h"
#include "ns3/tcp-fsm-trace-helper.h"
#include "ns3/uinteger.h"

#include <stdexcept>

namespace ns3
{

TcpFsmBenchBulkResult
TcpFsmBenchBulk(TcpFsmStack stack, uint64_t octets, const std::string& traceFile)
{
    constexpr uint16_t PORT = 80;
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(1400));
    const TcpFsmBenchPair pair(stack, "1Gbps");
    PacketSinkHelper server("ns3::TcpSocketFactory",
                            InetSocketAddress(Ipv4Address::GetAny(), PORT));
    auto sink = DynamicCast<PacketSink>(server.Install(pair.nodes.Get(1)).Get(0));
    BulkSendHelper client("ns3::TcpSocketFactory", InetSocketAddress(pair.server, PORT));
    client.SetAttribute("MaxBytes", UintegerValue(octets));
    client.SetAttribute("SendSize", UintegerValue(1400));
    client.Install(pair.nodes.Get(0));
    if (!traceFile.empty())
    {
        TcpFsmTraceHelper().EnableReactions(traceFile);
    }
    sink->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>, const Address&>(
            [sink = PeekPointer(sink), octets](Ptr<const Packet>, const Address&) {
                if (sink->GetTotalRx() >= octets)
                {
                    Simulator::Stop();
                }
            }));

    TcpFsmBenchBulkResult result;
    result.before = TcpFsmBenchUsage::Now();
    Simulator::Run();
    result.simulated = Simulator::Now().GetSeconds();
    const uint64_t received = sink->GetTotalRx();
    Simulator::Destroy();
    result.after = TcpFsmBenchUsage::Now();
    if (received != octets)
    {
        throw std::runtime_error("octets received: " + std::to_string(received) + " of " +
                                 std::to_string(octets));
    }
    return result;
}

} // namespace ns3

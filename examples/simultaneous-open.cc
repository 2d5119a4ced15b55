// SPDX-License-Identifier: GPL-2.0-only

// Two hosts call each other at once, each from the port that the other calls. The SYNs cross, and
// both ends share one connection that nobody has listened for (RFC 9293 3.5, figure 7).
//
// Look at: both go from SYN-SENT to SYN-RCVD by a SYN. With --later=10ms the SYNs don't cross:
// each finds the other's port closed, and both calls are refused.

#include "example.h"

using namespace example;

int
main(int argc, char* argv[])
{
    std::string trace;
    Time later(0);
    CommandLine cmd(__FILE__);
    cmd.AddValue("later", "how much later than host 0 host 1 calls", later);
    cmd.AddValue("trace", "write every reaction to this file, .csv", trace);
    cmd.Parse(argc, argv);

    const uint16_t port = 5000;
    TcpFsmTopology net = TcpFsmTopologyHelper().Pair({.rate = "100Mbps", .delay = "5ms"});
    net.AssignStreams(1);
    Trace(trace);
    OnTransition(net.GetHosts(), Print);

    for (uint32_t host : {0, 1})
    {
        auto socket = MakeSocket(net.GetHost(host), port);
        const Address other = net.GetSocketAddress(1 - host, port);
        const Time start = host == 0 ? Time(0) : later;
        At(net.GetHost(host), start, [=] { socket->Connect(other); });
        At(net.GetHost(host), Seconds(1), [=] { socket->Close(); });
    }
    Simulator::Run();
    Simulator::Destroy();
}

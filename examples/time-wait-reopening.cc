// SPDX-License-Identifier: GPL-2.0-only

// A server that closes first keeps the connection in TIME-WAIT for 2 MSL, 240 s. Meanwhile the
// client calls again from the same port.
//
// Look at: our TCP takes a SYN that is newer than the old connection and reopens it at once
// (RFC 1122 4.2.2.13, RFC 6191). Under RFC 793 the SYN resets TIME-WAIT, so that only the
// retransmitted one meets the listener; ns-3's own TCP ignores it.

#include "example.h"

using namespace example;

namespace
{

constexpr uint16_t PORT = 80;
constexpr uint16_t CLIENT_PORT = 5000;

/// Calls, and closes when the server has.
void
Call(const TcpFsmTopology& net)
{
    auto client = MakeSocket(net.GetHost(0), CLIENT_PORT);
    client->SetCloseCallbacks(
        Callback<void, Ptr<Socket>>([](Ptr<Socket> ended) { ended->Close(); }),
        MakeNullCallback<void, Ptr<Socket>>());
    client->Connect(net.GetSocketAddress(1, PORT));
}

/// Calls twice; prints how the second call went.
void
CallTwice(const std::string& server, const std::string& trace)
{
    TcpFsmTopologyHelper helper;
    TcpFsmHelper tcp;
    if (server == "stock")
    {
        helper.SetStockHosts({1});
    }
    else
    {
        tcp.SetProfile(server);
        helper.SetTcp(tcp);
    }
    TcpFsmTopology net = helper.Pair({.rate = "100Mbps", .delay = "5ms"});
    net.AssignStreams(1);
    Trace(trace);
    if (!trace.empty())
    {
        OnTransition(net.GetHosts(), Print);
    }

    const Time second = Seconds(10);
    std::string outcome = "in vain";
    auto listener = MakeSocket(net.GetHost(1), PORT);
    listener->Listen();
    OnAccept(listener, [&](Ptr<Socket> connection) {
        if (Simulator::Now() > second)
        {
            outcome = "accepted after " + Milliseconds(Simulator::Now() - second);
        }
        connection->Close();
    });
    At(net.GetHost(0), Time(0), [&net] { Call(net); });
    At(net.GetHost(0), second, [&net] { Call(net); });
    Simulator::Stop(Seconds(60));
    Simulator::Run();
    std::cout << "server with " << server << ": the second call is " << outcome << "\n";
    Simulator::Destroy();
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string server;
    std::string trace;
    CommandLine cmd(__FILE__);
    cmd.AddValue("server", "only this: rfc9293, rfc793, freebsd or stock", server);
    cmd.AddValue("trace", "write every reaction to this file, .csv; needs --server", trace);
    cmd.Parse(argc, argv);
    if (server.empty() && !trace.empty())
    {
        std::cerr << "--trace needs --server: one file cannot hold several runs\n";
        return 1;
    }
    if (!server.empty())
    {
        CallTwice(server, trace);
        return 0;
    }
    for (const auto* each : {"rfc9293", "rfc793", "stock"})
    {
        CallTwice(each, "");
    }
}

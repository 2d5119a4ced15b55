// SPDX-License-Identifier: GPL-2.0-only

// Each segment of the handshake in turn gets lost, and the end that misses an answer sends again.
//
// Look at: a lost SYN or SYN-ACK costs the first retransmission timeout, 1 s. A lost last ACK
// leaves the server in SYN-RCVD with a client that is ESTABLISHED already; the client's first data
// carries the ACK as well, so that the loss costs nothing where the client speaks first.
// Try other rules: --rule="drop first 3 SYN", --rule="delay first SYN-ACK by 1500ms".

#include "example.h"

using namespace example;

/// Makes a connection while a rule is in force; prints when either end is ESTABLISHED.
void
Connect(const std::string& rule, Time speak, const std::string& trace)
{
    TcpFsmTopology net = TcpFsmTopologyHelper().Pair({.rate = "100Mbps", .delay = "5ms"});
    net.AssignStreams(1);
    Trace(trace);
    TcpFsmSegmentFilter filter(net.GetHosts());
    if (!rule.empty())
    {
        filter.Add(rule);
    }
    std::string established[2]{"never", "never"};
    OnTransition(net.GetHosts(), [&](const TcpFsmTransition& change) {
        if (change.to == TcpSocket::ESTABLISHED)
        {
            established[change.node] = Milliseconds(change.time);
        }
    });

    auto server = MakeSocket(net.GetHost(1), 80);
    server->Listen();
    auto client = MakeSocket(net.GetHost(0));
    At(net.GetHost(0), Time(0), [&] { client->Connect(net.GetSocketAddress(1, 80)); });
    At(net.GetHost(0), speak, [&] { client->Send(Create<Packet>(100)); });
    Simulator::Stop(Seconds(20));
    Simulator::Run();
    std::cout << (rule.empty() ? "nothing is lost" : rule) << ": client ESTABLISHED at "
              << established[0] << ", server at " << established[1]
              << (filter.GetUnused().empty() ? "" : " (the rule was never used)") << "\n";
    Simulator::Destroy();
}

int
main(int argc, char* argv[])
{
    std::string rule;
    std::string trace;
    Time speak = MilliSeconds(100);
    CommandLine cmd(__FILE__);
    // By a callback, since CommandLine puts only the first word into a string.
    cmd.AddValue("rule",
                 "one rule of TcpFsmSegmentFilter instead of all losses",
                 Callback<bool, const std::string&>([&rule](const std::string& text) {
                     rule = text;
                     return true;
                 }));
    cmd.AddValue("speak", "when the client sends its first data", speak);
    cmd.AddValue("trace", "write every reaction to this file, .csv; needs --rule", trace);
    cmd.Parse(argc, argv);
    if (rule.empty() && !trace.empty())
    {
        std::cerr << "--trace needs --rule: one file cannot hold several runs\n";
        return 1;
    }
    if (!rule.empty())
    {
        Connect(rule, speak, trace);
        return 0;
    }
    for (const auto* lost :
         {"", "drop first SYN", "drop first SYN-ACK", "drop first ACK from node 0"})
    {
        Connect(lost, speak, "");
    }
}

// SPDX-License-Identifier: GPL-2.0-only

// An attacker sends SYNs from addresses that nobody has: the server answers them all and waits for
// ACKs that never come. A client connects in the midst of it.
//
// Look at: the half-open connections never exceed the backlog, since the newest takes the place of
// the oldest (RFC 4987 3.3). So the client gets in if its ACK comes before the flood has
// turned the queue over: with the backlog of 128 and a SYN each 100 us that takes 12.8 ms, and
// the client's round trip 4 ms. With --backlog=16 it is evicted, and its ACK is refused.

#include "example.h"

#include <algorithm>

using namespace example;

namespace
{

constexpr uint16_t PORT = 80;

/// Sends a SYN from one of the addresses that are set aside for such tests (RFC 2544).
void
SendSyn(const TcpFsmTopology& net, uint32_t number)
{
    TcpHeader syn;
    syn.SetSourcePort(1024 + number % 60000);
    syn.SetDestinationPort(PORT);
    syn.SetSequenceNumber(SequenceNumber32(number));
    syn.SetWindowSize(65535);
    syn.SetFlags(TcpHeader::SYN);
    const Ipv4Address nobody(Ipv4Address("198.18.0.0").Get() + number % 131072);
    SendForged(net.GetLink(2).Get(0), nobody, net.GetIpv4Address(1), syn);
}

/// @return the half-open connections of a host
int64_t
CountHalfOpen(Ptr<Node> host)
{
    const auto all = host->GetObject<TcpFsmL4Protocol>()->GetConnections();
    return std::count_if(all.begin(), all.end(), [](const TcpFsmConnection& connection) {
        return connection.state == TcpSocket::SYN_RCVD;
    });
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string trace;
    uint32_t backlog = 128;
    uint32_t syns = 1000;
    Time interval = MicroSeconds(100);
    CommandLine cmd(__FILE__);
    cmd.AddValue("backlog", "half-open connections of the server at most", backlog);
    cmd.AddValue("syns", "how many SYNs the attacker sends", syns);
    cmd.AddValue("interval", "time between them", interval);
    cmd.AddValue("trace", "write every reaction to this file, .csv", trace);
    cmd.Parse(argc, argv);

    // Hosts: 0 client, 1 server, 2 attacker.
    TcpFsmTopology net = TcpFsmTopologyHelper().Star(3, {.rate = "1Gbps", .delay = "1ms"});
    net.AssignStreams(1);
    Trace(trace);

    auto server = MakeSocket(net.GetHost(1), PORT);
    server->SetAttribute("Backlog", UintegerValue(backlog));
    server->Listen();
    int64_t mostHalfOpen = 0;
    for (uint32_t i = 0; i < syns; ++i)
    {
        At(net.GetHost(2), i * interval, [&, i] {
            SendSyn(net, i);
            mostHalfOpen = std::max(mostHalfOpen, CountHalfOpen(net.GetHost(1)));
        });
    }

    std::string outcome = "is still waiting";
    auto client = MakeSocket(net.GetHost(0));
    OnAccept(server, [&](Ptr<Socket> /* connection */) {
        outcome = "was accepted at " + Milliseconds(Simulator::Now());
    });
    client->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                              Callback<void, Ptr<Socket>>([&outcome](Ptr<Socket> /* socket */) {
                                  outcome = "was refused: its place in the queue was taken";
                              }));
    At(net.GetHost(0), syns * interval / 2, [&] {
        client->Connect(net.GetSocketAddress(1, PORT));
    });
    Simulator::Stop(syns * interval + Seconds(1));
    Simulator::Run();
    std::cout << syns << " SYNs, at most " << mostHalfOpen << " half-open connections; the client "
              << outcome << "\n";
    Simulator::Destroy();
}

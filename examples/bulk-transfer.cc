// SPDX-License-Identifier: GPL-2.0-only

// A transfer over a link that loses two segments: what congestion window and round-trip time do.
//
// Look at: the window grows until a segment is lost; the ACKs behind it tell so within a round
// trip, and it is sent again long before the timeout, which would leave a window of one segment.
// The RTT follows the window: what the link cannot hold waits in its queue.

#include "example.h"

#include <algorithm>

using namespace example;

int
main(int argc, char* argv[])
{
    std::string trace;
    uint32_t octets = 1000000;
    CommandLine cmd(__FILE__);
    cmd.AddValue("octets", "size of the transfer", octets);
    cmd.AddValue("trace", "write every reaction to this file, .csv", trace);
    cmd.Parse(argc, argv);

    TcpFsmTopology net = TcpFsmTopologyHelper().Pair({.rate = "5Mbps", .delay = "20ms"});
    net.AssignStreams(1);
    Trace(trace);
    TcpFsmSegmentFilter filter(net.GetHosts());
    filter.Add("drop 100th data from node 0");
    filter.Add("drop 400th data from node 0");

    uint32_t received = 0;
    auto server = MakeSocket(net.GetHost(1), 80);
    server->Listen();
    OnAccept(server, [&received](Ptr<Socket> connection) {
        connection->SetRecvCallback(Callback<void, Ptr<Socket>>(
            [&received](Ptr<Socket> socket) { received += ReadAll(socket); }));
        connection->SetCloseCallbacks(
            Callback<void, Ptr<Socket>>([](Ptr<Socket> ended) { ended->Close(); }),
            MakeNullCallback<void, Ptr<Socket>>());
    });

    uint32_t left = octets;
    auto client = MakeSocket(net.GetHost(0));
    // Tells of room for more: at the beginning and whenever octets have been acknowledged.
    const auto send = [&left](Ptr<Socket> socket, uint32_t room) {
        const auto size = std::min(left, room);
        left -= size;
        if (size > 0 && socket->Send(Create<Packet>(size)) >= 0 && left == 0)
        {
            socket->Close();
        }
    };
    client->SetSendCallback(Callback<void, Ptr<Socket>, uint32_t>(send));
    const auto window = TcpFsmSeries::Follow(client, "CongestionWindow");
    const auto roundTrip = TcpFsmSeries::Follow(client, "RTT");
    At(net.GetHost(0), Time(0), [&] { client->Connect(net.GetSocketAddress(1, 80)); });

    Simulator::Stop(Seconds(20));
    Simulator::Run();
    std::cout << "The server received " << received << " of " << octets << " octets\n";
    const auto print = [](const std::string& name, const TcpFsmSeries& series) {
        auto samples = series.GetSamples();
        // Before the connection is open they are 0.
        std::erase_if(samples, [](const auto& sample) { return sample.value == 0; });
        const auto [least, most] = std::ranges::minmax(samples, {}, &TcpFsmSeries::Sample::value);
        std::cout << name << ": " << least.value << " to " << most.value << "\n";
    };
    print("CongestionWindow", *window);
    print("RTT", *roundTrip);
    Simulator::Destroy();
}

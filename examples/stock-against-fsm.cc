// SPDX-License-Identifier: GPL-2.0-only

// The same three scenarios, between two hosts with ns-3's own TCP and between two with this one.
//
// Look at: ns-3's TCP ignores the reset that refuses a call, resets calls that cross, and after
// ShutdownSend() with data on the way sends no FIN, so that the reader never sees the end. The
// difference is one line: SetStockHosts().

#include "example.h"

#include <vector>

using namespace example;

namespace
{

constexpr uint16_t PORT = 80;

TcpFsmTopology
MakePair(bool stock, const std::string& trace)
{
    TcpFsmTopologyHelper helper;
    helper.SetStockHosts(stock ? std::vector<uint32_t>{0, 1} : std::vector<uint32_t>{});
    TcpFsmTopology net = helper.Pair({.rate = "1Mbps", .delay = "5ms"});
    net.AssignStreams(1);
    Trace(stock ? "" : trace); // ns-3's TCP has no such trace
    return net;
}

void
Run()
{
    Simulator::Stop(Seconds(20));
    Simulator::Run();
    Simulator::Destroy();
}

/// @return what becomes of a call to a port where nobody listens
std::string
CallNobody(bool stock, const std::string& trace)
{
    TcpFsmTopology net = MakePair(stock, trace);
    std::string outcome = "the caller is told nothing";
    auto caller = MakeSocket(net.GetHost(0));
    caller->SetConnectCallback(MakeNullCallback<void, Ptr<Socket>>(),
                               Callback<void, Ptr<Socket>>([&outcome](Ptr<Socket> /* socket */) {
                                   outcome = "refused at " + Milliseconds(Simulator::Now());
                               }));
    At(net.GetHost(0), Time(0), [&] { caller->Connect(net.GetSocketAddress(1, PORT)); });
    Run();
    return outcome;
}

/// @return what becomes of two calls that cross
std::string
CallEachOther(bool stock, const std::string& trace)
{
    TcpFsmTopology net = MakePair(stock, trace);
    uint32_t connected = 0;
    for (uint32_t host : {0, 1})
    {
        auto caller = MakeSocket(net.GetHost(host), PORT);
        caller->SetConnectCallback(
            Callback<void, Ptr<Socket>>([&connected](Ptr<Socket> /* socket */) { ++connected; }),
            MakeNullCallback<void, Ptr<Socket>>());
        const Address other = net.GetSocketAddress(1 - host, PORT);
        At(net.GetHost(host), Time(0), [=] { caller->Connect(other); });
    }
    Run();
    return std::to_string(connected) + " of 2 ends are connected";
}

/// @return what a reader sees of a stream whose sender half-closes while data is on the way
std::string
HalfClose(bool stock, const std::string& trace)
{
    TcpFsmTopology net = MakePair(stock, trace);
    std::string outcome = "the reader never sees the end";
    auto listener = MakeSocket(net.GetHost(1), PORT);
    listener->Listen();
    OnAccept(listener, [&outcome](Ptr<Socket> connection) {
        connection->SetCloseCallbacks(
            Callback<void, Ptr<Socket>>([&outcome](Ptr<Socket> /* socket */) {
                outcome = "the reader sees the end at " + Milliseconds(Simulator::Now());
            }),
            MakeNullCallback<void, Ptr<Socket>>());
    });
    auto sender = MakeSocket(net.GetHost(0));
    At(net.GetHost(0), Time(0), [&] { sender->Connect(net.GetSocketAddress(1, PORT)); });
    At(net.GetHost(0), Seconds(1), [&] { sender->Send(Create<Packet>(100)); });
    At(net.GetHost(0), MilliSeconds(1003), [&] { sender->ShutdownSend(); }); // ACK at 1012 ms
    Run();
    return outcome;
}

/// A scenario, and what it is called.
struct Scenario
{
    std::string option;
    std::string title;
    std::string (*play)(bool stock, const std::string& trace);
};

} // namespace

int
main(int argc, char* argv[])
{
    const std::vector<Scenario> scenarios{
        {"nobody", "A call to nobody", CallNobody},
        {"crossing", "Calls that cross", CallEachOther},
        {"half-close", "A half-close with data on the way", HalfClose}};
    std::string only;
    std::string trace;
    CommandLine cmd(__FILE__);
    cmd.AddValue("only", "only this: nobody, crossing or half-close", only);
    cmd.AddValue("trace", "write every reaction of ours to this file, .csv; needs --only", trace);
    cmd.Parse(argc, argv);

    bool played = false;
    for (const auto& scenario : scenarios)
    {
        if (only == scenario.option || (only.empty() && trace.empty()))
        {
            std::cout << scenario.title << ":\n  ns-3's TCP: " << scenario.play(true, "")
                      << "\n  this TCP:   " << scenario.play(false, trace) << "\n";
            played = true;
        }
    }
    if (!played)
    {
        std::cerr << "--only is nobody, crossing or half-close; --trace needs it\n";
        return 1;
    }
}

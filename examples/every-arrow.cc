// SPDX-License-Identifier: GPL-2.0-only

// Six conversations that together walk all 21 arrows of the state diagram (RFC 9293, figure 5),
// with nothing but calls of applications and one lost segment.
//
// Look at: the arrows off the beaten track. 6: a listener sends and turns into a caller. 7: a
// caller that has changed its mind resets a half-open connection. 11: CLOSE before the handshake
// is over. 15: the peer's FIN also acknowledges ours, since the ACK before it got lost.

#include "example.h"

#include <map>

using namespace example;

namespace
{

constexpr uint16_t PORT = 80;

/// Listens at host 1; what is accepted is closed after a time, the listener after a second.
void
Serve(const TcpFsmTopology& net, Time open)
{
    auto listener = MakeSocket(net.GetHost(1), PORT);
    OnAccept(listener, [open](Ptr<Socket> connection) {
        Simulator::Schedule(open, [connection] { connection->Close(); });
    });
    At(net.GetHost(1), Time(0), [listener] { listener->Listen(); });
    At(net.GetHost(1), Seconds(1), [listener] { listener->Close(); });
}

/// Calls from a port of a host to the other host's, and closes after a time.
void
Call(const TcpFsmTopology& net, uint32_t host, uint16_t port, uint16_t to, Time open)
{
    auto caller = MakeSocket(net.GetHost(host), port);
    const Address other = net.GetSocketAddress(1 - host, to);
    At(net.GetHost(host), MilliSeconds(1), [=] { caller->Connect(other); });
    At(net.GetHost(host), MilliSeconds(1) + open, [=] { caller->Close(); });
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string trace;
    CommandLine cmd(__FILE__);
    cmd.AddValue("trace", "write every reaction to this file, .csv", trace);
    cmd.Parse(argc, argv);

    // A link of 1 ms for each conversation: what both hosts do at once crosses on the way.
    const TcpFsmTopologyHelper helper;
    const TcpFsmLinkOptions link{.rate = "1Gbps", .delay = "1ms"};

    const auto ordinary = helper.Pair(link); // arrows 1, 2, 3, 5, 9, 10, 12, 13, 14, 17, 19-21
    Serve(ordinary, MilliSeconds(30));
    Call(ordinary, 0, 0, PORT, MilliSeconds(20));

    const auto sending = helper.Pair(link); // 6
    Serve(sending, MilliSeconds(30));
    auto turncoat = MakeSocket(sending.GetHost(0), PORT);
    turncoat->Listen();
    At(sending.GetHost(0), MilliSeconds(1), [&] {
        turncoat->SendTo(Create<Packet>(100), 0, sending.GetSocketAddress(1, PORT));
    });
    At(sending.GetHost(0), MilliSeconds(20), [&] { turncoat->Close(); });

    const auto fickle = helper.Pair(link); // 4, 7
    Serve(fickle, MilliSeconds(30));
    Call(fickle, 0, 0, PORT, MicroSeconds(500));

    const auto meeting = helper.Pair(link); // 8, 16, 18
    Call(meeting, 0, PORT, PORT, MilliSeconds(20));
    Call(meeting, 1, PORT, PORT, MilliSeconds(20));

    const auto hasty = helper.Pair(link); // 11: its SYN arrives after 1 ms, the SYN-ACK after 2 ms
    Call(hasty, 0, PORT, PORT, MicroSeconds(1500));
    Call(hasty, 1, PORT, PORT, MilliSeconds(20));

    const auto lossy = helper.Pair(link); // 15
    TcpFsmSegmentFilter filter(lossy.GetHosts());
    filter.Add("drop first ACK from node " + std::to_string(lossy.GetHost(1)->GetId()));
    Serve(lossy, MilliSeconds(30));
    Call(lossy, 0, 0, PORT, MilliSeconds(20));

    std::map<int, TcpFsmTransition> first;
    Trace(trace);
    OnTransition(NodeContainer::GetGlobal(), [&first](const TcpFsmTransition& change) {
        first.emplace(tcpfsm::FindRow(change.rule)->action.arrow, change);
    });
    Simulator::Run();
    first.erase(0); // changes of state for which the diagram has no arrow
    for (const auto& [arrow, change] : first)
    {
        std::cout << arrow << " (" << tcpfsm::ArrowCause(arrow) << "):  ";
        Print(change);
    }
    std::cout << first.size() << " of " << tcpfsm::ARROWS_IN_DIAGRAM << " arrows\n";
    Simulator::Destroy();
}

// SPDX-License-Identifier: GPL-2.0-only

// An attacker off the path knows the addresses and ports of a connection, but not its sequence
// numbers. It sends resets with forged source address at distances shorter than the receive
// window of 128 KiB: one of them must lie in it.
//
// Look at: under RFC 793 that one ends the connection. RFC 9293 (by RFC 5961) wants SEG.SEQ to be
// exactly RCV.NXT; a reset elsewhere in the window is answered by a challenge ACK, which a real
// peer would confirm by an exact reset. Here the peer knows of nothing, and the connection lives.

#include "example.h"

using namespace example;

namespace
{

constexpr uint16_t CLIENT_PORT = 5000;
constexpr uint16_t SERVER_PORT = 80;

/// Sends a reset as if the client had sent it to the server.
void
SendReset(const TcpFsmTopology& net, uint32_t sequence)
{
    TcpHeader reset;
    reset.SetSourcePort(CLIENT_PORT);
    reset.SetDestinationPort(SERVER_PORT);
    reset.SetSequenceNumber(SequenceNumber32(sequence));
    reset.SetFlags(TcpHeader::RST);
    SendForged(net.GetLink(2).Get(0), net.GetIpv4Address(0), net.GetIpv4Address(1), reset);
}

/// Lets the server resist as a profile says; prints how it went.
void
Attack(const std::string& profile, uint32_t step, const std::string& trace)
{
    TcpFsmHelper tcp;
    tcp.SetProfile(profile);
    TcpFsmTopologyHelper helper;
    helper.SetTcp(tcp);
    // Hosts: 0 client, 1 server, 2 attacker.
    TcpFsmTopology net = helper.Star(3, {.rate = "1Gbps", .delay = "1ms"});
    net.AssignStreams(1);
    Trace(trace);

    auto server = MakeSocket(net.GetHost(1), SERVER_PORT);
    server->Listen();
    auto client = MakeSocket(net.GetHost(0), CLIENT_PORT);
    At(net.GetHost(0), Time(0), [&] { client->Connect(net.GetSocketAddress(1, SERVER_PORT)); });

    const uint64_t resets = (uint64_t{1} << 32) / step;
    for (uint64_t i = 0; i < resets; ++i)
    {
        At(net.GetHost(2), Seconds(1) + MicroSeconds(10 * i), [&net, i, step] {
            SendReset(net, i * step);
        });
    }

    uint32_t challenges = 0;
    std::string end;
    const auto react = [&](const TcpFsmTransition& reaction) {
        challenges += reaction.reply == "challenge ACK" ? 1 : 0;
        if (reaction.from == TcpSocket::ESTABLISHED && reaction.to == TcpSocket::CLOSED)
        {
            end = ", reset at " + Milliseconds(reaction.time) + " by rule " +
                  std::string(reaction.rule);
            Simulator::Stop();
        }
    };
    net.GetHost(1)->GetObject<TcpFsmL4Protocol>()->TraceConnectWithoutContext(
        "Reaction",
        Callback<void, const TcpFsmTransition&>(react));
    Simulator::Stop(Seconds(3));
    Simulator::Run();
    const auto left = net.GetHost(1)->GetObject<TcpFsmL4Protocol>()->GetConnections();
    std::cout << profile << ": " << resets << " forged resets, challenge ACKs: " << challenges
              << ", the connection is "
              << (left.size() == 1 ? "gone" : TcpFsmStateName(left.back().state)) << end << "\n";
    Simulator::Destroy();
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string profile;
    std::string trace;
    uint32_t step = 120000;
    CommandLine cmd(__FILE__);
    cmd.AddValue("profile", "only this: rfc9293, rfc793 or freebsd", profile);
    cmd.AddValue("step", "distance of the resets' sequence numbers", step);
    cmd.AddValue("trace", "write every reaction to this file, .csv; needs --profile", trace);
    cmd.Parse(argc, argv);
    if (step == 0 || (profile.empty() && !trace.empty()))
    {
        std::cerr << "--step is at least 1, and --trace needs --profile\n";
        return 1;
    }
    if (!profile.empty())
    {
        Attack(profile, step, trace);
        return 0;
    }
    for (const auto* each : {"rfc793", "rfc9293"})
    {
        Attack(each, step, "");
    }
}

// SPDX-License-Identifier: GPL-2.0-only

#include "defect.h"
#include "scene.h"

#include "ns3/inet-socket-address.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-factory.h"

#include <utility>

namespace ns3
{
namespace test
{

namespace
{

constexpr uint8_t OPTION_TIMESTAMPS = 8;

/// MSS and timestamps as in a SYN.
std::vector<uint8_t>
WithTimestamp(uint8_t value)
{
    std::vector<uint8_t> options = TcpFsmRawSegment::Mss(1460);
    const std::vector<uint8_t> timestamps{1, 1, OPTION_TIMESTAMPS, 10, 0, 0, 0, value, 0, 0, 0, 0};
    options.insert(options.end(), timestamps.begin(), timestamps.end());
    return options;
}

/// @return the low octet of TSecr, -1 if there is none
int
EchoOf(const TcpFsmRawSegment& segment)
{
    const auto value = segment.FindOption(OPTION_TIMESTAMPS);
    return value && value->size() == 8 ? (*value)[7] : -1;
}

/// RFC 9293 3.7.1 (SHLD-5): both kinds of SYN say the largest segment.
std::string
M2(TcpFsmStack stack)
{
    std::string wrong;
    {
        Scene scene(stack);
        scene.node.Listen(false, 80);
        scene.connection.Send(TcpHeader::SYN);
        const auto synAck = scene.connection.Await(Seconds(1));
        if (!synAck || !synAck->GetMss())
        {
            wrong += "no MSS in the SYN-ACK; ";
        }
    }
    {
        Scene scene(stack);
        scene.Connect();
        const auto syn = scene.connection.Await(Seconds(1));
        if (!syn || !syn->GetMss())
        {
            wrong += "no MSS in the SYN; ";
        }
    }
    return wrong;
}

/// The first SYN of a run: its port and sequence number.
std::pair<uint16_t, uint32_t>
FirstSyn(TcpFsmStack stack, uint32_t run)
{
    RngSeedManager::SetRun(run);
    Scene scene(stack);
    Ptr<Socket> socket;
    scene.Call([&] {
        socket = Socket::CreateSocket(scene.node.GetNode(), TcpSocketFactory::GetTypeId());
        socket->Bind();
        socket->Connect(
            InetSocketAddress(Ipv4Address::ConvertFrom(scene.peer.GetAddress()), 40000));
    });
    TcpFsmRunFor(MilliSeconds(20));
    const auto received = scene.peer.TakeReceived();
    Simulator::Destroy();
    return received.empty() ? std::pair<uint16_t, uint32_t>{}
                            : std::pair{received[0].sourcePort, received[0].seq};
}

/// RFC 9293 3.4.1 and RFC 6056: a host that starts again should not meet its old connections.
std::string
M12(TcpFsmStack stack)
{
    const auto [port, isn] = FirstSyn(stack, 1);
    const auto [otherPort, otherIsn] = FirstSyn(stack, 2);
    if (port == 0 || otherPort == 0)
    {
        return "no SYN";
    }
    std::string wrong;
    if (port == otherPort)
    {
        wrong += "port " + std::to_string(port) + " in both runs; ";
    }
    if (isn == otherIsn)
    {
        wrong += "ISN " + std::to_string(isn) + " in both runs; ";
    }
    return wrong;
}

/// RFC 7323 3.2: TSecr echoes the SYN's TSval.
std::string
M14Echo(TcpFsmStack stack)
{
    std::string wrong;
    {
        Scene scene(stack, {.synOptions = WithTimestamp(77)});
        scene.node.Listen(false, 80);
        scene.connection.Send(TcpHeader::SYN);
        const auto synAck = scene.connection.Await(Seconds(1));
        if (!synAck || EchoOf(*synAck) != 77)
        {
            wrong += "TSecr " + std::to_string(synAck ? EchoOf(*synAck) : -1) + " in the SYN-ACK; ";
        }
    }
    {
        Scene scene(stack, {.synOptions = WithTimestamp(78)});
        scene.Connect();
        scene.connection.Await(Seconds(1));
        scene.connection.Send(TcpHeader::SYN | TcpHeader::ACK);
        const auto ack = scene.connection.Await(Seconds(1));
        if (!ack || EchoOf(*ack) != 78)
        {
            wrong += "TSecr " + std::to_string(ack ? EchoOf(*ack) : -1) + " in the first ACK; ";
        }
    }
    return wrong;
}

/// RFC 6298 2.1: the timeout is 1 s until a round trip has been measured.
std::string
M14Timeout(TcpFsmStack stack)
{
    Scene scene(stack);
    scene.Connect();
    const auto first = scene.connection.Await(Seconds(1));
    const auto second = scene.connection.Await(Seconds(10));
    if (!first || !second)
    {
        return "no second SYN";
    }
    const Time timeout = second->time - first->time;
    return timeout > Seconds(2)
               ? "the SYN was sent again after " + std::to_string(timeout.GetMilliSeconds()) + " ms"
               : "";
}

} // namespace

std::vector<Defect>
HandshakeDefects()
{
    return {
        {"M2SynsCarryMss", &M2, "no MSS in the SYN-ACK; no MSS in the SYN"},
        {"M12RunsDiffer", &M12, "port 49153 in both runs; ISN 0 in both runs"},
        {"M14TimestampIsEchoed", &M14Echo, "TSecr 0 in the SYN-ACK; TSecr 0 in the first ACK"},
        {"M14FirstTimeoutIsOneSecond", &M14Timeout, "after 3000 ms"},
    };
}

} // namespace test
} // namespace ns3

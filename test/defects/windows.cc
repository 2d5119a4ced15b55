// SPDX-License-Identifier: GPL-2.0-only

#include "defect.h"
#include "scene.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/tcp-header.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace test
{

namespace
{

constexpr uint32_t MSS = 1000;

void
SetSegmentSize()
{
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(MSS));
}

/// RFC 9293 3.10.7.4, first step: the keep-alive probe of a peer is an unacceptable segment.
std::string
M8(TcpFsmStack stack)
{
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    TcpFsmRawSegment probe = scene.connection.Make(TcpHeader::ACK);
    --probe.seq;
    const auto replies = scene.Exchange(probe, Seconds(1));
    if (replies.size() != 1 || replies[0].Kind() != "ACK")
    {
        return "a keep-alive probe got " + scene.Describe(replies);
    }
    return "";
}

/// The peer fills the buffer of an application that does not read. @return "" or what went wrong
std::string
FillBuffer(Scene& scene)
{
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.StopReading();
    for (int i = 0; i < 4; ++i)
    {
        scene.connection.Send(TcpHeader::ACK, std::vector<uint8_t>(MSS, 'x'));
        scene.Run(MilliSeconds(300));
    }
    return scene.connection.NodeRcvNxt() == scene.connection.PeerSndNxt() ? "" : "not taken";
}

/// RFC 9293 3.8.6.1: a probe of the closed window is acknowledged.
std::string
M9Probe(TcpFsmStack stack)
{
    SetSegmentSize();
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(4 * MSS));
    Scene scene(stack);
    const std::string wrong = FillBuffer(scene);
    if (!wrong.empty())
    {
        return wrong;
    }
    // As Linux probes: an octet below the window, without text.
    TcpFsmRawSegment probe = scene.connection.Make(TcpHeader::ACK);
    --probe.seq;
    const auto replies = scene.Exchange(probe, Seconds(1));
    return Has(replies, TcpHeader::ACK) ? "" : "a probe got " + scene.Describe(replies);
}

/// RFC 9293 3.8.6.2.2: the window opens again as the application reads.
std::string
M9Update(TcpFsmStack stack)
{
    SetSegmentSize();
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(4 * MSS));
    Scene scene(stack);
    const std::string wrong = FillBuffer(scene);
    if (!wrong.empty())
    {
        return wrong;
    }
    const uint32_t octets = scene.Read(4 * MSS);
    if (octets != 4 * MSS)
    {
        return "read " + std::to_string(octets);
    }
    const auto sent = scene.Run(Seconds(60));
    const bool opened = std::any_of(sent.begin(), sent.end(), [](const TcpFsmRawSegment& segment) {
        return segment.window >= MSS;
    });
    return opened ? "" : "within 60 s after reading it sent " + scene.Describe(sent);
}

/// RFC 9293 3.10.7.4: without the ACK flag a segment is dropped, so a probe needs it.
std::string
M10(TcpFsmStack stack)
{
    SetSegmentSize();
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.Acknowledge(0, 0);
    scene.Run(MilliSeconds(20));
    scene.Write(3 * MSS);
    const auto probes = scene.Run(Seconds(60));
    if (probes.empty())
    {
        return "no probe";
    }
    const bool all = std::all_of(probes.begin(), probes.end(), [](const TcpFsmRawSegment& segment) {
        return segment.Has(TcpHeader::ACK);
    });
    return all ? "" : "a probe without ACK: " + scene.Describe(probes);
}

/// RFC 9293 3.7.4: Nagle's algorithm holds new data back, not a retransmission.
std::string
M16(TcpFsmStack stack)
{
    SetSegmentSize();
    Config::SetDefault("ns3::TcpSocket::TcpNoDelay", BooleanValue(false));
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.Write(MSS + 500);
    if (CountText(scene.Run(MilliSeconds(20))) != MSS)
    {
        return "no full segment alone";
    }
    scene.Acknowledge(MSS);
    if (CountText(scene.Run(MilliSeconds(20))) != 500)
    {
        return "no tail";
    }
    // The tail is lost.
    const auto sent = scene.Run(Seconds(60));
    return CountText(sent) > 0 ? "" : "the tail was not sent again within 60 s";
}

/// RFC 9293 3.8.6.2.1: what doesn't fill a segment goes out when the override timer expires.
std::string
M17(TcpFsmStack stack)
{
    SetSegmentSize();
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.Acknowledge(0, 300);
    scene.Run(MilliSeconds(20));
    scene.Write(3 * MSS);
    const auto sent = scene.Run(Seconds(60));
    return CountText(sent) > 0 ? "" : "a window of 300 got " + scene.Describe(sent) + " in 60 s";
}

/// A transfer to a slow reader: the peer sends what fits, and one probe after a long silence.
std::string
M17SlowReader(TcpFsmStack stack)
{
    SetSegmentSize();
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(4 * MSS));
    Scene scene(stack);
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.StopReading();
    uint32_t edge = scene.connection.PeerSndNxt() + 4 * MSS;
    uint32_t received = 0;
    for (int i = 0; i < 400; ++i)
    {
        if (edge - scene.connection.PeerSndNxt() >= MSS)
        {
            scene.connection.Send(TcpHeader::ACK, std::vector<uint8_t>(MSS, 'x'));
        }
        for (const auto& segment : scene.Run(MilliSeconds(250)))
        {
            edge = std::max(edge, segment.ack + segment.window);
        }
        received += scene.Read(400);
    }
    return received >= 50 * MSS ? "" : "stalled after " + std::to_string(received) + " octets";
}

} // namespace

std::vector<Defect>
WindowDefects()
{
    return {
        {"M8KeepAliveIsAnswered", &M8, "a keep-alive probe got nothing"},
        {"M9WindowProbeIsAnswered", &M9Probe, "a probe got nothing"},
        {"M9WindowOpensAfterReading", &M9Update, "after reading it sent nothing"},
        {"M10WindowProbeHasAck", &M10, "a probe without ACK"},
        {"M16LostTailIsSentAgain", &M16, "the tail was not sent again"},
        {"M17SmallWindowIsUsed", &M17, "a window of 300 got nothing"},
        {"M17SlowReaderGetsAll", &M17SlowReader, "stalled after"},
    };
}

} // namespace test
} // namespace ns3

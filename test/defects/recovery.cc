// SPDX-License-Identifier: GPL-2.0-only

#include "defect.h"
#include "scene.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/tcp-header.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <random>
#include <utility>

namespace ns3
{
namespace test
{

namespace
{

constexpr uint32_t MSS = 1000;

using Blocks = std::vector<std::pair<uint32_t, uint32_t>>;

/// A peer that allows SACK. @return its configuration
TcpFsmRawConnection::Config
WithSack()
{
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(MSS));
    TcpFsmRawConnection::Config config;
    const std::vector<uint8_t> permitted{1, 1, 4, 2};
    config.synOptions.insert(config.synOptions.end(), permitted.begin(), permitted.end());
    return config;
}

/// Opens, and the node sends some full segments. @return "" or what went wrong
std::string
SendSegments(Scene& scene, uint32_t count)
{
    if (!scene.OpenPassive())
    {
        return "no connection";
    }
    scene.Write(count * MSS);
    const auto sent = scene.Run(MilliSeconds(20));
    return CountText(sent) == count * MSS ? "" : "sent " + scene.Describe(sent);
}

/// After an exchange: the connection works still. @return "" or what went wrong
std::string
CheckAlive(Scene& scene, uint32_t acked)
{
    scene.Acknowledge(acked);
    scene.Run(Seconds(1));
    scene.Write(MSS);
    // It may wait for a timeout that was backed off to the utmost (RFC 6298 2.5, 5.7).
    const auto sent = scene.Run(Seconds(61));
    return CountText(sent) >= MSS && sent[0].seq == scene.connection.NodeIss() + 1 + acked
               ? ""
               : "then it sent " + scene.Describe(sent);
}

/// RFC 2883: all arrived, the ACK was lost, the head came again; D-SACK tells of that.
std::string
M1(TcpFsmStack stack)
{
    Scene scene(stack, WithSack());
    const std::string wrong = SendSegments(scene, 3);
    if (!wrong.empty())
    {
        return wrong;
    }
    const auto again = scene.Run(Seconds(2));
    if (again.empty() || scene.Position(again[0].seq) != 0)
    {
        return "no retransmission";
    }
    scene.Acknowledge(2 * MSS, 20000, {{0, MSS}});
    scene.Run(MilliSeconds(20));
    return CheckAlive(scene, 3 * MSS);
}

/// A SACK block that the network delivers late, when nothing is in flight but a FIN.
std::string
M15(TcpFsmStack stack)
{
    Scene scene(stack, WithSack());
    const std::string wrong = SendSegments(scene, 3);
    if (!wrong.empty())
    {
        return wrong;
    }
    scene.Acknowledge(3 * MSS);
    scene.Run(MilliSeconds(20));
    scene.node.Close();
    if (!Has(scene.Run(MilliSeconds(20)), TcpHeader::FIN))
    {
        return "no FIN";
    }
    scene.Acknowledge(MSS, 20000, {{2 * MSS, 3 * MSS}});
    scene.Run(MilliSeconds(20));
    return scene.State() == "FIN-WAIT-1" ? "" : "then " + scene.State();
}

/// RFC 5681 3.2: after one duplicate ACK new data may go out at once or wait.
std::string
M18(TcpFsmStack stack)
{
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(MSS));
    Config::SetDefault("ns3::TcpSocketBase::Sack", BooleanValue(false));
    Config::SetDefault("ns3::TcpSocketBase::LimitedTransmit", BooleanValue(false));
    Scene scene(stack);
    const std::string wrong = SendSegments(scene, 3);
    if (!wrong.empty())
    {
        return wrong;
    }
    scene.Acknowledge(0);
    scene.Run(MilliSeconds(20));
    scene.Write(MSS);
    const uint32_t atOnce = CountText(scene.Run(MilliSeconds(20)));
    scene.Acknowledge(3 * MSS);
    const uint32_t later = CountText(scene.Run(MilliSeconds(20)));
    if (atOnce + later != MSS)
    {
        return "then it sent " + std::to_string(atOnce) + " and " + std::to_string(later);
    }
    return CheckAlive(scene, 4 * MSS);
}

/// The peer acknowledges a part of what it had reported by SACK, as if it had dropped the rest.
std::string
AcknowledgeInside(TcpFsmStack stack,
                  uint32_t segments,
                  const Blocks& blocks,
                  const std::vector<uint32_t>& acks)
{
    Scene scene(stack, WithSack());
    const std::string wrong = SendSegments(scene, segments);
    if (!wrong.empty())
    {
        return wrong;
    }
    scene.Acknowledge(0, 20000, blocks);
    scene.Run(MilliSeconds(20));
    for (const uint32_t ack : acks)
    {
        scene.Acknowledge(ack);
        scene.Run(MilliSeconds(20));
    }
    return CheckAlive(scene, segments * MSS);
}

/// RFC 2018 8: the receiver may discard what it has reported. Here nothing stands behind it.
std::string
M19Last(TcpFsmStack stack)
{
    return AcknowledgeInside(stack, 3, {{2 * MSS, 3 * MSS}}, {2 * MSS});
}

/// The same, and the ACK stops within a segment.
std::string
M19Half(TcpFsmStack stack)
{
    return AcknowledgeInside(stack, 3, {{2 * MSS, 3 * MSS}}, {2 * MSS + MSS / 2});
}

/// The same, and a lost segment stands behind it.
std::string
M19BeforeLost(TcpFsmStack stack)
{
    return AcknowledgeInside(stack, 6, {{MSS, 2 * MSS}, {3 * MSS, 6 * MSS}}, {MSS});
}

/// The same among more segments, and the lost one is next.
std::string
M19AmongLost(TcpFsmStack stack)
{
    const Blocks blocks{{2 * MSS, 3 * MSS},
                        {5 * MSS, 6 * MSS},
                        {7 * MSS, 8 * MSS},
                        {9 * MSS, 10 * MSS}};
    return AcknowledgeInside(stack, 10, blocks, {2 * MSS, 3 * MSS});
}

/// ACKs and blocks at random among what was sent, of several peers.
std::string
M19Random(TcpFsmStack stack)
{
    for (uint32_t seed = 1; seed <= 200; ++seed)
    {
        std::mt19937 random(seed);
        // The result of std::uniform_int_distribution is not the same everywhere.
        const auto draw = [&random](uint32_t below) -> uint32_t { return random() % below; };
        Scene scene(stack, WithSack());
        std::string wrong = SendSegments(scene, 10);
        uint32_t acked = 0;
        for (int round = 0; wrong.empty() && round < 30; ++round)
        {
            const uint32_t sent = scene.Position(scene.connection.NodeSndNxt());
            const uint32_t unit = draw(4) == 0 ? 1 : MSS;
            acked += draw(3) == 0 ? draw((sent - acked) / unit / 3 + 1) * unit : 0;
            Blocks blocks;
            for (uint32_t count = draw(4); count > 0; --count)
            {
                const uint32_t begin = draw(sent / MSS) * MSS;
                blocks.emplace_back(begin, std::min(begin + (1 + draw(3)) * MSS, sent));
            }
            const bool isOld = draw(8) == 0;
            scene.Acknowledge(isOld ? draw(acked + 1) : acked, 20000, blocks);
            scene.Run(MilliSeconds(draw(5) == 0 ? 3000 : 2));
            scene.Write(draw(2) * MSS);
        }
        if (wrong.empty())
        {
            scene.Run(Seconds(1));
            scene.Acknowledge(scene.Position(scene.connection.NodeSndNxt()));
            scene.Run(Seconds(100));
            wrong = CheckAlive(scene, scene.Position(scene.connection.NodeSndNxt()));
        }
        if (!wrong.empty())
        {
            return "peer " + std::to_string(seed) + ": " + wrong;
        }
    }
    return "";
}

} // namespace

std::vector<Defect>
RecoveryDefects()
{
    return {
        {"M1DuplicateSackIsHarmless", &M1, "tcp-tx-buffer.cc"},
        {"M15LateSackIsHarmless", &M15, "crash: "},
        {"M18DuplicateAckWithoutSack", &M18, "tcp-socket-base.cc"},
        {"M19AckIntoSackedLast", &M19Last, "tcp-tx-buffer.cc"},
        {"M19AckIntoSackedHalf", &M19Half, "tcp-tx-buffer.cc"},
        {"M19AckIntoSackedBeforeLost", &M19BeforeLost, "tcp-tx-buffer.cc"},
        {"M19AckIntoSackedAmongLost", &M19AmongLost, "tcp-tx-buffer.cc"},
        {"M19RandomPeers", &M19Random, "tcp-tx-buffer.cc"},
    };
}

} // namespace test
} // namespace ns3

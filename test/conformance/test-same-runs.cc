// SPDX-License-Identifier: GPL-2.0-only

// Equal seeds and runs give equal runs: initial sequence numbers (RFC 9293 3.4.1, RFC 6528) and
// ephemeral ports (RFC 6056) come from the node's random streams, and nothing else does.

#include "fixture.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/random-variable-stream.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/socket.h"
#include "ns3/tcp-socket-factory.h"

#include <set>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// What the peer heard: when, and all octets of TCP.
using Capture = std::vector<std::pair<Time, std::vector<uint8_t>>>;

/// Each test makes its runs itself, one after another.
class SameRuns : public ::testing::TestWithParam<Family>
{
  protected:
    /**
     * Two connections from ephemeral ports, with data that nobody acknowledges, and closes.
     * @param seed of all random streams
     * @param run number of the run
     * @param stream of the node; if there is none, what the order of making things gives it
     */
    Capture RunWith(uint32_t seed, uint64_t run, std::optional<int64_t> stream = std::nullopt)
    {
        RngSeedManager::SetSeed(seed);
        RngSeedManager::SetRun(run);
        RngSeedManager::ResetNextStreamIndex();
        Capture capture;
        {
            for (int i = 0; i < m_others; ++i)
            {
                // Takes a stream, as other models on other nodes do.
                CreateObject<UniformRandomVariable>()->GetInteger();
            }
            auto node = CreateObject<Node>();
            TcpFsmHelper tcp;
            tcp.Install(node);
            if (stream)
            {
                tcp.AssignStreams(node, *stream);
            }
            TcpFsmRawPeer peer(node, {.ipv6 = GetParam() == Family::IPV6});
            TcpFsmRunFor(MilliSeconds(1));
            std::vector<Ptr<Socket>> sockets;
            for (const uint16_t port : {uint16_t{40000}, uint16_t{40001}})
            {
                sockets.push_back(ConnectFrom(node, peer, port));
                TcpFsmRunFor(MilliSeconds(5));
                Answer(peer, capture);
            }
            for (const auto& socket : sockets)
            {
                CallOn(node, [&] { socket->Send(Create<Packet>(3000), 0); });
                TcpFsmRunFor(Seconds(2));
                CallOn(node, [&] { socket->Close(); });
            }
            TcpFsmRunFor(Seconds(30));
            Note(peer, capture);
        }
        Simulator::Destroy();
        return capture;
    }

    static std::set<uint32_t> IsnsOf(const Capture& capture)
    {
        std::set<uint32_t> isns;
        for (const auto& [time, octets] : capture)
        {
            const auto segment =
                TcpFsmRawSegment::FromBytes(octets, Ipv4Address::GetAny(), Ipv4Address::GetAny());
            if (segment && segment->Has(TcpHeader::SYN))
            {
                isns.insert(segment->seq);
            }
        }
        return isns;
    }

    int m_others{0}; //!< random streams of others

  private:
    static Ptr<Socket> ConnectFrom(const Ptr<Node>& node, const TcpFsmRawPeer& peer, uint16_t port)
    {
        const auto address = peer.GetAddress();
        auto socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
        CallOn(node, [&] {
            const bool isIpv6 = Ipv6Address::IsMatchingType(address);
            const Address to =
                isIpv6 ? Inet6SocketAddress(Ipv6Address::ConvertFrom(address), port).ConvertTo()
                       : InetSocketAddress(Ipv4Address::ConvertFrom(address), port).ConvertTo();
            EXPECT_EQ(socket->Connect(to), 0);
        });
        return socket;
    }

    static void Note(TcpFsmRawPeer& peer, Capture& capture)
    {
        for (const auto& segment : peer.TakeReceived())
        {
            capture.emplace_back(segment.time,
                                 segment.ToBytes(segment.source, segment.destination));
        }
    }

    /// The peer's half of the handshake.
    static void Answer(TcpFsmRawPeer& peer, Capture& capture)
    {
        ASSERT_FALSE(peer.GetReceived().empty());
        const auto syn = peer.GetReceived().back();
        TcpFsmRawSegment answer;
        answer.flags = TcpHeader::SYN | TcpHeader::ACK;
        answer.seq = 500000;
        answer.ack = syn.seq + 1;
        answer.window = 20000;
        answer.sourcePort = syn.destinationPort;
        answer.destinationPort = syn.sourcePort;
        Note(peer, capture);
        peer.Send(answer);
        TcpFsmRunFor(MilliSeconds(5));
        Note(peer, capture);
    }

    void TearDown() override
    {
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
    }
};

TCP_FSM_OVER_FAMILIES(SameRuns);

TEST_P(SameRuns, EqualSeedAndRunGiveEqualOctets)
{
    const auto first = RunWith(3, 7);
    EXPECT_GT(first.size(), 8U);
    EXPECT_EQ(RunWith(3, 7), first);
    EXPECT_EQ(RunWith(3, 7), first);
}

TEST_P(SameRuns, AnotherRunHasOtherIsns)
{
    const auto first = IsnsOf(RunWith(3, 7));
    const auto second = IsnsOf(RunWith(3, 8));
    EXPECT_EQ(first.size(), 2U);
    EXPECT_EQ(second.size(), 2U);
    for (const uint32_t isn : second)
    {
        EXPECT_EQ(first.count(isn), 0U);
    }
}

TEST_P(SameRuns, AnotherSeedHasOtherIsns)
{
    const auto first = IsnsOf(RunWith(3, 7));
    for (const uint32_t isn : IsnsOf(RunWith(4, 7)))
    {
        EXPECT_EQ(first.count(isn), 0U);
    }
}

TEST_P(SameRuns, AssignedStreamsDoNotDependOnOthers)
{
    const auto first = RunWith(3, 7, 100);
    m_others = 5;
    EXPECT_EQ(RunWith(3, 7, 100), first);
    EXPECT_NE(RunWith(3, 7, 200), first);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

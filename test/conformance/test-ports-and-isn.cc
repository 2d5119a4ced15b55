// SPDX-License-Identifier: GPL-2.0-only

// Initial sequence numbers (RFC 9293 3.4.1, RFC 6528), ephemeral ports (RFC 6056), segments that
// are no TCP segments (RFC 9293 3.1, 3.9.2.3).

#include "fixture.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/integer.h"
#include "ns3/socket.h"
#include "ns3/tcp-socket-factory.h"

#include <functional>
#include <set>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class PortsAndIsn : public FamilyTest
{
  protected:
    /// Connects from an ephemeral port to a port of the peer. @return the SYN
    TcpFsmRawSegment ConnectTo(uint16_t peerPort)
    {
        auto& user = NewApplication();
        user.Bind(Any(0));
        EXPECT_EQ(user.Connect(PeerAt(peerPort)), 0);
        Run(MilliSeconds(5));
        const auto received = Peer().TakeReceived();
        return received.empty() ? TcpFsmRawSegment{} : received.back();
    }
};

TCP_FSM_OVER_FAMILIES(PortsAndIsn);

TEST_P(PortsAndIsn, IsnsDifferBetweenConnections)
{
    std::set<uint32_t> isns;
    for (uint16_t port = 40001; port <= 40020; ++port)
    {
        isns.insert(ConnectTo(port).seq);
    }
    EXPECT_EQ(isns.size(), 20);
}

TEST_P(PortsAndIsn, FixedIsnIsAnAttribute)
{
    tcp.SetAttribute("FixedIsn", IntegerValue(12345));
    EXPECT_EQ(ConnectTo(40001).seq, 12345);
    EXPECT_EQ(ConnectTo(40002).seq, 12345);
}

// RFC 6056 3.2: 1024 and above.
TEST_P(PortsAndIsn, EphemeralPortsAreChosenAtConnect)
{
    std::set<uint16_t> ports;
    for (uint16_t port = 40001; port <= 40010; ++port)
    {
        ports.insert(ConnectTo(port).sourcePort);
    }
    EXPECT_GE(*ports.begin(), 1024);
    EXPECT_GT(ports.size(), 1U);
}

// 3.4.1, RFC 6528 3: the clock ticks every 4 microseconds, the hash is that of the 4-tuple.
TEST_P(PortsAndIsn, IsnOfAConnectionFollowsTheClock)
{
    auto& first = NewApplication();
    first.Bind(Any(80));
    first.Connect(PeerAt(40000));
    Expect(Syn());
    const uint32_t isn = Main().Last().seq;
    first.Abort();
    const Time passed = Seconds(10);
    Run(passed - MilliSeconds(EXCHANGE_MS));
    auto& second = NewApplication();
    second.Bind(Any(80));
    second.Connect(PeerAt(40000));
    Run(MilliSeconds(EXCHANGE_MS));
    const auto syns = Peer().TakeReceived();
    ASSERT_EQ(syns.size(), 2);
    EXPECT_EQ(syns[1].seq - isn, passed.GetMicroSeconds() / 4);
    Main().Take();
    second.Abort();
}

// RFC 6056 3: of connections to one peer the ports differ; those to others may have the same one.
TEST_P(PortsAndIsn, EphemeralPortsAreSharedByConnectionsToDifferentPeers)
{
    const int count = 500;
    const auto countPorts = [&](const std::function<uint16_t(int)>& peerPort) {
        std::set<uint16_t> ports;
        for (int i = 0; i < count; ++i)
        {
            ports.insert(ConnectTo(peerPort(i)).sourcePort);
        }
        return ports.size();
    };
    EXPECT_EQ(countPorts([](int) { return 40001; }), count);
    // 500 numbers chosen out of 16384 are hardly ever all different.
    EXPECT_LT(countPorts([](int i) { return static_cast<uint16_t>(41000 + i); }), count);
}

// After RFC 6056 3.3.2: a port that is taken is followed by one at a random distance, rather than
// by the next, so that those beside many taken ones are not chosen more often than others.
TEST_P(PortsAndIsn, EphemeralPortsBesideTakenOnesAreChosenNoMoreOften)
{
    constexpr uint32_t FREE = 57344; // and half of the dynamic ports below it are taken
    std::vector<Ptr<Socket>> sockets;
    CallOn(GetNode(), [&] {
        for (uint32_t port = 49152; port < FREE; ++port)
        {
            sockets.push_back(Socket::CreateSocket(GetNode(), TcpSocketFactory::GetTypeId()));
            ASSERT_EQ(sockets.back()->Bind(Any(static_cast<uint16_t>(port))), 0);
        }
    });
    constexpr int COUNT = 200;
    int beside = 0;
    for (int i = 0; i < COUNT; ++i)
    {
        const uint16_t port = ConnectTo(40001).sourcePort;
        ASSERT_GE(port, FREE);
        beside += port < FREE + COUNT ? 1 : 0;
    }
    // 200 of 8192 ports: some 5 are expected among the first 200; 20 in 1 of 10^6 cases.
    EXPECT_LT(beside, 20);
}

// 3.10.1: "insufficient resources"; RFC 6335 6: the dynamic ports.
TEST_P(PortsAndIsn, WithoutAFreePortNothingIsSent)
{
    std::vector<Ptr<Socket>> sockets;
    CallOn(GetNode(), [&] {
        for (uint32_t port = 49152; port <= 65535; ++port)
        {
            sockets.push_back(Socket::CreateSocket(GetNode(), TcpSocketFactory::GetTypeId()));
            ASSERT_EQ(sockets.back()->Bind(Any(static_cast<uint16_t>(port))), 0);
        }
    });
    auto& user = NewApplication();
    EXPECT_EQ(user.Connect(PeerAt(40001)), -1);
    EXPECT_EQ(user.GetErrorName(), "EADDRNOTAVAIL");
    Run(Seconds(5));
    EXPECT_TRUE(Peer().TakeReceived().empty());
    CallOn(GetNode(), [&] { sockets.back()->Close(); });
    EXPECT_EQ(user.Connect(PeerAt(40001)), 0);
    Run(MilliSeconds(5));
    ASSERT_EQ(Peer().GetReceived().size(), 1U);
    EXPECT_EQ(Peer().GetReceived()[0].sourcePort, 65535);
}

// MUST-46: active OPEN to a broadcast or multicast address.
TEST_P(PortsAndIsn, OpenToAMulticastAddressIsRefused)
{
    auto& user = NewApplication();
    const auto group = IsIpv6() ? Inet6SocketAddress(Ipv6Address("ff02::1"), 80).ConvertTo()
                                : InetSocketAddress(Ipv4Address("224.0.0.1"), 80).ConvertTo();
    EXPECT_EQ(user.Connect(group), -1);
    EXPECT_NE(user.GetErrorName(), "");
    Run(Seconds(1));
    EXPECT_TRUE(Peer().TakeReceived().empty());
}

// 3.1, MUST-3: a wrong checksum; 3.1: a data offset that cannot be.
TEST_P(PortsAndIsn, SpoiledSegmentsAreDroppedSilently)
{
    Reach("ESTABLISHED");
    for (const auto& segment : {Rst(), Fin(), Text(10), Syn()})
    {
        TcpFsmRawSegment spoiled;
        spoiled.wrongChecksum = true;
        Inject(segment.With(spoiled));
        for (const uint8_t offset : {0, 4, 15})
        {
            TcpFsmRawSegment impossible;
            impossible.dataOffset = offset;
            Inject(segment.With(impossible));
        }
    }
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_EQ(App().received, 0);
}

// 3.1, MUST-7: "prepared to handle an illegal option length (e.g., zero)".
TEST_P(PortsAndIsn, SegmentsWithImpossibleOptionLengthsAreDroppedSilently)
{
    Reach("ESTABLISHED");
    const std::vector<std::vector<uint8_t>> impossible{{99, 0, 0, 0},
                                                       {1, 1, 8, 1},
                                                       {1, 1, 1, 2},
                                                       {2, 5, 0, 0},
                                                       {5, 255, 0, 0},
                                                       {2, 3, 5, 0},
                                                       {2, 6, 5, 180, 0, 0, 1, 1},
                                                       {3, 4, 7, 1},
                                                       {4, 3, 0, 1},
                                                       {5, 9, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1},
                                                       {8, 4, 0, 0}};
    for (const auto& options : impossible)
    {
        Inject(Text(10).Options(options));
        Inject(Rst().Options(options));
    }
    ExpectNothing(Seconds(1));
    EXPECT_EQ(State(), "ESTABLISHED");
    EXPECT_EQ(App().received, 0);
}

// 3.9.2.3, MUST-57, MUST-63: invalid sources and destinations.
TEST_P(PortsAndIsn, SegmentsFromAMulticastAddressAreDroppedSilently)
{
    Reach("LISTEN");
    TcpFsmRawSegment envelope;
    envelope.source =
        IsIpv6() ? Address(Ipv6Address("ff02::1")) : Address(Ipv4Address("224.0.0.1"));
    Inject(Syn().With(envelope));
    envelope.source =
        IsIpv6() ? Address(Ipv6Address::GetAny()) : Address(Ipv4Address("255.255.255.255"));
    Inject(Syn().With(envelope));
    Run(Seconds(1));
    EXPECT_TRUE(Peer().TakeReceived().empty());
    EXPECT_EQ(Connections().size(), 1);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// Packet too big: RFC 1191 6.3, RFC 8201 5.4, RFC 9293 3.7.2.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class PathMtu : public FamilyTest
{
  protected:
    /// Tells the node that a segment did not fit.
    void TellTooBig(uint32_t mtu, const TcpFsmRawSegment& quoted)
    {
        Peer().SendIcmpError(IsIpv6() ? 2 : 3, IsIpv6() ? 0 : 4, quoted, mtu);
        Run(MilliSeconds(EXCHANGE_MS));
    }

    /// The same of the last segment.
    void TellTooBig(uint32_t mtu)
    {
        TellTooBig(mtu, Main().Last());
    }

    /// @return octets of the fixed headers
    uint32_t Headers() const
    {
        return IsIpv6() ? 60 : 40;
    }

    /// Sends a segment of the largest size and leaves it unacknowledged.
    void SendFull()
    {
        config.synOptions = TcpFsmRawSegment::Mss(1400);
        Reach("ESTABLISHED");
        App().Send(1400);
        Expect(Text(1400));
    }
};

TCP_FSM_OVER_FAMILIES(PathMtu);

TEST_P(PathMtu, LowersTheSegmentSize)
{
    SendFull();
    TellTooBig(1300);
    Send(Ack());
    App().Send(2 * (1300 - Headers()));
    Expect({Text(1300 - Headers()), Text(1300 - Headers())});
    Send(Ack());
}

// RFC 1191 5: a router older than it tells no size, "the minimum of the currently-assumed PMTU and
// 576" is assumed; RFC 8200 5: 1280 over IPv6.
TEST_P(PathMtu, UntoldIsTakenForTheSmallestThatIsUsual)
{
    const uint32_t size = (IsIpv6() ? 1280 : 576) - Headers();
    SendFull();
    TellTooBig(0);
    Send(Ack());
    App().Send(size + 1);
    Expect({Text(size), Text(1)});
    Send(Ack());
}

TEST_P(PathMtu, IsNeverRaised)
{
    SendFull();
    TellTooBig(9000);
    Send(Ack());
    App().Send(1400);
    Expect(Text(1400));
    Send(Ack());
}

// RFC 5927 4.1: about a segment that is not in flight.
TEST_P(PathMtu, IsIgnoredForWhatIsNotInFlight)
{
    if (IsIpv6())
    {
        GTEST_SKIP() << "ns-3's IPv6 believes every such error and fragments";
    }
    SendFull();
    Send(Ack());
    TellTooBig(1300);
    App().Send(1400);
    Expect(Text(1400));
    Send(Ack());
}

// RFC 1191 3: never below 68 octets; RFC 8201 4: never below the IPv6 minimum link MTU, 1280.
TEST_P(PathMtu, IsNeverLowerThanTheMinimum)
{
    const uint32_t least = IsIpv6() ? 1220 : 28;
    SendFull();
    for (const uint32_t mtu : {68U, 20U, 1U})
    {
        TellTooBig(mtu);
        EXPECT_GE(App().socket->GetStatus().mss, least);
    }
}

// RFC 1191 6.3: "MUST NOT [increase] in response to the contents of a message"; the least of all
// rules.
TEST_P(PathMtu, LeastOfSeveralRules)
{
    SendFull();
    for (const uint32_t mtu : {1400U, 1300U, 1350U, 9000U, 65535U})
    {
        TellTooBig(mtu);
    }
    EXPECT_EQ(App().socket->GetStatus().mss, 1300 - Headers());
    TellTooBig(1290);
    EXPECT_EQ(App().socket->GetStatus().mss, 1290 - Headers());
}

// RFC 1191 6.4, RFC 8201 5.4: what did not fit is sent again in smaller segments.
TEST_P(PathMtu, WhatDidNotFitIsSentAgainInSmallerSegments)
{
    SendFull();
    const auto first = SndUna();
    TellTooBig(1300);
    Run(Seconds(2));
    auto end = first;
    for (const auto& segment : Main().Take())
    {
        EXPECT_LE(segment.data.size(), 1300 - Headers());
        if (segment.seq == end)
        {
            end = segment.End();
            Send(Ack().Ack(end));
            Run(MilliSeconds(5));
        }
    }
    Run(Seconds(2));
    for (const auto& segment : Main().Take())
    {
        EXPECT_LE(segment.data.size(), 1300 - Headers());
        end = segment.seq == end ? segment.End() : end;
    }
    EXPECT_EQ(end, first + 1400);
    Send(Ack().Ack(end));
}

// RFC 5927 4.1: SND.UNA =< quoted number < SND.NXT.
TEST_P(PathMtu, QuotedNumberMustBeInFlight)
{
    SendFull();
    auto quoted = Main().Last();
    for (const uint32_t seq : {SndUna() - 1, SndUna() - 100000, SndNxt(), SndNxt() + 100000})
    {
        quoted.seq = seq;
        TellTooBig(1300, quoted);
        EXPECT_EQ(App().socket->GetStatus().mss, 1400) << seq - SndUna();
    }
    quoted.seq = SndNxt() - 1;
    TellTooBig(1390, quoted);
    EXPECT_EQ(App().socket->GetStatus().mss, 1390 - Headers());
    quoted.seq = SndUna();
    TellTooBig(1380, quoted);
    EXPECT_EQ(App().socket->GetStatus().mss, 1380 - Headers());
}

// Of another connection.
TEST_P(PathMtu, QuotedPortsMustBeThoseOfTheConnection)
{
    SendFull();
    auto quoted = Main().Last();
    quoted.destinationPort = 40001;
    TellTooBig(1300, quoted);
    EXPECT_EQ(App().socket->GetStatus().mss, 1400);
}

// 3.9.2.2 (MUST-55, MUST-56): it ends no connection, in no state.
TEST_P(PathMtu, EndsNoAttemptAndNoHalfOpenEntry)
{
    Reach("SYN-SENT");
    TellTooBig(1300);
    EXPECT_EQ(State(), "SYN-SENT");
    auto names = config;
    names.nodePort = 81;
    auto& halfOpen = NewConversation(names);
    Listen(81);
    halfOpen.Send(Syn());
    halfOpen.Expect(SynAck());
    TellTooBig(1300, halfOpen.Last());
    EXPECT_EQ(State(halfOpen), "SYN-RCVD");
    halfOpen.Send(Ack());
    halfOpen.ExpectNothing();
    EXPECT_EQ(State(halfOpen), "ESTABLISHED");
    Send(SynAck());
    Expect(Ack());
    EXPECT_EQ(State(), "ESTABLISHED");
}

// RFC 8201 5.2: what one connection has heard counts for the next; what is offered to the peer is
// what the node can take all the same (RFC 9293 3.7.1).
TEST_P(PathMtu, IsRememberedForLaterConnectionsOfThePeer)
{
    if (!IsIpv6())
    {
        GTEST_SKIP() << "ns-3's IPv4 remembers none, and lets routers fragment";
    }
    SendFull();
    TellTooBig(1300);
    Send(Ack());
    auto& later = NewConversation(40001);
    later.Send(Syn().Options(TcpFsmRawSegment::Mss(1400)));
    later.Expect(SynAck());
    EXPECT_EQ(later.Last().GetMss(), Mss());
    later.Send(Ack());
    later.ExpectNothing();
    App().Send(1400);
    later.Expect({Text(1300 - Headers()), Text(1400 - 1300 + Headers())});
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

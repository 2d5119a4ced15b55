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
    /// Tells the node that the last segment did not fit.
    void TellTooBig(uint32_t mtu)
    {
        Peer().SendIcmpError(IsIpv6() ? 2 : 3, IsIpv6() ? 0 : 4, Main().Last(), mtu);
        Run(MilliSeconds(EXCHANGE_MS));
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

} // namespace test
} // namespace tcpfsm
} // namespace ns3

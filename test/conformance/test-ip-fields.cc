// SPDX-License-Identifier: GPL-2.0-only

// Type of service, time to live, traffic class and hop limit of all segments: RFC 9293 3.9.1.9
// (MUST-48, SHLD-21, SHLD-22), 3.9.2 (MUST-49).

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class IpFields : public FamilyTest
{
  protected:
    static constexpr uint8_t TTL = 33;
    static constexpr uint8_t TOS = 0x48; // ECN bits 0

    void SetFields(const Application& user) const
    {
        if (IsIpv6())
        {
            user.socket->SetIpv6HopLimit(TTL);
            user.socket->SetIpv6Tclass(TOS);
        }
        else
        {
            user.socket->SetIpTtl(TTL);
            user.socket->SetIpTos(TOS);
        }
    }

    /// A listener whose segments, and those of its connections, have the fields.
    void ListenWithFields()
    {
        SetFields(Listen());
    }

    /// Expects one segment with the fields.
    void ExpectMarked(const Segment& expected,
                      Time within = MilliSeconds(EXCHANGE_MS),
                      Location location = Location::current())
    {
        Expect(expected.Ttl(TTL).Tos(TOS), within, location);
    }
};

TCP_FSM_OVER_FAMILIES(IpFields);

// MUST-49: "the TTL value used to send TCP segments MUST be configurable".
TEST_P(IpFields, AreOnEverySegmentOfAnActiveOpen)
{
    auto& user = NewApplication();
    user.Bind(Any(80));
    SetFields(user);
    user.Connect(PeerAt(40000));
    ExpectMarked(Syn());
    ExpectMarked(Syn(), Seconds(1));
    Send(SynAck());
    ExpectMarked(Ack());
    user.Send(10);
    ExpectMarked(Text(10));
    Send(Ack());
    ExpectNothing();
    Inject(Rst().Seq(RcvNxt() + 10));
    ExpectMarked(Ack());
    user.Close();
    ExpectMarked(Fin());
    Send(Fin());
    ExpectMarked(Ack());
}

TEST_P(IpFields, AreOnTheSegmentsOfAHalfOpenEntry)
{
    ListenWithFields();
    Send(Syn());
    ExpectMarked(SynAck());
    ExpectMarked(SynAck(), Seconds(1));
    Inject(Syn().Seq(Irs()));
    ExpectMarked(SynAck());
    Inject(Ack().Seq(RcvNxt() - 1));
    ExpectMarked(Ack());
    Inject(Rst().Seq(RcvNxt() + 10));
    ExpectMarked(Ack());
    Inject(Ack().Ack(SndNxt() + 10));
    ExpectMarked(Rst().Seq(SndNxt() + 10));
    EXPECT_EQ(State(), "SYN-RCVD");
}

TEST_P(IpFields, AreOnTheResetsOfAListener)
{
    ListenWithFields();
    Inject(Ack().Ack(777));
    ExpectMarked(Rst().Seq(777));
}

TEST_P(IpFields, AreThoseOfTheListenerInItsConnections)
{
    ListenWithFields();
    Main().OpenPassive();
    App().Send(10);
    ExpectMarked(Text(10));
    Send(Ack());
    ExpectNothing();
    Send(Text(10));
    ExpectMarked(Ack(), MilliSeconds(500));
    Inject(Syn());
    ExpectMarked(Ack());
    Inject(Ack().Ack(SndNxt() + 1));
    ExpectMarked(Ack());
    Inject(Text(10).Seq(RcvNxt() - 10));
    ExpectMarked(Ack());
    App().Abort();
    ExpectMarked(Rst().Seq(SndNxt()));
}

// SHLD-21: "able to change the Differentiated Services field during the connection lifetime".
TEST_P(IpFields, MayChangeDuringTheConnection)
{
    Reach("ESTABLISHED");
    App().Send(10);
    Expect(Text(10).Tos(0));
    Send(Ack());
    ExpectNothing();
    SetFields(App());
    App().Send(10);
    ExpectMarked(Text(10));
    Send(Ack());
    ExpectNothing();
    App().Close();
    ExpectMarked(Fin());
}

TEST_P(IpFields, AreOnWhatIsRetransmitted)
{
    ListenWithFields();
    Main().OpenPassive();
    App().Send(10);
    ExpectMarked(Text(10));
    Run(Seconds(3));
    const auto again = Main().Take();
    ASSERT_FALSE(again.empty());
    for (const auto& segment : again)
    {
        EXPECT_EQ(segment.ttl, TTL) << segment;
        EXPECT_EQ(segment.tos, TOS) << segment;
    }
}

TEST_P(IpFields, AreOnTheSegmentsOfTimeWait)
{
    ListenWithFields();
    Main().OpenPassive();
    App().Close();
    ExpectMarked(Fin());
    Send(Fin());
    ExpectMarked(Ack());
    ASSERT_EQ(State(), "TIME-WAIT");
    Inject(Fin().Seq(RcvNxt() - 1));
    ExpectMarked(Ack());
    Inject(Syn());
    ExpectMarked(Ack());
    Inject(Rst().Seq(RcvNxt() + 10));
    ExpectMarked(Ack());
    Inject(Text(10).Seq(RcvNxt() - 10));
    ExpectMarked(Ack());
}

// Another family's fields do no harm.
TEST_P(IpFields, OfTheOtherFamilyAreIgnored)
{
    auto& user = NewApplication();
    user.Bind(Any(80));
    if (IsIpv6())
    {
        user.socket->SetIpTtl(TTL);
        user.socket->SetIpTos(TOS);
    }
    else
    {
        user.socket->SetIpv6HopLimit(TTL);
        user.socket->SetIpv6Tclass(TOS);
    }
    user.Connect(PeerAt(40000));
    Expect(Syn().Ttl(64).Tos(0));
    Send(SynAck());
    Expect(Ack().Ttl(64).Tos(0));
}

// RFC 3168 6.1: a mark of congestion says something only if both have agreed on ECN.
TEST_P(IpFields, CongestionMarkIsNotEchoedUnlessAgreed)
{
    constexpr uint8_t CE = 3;
    Reach("ESTABLISHED");
    Send(Text(1000).Tos(CE));
    Send(Text(1000).Tos(CE));
    Expect(Ack());
    App().Send(100);
    Expect(Text(100));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// ICMP errors: RFC 9293 3.9.2.2 (MUST-54 to MUST-56), RFC 5461, RFC 5927.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

using ::testing::ElementsAre;

class Icmp : public FamilyTest
{
  protected:
    struct Error
    {
        uint8_t type;
        uint8_t code;
    };

    std::vector<Error> Hard() const
    {
        return IsIpv6() ? std::vector<Error>{{1, 1}, {1, 4}}
                        : std::vector<Error>{{3, 2}, {3, 3}, {3, 9}, {3, 10}, {3, 13}};
    }

    std::vector<Error> Soft() const
    {
        return IsIpv6() ? std::vector<Error>{{1, 0}, {1, 3}, {3, 0}, {3, 1}, {4, 0}, {4, 1}}
                        : std::vector<Error>{{3, 0}, {3, 1}, {3, 5}, {11, 0}, {11, 1}, {12, 0}};
    }

    void SendError(const Error& error, const TcpFsmRawSegment& quoted)
    {
        Peer().SendIcmpError(error.type, error.code, quoted);
        Run(MilliSeconds(EXCHANGE_MS));
    }
};

TCP_FSM_OVER_FAMILIES(Icmp);

TEST_P(Icmp, HardErrorRefusesAConnectionAttempt)
{
    uint16_t port = 40001;
    for (const auto& error : Hard())
    {
        auto& other = NewConversation(port);
        auto& user = NewApplication();
        user.Bind(Any(80));
        user.Connect(PeerAt(port++));
        other.Expect(Syn());
        SendError(error, other.Last());
        EXPECT_EQ(State(other), "gone") << int{error.code};
        EXPECT_THAT(user.told, ElementsAre("failed ECONNREFUSED")) << int{error.code};
        other.ExpectNothing(Seconds(5));
    }
}

TEST_P(Icmp, SoftErrorIsOnlyGivenWithALaterTimeout)
{
    Reach("SYN-SENT");
    for (const auto& error : Soft())
    {
        SendError(error, Main().Last());
        EXPECT_EQ(State(), "SYN-SENT") << int{error.type} << "/" << int{error.code};
    }
    EXPECT_THAT(App().told, ElementsAre());
    Run(Seconds(300));
    Main().Take();
    EXPECT_EQ(State(), "gone");
    EXPECT_EQ(App().told.size(), 1);
}

TEST_P(Icmp, HardErrorEndsAHalfOpenEntrySilently)
{
    Reach("SYN-RCVD");
    SendError(Hard().back(), Main().Last());
    ExpectNothing(Seconds(10));
    EXPECT_EQ(State(), "gone");
    EXPECT_TRUE(IsListening());
    EXPECT_FALSE(HasApp());
}

// MUST-56 and RFC 5927: nothing ends a connection in a synchronised state.
TEST_P(Icmp, NoErrorEndsAnOpenConnection)
{
    Reach("ESTABLISHED");
    App().Send(100);
    Expect(Text(100));
    const auto quoted = Main().Last();
    for (const auto& errors : {Hard(), Soft()})
    {
        for (const auto& error : errors)
        {
            SendError(error, quoted);
        }
    }
    EXPECT_EQ(State(), "ESTABLISHED");
    Send(Ack());
    ExpectNothing();
    EXPECT_THAT(App().told, ElementsAre());
}

// RFC 5927 4.1: only about what is in flight.
TEST_P(Icmp, ErrorAboutAnotherNumberIsIgnored)
{
    Reach("SYN-SENT");
    auto quoted = Main().Last();
    quoted.seq = Iss() + 1;
    SendError(Hard().front(), quoted);
    quoted.seq = Iss() - 1;
    SendError(Hard().front(), quoted);
    EXPECT_EQ(State(), "SYN-SENT");
    EXPECT_THAT(App().told, ElementsAre());
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// An active OPEN of a connection that exists: RFC 9293 3.10.1, 3.6.1. It is refused without a
// segment, and both sockets go on as before.

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class ExistingIn : public StateTest
{
};

TCP_FSM_OVER_STATES(
    ExistingIn,
    (std::vector<std::string>{"SYN-RCVD", "ESTABLISHED", "FIN-WAIT-2", "CLOSE-WAIT", "TIME-WAIT"}));

class Existing : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(Existing);

// The listener itself turns to a peer that it has a connection with: "error: connection already
// exists".
TEST_P(ExistingIn, OpenByTheListenerIsRefused)
{
    auto& listener = Listen();
    Send(Syn());
    Expect(SynAck());
    if (GetStart() != "SYN-RCVD")
    {
        Send(Ack());
        ExpectNothing();
    }
    if (GetStart() == "FIN-WAIT-2" || GetStart() == "TIME-WAIT")
    {
        App().Close();
        Expect(Fin());
        Send(Ack());
        ExpectNothing();
    }
    if (GetStart() == "CLOSE-WAIT" || GetStart() == "TIME-WAIT")
    {
        Send(Fin());
        Expect(Ack());
    }
    ASSERT_EQ(State(), GetStart());
    EXPECT_EQ(listener.Connect(PeerAt(40000)), -1);
    EXPECT_EQ(listener.GetErrorName(), "EADDRNOTAVAIL");
    ExpectNothing();
    EXPECT_EQ(listener.SendTo(10, PeerAt(40000)), -1);
    EXPECT_EQ(listener.GetErrorName(), "EADDRNOTAVAIL");
    ExpectNothing();
    EXPECT_EQ(State(), GetStart());
    // It still listens, for every peer.
    EXPECT_TRUE(IsListening());
    auto& other = NewConversation(40001);
    other.OpenPassive();
    EXPECT_EQ(State(other), "ESTABLISHED");
}

// Another socket bound to the port of a connection in TIME-WAIT; the port chooser skips it.
TEST_P(Existing, OpenOfOneInTimeWaitIsRefusedAndAnotherOpenIsNot)
{
    Reach("TIME-WAIT/active");
    auto& other = NewApplication();
    ASSERT_EQ(other.Bind(Any(80)), 0);
    EXPECT_EQ(other.Connect(PeerAt(40000)), -1);
    EXPECT_EQ(other.GetErrorName(), "EADDRNOTAVAIL");
    ExpectNothing();
    EXPECT_EQ(State(), "TIME-WAIT");
    EXPECT_EQ(other.Connect(PeerAt(40001)), 0);
    auto& second = NewConversation(40001);
    second.OpenActive();
    EXPECT_EQ(State(second), "ESTABLISHED");
}

// The refused socket has no peer yet.
TEST_P(Existing, RefusedSocketMayListen)
{
    Reach("TIME-WAIT/active");
    auto& other = NewApplication();
    ASSERT_EQ(other.Bind(Any(80)), 0);
    EXPECT_EQ(other.Connect(PeerAt(40000)), -1);
    Address address;
    EXPECT_EQ(other.socket->GetPeerName(address), -1);
    EXPECT_EQ(other.GetErrorName(), "ENOTCONN");
    EXPECT_EQ(other.Listen(), 0);
    auto& second = NewConversation(40001);
    second.OpenPassive();
    EXPECT_EQ(State(second), "ESTABLISHED");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// A receive-side shutdown without CLOSE: data is acknowledged and discarded (RFC 1122 4.2.2.13 asks
// for a RST only after CLOSE).

#include "fixture.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

class ReceiveShutdown : public FamilyTest
{
};

TCP_FSM_OVER_FAMILIES(ReceiveShutdown);

TEST_P(ReceiveShutdown, AcknowledgesAndDiscards)
{
    Reach("ESTABLISHED");
    EXPECT_EQ(App().ShutdownRecv(), 0);
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().received, 0U);
    EXPECT_EQ(State(), "ESTABLISHED");
}

TEST_P(ReceiveShutdown, IsNoCloseAfterAHalfClose)
{
    Reach("FIN-WAIT-2");
    EXPECT_EQ(App().ShutdownRecv(), 0);
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

TEST_P(ReceiveShutdown, NothingIsLeftUnreadForClose)
{
    Reach("ESTABLISHED");
    App().reading = false;
    Send(Text(100));
    Expect(Ack(), MilliSeconds(500));
    EXPECT_EQ(App().ShutdownRecv(), 0);
    EXPECT_EQ(App().Close(), 0);
    Expect(Fin());
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
}

// 3.10.4: a CLOSE stays one: it is not made twice, and FIN-WAIT-2 has its limit.
TEST_P(ReceiveShutdown, DoesNotTakeACloseBack)
{
    Reach("ESTABLISHED");
    EXPECT_EQ(App().Close(), 0);
    EXPECT_EQ(App().ShutdownRecv(), 0);
    EXPECT_EQ(App().Close(), -1);
    Expect(Fin());
    Send(Ack());
    ExpectNothing();
    EXPECT_EQ(State(), "FIN-WAIT-2");
    EXPECT_EQ(App().ShutdownRecv(), 0);
    ExpectNothing(Seconds(61));
    EXPECT_EQ(State(), "gone");
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

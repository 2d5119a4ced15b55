// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-socket-state.h"

#include "ns3/callback.h"
#include "ns3/object.h"

#include <gtest/gtest.h>
#include <vector>

/**
 * @file
 * The trace sources of a socket's TcpSocketState, found by name.
 */

namespace
{

using namespace ns3;
using tcpfsm::SocketState;

/// A state, and what a sink is told of its congestion window.
class SocketStates : public testing::Test
{
  protected:
    SocketStates()
    {
        Told().clear();
    }

    static std::vector<uint32_t>& Told()
    {
        static std::vector<uint32_t> told;
        return told;
    }

    static void Tell(uint32_t, uint32_t window)
    {
        Told().push_back(window);
    }

    bool Connect() const
    {
        return state->TraceConnectWithoutContext("CongestionWindow", MakeCallback(&Tell));
    }

    Ptr<SocketState> state{CreateObject<SocketState>(*CreateObject<TcpSocketState>())};
};

TEST_F(SocketStates, HaveTheSourcesOfNs3)
{
    const TypeId known = TcpSocketState::GetTypeId();
    const TypeId type = state->GetInstanceTypeId();
    ASSERT_EQ(type, SocketState::GetTypeId());
    EXPECT_TRUE(type.IsChildOf(known));
    ASSERT_GT(known.GetTraceSourceN(), 8U);
    EXPECT_EQ(type.GetTraceSourceN(), known.GetTraceSourceN());
    for (std::size_t i = 0; i < known.GetTraceSourceN(); ++i)
    {
        const auto name = known.GetTraceSource(i).name;
        EXPECT_TRUE(type.LookupTraceSourceByName(name)) << name;
    }
    EXPECT_FALSE(type.LookupTraceSourceByName("Window"));
}

TEST_F(SocketStates, TellTheirSinks)
{
    ASSERT_TRUE(Connect());
    state->m_cWnd = 1000;
    EXPECT_EQ(Told(), std::vector<uint32_t>{1000});
    state->TraceDisconnectWithoutContext("CongestionWindow", MakeCallback(&Tell));
    state->m_cWnd = 2000;
    EXPECT_EQ(Told().size(), 1U);
}

TEST_F(SocketStates, DropSinksForAsLongAsTheyAreToldTo)
{
    {
        const SocketState::SinksDropped dropped;
        EXPECT_TRUE(Connect());
    }
    state->m_cWnd = 1000;
    EXPECT_TRUE(Told().empty());
    EXPECT_TRUE(Connect());
    state->m_cWnd = 2000;
    EXPECT_EQ(Told(), std::vector<uint32_t>{2000});
}

TEST_F(SocketStates, AreCopiedWithTheirTypeAndWithoutSinks)
{
    ASSERT_TRUE(Connect());
    const auto copy = CopyObject<TcpSocketState>(state);
    EXPECT_EQ(copy->GetInstanceTypeId(), SocketState::GetTypeId());
    copy->m_cWnd = 1000;
    EXPECT_TRUE(Told().empty());
}

} // namespace

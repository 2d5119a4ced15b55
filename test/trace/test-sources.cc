// SPDX-License-Identifier: GPL-2.0-only

// Trace sources of sockets: our own, and those of ns-3 along the paths that scripts use.

#include "tcp-fsm-l4-protocol.h"
#include "world.h"

#include "ns3/config.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>
#include <map>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Takes down what a socket's own sources say.
struct SocketLog
{
    void AddTransition(const TcpFsmTransition& record)
    {
        transitions.push_back(record);
    }

    void AddReaction(const TcpFsmTransition& record)
    {
        reactions.push_back(record);
    }

    /// Connects to both sources.
    void Connect(const Ptr<TcpFsmSocket>& socket)
    {
        EXPECT_TRUE(
            socket->TraceConnectWithoutContext("Transition",
                                               MakeCallback(&SocketLog::AddTransition, this)));
        EXPECT_TRUE(
            socket->TraceConnectWithoutContext("Reaction",
                                               MakeCallback(&SocketLog::AddReaction, this)));
    }

    Records transitions; //!< changes of state
    Records reactions;   //!< all records
};

/// Counts the calls of ns-3's sources, by context.
struct PathLog
{
    void NoteWindow(std::string path, uint32_t /* before */, uint32_t after)
    {
        ++windows[path];
        lastWindow = after;
    }

    void NoteState(std::string path,
                   TcpSocket::TcpStates_t /* before */,
                   TcpSocket::TcpStates_t after)
    {
        states[path].append(" ").append(TcpFsmStateName(after));
    }

    void NoteBytes(std::string path, uint32_t /* before */, uint32_t /* after */)
    {
        ++bytes[path];
    }

    std::map<std::string, int> windows;        //!< changes of the congestion window
    std::map<std::string, int> bytes;          //!< changes of the octets in flight
    std::map<std::string, std::string> states; //!< states entered
    uint32_t lastWindow{0};                    //!< the congestion window
};

TEST(SocketSources, CallingSocketTellsItsWholeLife)
{
    SocketLog log;
    World world;
    world.ServeFor(MilliSeconds(100));
    const auto caller = world.CallFor(MilliSeconds(50)); // kept: told of the end of TIME-WAIT too
    log.Connect(caller);
    world.Run();
    EXPECT_EQ(PathOf(log.transitions),
              "CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED");
    const auto all = World::Of(world.Transitions(0), log.transitions.front().connection);
    ASSERT_EQ(all.size(), log.transitions.size());
    for (std::size_t i = 0; i < log.transitions.size(); ++i)
    {
        EXPECT_EQ(log.transitions[i].rule, all[i].rule);
        EXPECT_EQ(log.transitions[i].time, all[i].time);
    }
    EXPECT_GT(log.reactions.size(), log.transitions.size());
}

TEST(SocketSources, AcceptedSocketTellsItsLifeOnceDelivered)
{
    SocketLog log;
    World world;
    world.Serve([&](Ptr<TcpFsmSocket> accepted) {
        log.Connect(accepted);
        Simulator::Schedule(MilliSeconds(100), [accepted] { accepted->Close(); });
    });
    world.CallFor(MilliSeconds(50));
    world.Run();
    EXPECT_EQ(PathOf(log.transitions), "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
    for (const auto& record : log.reactions)
    {
        EXPECT_EQ(record.connection, 2U);
    }
}

TEST(SocketSources, ListenerTellsOfItselfAndItsConnections)
{
    SocketLog log;
    World world;
    const auto listener = world.ServeFor(MilliSeconds(100));
    log.Connect(listener);
    world.CallFor(MilliSeconds(50));
    world.At(1, MilliSeconds(200), [listener] { listener->Close(); });
    world.Run();
    EXPECT_EQ(PathOf(World::Of(log.transitions, 1)), "CLOSED LISTEN CLOSED");
    EXPECT_EQ(PathOf(World::Of(log.transitions, 2)),
              "LISTEN SYN-RCVD ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
}

TEST(Paths, CongestionWindowAndOthersOfEachNode)
{
    PathLog log;
    World world;
    world.ServeFor(MilliSeconds(200));
    const auto caller = world.CallFor(MilliSeconds(100));
    world.At(0, MilliSeconds(5), [&] {
        const std::string sockets = "/NodeList/*/$ns3::TcpL4Protocol/SocketList/*/";
        Config::Connect(sockets + "CongestionWindow", MakeCallback(&PathLog::NoteWindow, &log));
        Config::Connect(sockets + "BytesInFlight", MakeCallback(&PathLog::NoteBytes, &log));
        Config::Connect(sockets + "State", MakeCallback(&PathLog::NoteState, &log));
        caller->Send(Create<Packet>(50000), 0);
    });
    world.Run();
    const std::string caller0 = "/NodeList/0/$ns3::TcpL4Protocol/SocketList/0/";
    EXPECT_GT(log.windows[caller0 + "CongestionWindow"], 2);
    EXPECT_GT(log.lastWindow, 10000U);
    EXPECT_GT(log.bytes[caller0 + "BytesInFlight"], 10);
    EXPECT_EQ(log.states[caller0 + "State"], " FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED");
    // Node 1 has the listener and what it accepted.
    std::string accepted;
    for (const auto& [path, states] : log.states)
    {
        accepted += path.rfind("/NodeList/1/", 0) == 0 ? states : "";
    }
    EXPECT_EQ(accepted, " CLOSE-WAIT LAST-ACK CLOSED");
}

TEST(Paths, OurSourcesOfEachNode)
{
    SocketLog log;
    World world;
    Config::ConnectWithoutContext("/NodeList/*/$ns3::TcpFsmL4Protocol/Transition",
                                  MakeCallback(&SocketLog::AddTransition, &log));
    world.ServeFor(MilliSeconds(100));
    world.CallFor(MilliSeconds(50));
    world.Run();
    EXPECT_EQ(log.transitions.size(), world.Transitions(0).size() + world.Transitions(1).size());
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

// What programs in other languages are told, and what they can ask for.

#include "tcp-fsm-script.h"
#include "tcp-fsm-series.h"
#include "tcp-fsm-topology-helper.h"

#include "ns3/inet-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"

#include <csignal>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

using News = std::vector<std::pair<uint64_t, uint32_t>>;

constexpr uint64_t LISTENER = 1;
constexpr uint64_t CLIENT = 2;
constexpr uint64_t SERVER = 3;

/// A handler that notes the news, and answers what is read with the same octets.
class Script : public testing::Test
{
  protected:
    Script()
    {
        TcpFsmScript::SetHandler([this](uint64_t token, uint32_t what) { Handle(token, what); });
    }

    ~Script() override
    {
        TcpFsmScript::SetHandler({});
        m_sockets.clear();
        Simulator::Destroy();
    }

    Ptr<Socket> MakeSocket(uint32_t host, uint16_t port, uint64_t token)
    {
        auto socket = Socket::CreateSocket(m_net.GetHost(host), TcpSocketFactory::GetTypeId());
        socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
        TcpFsmScript::Watch(socket, token);
        m_sockets[token] = socket;
        return socket;
    }

    void Open()
    {
        MakeSocket(1, 80, LISTENER)->Listen();
        MakeSocket(0, 0, CLIENT)->Connect(m_net.GetSocketAddress(1, 80));
        TcpFsmScript::Run(Seconds(1).GetNanoSeconds());
    }

    void Handle(uint64_t token, uint32_t what)
    {
        if (what != TcpFsmScript::WRITABLE)
        {
            m_news.emplace_back(token, what);
        }
        if (what == TcpFsmScript::ACCEPTED)
        {
            m_sockets[SERVER] = TcpFsmScript::TakeAccepted();
            TcpFsmScript::Watch(m_sockets[SERVER], SERVER);
        }
        if (what == TcpFsmScript::READABLE)
        {
            const uint32_t size = TcpFsmScript::Receive(m_sockets[token]);
            const auto* octets = reinterpret_cast<const char*>(TcpFsmScript::GetReceived());
            m_received.append(octets, size);
            if (token == SERVER)
            {
                TcpFsmScript::Send(m_sockets[token], TcpFsmScript::GetReceived(), size);
            }
        }
    }

    TcpFsmTopology m_net{TcpFsmTopologyHelper().Pair()};
    std::map<uint64_t, Ptr<Socket>> m_sockets;
    News m_news;
    std::string m_received;
};

TEST_F(Script, CallsComeAtTheirTime)
{
    TcpFsmScript::Schedule(Seconds(2).GetNanoSeconds(), Simulator::NO_CONTEXT, 8);
    TcpFsmScript::Schedule(Seconds(1).GetNanoSeconds(), 0, 7);
    TcpFsmScript::Run(Seconds(1.5).GetNanoSeconds());
    EXPECT_EQ(m_news, (News{{7, TcpFsmScript::CALL}}));
    EXPECT_EQ(Simulator::Now(), Seconds(1.5));
    TcpFsmScript::Run(-1);
    EXPECT_EQ(m_news, (News{{7, TcpFsmScript::CALL}, {8, TcpFsmScript::CALL}}));
    EXPECT_EQ(Simulator::Now(), Seconds(2));
}

TEST_F(Script, TellsTheLifeOfAConnection)
{
    Open();
    EXPECT_EQ(m_news,
              (News{{CLIENT, TcpFsmScript::CONNECTED}, {LISTENER, TcpFsmScript::ACCEPTED}}));
    m_news.clear();
    const std::string octets("a\0b", 3);
    const auto address = reinterpret_cast<uintptr_t>(octets.data());
    EXPECT_EQ(TcpFsmScript::Send(m_sockets[CLIENT], address, octets.size()), 3);
    TcpFsmScript::Run(Seconds(2).GetNanoSeconds());
    EXPECT_EQ(m_received, octets + octets);
    EXPECT_EQ(m_news, (News{{SERVER, TcpFsmScript::READABLE}, {CLIENT, TcpFsmScript::READABLE}}));
    m_news.clear();
    m_sockets[CLIENT]->ShutdownSend();
    TcpFsmScript::Run(Seconds(3).GetNanoSeconds());
    EXPECT_EQ(m_news, (News{{SERVER, TcpFsmScript::READABLE}, {SERVER, TcpFsmScript::ENDED}}));
}

TEST_F(Script, TellsRefusalsByName)
{
    MakeSocket(0, 0, CLIENT)->Connect(m_net.GetSocketAddress(1, 81));
    TcpFsmScript::Run(-1);
    EXPECT_EQ(m_news, (News{{CLIENT, TcpFsmScript::FAILED}, {CLIENT, TcpFsmScript::GONE}}));
    EXPECT_EQ(TcpFsmScript::GetError(m_sockets[CLIENT]), "ECONNREFUSED");
    EXPECT_EQ(TcpFsmScript::Send(m_sockets[CLIENT], 0, 10), -1);
}

TEST_F(Script, TakesWhatFitsTheSendBuffer)
{
    Open();
    const uint32_t room = m_sockets[CLIENT]->GetTxAvailable();
    EXPECT_EQ(TcpFsmScript::Send(m_sockets[CLIENT], 0, room + 1), room);
    EXPECT_EQ(TcpFsmScript::Send(m_sockets[CLIENT], 0, 1), 0);
}

TEST_F(Script, AnIgnoredSocketReadsAndTellsNothing)
{
    Open();
    m_news.clear();
    TcpFsmScript::Ignore(m_sockets[SERVER]);
    TcpFsmScript::Send(m_sockets[CLIENT], 0, 100);
    TcpFsmScript::Run(Seconds(2).GetNanoSeconds());
    EXPECT_TRUE(m_news.empty());
    EXPECT_EQ(m_sockets[SERVER]->GetRxAvailable(), 0);
}

volatile sig_atomic_t g_interrupts = 0;

TEST_F(Script, InterruptStopsTheRunAndReachesTheProgram)
{
    g_interrupts = 0;
    const auto before = std::signal(SIGINT, [](int) { g_interrupts = g_interrupts + 1; });
    Simulator::Schedule(Seconds(1), [] { std::raise(SIGINT); });
    TcpFsmScript::Schedule(Seconds(2).GetNanoSeconds(), 0, 7);
    TcpFsmScript::Run(-1);
    EXPECT_EQ(Simulator::Now(), Seconds(1));
    EXPECT_EQ(g_interrupts, 1);
    std::raise(SIGINT); // the program's own again
    EXPECT_EQ(g_interrupts, 2);
    TcpFsmScript::Run(-1);
    EXPECT_EQ(m_news, (News{{7, TcpFsmScript::CALL}}));
    std::signal(SIGINT, before);
}

TEST_F(Script, SeriesFollowVariables)
{
    Open();
    const int64_t began = Simulator::Now().GetNanoSeconds();
    auto window = TcpFsmSeries::Follow(m_sockets[CLIENT], "CongestionWindow");
    auto rtt = TcpFsmSeries::Follow(m_sockets[CLIENT], "RTT");
    EXPECT_EQ(TcpFsmSeries::Follow(m_sockets[CLIENT], "Rx"), nullptr);
    EXPECT_EQ(TcpFsmSeries::Follow(m_sockets[CLIENT], "None"), nullptr);
    TcpFsmScript::Send(m_sockets[CLIENT], 0, 50000);
    TcpFsmScript::Run(Seconds(5).GetNanoSeconds());
    ASSERT_GT(window->GetSamples().size(), 2);
    for (std::size_t i = 1; i < window->GetSamples().size(); ++i)
    {
        // Slow start, without loss.
        EXPECT_GT(window->GetSamples()[i].value, window->GetSamples()[i - 1].value);
        EXPECT_GE(window->GetSamples()[i].time, window->GetSamples()[i - 1].time);
    }
    ASSERT_FALSE(rtt->GetSamples().empty());
    // Twice the delay of the link, and what sending and the queue add.
    EXPECT_GE(rtt->GetSamples().front().value, 0.010);
    EXPECT_LT(rtt->GetSamples().back().value, 0.1);
    EXPECT_TRUE(rtt->IsTime());
    EXPECT_FALSE(window->IsTime());
    // Both have the value that they had when it began.
    EXPECT_EQ(window->GetSamples().front().time, began);
    EXPECT_EQ(rtt->GetSamples().front().time, began);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

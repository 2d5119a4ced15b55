// SPDX-License-Identifier: GPL-2.0-only

#include "world.h"

#include "ns3/error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/node.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-socket-factory.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

constexpr uint16_t SERVER_PORT = 80;
constexpr uint16_t CLIENT_PORT = 5000;

void
ReadAll(Ptr<Socket> socket)
{
    for (auto packet = socket->Recv(); packet && packet->GetSize() > 0; packet = socket->Recv())
    {
    }
}

} // namespace

World::World()
{
    m_nodes.Create(2);
    const TcpFsmHelper tcp;
    tcp.Install(m_nodes);
    tcp.AssignStreams(m_nodes, 1);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    m_devices = link.Install(m_nodes);
    Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(m_devices);
    for (uint32_t side = 0; side < 2; ++side)
    {
        const auto l4 = m_nodes.Get(side)->GetObject<TcpFsmL4Protocol>();
        Log* log = &m_logs[side];
        EXPECT_TRUE(
            l4->TraceConnectWithoutContext("Transition", MakeCallback(&Log::AddTransition, log)));
        EXPECT_TRUE(
            l4->TraceConnectWithoutContext("Reaction", MakeCallback(&Log::AddReaction, log)));
    }
}

World::~World()
{
    Simulator::Destroy();
}

void
World::Log::AddTransition(const TcpFsmTransition& record)
{
    transitions.push_back(record);
}

void
World::Log::AddReaction(const TcpFsmTransition& record)
{
    reactions.push_back(record);
}

const NodeContainer&
World::GetNodes() const
{
    return m_nodes;
}

void
World::Deafen(uint32_t side) const
{
    auto loss = CreateObject<RateErrorModel>();
    loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    loss->SetRate(1);
    m_devices.Get(side)->SetAttribute("ReceiveErrorModel", PointerValue(loss));
}

Address
World::AddressOf(uint32_t side, uint16_t port) const
{
    return InetSocketAddress(Ipv4Address(0x0a000001 + side), port);
}

Ptr<TcpFsmSocket>
World::NewSocket(uint32_t side, uint16_t port) const
{
    const auto factory = TcpSocketFactory::GetTypeId();
    auto socket = DynamicCast<TcpFsmSocket>(Socket::CreateSocket(m_nodes.Get(side), factory));
    EXPECT_EQ(socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port)), 0);
    socket->SetRecvCallback(MakeCallback(&ReadAll));
    return socket;
}

Ptr<TcpFsmSocket>
World::Serve(std::function<void(Ptr<TcpFsmSocket>)> accepted) const
{
    auto listener = NewSocket(1, SERVER_PORT);
    const std::function<void(Ptr<Socket>, const Address&)> take =
        [accepted = std::move(accepted)](Ptr<Socket> socket, const Address& /* peer */) {
            socket->SetRecvCallback(MakeCallback(&ReadAll));
            accepted(DynamicCast<TcpFsmSocket>(socket));
        };
    listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                Callback<void, Ptr<Socket>, const Address&>(take));
    At(1, Time(0), [listener] { EXPECT_EQ(listener->Listen(), 0); });
    return listener;
}

Ptr<TcpFsmSocket>
World::ServeFor(Time open) const
{
    return Serve([open](Ptr<TcpFsmSocket> accepted) {
        Simulator::Schedule(open, [accepted] { accepted->Close(); });
    });
}

Ptr<TcpFsmSocket>
World::CallFor(Time open) const
{
    auto caller = NewSocket(0, CLIENT_PORT);
    At(0, MilliSeconds(1), [this, caller, open] {
        EXPECT_EQ(caller->Connect(AddressOf(1, SERVER_PORT)), 0);
        Simulator::Schedule(open, [caller] { caller->Close(); });
    });
    return caller;
}

void
World::At(uint32_t side, Time when, std::function<void()> call) const
{
    Simulator::ScheduleWithContext(m_nodes.Get(side)->GetId(), when, std::move(call));
}

void
World::Run(Time atMost) const
{
    Simulator::Stop(atMost);
    Simulator::Run();
}

const Records&
World::Transitions(uint32_t side) const
{
    return m_logs.at(side).transitions;
}

const Records&
World::Reactions(uint32_t side) const
{
    return m_logs.at(side).reactions;
}

Records
World::Of(const Records& records, uint64_t connection)
{
    Records found;
    std::copy_if(records.begin(), records.end(), std::back_inserter(found), [&](const auto& r) {
        return r.connection == connection;
    });
    return found;
}

std::string
World::Path(uint32_t side, uint64_t connection) const
{
    return PathOf(Of(Transitions(side), connection));
}

std::string
PathOf(const Records& records)
{
    std::string path;
    for (std::size_t i = 0; i < records.size(); ++i)
    {
        if (i == 0 || records[i].from != records[i - 1].to)
        {
            path.append(i == 0 ? "" : " gap ").append(TcpFsmStateName(records[i].from));
        }
        path.append(" ").append(TcpFsmStateName(records[i].to));
    }
    return path;
}

std::string
ReadFile(const std::string& name)
{
    std::ifstream file(name, std::ios::binary);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

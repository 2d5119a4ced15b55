// SPDX-License-Identifier: GPL-2.0-only

#include "attributes.h"

#include "ns3/config.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"

#include <algorithm>

namespace ns3
{
namespace test
{

namespace
{

/// Records the new values of a traced value.
template <typename T>
void
Record(Changes<T>* changes, T /* before */, T after)
{
    changes->emplace_back(Simulator::Now(), after);
}

/// Connects a list to a trace source.
template <typename T>
void
Watch(const Ptr<Socket>& socket, const std::string& source, Changes<T>& changes)
{
    EXPECT_TRUE(socket->TraceConnectWithoutContext(source, MakeBoundCallback(&Record<T>, &changes)))
        << source;
}

} // namespace

void
SocketAttributes::Set(const std::string& type, const std::string& name, const AttributeValue& value)
{
    ASSERT_FALSE(m_network);
    switch (GetParam())
    {
    case Way::DEFAULT:
        Config::SetDefault(type + "::" + name, value);
        break;
    case Way::SOCKET:
    case Way::PATH:
        m_settings.push_back({name, value.Copy()});
        break;
    }
}

void
SocketAttributes::Make(uint32_t octets, const NetworkConfig& config)
{
    m_network.reset();
    m_network = std::make_unique<Network>(config);
    m_server = std::make_unique<Endpoint>(*m_network, 1, 0);
    m_client = std::make_unique<Endpoint>(*m_network, 0, octets);
    for (const auto& [name, value] : m_settings)
    {
        if (GetParam() == Way::SOCKET)
        {
            m_server->socket->SetAttribute(name, *value);
            m_client->socket->SetAttribute(name, *value);
        }
        else
        {
            Config::Set("/NodeList/*/$ns3::TcpL4Protocol/SocketList/*/" + name, *value);
        }
    }
    Watch(m_client->socket, "CongestionWindow", m_windows);
    Watch(m_client->socket, "SlowStartThreshold", m_thresholds);
    Watch(m_client->socket, "RTO", m_timeouts);
    Watch(m_client->socket, "State", m_states);
    Watch(m_client->socket, "CongState", m_congestion);
    Watch(m_client->socket, "PacingRate", m_rates);
    m_server->Listen();
    m_client->ConnectAt(Time(0));
}

void
SocketAttributes::Write(Time when, uint32_t octets)
{
    m_network->At(0, when, [this, octets] {
        EXPECT_EQ(m_client->socket->Send(Create<Packet>(octets)), static_cast<int>(octets));
    });
}

void
SocketAttributes::Run(Time until)
{
    m_network->Run(until);
}

TcpFsmRawSegment
SocketAttributes::GetSyn(uint32_t side) const
{
    return m_network->SentWith(side, TcpHeader::SYN).at(0);
}

uint32_t
SocketAttributes::MaxFlight() const
{
    const auto& answers = m_network->SentBy(1);
    const Time delay = m_network->GetConfig().delay;
    uint32_t most = 0;
    uint32_t una = GetSyn(0).End(); // SND.UNA
    auto answer = answers.begin();
    for (const auto& segment : m_network->DataOf(0))
    {
        for (; answer != answers.end() && answer->time + delay < segment.time; ++answer)
        {
            una = answer->ack;
        }
        const uint32_t end = segment.seq + segment.data.size();
        most = std::max(most, end - una);
    }
    return most;
}

Segments
SocketAttributes::FirstFlight() const
{
    Segments flight;
    const uint32_t first = GetSyn(0).End();
    const auto& answers = m_network->SentBy(1);
    const auto answer = std::find_if(answers.begin(), answers.end(), [first](const auto& segment) {
        return segment.ack > first;
    });
    const Time delay = m_network->GetConfig().delay;
    for (const auto& segment : m_network->DataOf(0))
    {
        if (answer == answers.end() || segment.time <= answer->time + delay)
        {
            flight.push_back(segment);
        }
    }
    return flight;
}

std::pair<TcpFsmRawSegment, TcpFsmRawSegment>
SocketAttributes::FirstRepeat() const
{
    const auto data = m_network->DataOf(0);
    for (auto again = data.begin(); again != data.end(); ++again)
    {
        auto original = std::find_if(data.begin(), again, [again](const auto& segment) {
            return segment.seq == again->seq;
        });
        if (original != again)
        {
            return {*original, *again};
        }
    }
    ADD_FAILURE() << "nothing was sent again";
    return {};
}

std::string
NameOf(const testing::TestParamInfo<Way>& info)
{
    switch (info.param)
    {
    case Way::DEFAULT:
        return "Default";
    case Way::SOCKET:
        return "Socket";
    case Way::PATH:
        return "Path";
    }
    return "";
}

} // namespace test
} // namespace ns3

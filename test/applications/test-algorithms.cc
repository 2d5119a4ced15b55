// SPDX-License-Identifier: GPL-2.0-only

// The attributes of TcpL4Protocol: which congestion control, recovery and RTT estimator sockets
// get; and those of congestion controls.

#include "attributes.h"

#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/rtt-estimator.h"
#include "ns3/string.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/type-id.h"
#include "ns3/uinteger.h"

#include <array>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>

namespace ns3
{
namespace test
{
namespace
{

constexpr uint32_t OCTETS = 1000000;
constexpr uint32_t SEGMENT = 1000;

/// An estimator that finds every round trip to take five seconds.
class FiveSeconds : public RttEstimator
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::test::FiveSeconds")
                                .SetParent<RttEstimator>()
                                .AddConstructor<FiveSeconds>();
        return tid;
    }

    TypeId GetInstanceTypeId() const override
    {
        return GetTypeId();
    }

    void Measurement(Time /* sample */) override
    {
        m_estimatedRtt = Seconds(5);
        m_estimatedVariation = Time(0);
        ++m_nSamples;
    }

    Ptr<RttEstimator> Copy() const override
    {
        return CopyObject<FiveSeconds>(this);
    }
};

NS_OBJECT_ENSURE_REGISTERED(FiveSeconds);

/// How a script chooses what a node's sockets get.
enum class Choice
{
    DEFAULT,  //!< Config::SetDefault()
    PATH,     //!< Config::Set() along NodeList once the nodes exist
    PROTOCOL, //!< SetAttribute() of the node's TcpL4Protocol
};

class Algorithms : public SimulationTest, public testing::WithParamInterface<Choice>
{
  protected:
    /// Makes a network whose nodes' TcpL4Protocol has an attribute's value.
    void MakeWith(const std::string& attribute, const std::string& type)
    {
        Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(SEGMENT));
        const StringValue value(type);
        if (GetParam() == Choice::DEFAULT)
        {
            Config::SetDefault("ns3::TcpL4Protocol::" + attribute, value);
        }
        m_network = std::make_unique<Network>(NetworkConfig{.delay = MilliSeconds(20)});
        if (GetParam() == Choice::PATH)
        {
            Config::Set("/NodeList/*/$ns3::TcpL4Protocol/" + attribute, value);
        }
        else if (GetParam() == Choice::PROTOCOL)
        {
            m_network->GetNodes().Get(0)->GetObject<TcpL4Protocol>()->SetAttribute(attribute,
                                                                                   value);
        }
    }

    /// What a lost segment does to a transfer.
    struct Reaction
    {
        void OnWindow(uint32_t /* before */, uint32_t after)
        {
            if (threshold && !next)
            {
                next = after;
            }
            window = after;
        }

        void OnThreshold(uint32_t /* before */, uint32_t after)
        {
            if (after < OCTETS && !threshold)
            {
                threshold = after;
                before = window;
            }
        }

        uint32_t window{0};                //!< congestion window now
        uint32_t before{0};                //!< congestion window before the loss
        std::optional<uint32_t> threshold; //!< slow start threshold after it
        std::optional<uint32_t> next;      //!< first congestion window after it
    };

    /// Runs a transfer that loses one segment.
    Reaction LoseOne()
    {
        Reaction reaction;
        Endpoint server(*m_network, 1, 0);
        server.Listen();
        Endpoint client(*m_network, 0, OCTETS);
        client.socket->TraceConnectWithoutContext("CongestionWindow",
                                                  MakeCallback(&Reaction::OnWindow, &reaction));
        client.socket->TraceConnectWithoutContext("SlowStartThreshold",
                                                  MakeCallback(&Reaction::OnThreshold, &reaction));
        m_network->GetFilter().Drop("data", TcpFsmOccurrence::Nth(100));
        client.ConnectAt(Time(0));
        m_network->Run(Seconds(100));
        EXPECT_EQ(server.received, OCTETS);
        EXPECT_TRUE(server.intact);
        EXPECT_TRUE(reaction.threshold && reaction.next);
        return reaction;
    }

    /// Expects what a congestion control multiplies its window with.
    void ExpectDecrease(const std::string& type, double factor)
    {
        MakeWith("SocketType", type);
        const Reaction reaction = LoseOne();
        EXPECT_NEAR(double(*reaction.threshold) / reaction.before, factor, 0.05) << type;
    }

    std::unique_ptr<Network> m_network; //!< the nodes
};

TEST_P(Algorithms, NewRenoHalves)
{
    ExpectDecrease("ns3::TcpNewReno", 0.5); // RFC 5681 3.1
}

TEST_P(Algorithms, CubicTakesThreeTenths)
{
    ExpectDecrease("ns3::TcpCubic", 0.7); // RFC 9438 4.6
}

TEST_P(Algorithms, ScalableTakesAnEighth)
{
    ExpectDecrease("ns3::TcpScalable", 0.875); // Kelly 2003
}

TEST_P(Algorithms, BicTakesAFifth)
{
    ExpectDecrease("ns3::TcpBic", 0.8); // Xu, Harfoush, Rhee 2004, as Linux tunes it
}

TEST_P(Algorithms, AttributeOfTheCongestionControl)
{
    Config::SetDefault("ns3::TcpCubic::Beta", DoubleValue(0.3));
    ExpectDecrease("ns3::TcpCubic", 0.3);
}

TEST_P(Algorithms, ClassicRecoveryFallsToTheThreshold)
{
    MakeWith("RecoveryType", "ns3::TcpClassicRecovery");
    const Reaction reaction = LoseOne();
    EXPECT_EQ(*reaction.next, *reaction.threshold);
}

TEST_P(Algorithms, ProportionalRateReductionNearsItBySteps)
{
    MakeWith("RecoveryType", "ns3::TcpPrrRecovery");
    const Reaction reaction = LoseOne();
    EXPECT_NE(*reaction.next, *reaction.threshold);
    EXPECT_LT(*reaction.next, reaction.before);
}

TEST_P(Algorithms, RttEstimator)
{
    MakeWith("RttEstimatorType", "ns3::test::FiveSeconds");
    Endpoint server(*m_network, 1, 0);
    server.Listen();
    Endpoint client(*m_network, 0, 500);
    client.ConnectAt(Time(0));
    m_network->GetFilter().Drop("data");
    m_network->Run(Seconds(100));
    const auto data = m_network->DataOf(0);
    ASSERT_EQ(data.size(), 2U);
    // RFC 6298 2.3: RTO = SRTT + max(G, 4 * RTTVAR), with a clock of 1 ms.
    EXPECT_NEAR((data[1].time - data[0].time).GetSeconds(), 5.001, 0.0001);
}

std::string
NameOfChoice(const testing::TestParamInfo<Choice>& info)
{
    constexpr std::array<const char*, 3> NAMES{"Default", "Path", "Protocol"};
    return NAMES.at(static_cast<std::size_t>(info.param));
}

INSTANTIATE_TEST_SUITE_P(Chosen,
                         Algorithms,
                         testing::Values(Choice::DEFAULT, Choice::PATH, Choice::PROTOCOL),
                         NameOfChoice);

} // namespace
} // namespace test
} // namespace ns3

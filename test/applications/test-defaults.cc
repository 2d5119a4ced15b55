// SPDX-License-Identifier: GPL-2.0-only

// Defaults of attributes that a script changes while there are sockets already.

#include "network.h"

#include "ns3/config.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-socket.h"
#include "ns3/tcp-socket-state.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace ns3
{
namespace test
{
namespace
{

/// An attribute of sockets and a value that is not ns-3's or our default.
struct Default
{
    std::string type;  //!< where it is declared
    std::string name;  //!< its name
    std::string value; //!< another value
};

const std::vector<Default> DEFAULTS{{"ns3::TcpFsmSocket", "Msl", "+7s"},
                                    {"ns3::TcpFsmSocket", "KeepAlive", "true"},
                                    {"ns3::TcpSocketBase", "MinRto", "+5s"},
                                    {"ns3::TcpSocketBase", "Sack", "false"},
                                    {"ns3::TcpSocketBase", "MaxWindowSize", "1234"},
                                    {"ns3::TcpSocketBase", "ReTxThreshold", "5"},
                                    {"ns3::TcpSocket", "SegmentSize", "777"},
                                    {"ns3::TcpSocket", "SndBufSize", "10000"},
                                    {"ns3::TcpSocket", "RcvBufSize", "20000"},
                                    {"ns3::TcpSocket", "InitialCwnd", "3"},
                                    {"ns3::TcpSocket", "TcpNoDelay", "false"},
                                    {"ns3::TcpSocketState", "EnablePacing", "true"},
                                    {"ns3::TcpSocketState", "PacingSsRatio", "150"}};

/// A congestion control that lets one see the state of the socket that was made last.
class Witness : public TcpNewReno
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId type = TypeId("ns3::test::Witness")
                                 .SetParent<TcpNewReno>()
                                 .SetGroupName("TcpFsm")
                                 .AddConstructor<Witness>();
        return type;
    }

    void Init(Ptr<TcpSocketState> state) override
    {
        g_state = state;
    }

    static inline Ptr<TcpSocketState> g_state; //!< of the last socket
};

/// A socket and the part of it that has attributes of its own.
struct Made
{
    Ptr<TcpFsmSocket> socket;
    Ptr<TcpSocketState> state;
};

/// What an attribute is as a text.
std::string
Get(const Made& made, const Default& attribute)
{
    const bool isOfState = attribute.type == "ns3::TcpSocketState";
    const Ptr<Object> object = isOfState ? Ptr<Object>(made.state) : Ptr<Object>(made.socket);
    TypeId::AttributeInformation info;
    EXPECT_TRUE(object->GetInstanceTypeId().LookupAttributeByName(attribute.name, &info));
    const auto value = info.checker->Create();
    object->GetAttribute(attribute.name, *value);
    return value->SerializeToString(info.checker);
}

/// What ns-3 says that a default is.
TypeId::AttributeInformation
Find(const Default& attribute)
{
    TypeId::AttributeInformation info;
    EXPECT_TRUE(TypeId::LookupByName(attribute.type).LookupAttributeByName(attribute.name, &info));
    return info;
}

class Defaults : public SimulationTest
{
  protected:
    ~Defaults() override
    {
        Witness::g_state = nullptr;
    }

    /// @return a new socket of node 0
    static Made Make(const Network& network)
    {
        const auto protocol = network.GetNodes().Get(0)->GetObject<TcpFsmL4Protocol>();
        const auto socket = protocol->CreateSocket(Witness::GetTypeId());
        return {DynamicCast<TcpFsmSocket>(socket), Witness::g_state};
    }
};

TEST_F(Defaults, HoldForSocketsThatAreMadeLater)
{
    const Network network;
    for (const auto& attribute : DEFAULTS)
    {
        // Scripts keep the old value, as here, to set it again.
        const auto before = Find(attribute);
        const auto old = before.initialValue->SerializeToString(before.checker);
        ASSERT_NE(old, attribute.value) << attribute.name;
        const auto first = Make(network);
        Config::SetDefault(attribute.type + "::" + attribute.name, StringValue(attribute.value));
        const auto second = Make(network);
        Config::SetDefault(attribute.type + "::" + attribute.name, *before.initialValue);
        const auto third = Make(network);
        EXPECT_EQ(Get(first, attribute), old) << attribute.name;
        const auto value = before.checker->Create();
        ASSERT_TRUE(value->DeserializeFromString(attribute.value, before.checker));
        EXPECT_EQ(Get(second, attribute), value->SerializeToString(before.checker))
            << attribute.name;
        EXPECT_EQ(Get(third, attribute), old) << attribute.name;
    }
}

TEST_F(Defaults, OfASocketThatWasChangedAreLeftAlone)
{
    const Network network;
    for (const auto& attribute : DEFAULTS)
    {
        if (attribute.type == "ns3::TcpSocketState")
        {
            continue; // not an attribute of the socket
        }
        const auto first = Make(network);
        const auto old = Get(first, attribute);
        first.socket->SetAttribute(attribute.name, StringValue(attribute.value));
        EXPECT_EQ(Get(Make(network), attribute), old) << attribute.name;
    }
}

TEST_F(Defaults, AreThoseOfCreateObject)
{
    const Network network;
    for (const auto& attribute : DEFAULTS)
    {
        Config::SetDefault(attribute.type + "::" + attribute.name, StringValue(attribute.value));
    }
    const auto made = Make(network);
    const Made created{CreateObject<TcpFsmSocket>(), nullptr};
    for (TypeId type = TcpFsmSocket::GetTypeId(); type != Object::GetTypeId();
         type = type.GetParent())
    {
        for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
        {
            const auto info = type.GetAttribute(i);
            const auto value = info.checker->Create();
            if (!DynamicCast<PointerValue>(value) && info.accessor->HasGetter())
            {
                const Default attribute{type.GetName(), info.name, ""};
                EXPECT_EQ(Get(made, attribute), Get(created, attribute)) << info.name;
            }
        }
    }
}

} // namespace
} // namespace test
} // namespace ns3

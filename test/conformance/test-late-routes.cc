// SPDX-License-Identifier: GPL-2.0-only

// The MSS where routing finds the way only once there is a packet, as AODV and DSDV do: RFC 9293
// 3.7.1 (MUST-14, MUST-67).

#include "fixture.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// Knows no way yet: until then packets wait at the loopback device.
class LateRouting : public Ipv4RoutingProtocol
{
  public:
    Ptr<Ipv4Route> RouteOutput(Ptr<Packet>,
                               const Ipv4Header& header,
                               Ptr<NetDevice>,
                               Socket::SocketErrno& error) override
    {
        error = Socket::ERROR_NOTERROR;
        auto route = Create<Ipv4Route>();
        route->SetSource(m_ipv4->GetAddress(1, 0).GetLocal());
        route->SetDestination(header.GetDestination());
        route->SetGateway(Ipv4Address::GetLoopback());
        route->SetOutputDevice(m_ipv4->GetNetDevice(0));
        return route;
    }

    bool RouteInput(Ptr<const Packet>,
                    const Ipv4Header&,
                    Ptr<const NetDevice>,
                    const UnicastForwardCallback&,
                    const MulticastForwardCallback&,
                    const LocalDeliverCallback&,
                    const ErrorCallback&) override
    {
        return false;
    }

    void NotifyInterfaceUp(uint32_t) override
    {
    }

    void NotifyInterfaceDown(uint32_t) override
    {
    }

    void NotifyAddAddress(uint32_t, Ipv4InterfaceAddress) override
    {
    }

    void NotifyRemoveAddress(uint32_t, Ipv4InterfaceAddress) override
    {
    }

    void SetIpv4(Ptr<Ipv4> ipv4) override
    {
        m_ipv4 = ipv4;
    }

    void PrintRoutingTable(Ptr<OutputStreamWrapper>, Time::Unit) const override
    {
    }

  private:
    Ptr<Ipv4> m_ipv4; //!< of the node
};

} // namespace

class LateRoutes : public Conformance
{
  protected:
    LateRoutes()
        : Conformance(Family::IPV4)
    {
    }

    /// @return the MSS of a SYN to an address
    uint16_t MssTo(Ipv4Address address)
    {
        uint16_t mss = 0;
        L4()->TraceConnectWithoutContext(
            "Syn",
            Callback<void, const TcpFsmSyn&>(
                [&mss](const TcpFsmSyn& syn) { mss = syn.isOurs ? syn.options.mss : mss; }));
        auto& user = NewApplication();
        user.socket->Connect(InetSocketAddress(address, 80));
        Run(MilliSeconds(1));
        return mss;
    }
};

TEST_F(LateRoutes, MssIsThatOfTheInterfaceNotOfTheLoopbackDevice)
{
    GetNode()->GetObject<Ipv4>()->SetRoutingProtocol(CreateObject<LateRouting>());
    EXPECT_EQ(MssTo(Ipv4Address("192.0.2.1")), Mss());
}

// To itself, the node sends through the loopback device.
TEST_F(LateRoutes, MssToOneselfIsThatOfTheLoopbackDevice)
{
    const auto ipv4 = GetNode()->GetObject<Ipv4>();
    const Ipv4Address own = ipv4->GetAddress(1, 0).GetLocal();
    ipv4->SetRoutingProtocol(CreateObject<LateRouting>());
    EXPECT_EQ(MssTo(own), ipv4->GetMtu(0) - 40);
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

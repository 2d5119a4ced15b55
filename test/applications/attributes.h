// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_APPLICATIONS_ATTRIBUTES_H
#define TCP_FSM_TEST_APPLICATIONS_ATTRIBUTES_H

#include "endpoint.h"
#include "network.h"

#include "ns3/attribute.h"
#include "ns3/data-rate.h"
#include "ns3/tcp-socket-base.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace test
{

/// How a script gives an attribute of sockets a value.
enum class Way
{
    DEFAULT, //!< Config::SetDefault() before anything is made
    SOCKET,  //!< Socket::SetAttribute()
    PATH     //!< Config::Set() along NodeList and SocketList
};

/// Changes of a traced value, with their times.
template <typename T>
using Changes = std::vector<std::pair<Time, T>>;

/**
 * A client that sends to a server on our TCP, both with attributes that were set in one of the
 * three ways; what happens is seen on the link and at the client's trace sources.
 */
class SocketAttributes : public SimulationTest, public testing::WithParamInterface<Way>
{
  protected:
    /// Sets an attribute of both sockets; before the first Make() only.
    void Set(const std::string& type, const std::string& name, const AttributeValue& value);

    /**
     * Makes the network and both applications anew; the client connects at START.
     * @param octets how many the client sends
     * @param config the link
     */
    void Make(uint32_t octets, const NetworkConfig& config = {});

    /// Makes the client call Send() with so many octets, at a time after START.
    void Write(Time when, uint32_t octets);

    /// Runs until a time after START.
    void Run(Time until);

    /// @return the SYN of the client and the SYN-ACK of the server
    TcpFsmRawSegment GetSyn(uint32_t side) const;

    /// @return the largest number of octets that were sent and not yet acknowledged, as the client
    /// could know
    uint32_t MaxFlight() const;

    /// @return the segments of the client with data sent before the first ACK of data arrived
    Segments FirstFlight() const;

    /// @return the first segment of the client that is sent again, and its original
    std::pair<TcpFsmRawSegment, TcpFsmRawSegment> FirstRepeat() const;

    std::unique_ptr<Network> m_network;                   //!< from Make() on
    std::unique_ptr<Endpoint> m_client;                   //!< at node 0
    std::unique_ptr<Endpoint> m_server;                   //!< at node 1
    Changes<uint32_t> m_windows;                          //!< CongestionWindow of the client
    Changes<uint32_t> m_thresholds;                       //!< SlowStartThreshold of the client
    Changes<Time> m_timeouts;                             //!< RTO of the client
    Changes<TcpSocket::TcpStates_t> m_states;             //!< State of the client
    Changes<TcpSocketState::TcpCongState_t> m_congestion; //!< CongState of the client
    Changes<DataRate> m_rates;                            //!< PacingRate of the client

  private:
    struct Setting
    {
        std::string name;          //!< the attribute
        Ptr<AttributeValue> value; //!< its value
    };

    std::vector<Setting> m_settings; //!< those for sockets that don't exist yet
};

/// Names a way, for the names of tests.
std::string NameOf(const testing::TestParamInfo<Way>& info);

} // namespace test
} // namespace ns3

#endif // TCP_FSM_TEST_APPLICATIONS_ATTRIBUTES_H

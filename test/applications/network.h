// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_APPLICATIONS_NETWORK_H
#define TCP_FSM_TEST_APPLICATIONS_NETWORK_H

#include "tcp-fsm-node-under-test.h"
#include "tcp-fsm-raw-segment.h"
#include "tcp-fsm-segment-filter.h"

#include "ns3/address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <array>
#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace test
{

/// Segments in the order in which they were sent.
using Segments = std::vector<TcpFsmRawSegment>;

/// The port that servers listen at.
constexpr uint16_t PORT = 80;
/// When applications start: IPv6 looks for duplicate addresses first.
const Time START = Seconds(3);

/// What can be chosen about a Network.
struct NetworkConfig
{
    TcpFsmStack client{TcpFsmStack::FSM}; //!< TCP of node 0
    TcpFsmStack server{TcpFsmStack::FSM}; //!< TCP of node 1
    bool ipv6{false};                     //!< family of the addresses
    std::string rate{"10Mbps"};           //!< of the link
    Time delay{MilliSeconds(5)};          //!< of the link, one way
};

/// Puts a stack on nodes: the one line in which scripts for the two differ.
void Install(TcpFsmStack stack, const NodeContainer& nodes);

/**
 * Two nodes, 0 who calls and 1 who listens, on a link of which all segments are recorded. The
 * simulation is taken down with it.
 */
class Network
{
  public:
    /// Makes it with random streams that are the same each time.
    explicit Network(const NetworkConfig& config = {});
    ~Network();
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    /// @return the nodes
    const NodeContainer& GetNodes() const;
    /// @return their devices
    const NetDeviceContainer& GetDevices() const;
    /// @return what the network was made with
    const NetworkConfig& GetConfig() const;
    /// @return the socket address of a node's port
    Address AddressOf(uint32_t side, uint16_t port = PORT) const;
    /// @return the socket address of a port at all addresses of the family
    Address AnyAddress(uint16_t port = PORT) const;

    /// @return drops and delays what either node sends
    TcpFsmSegmentFilter& GetFilter();
    /// Makes a call as an event of a node, at a time after START.
    void At(uint32_t side, Time when, std::function<void()> call) const;
    /// Runs until a time after START.
    void Run(Time until) const;

    /// @return the segments that a node has put on the link, without IP fragments
    const Segments& SentBy(uint32_t side) const;
    /// @return those of them that carry data
    Segments DataOf(uint32_t side) const;
    /// @return those with any of some flags
    Segments SentWith(uint32_t side, uint8_t flags) const;

  private:
    /// What a node sends.
    struct Capture
    {
        void Add(Ptr<const Packet> frame);

        Segments segments; //!< oldest first
    };

    NetworkConfig m_config;
    NodeContainer m_nodes;
    NetDeviceContainer m_devices;
    std::array<Capture, 2> m_captures;
    std::array<Address, 2> m_addresses;
    std::unique_ptr<TcpFsmSegmentFilter> m_filter;
};

/// A test that may change ns-3's defaults and leaves nothing behind.
class SimulationTest : public testing::Test
{
  protected:
    SimulationTest();
    ~SimulationTest() override;
};

/// @return the octets of data in segments
uint64_t CountOctets(const Segments& segments);

} // namespace test
} // namespace ns3

#endif // TCP_FSM_TEST_APPLICATIONS_NETWORK_H

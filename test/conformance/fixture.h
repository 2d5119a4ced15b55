// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_FIXTURE_H
#define TCP_FSM_TEST_FIXTURE_H

#include "application.h"
#include "conversation.h"
#include "guards.h"
#include "segment.h"
#include "tcp-fsm-raw-peer.h"

#include "ns3/config.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"

#include <cstdint>
#include <deque>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// IP version of a test.
enum class Family : uint8_t
{
    IPV4,
    IPV6
};

/**
 * A node with this module's TCP and a peer under control of the test.
 *
 * The main conversation is between port 80 of the node and port 40000 of the peer. The node is
 * made at the first use, so that a test may change `tcp`, `link` and `config` before.
 */
class Conformance : public ::testing::Test
{
  protected:
    using Location = Conversation::Location;

    explicit Conformance(Family family);
    void SetUp() override;
    void TearDown() override;

    TcpFsmHelper tcp;                   //!< profile and attributes of the node
    TcpFsmRawPeer::Config link;         //!< the link
    TcpFsmRawConnection::Config config; //!< the main conversation

    /// Sets the default of an attribute of the node's sockets.
    void SetSocketDefault(const std::string& attribute, const AttributeValue& value) const;

    // The wire: the main conversation's verbs

    TcpFsmRawSegment Inject(const Segment& segment);
    TcpFsmRawSegment Send(const Segment& segment);
    void Expect(const std::vector<Segment>& expected,
                Time within = MilliSeconds(EXCHANGE_MS),
                Location location = Location::current());
    void Expect(const Segment& expected,
                Time within = MilliSeconds(EXCHANGE_MS),
                Location location = Location::current());
    void ExpectNothing(Time within = MilliSeconds(EXCHANGE_MS),
                       Location location = Location::current());
    std::vector<Time> ExpectRepeated(const Segment& expected,
                                     Time within,
                                     Location location = Location::current());
    uint32_t Iss();
    uint32_t Irs();
    uint32_t SndUna();
    uint32_t SndNxt();
    uint32_t RcvNxt();
    uint32_t RightEdge();
    /// @return RCV.WND as the peer knows it
    uint32_t Window();

    /// @return the main conversation
    Conversation& Main();
    /// @return a new one of the same peer, from another port
    Conversation& NewConversation(uint16_t peerPort);
    /// @return a new one
    Conversation& NewConversation(const TcpFsmRawConnection::Config& other);
    /// @return the raw peer
    TcpFsmRawPeer& Peer();

    // The node

    /// @return the node
    Ptr<Node> GetNode();
    /// @return the node's TCP
    Ptr<TcpFsmL4Protocol> L4();
    /// @return what must hold in every test
    const Guards& GetGuards() const;
    /// @return a user of a new socket
    Application& NewApplication();
    /// @return a user of a socket that listens at a port; App() will be the user of its children
    Application& Listen(uint16_t port = 80);
    /// @return a user of a new socket that connects from port 80 to the peer's port 40000
    Application& Connect();
    /// @return a user of the next connection from the accept queue; nullptr if there is none
    Application* Accept(Application& listener);
    /// @return the user of the newest connection
    Application& App();
    /// @return whether a listener has given a connection to its user, or Connect() was called
    bool HasApp() const;

    /// @return all lines of the node's list
    std::vector<TcpFsmConnection> Connections();
    /// @return the line of a conversation, if it is there
    std::optional<TcpFsmConnection> Find(const Conversation& conversation);
    /// @return the state of the main conversation as in RFC 9293, "gone" if it is not in the list
    std::string State();
    /// @return the same of another
    std::string State(const Conversation& conversation);
    /// @return whether a socket listens at the port
    bool IsListening(uint16_t port = 80);

    /// @return any address of the family, with the port
    Address Any(uint16_t port) const;
    /// @return the peer's address, with a port
    Address PeerAt(uint16_t port);
    /// @return the node's address with a port
    Address NodeAt(uint16_t port);
    /// @return whether the test runs over IPv6
    bool IsIpv6() const;
    /// @return the node's largest segment on this link
    uint32_t Mss() const;

    /**
     * Brings the main conversation into a state by calls and segments; TCP's timers have not
     * moved by more than a fifth of a second. See States().
     */
    void Reach(const std::string& state);

    /// Runs the simulator; what the node sends meanwhile is for the next Expect().
    void Run(Time duration) const;

  private:
    void Build();
    Application& Adopt(const Ptr<TcpFsmSocket>& socket);

    bool m_ipv6;                                               //!< family
    Ptr<Node> m_node;                                          //!< the node
    Guards m_guards;                                           //!< always on
    std::unique_ptr<TcpFsmRawPeer> m_peer;                     //!< the peer
    std::deque<std::unique_ptr<Conversation>> m_conversations; //!< the main one first
    std::deque<std::unique_ptr<Application>> m_applications;   //!< all
    Application* m_app{nullptr};                               //!< of the newest connection
};

/// A test over both families.
class FamilyTest : public Conformance, public ::testing::WithParamInterface<Family>
{
  protected:
    FamilyTest();
};

/// A test over both families in several states.
class StateTest : public Conformance,
                  public ::testing::WithParamInterface<std::tuple<Family, std::string>>
{
  protected:
    StateTest();
    /// @return the state's name
    const std::string& GetStart() const;
    /// @return the name without what follows a slash
    std::string GetStartState() const;
};

/// @return names of all starting points of Reach()
const std::vector<std::string>& States();
/// @return those in which the steps of RFC 9293 3.10.7.4 are taken
std::vector<std::string> StepStates();
/// @return those after the handshake
std::vector<std::string> SynchronizedStates();
/// @return all but some
std::vector<std::string> Except(std::vector<std::string> states,
                                const std::vector<std::string>& omitted);

/// @return name of a family, for the names of tests
std::string FamilyName(const ::testing::TestParamInfo<Family>& info);
/// @return name of a family and a state
std::string StateName(const ::testing::TestParamInfo<std::tuple<Family, std::string>>& info);

/// Runs all tests of a suite of FamilyTest over both families.
#define TCP_FSM_OVER_FAMILIES(Suite)                                                               \
    INSTANTIATE_TEST_SUITE_P(Over, Suite, ::testing::Values(Family::IPV4, Family::IPV6), FamilyName)

/// Runs all tests of a suite of StateTest in states and over both families.
#define TCP_FSM_OVER_STATES(Suite, states)                                                         \
    INSTANTIATE_TEST_SUITE_P(In,                                                                   \
                             Suite,                                                                \
                             ::testing::Combine(::testing::Values(Family::IPV4, Family::IPV6),     \
                                                ::testing::ValuesIn(states)),                      \
                             StateName)

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_FIXTURE_H

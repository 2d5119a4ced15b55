// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_TRACE_WORLD_H
#define TCP_FSM_TEST_TRACE_WORLD_H

#include "tcp-fsm-socket.h"
#include "tcp-fsm-transition.h"

#include "ns3/address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Records in the order in which they came.
using Records = std::vector<TcpFsmTransition>;

/// Two nodes with our TCP on a link of 1 ms, and what their trace sources say.
class World
{
  public:
    World();
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// @return the nodes, 0 (who calls) and 1 (who listens)
    const NodeContainer& GetNodes() const;

    /// Makes all packets get lost that a node would receive from now on.
    void Deafen(uint32_t side) const;

    /// @return the socket address of a node's port
    Address AddressOf(uint32_t side, uint16_t port) const;

    /// @return a socket bound to a port that reads whatever arrives
    Ptr<TcpFsmSocket> NewSocket(uint32_t side, uint16_t port) const;

    /// Makes node 1 listen at port 80 from the start; each accepted socket is passed on.
    Ptr<TcpFsmSocket> Serve(std::function<void(Ptr<TcpFsmSocket>)> accepted) const;

    /// The same; each accepted socket is closed after a time.
    Ptr<TcpFsmSocket> ServeFor(Time open) const;

    /// Makes node 0 call from port 5000 after 1 ms, and close after a time.
    Ptr<TcpFsmSocket> CallFor(Time open) const;

    /// Makes a call as an event of a node.
    void At(uint32_t side, Time when, std::function<void()> call) const;

    /// Runs the simulator: until all is over if it takes no more than a time.
    void Run(Time atMost = Hours(1)) const;

    /// @return a node's changes of state
    const Records& Transitions(uint32_t side) const;

    /// @return a node's reactions
    const Records& Reactions(uint32_t side) const;

    /// @return those of one connection
    static Records Of(const Records& records, uint64_t connection);

    /// @return the states that a connection went through, joined by spaces; "gap" for each record
    /// that does not start where the last one ended
    std::string Path(uint32_t side, uint64_t connection) const;

  private:
    /// One node's sinks.
    struct Log
    {
        void AddTransition(const TcpFsmTransition& record);
        void AddReaction(const TcpFsmTransition& record);

        Records transitions; //!< changes of state
        Records reactions;   //!< all records
    };

    NodeContainer m_nodes;        //!< the nodes
    NetDeviceContainer m_devices; //!< their devices
    std::array<Log, 2> m_logs;    //!< by node
};

/// @return the states of records of one connection, as World::Path() says
std::string PathOf(const Records& records);

/// @return a file's bytes; a failed test if it cannot be read
std::string ReadFile(const std::string& name);

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_TRACE_WORLD_H

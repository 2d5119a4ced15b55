// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_GUARDS_H
#define TCP_FSM_TEST_GUARDS_H

#include "tcp-fsm-raw-segment.h"

#include "ns3/nstime.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-fsm-socket.h"
#include "ns3/tcp-fsm-transition.h"

#include <cstdint>
#include <map>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/**
 * What must hold in every test, whatever it tests: the state is written in one place only, every
 * change of it is recorded, the records follow from the table of rules and from one another.
 */
class Guards
{
  public:
    Guards() = default;
    Guards(const Guards&) = delete;
    Guards& operator=(const Guards&) = delete;

    /// Watches the records of a node.
    void Watch(const Ptr<TcpFsmL4Protocol>& l4);
    /// Watches a socket's state; any number of times.
    void Watch(const Ptr<TcpFsmSocket>& socket);
    /// Looks at a segment of the node.
    void Look(const TcpFsmRawSegment& segment) const;
    /// Compares the records with what was seen of the states; fails the test if they disagree.
    void Check() const;

    /// @return all changes of state so far
    const std::vector<TcpFsmTransition>& GetTransitions() const;
    /// @return all reactions so far
    const std::vector<TcpFsmTransition>& GetReactions() const;

  private:
    /// A change of a socket's state as its trace source `State` tells it.
    struct Change
    {
        Time time;
        uint64_t connection;
        TcpSocket::TcpStates_t from;
        TcpSocket::TcpStates_t to;
    };

    void OnTransition(const TcpFsmTransition& record);
    void OnReaction(const TcpFsmTransition& record);
    bool IsRecorded(const Change& change) const;

    Ptr<TcpFsmL4Protocol> m_l4;                          //!< the node's TCP
    std::vector<Ptr<TcpFsmSocket>> m_sockets;            //!< sockets watched
    std::vector<Change> m_changes;                       //!< of their states
    std::vector<TcpFsmTransition> m_transitions;         //!< records
    std::vector<TcpFsmTransition> m_reactions;           //!< records
    std::map<uint64_t, TcpSocket::TcpStates_t> m_states; //!< of connections, by the records
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_GUARDS_H

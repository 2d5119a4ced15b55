// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SOCKET_STATE_H
#define TCP_FSM_SOCKET_STATE_H

#include "ns3/tcp-socket-state.h"

namespace ns3
{
namespace tcpfsm
{

/**
 * The TcpSocketState of our sockets, of which copies are made at less cost.
 *
 * The base's constructors look for its trace sources by name, one by one, and ns-3 copies the texts
 * of each source that it passes. This type names the same sources before its parent does, without
 * texts.
 */
class SocketState : public TcpSocketState
{
  public:
    /// @return the type
    static TypeId GetTypeId();

    /**
     * @param other a state whose values are taken over, but no sinks and no buffer; those that are
     * attributes get their defaults from CreateObject()
     */
    explicit SocketState(const TcpSocketState& other);

    /**
     * While there is one, sinks that are connected to sources by name are dropped: those of the
     * base, and of a congestion control that would hear of a socket from its Init().
     */
    class SinksDropped
    {
      public:
        SinksDropped();
        ~SinksDropped();
        SinksDropped(const SinksDropped&) = delete;
        SinksDropped& operator=(const SinksDropped&) = delete;
    };
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_SOCKET_STATE_H

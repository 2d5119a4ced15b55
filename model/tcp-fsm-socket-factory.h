// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SOCKET_FACTORY_H
#define TCP_FSM_SOCKET_FACTORY_H

#include "ns3/tcp-socket-factory.h"

namespace ns3
{

class TcpFsmL4Protocol;

/**
 * Makes TcpFsmSocket. A child of TcpSocketFactory, so that
 * `Socket::CreateSocket(node, TcpSocketFactory::GetTypeId())` finds it on a node that has
 * TcpFsmL4Protocol.
 */
class TcpFsmSocketFactory : public TcpSocketFactory
{
  public:
    /// @return the type
    static TypeId GetTypeId();

    TcpFsmSocketFactory();
    ~TcpFsmSocketFactory() override;

    /// Sets the protocol whose sockets are made.
    void SetTcp(Ptr<TcpFsmL4Protocol> tcp);

    Ptr<Socket> CreateSocket() override; //!< makes a TcpFsmSocket

  protected:
    void DoDispose() override; //!< lets the protocol go

  private:
    Ptr<TcpFsmL4Protocol> m_tcp; //!< the protocol
};

} // namespace ns3

#endif // TCP_FSM_SOCKET_FACTORY_H

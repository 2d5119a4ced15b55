// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv4-end-point.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-end-point.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"
#include "ns3/simulator.h"

/**
 * @file
 * The application's calls, and the addresses and ports that they give a connection.
 */

namespace ns3
{

using namespace tcpfsm;

namespace
{

/// An address and a port, as passed to Bind() and Connect().
struct SocketAddress
{
    IpAddress address;
    uint16_t port;
};

std::optional<SocketAddress>
ParseSocketAddress(const Address& address)
{
    if (InetSocketAddress::IsMatchingType(address))
    {
        const auto inet = InetSocketAddress::ConvertFrom(address);
        return SocketAddress{IpAddress(inet.GetIpv4()), inet.GetPort()};
    }
    if (Inet6SocketAddress::IsMatchingType(address))
    {
        const auto inet6 = Inet6SocketAddress::ConvertFrom(address);
        return SocketAddress{IpAddress(inet6.GetIpv6()), inet6.GetPort()};
    }
    return std::nullopt;
}

/// The unspecified address of a family.
IpAddress
AnyAddress(bool isIpv4)
{
    return isIpv4 ? IpAddress(Ipv4Address::GetAny()) : IpAddress(Ipv6Address::GetAny());
}

} // namespace

int
TcpFsmSocket::Call(Event event)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    const Row& row = Fire(event);
    return row.action.refusal == Refusal::NONE ? 0 : Fail(ToError(row.action.refusal, event));
}

int
TcpFsmSocket::Bind()
{
    return BindTo(IpAddress(Ipv4Address::GetAny()), 0);
}

int
TcpFsmSocket::Bind6()
{
    return BindTo(IpAddress(Ipv6Address::GetAny()), 0);
}

int
TcpFsmSocket::Bind(const Address& address)
{
    const auto local = ParseSocketAddress(address);
    return local ? BindTo(local->address, local->port) : Fail(TcpFsmError::AF_NO_SUPPORT);
}

int
TcpFsmSocket::BindTo(const IpAddress& address, uint16_t port)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    if (m_state != CLOSED || m_endPoint || m_endPoint6)
    {
        return Fail(TcpFsmError::INVAL);
    }
    if (port != 0 && m_l4->GetTable().IsBound(port, address, GetBoundNetDevice()))
    {
        return Fail(TcpFsmError::ADDR_IN_USE);
    }
    TakePort({address, AnyAddress(address.IsIpv4()), port, 0});
    return 0;
}

void
TcpFsmSocket::TakePort(const Flow& flow)
{
    m_flow = flow;
    if (flow.localPort != 0)
    {
        m_l4->GetTable().Bind(flow.localPort, this);
        m_bound = true;
    }
    UpdateEndPoints();
    if (!m_listIndex)
    {
        m_listIndex = m_l4->List(this);
    }
}

int
TcpFsmSocket::SetPeer(const Address& peer)
{
    const auto remote = ParseSocketAddress(peer);
    if (!remote)
    {
        return Fail(TcpFsmError::AF_NO_SUPPORT);
    }
    const IpAddress& target = remote->address;
    if (remote->port == 0 || target.IsAny() || target.IsMulticastOrBroadcast() ||
        m_l4->IsSubnetBroadcast(target))
    {
        return Fail(TcpFsmError::INVAL);
    }
    const bool unbound = !m_endPoint && !m_endPoint6;
    const bool familyChanges = m_flow.local.IsIpv4() != remote->address.IsIpv4();
    if (!unbound && familyChanges && !m_flow.local.IsAny())
    {
        return Fail(TcpFsmError::AF_NO_SUPPORT);
    }
    if (unbound || familyChanges)
    {
        m_flow.local = AnyAddress(remote->address.IsIpv4());
    }
    m_flow.remote = remote->address;
    m_flow.remotePort = remote->port;
    if (!m_listIndex)
    {
        m_listIndex = m_l4->List(this);
    }
    UpdateEndPoints();
    return 0;
}

bool
TcpFsmSocket::ActWithPeer(const Address& peer, const std::function<bool()>& act)
{
    const Flow before = m_flow;
    const bool unbound = !m_endPoint && !m_endPoint6;
    if (SetPeer(peer) == -1)
    {
        return false;
    }
    const bool isAccepted = act();
    if (!isAccepted)
    {
        m_flow = before;
        unbound ? DropEndPoints() : UpdateEndPoints();
    }
    return isAccepted;
}

int
TcpFsmSocket::Connect(const Address& address)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    if (Decide(Event::ACTIVE_OPEN).action.refusal != Refusal::NONE)
    {
        return Call(Event::ACTIVE_OPEN);
    }
    if (m_peerKnown)
    {
        return Fail(
            TcpFsmError::INVAL); // buffers and options are those of a connection that is over
    }
    return ActWithPeer(address, [this] { return Open(Event::ACTIVE_OPEN) == 0; }) ? 0 : -1;
}

bool
TcpFsmSocket::HasFamily() const
{
    return m_flow.local.IsIpv4() ? m_node->GetObject<Ipv4>() != nullptr
                                 : m_node->GetObject<Ipv6>() != nullptr;
}

int
TcpFsmSocket::Open(Event event)
{
    const IpAddress bound = m_flow.local;
    // The base looks for a route, and takes for granted that there is IP of that version.
    const bool isReachable =
        HasFamily() && (m_flow.local.IsIpv4() ? SetupEndpoint() == 0 : SetupEndpoint6() == 0);
    if (!isReachable)
    {
        return Fail(TcpFsmError::NO_ROUTE);
    }
    if (bound.IsAny())
    {
        m_flow.local = m_endPoint ? IpAddress(m_endPoint->GetLocalAddress())
                                  : IpAddress(m_endPoint6->GetLocalAddress());
    }
    if (m_flow.localPort == 0)
    {
        m_flow.localPort = m_l4->ChoosePort(m_flow, GetBoundNetDevice());
    }
    UpdateEndPoints();
    if (m_flow.localPort == 0 || m_l4->GetTable().Find(m_flow))
    {
        m_flow.local = bound;
        UpdateEndPoints();
        return Fail(TcpFsmError::ADDR_NOT_AVAIL);
    }
    EndChildren();
    m_origin = Origin::ACTIVE;
    m_terminalTold = false;
    m_closeNotified = false;
    m_connected = false;
    m_l4->GetTable().Put(this);
    m_inTable = true;
    m_rtt->Reset();
    LinkTraces();
    m_connection = m_l4->NextConnection();
    m_began = Simulator::Now();
    BeginSending(m_l4->ChooseIss(m_flow));
    return Call(event);
}

int
TcpFsmSocket::Close()
{
    const bool neverOpened = m_state == CLOSED && m_listIndex;
    const int result = Call(m_abortOnClose ? Event::ABORT : Event::CLOSE);
    if (neverOpened && !m_l4->IsDisposed())
    {
        Release(); // no connection, but the port is free again
    }
    return result;
}

int
TcpFsmSocket::ShutdownSend()
{
    return Call(Event::HALF_CLOSE);
}

int
TcpFsmSocket::ShutdownRecv()
{
    return Call(Event::SHUTDOWN_RECEIVE);
}

int
TcpFsmSocket::Abort()
{
    return Call(Event::ABORT);
}

void
TcpFsmSocket::UpdateEndPoints()
{
    if (m_flow.local.IsIpv4())
    {
        m_endPoint6 = nullptr;
        m_ownEndPoint6.reset();
        m_ownEndPoint = std::make_unique<Ipv4EndPoint>(m_flow.local.GetIpv4(), m_flow.localPort);
        m_endPoint = m_ownEndPoint.get();
        m_endPoint->SetPeer(m_flow.remotePort ? m_flow.remote.GetIpv4() : Ipv4Address::GetAny(),
                            m_flow.remotePort);
        m_endPoint->BindToNetDevice(GetBoundNetDevice());
    }
    else
    {
        m_endPoint = nullptr;
        m_ownEndPoint.reset();
        m_ownEndPoint6 = std::make_unique<Ipv6EndPoint>(m_flow.local.GetIpv6(), m_flow.localPort);
        m_endPoint6 = m_ownEndPoint6.get();
        m_endPoint6->SetPeer(m_flow.remote.GetIpv6(), m_flow.remotePort);
        m_endPoint6->BindToNetDevice(GetBoundNetDevice());
    }
}

void
TcpFsmSocket::DropEndPoints()
{
    m_endPoint = nullptr;
    m_endPoint6 = nullptr;
    m_ownEndPoint.reset();
    m_ownEndPoint6.reset();
    m_flow = Flow();
}

} // namespace ns3

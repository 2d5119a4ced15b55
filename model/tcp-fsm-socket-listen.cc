// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/inet6-socket-address.h"

/**
 * @file
 * A listener: its backlog, the queue of its connections, and what it asks the application.
 */

namespace ns3
{

using namespace tcpfsm;

int
TcpFsmSocket::Listen()
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    const bool isRefused = Decide(Event::PASSIVE_OPEN).action.refusal != Refusal::NONE;
    if (!isRefused && m_peerKnown)
    {
        return Fail(TcpFsmError::INVAL); // as Connect()
    }
    if (!isRefused && m_flow.localPort == 0)
    {
        const bool unbound = !m_endPoint && !m_endPoint6;
        const IpAddress local = unbound ? IpAddress(Ipv4Address::GetAny()) : m_flow.local;
        Flow wanted{local, m_flow.remote, 0, m_flow.remotePort};
        wanted.localPort = m_l4->ChoosePort(wanted, GetBoundNetDevice());
        if (wanted.localPort == 0)
        {
            return Fail(TcpFsmError::ADDR_NOT_AVAIL);
        }
        TakePort(wanted);
    }
    return Call(Event::PASSIVE_OPEN);
}

int
TcpFsmSocket::ListenTo(const Address& peer)
{
    if (!m_l4 || m_l4->IsDisposed())
    {
        return Fail(TcpFsmError::NOT_CONN);
    }
    const Action& action = Decide(Event::PASSIVE_OPEN).action;
    if (action.refusal != Refusal::NONE)
    {
        return Call(Event::PASSIVE_OPEN);
    }
    const bool isListening = !action.next;
    const auto listen = [&, before = m_flow] {
        const bool isOther = isListening && m_flow != before;
        return (isOther ? Fail(TcpFsmError::INVAL) : Listen()) == 0;
    };
    return ActWithPeer(peer, listen) ? 0 : -1;
}

int
TcpFsmSocket::ListenWithBacklog(uint32_t backlog)
{
    if (m_l4 && Decide(Event::PASSIVE_OPEN).action.refusal == Refusal::NONE)
    {
        GetListening().backlog = std::max(backlog, uint32_t{1});
    }
    return Listen();
}

Ptr<Socket>
TcpFsmSocket::Accept()
{
    if (!m_listening || m_listening->acceptQueue.empty())
    {
        Fail(m_state == LISTEN ? TcpFsmError::AGAIN : TcpFsmError::INVAL);
        return nullptr;
    }
    Ptr<TcpFsmSocket> child = m_listening->acceptQueue.front();
    m_listening->acceptQueue.pop_front();
    return child;
}

TcpFsmSocket::Listening&
TcpFsmSocket::GetListening()
{
    if (!m_listening)
    {
        m_listening = std::make_unique<Listening>();
    }
    return *m_listening;
}

uint32_t
TcpFsmSocket::GetBacklog() const
{
    return HasAcceptQueue() ? *m_listening->backlog : m_backlog;
}

bool
TcpFsmSocket::HasAcceptQueue() const
{
    return m_listening && m_listening->backlog;
}

bool
TcpFsmSocket::HasAcceptRoom() const
{
    return !HasAcceptQueue() || m_listening->acceptQueue.size() < GetBacklog();
}

bool
TcpFsmSocket::HasHalfOpenRoom() const
{
    return !m_listening || m_listening->halfOpen.size < GetBacklog();
}

HalfOpenList&
TcpFsmSocket::HalfOpens()
{
    return GetListening().halfOpen;
}

bool
TcpFsmSocket::WantsConnection(const Flow& flow)
{
    const bool mapped = flow.remote.IsIpv4() && !m_flow.local.IsIpv4();
    return NotifyConnectionRequest(
        mapped ? Address(Inet6SocketAddress(flow.remote.GetIpv6(), flow.remotePort))
               : flow.remote.ToSocketAddress(flow.remotePort));
}

} // namespace ns3

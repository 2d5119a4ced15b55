// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-stack.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/object-ptr-container.h"
#include "ns3/rtt-estimator.h"
#include "ns3/tcp-fsm-helper.h"
#include "ns3/tcp-fsm-l4-protocol.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-rx-buffer.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/tcp-socket-state.h"
#include "ns3/tcp-tx-buffer.h"

namespace ns3
{

namespace
{

/// Opens the protected variables of sockets for reading.
struct Reader : public TcpSocketBase
{
    static TcpSocket::TcpStates_t ReadState(const TcpSocketBase& socket)
    {
        return (socket.*(&Reader::m_state)).Get();
    }

    static TcpFsmFigures ReadFigures(const TcpSocketBase& socket)
    {
        const auto& tcb = *(socket.*(&Reader::m_tcb));
        const auto& rtt = *(socket.*(&Reader::m_rtt));
        TcpFsmFigures figures;
        figures.sack = socket.*(&Reader::m_sackEnabled);
        figures.timestamps = socket.*(&Reader::m_timestampEnabled);
        figures.windowScaling = socket.*(&Reader::m_winScalingEnabled);
        figures.ecn = tcb.m_ecnState != TcpSocketState::ECN_DISABLED;
        figures.sndShift = socket.*(&Reader::m_sndWindShift);
        figures.rcvShift = socket.*(&Reader::m_rcvWindShift);
        figures.segmentSize = tcb.m_segmentSize;
        figures.cwnd = tcb.m_cWnd;
        figures.ssthresh = tcb.m_ssThresh;
        figures.inFlight = tcb.m_bytesInFlight;
        const auto& unacked = *(socket.*(&Reader::m_txBuffer));
        figures.sacked = unacked.GetSacked();
        figures.lost = unacked.GetLost();
        figures.resent = unacked.GetRetransmitsCount();
        figures.rcvBufSize = tcb.m_rxBuffer->MaxBufferSize();
        figures.dupAckLimit = socket.*(&Reader::m_retxThresh);
        figures.sndWnd = (socket.*(&Reader::m_rWnd)).Get();
        figures.sndNxt = tcb.m_nextTxSequence.Get().GetValue();
        figures.rcvNxt = tcb.m_rxBuffer->NextRxSequence().GetValue();
        figures.rto = (socket.*(&Reader::m_rto)).Get();
        figures.rtt = rtt.GetEstimate();
        figures.rttVariation = rtt.GetVariation();
        figures.congestionState = tcb.m_congState.Get();
        return figures;
    }
};

/// Put the parts of a socket address where they belong; nothing if there is none.
void
Split(const Address& from, Address& address, uint16_t& port)
{
    if (InetSocketAddress::IsMatchingType(from))
    {
        const auto name = InetSocketAddress::ConvertFrom(from);
        address = name.GetIpv4();
        port = name.GetPort();
    }
    else if (Inet6SocketAddress::IsMatchingType(from))
    {
        const auto name = Inet6SocketAddress::ConvertFrom(from);
        address = name.GetIpv6();
        port = name.GetPort();
    }
}

std::vector<TcpFsmConnection>
ListStock(Ptr<Node> node)
{
    std::vector<TcpFsmConnection> all;
    ObjectPtrContainerValue sockets;
    node->GetObject<TcpL4Protocol>()->GetAttribute("SocketList", sockets);
    for (auto i = sockets.Begin(); i != sockets.End(); ++i)
    {
        auto socket = DynamicCast<TcpSocketBase>(i->second);
        TcpFsmConnection connection;
        connection.id = all.size() + 1;
        connection.state = TcpFsmReadState(socket);
        Address name;
        socket->GetSockName(name);
        Split(name, connection.localAddress, connection.localPort);
        connection.family = Inet6SocketAddress::IsMatchingType(name) ? 6 : 4;
        if (socket->GetPeerName(name) == 0)
        {
            Split(name, connection.remoteAddress, connection.remotePort);
        }
        all.push_back(connection);
    }
    return all;
}

} // namespace

std::string
TcpFsmStackName(TcpFsmStack stack)
{
    return stack == TcpFsmStack::FSM ? "fsm" : "stock";
}

std::string
TcpFsmTableStateName(TcpSocket::TcpStates_t state)
{
    switch (state)
    {
    case TcpSocket::CLOSED:
        return "CLOSED";
    case TcpSocket::LISTEN:
        return "LISTEN";
    case TcpSocket::SYN_SENT:
        return "SYN-SENT";
    case TcpSocket::SYN_RCVD:
        return "SYN-RCVD";
    case TcpSocket::ESTABLISHED:
        return "ESTABLISHED";
    case TcpSocket::CLOSE_WAIT:
        return "CLOSE-WAIT";
    case TcpSocket::LAST_ACK:
        return "LAST-ACK";
    case TcpSocket::FIN_WAIT_1:
        return "FIN-WAIT-1";
    case TcpSocket::FIN_WAIT_2:
        return "FIN-WAIT-2";
    case TcpSocket::CLOSING:
        return "CLOSING";
    case TcpSocket::TIME_WAIT:
        return "TIME-WAIT";
    case TcpSocket::LAST_STATE:
        break;
    }
    return "unknown";
}

void
TcpFsmInstallStack(TcpFsmStack stack, const NodeContainer& nodes)
{
    if (stack == TcpFsmStack::FSM)
    {
        TcpFsmHelper().Install(nodes);
    }
    else
    {
        InternetStackHelper().Install(nodes);
    }
}

TcpSocket::TcpStates_t
TcpFsmReadState(Ptr<Socket> socket)
{
    return Reader::ReadState(*DynamicCast<TcpSocketBase>(socket));
}

TcpFsmFigures
TcpFsmReadFigures(Ptr<Socket> socket)
{
    return Reader::ReadFigures(*DynamicCast<TcpSocketBase>(socket));
}

std::vector<TcpFsmConnection>
TcpFsmListConnections(TcpFsmStack stack, Ptr<Node> node)
{
    return stack == TcpFsmStack::FSM ? node->GetObject<TcpFsmL4Protocol>()->GetConnections()
                                     : ListStock(node);
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-conversations.h"

#include "tcp-fsm-demo-pair.h"
#include "tcp-fsm-node-under-test.h"
#include "tcp-fsm-raw-connection.h"
#include "tcp-fsm-raw-peer.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <list>

namespace ns3
{

namespace
{

// On the link of a pair a segment takes 1 ms: what both do at once crosses on the way.
constexpr uint16_t PORT = 80;
constexpr uint32_t OCTETS = 100;

/// Arrows 1, 3, 5, 9, 10: opening; 12, 14, 17, 21: closing; 13, 19, 20: being closed; 2.
void
OpenAndClose(TcpFsmDemoObserver& observer)
{
    const TcpFsmDemoPair pair(observer);
    const auto server = pair.NewListener(1, PORT, MilliSeconds(25));
    const auto client = pair.NewSocket(0, 0);
    pair.At(0, MilliSeconds(1), [=] { client->Connect(pair.AddressOf(1, PORT)); });
    pair.At(0, MilliSeconds(10), [=] { client->Send(Create<Packet>(OCTETS)); });
    pair.At(0, MilliSeconds(20), [=] { client->Close(); });
    pair.At(1, MilliSeconds(40), [=] { server->Close(); });
}

/// Arrow 6: a listener that sends turns into a caller.
void
SendWhileListening(TcpFsmDemoObserver& observer)
{
    const TcpFsmDemoPair pair(observer);
    const auto server = pair.NewListener(1, PORT, MilliSeconds(25));
    const auto caller = pair.NewSocket(0, PORT);
    pair.At(0, Time(0), [=] { caller->Listen(); });
    pair.At(0, MilliSeconds(1), [=] {
        caller->SendTo(Create<Packet>(OCTETS), 0, pair.AddressOf(1, PORT));
    });
    pair.At(0, MilliSeconds(20), [=] { caller->Close(); });
    pair.At(1, MilliSeconds(40), [=] { server->Close(); });
}

/// Arrow 4: a caller changes its mind before it is answered.
void
CloseWhileConnecting(TcpFsmDemoObserver& observer)
{
    const TcpFsmDemoPair pair(observer);
    const auto caller = pair.NewSocket(0, 0);
    pair.At(0, MilliSeconds(1), [=] { caller->Connect(pair.AddressOf(1, PORT)); });
    pair.At(0, MilliSeconds(2), [=] { caller->Close(); });
}

/// Arrows 8, 9: both sides call each other at once; 16, 18: and hang up at once.
void
MeetAndPartAtOnce(TcpFsmDemoObserver& observer)
{
    const TcpFsmDemoPair pair(observer);
    for (const uint32_t side : {0, 1})
    {
        const auto socket = pair.NewSocket(side, PORT);
        pair.At(side, MilliSeconds(1), [=] { socket->Connect(pair.AddressOf(1 - side, PORT)); });
        pair.At(side, MilliSeconds(10), [=] { socket->Close(); });
    }
}

/// Arrow 11: both sides call each other at once, and one closes before the other's answer.
void
CloseInSynReceived(TcpFsmDemoObserver& observer)
{
    const TcpFsmDemoPair pair(observer);
    for (const uint32_t side : {0, 1})
    {
        const auto socket = pair.NewSocket(side, PORT);
        pair.At(side, MilliSeconds(1), [=] { socket->Connect(pair.AddressOf(1 - side, PORT)); });
        // The SYNs arrive 1 ms after they were sent, the SYN-ACKs 2 ms.
        const Time when = side == 0 ? MicroSeconds(2500) : MilliSeconds(20);
        pair.At(side, when, [=] { socket->Close(); });
    }
}

/// A node and a raw peer that is connected to its port.
class RawTalk
{
  public:
    RawTalk(TcpFsmDemoObserver& observer, bool ipv6)
        : m_node(TcpFsmStack::FSM),
          m_peer(m_node.GetNode(), {.ipv6 = ipv6}),
          m_connection(m_peer, {.nodePort = PORT})
    {
        observer.Watch(m_node.GetNode());
        m_node.Listen(ipv6, PORT);
        TcpFsmRunFor(MilliSeconds(5));
    }

    /// Arrow 7: a half-open connection is reset.
    void ResetHalfOpen()
    {
        m_connection.Send(TcpHeader::SYN);
        TcpFsmRunFor(MilliSeconds(5));
        m_connection.Send(TcpHeader::RST);
        TcpFsmRunFor(MilliSeconds(5));
    }

    /// Arrow 15: one segment acknowledges our FIN and carries the peer's.
    void FinWithAck()
    {
        m_connection.OpenPassive();
        m_node.Close();
        TcpFsmRunFor(MilliSeconds(5));
        m_connection.Send(TcpHeader::FIN | TcpHeader::ACK);
        TcpFsmRunFor(MilliSeconds(5));
    }

  private:
    TcpFsmNodeUnderTest m_node;       //!< the node
    TcpFsmRawPeer m_peer;             //!< the peer
    TcpFsmRawConnection m_connection; //!< its end of the connection
};

} // namespace

void
TcpFsmDemoConverse(TcpFsmDemoObserver& observer)
{
    OpenAndClose(observer);
    SendWhileListening(observer);
    CloseWhileConnecting(observer);
    MeetAndPartAtOnce(observer);
    CloseInSynReceived(observer);
    std::list<RawTalk> talks; // peers stay as long as their nodes may send
    for (const bool ipv6 : {false, true})
    {
        talks.emplace_back(observer, ipv6).ResetHalfOpen();
        talks.emplace_back(observer, ipv6).FinWithAck();
    }
    Simulator::Run();
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_ENTRIES_H
#define TCP_FSM_ENTRIES_H

#include "tcp-fsm-error.h"
#include "tcp-fsm-incoming.h"
#include "tcp-fsm-syn-options.h"

#include "ns3/net-device.h"
#include "ns3/nstime.h"

#include <list>
#include <memory>

namespace ns3
{

class TcpFsmSocket;

namespace tcpfsm
{

/// What the IP header of a connection's segments carries, kept where there is no socket.
struct IpParameters
{
    uint8_t tos{0};        //!< IPv4 type of service
    uint8_t ttl{0};        //!< IPv4 time to live; 0: the node's default
    uint8_t tclass{0};     //!< IPv6 traffic class
    uint8_t hopLimit{0};   //!< IPv6 hop limit; 0: the node's default
    uint8_t priority{0};   //!< socket priority
    Ptr<NetDevice> device; //!< device the socket is bound to
};

/// An ICMP error, sorted by what it does.
struct IcmpError
{
    Event event{Event::ICMP_SOFT_ERROR};      //!< hard, soft or packet too big
    TcpFsmError error{TcpFsmError::NO_ROUTE}; //!< what a later time-out is reported as
    SeqNumber quoted;                         //!< sequence number of the segment it is about
    uint32_t mtu{0};                          //!< of the next hop, for packet too big
};

/// Limits the ACKs to empty unacceptable segments: two a second after the first (breaks loops of
/// two ends that each find the other's ACK unacceptable).
class AckLimiter
{
  public:
    /// @return true if one more may be sent now
    bool Allow(Time now);

  private:
    uint32_t m_second{0}; //!< current second of simulated time
    uint8_t m_count{0};   //!< sent in it
    bool m_any{false};    //!< the first is free
};

/// A connection in TIME-WAIT: all that is needed to answer its segments.
struct TimeWait
{
    uint64_t connection{0};        //!< number of the connection on the node
    Flow flow;                     //!< addresses and ports
    Sequences seqs;                //!< its variables, frozen
    uint16_t window{0};            //!< window field of its segments
    Time began;                    //!< when the connection began
    Time expiry;                   //!< end of 2MSL
    Time duration;                 //!< 2MSL
    IpParameters ip;               //!< for its segments
    AckLimiter ackLimiter;         //!< ACKs to empty unacceptable segments
    TcpFsmSocket* handle{nullptr}; //!< the application's socket, if it still holds one
};

/// A half-open connection made by a SYN at a listener.
struct HalfOpen
{
    uint64_t connection{0};             //!< number of the connection on the node
    Flow flow;                          //!< addresses and ports
    Sequences seqs;                     //!< its variables
    SynOptions offered;                 //!< the peer's options
    SynOptions agreed;                  //!< the options of our SYN-ACK
    uint16_t window{0};                 //!< window field of our SYN-ACK
    uint16_t peerWindow{0};             //!< window field of the peer's SYN
    bool ecn{false};                    //!< the SYN-ACK carries ECE (RFC 3168 6.1.1)
    uint8_t retransmissions{0};         //!< of the SYN-ACK
    Origin origin{Origin::PASSIVE};     //!< passive, or reopened
    Time created;                       //!< incoming of the SYN
    Time expiry;                        //!< next retransmission of the SYN-ACK
    IpParameters ip;                    //!< for its segments
    AckLimiter ackLimiter;              //!< ACKs to empty unacceptable segments
    TcpFsmSocket* listener{nullptr};    //!< the listener
    std::list<Flow>::iterator place;    //!< in the listener's list
    std::unique_ptr<TimeWait> previous; //!< the connection that it reopens
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_ENTRIES_H

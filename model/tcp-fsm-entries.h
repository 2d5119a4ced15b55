// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_ENTRIES_H
#define TCP_FSM_ENTRIES_H

#include "tcp-fsm-error.h"
#include "tcp-fsm-incoming.h"
#include "tcp-fsm-syn-options.h"

#include "ns3/net-device.h"
#include "ns3/nstime.h"

#include <cstdint>

/**
 * @file
 * Connections without a socket: half-open ones and those in TIME-WAIT. There may be a million of
 * them, so members are as small as they can be and stand in an order that leaves no gaps.
 */

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

/// A connection of the table: which kind, and which one of its kind; or none.
using EntryId = uint32_t;

/// No connection.
constexpr EntryId NO_ENTRY = UINT32_MAX;

/// What every connection without a socket has.
struct Entry
{
    Flow flow;                     //!< addresses and ports
    EntryId chain{NO_ENTRY};       //!< the next one with the same hash
    EntryId timerBefore{NO_ENTRY}; //!< the one whose timer runs out before
    EntryId timerAfter{NO_ENTRY};  //!< the one whose timer runs out after
    uint64_t connection{0};        //!< number of the connection on the node
    Time began;                    //!< when the connection began
    Time expiry;                   //!< when the timer runs out
    uint16_t queue{0};             //!< the queue that the timer stands in
};

/// A connection in TIME-WAIT: all that is needed to answer its segments.
struct TimeWait : Entry
{
    uint16_t window{0};            //!< window field of its segments
    bool hasTimestamps{false};     //!< timestamps were negotiated
    SeqNumber iss;                 //!< ISS
    SeqNumber sndNxt;              //!< SND.NXT, which is SND.UNA too
    uint32_t maxSndWnd{0};         //!< MAX.SND.WND
    SeqNumber irs;                 //!< IRS
    SeqNumber rcvNxt;              //!< RCV.NXT
    uint32_t rcvWnd{0};            //!< highest right edge advertised - RCV.NXT
    SeqNumber rcvUp;               //!< RCV.UP
    uint32_t tsRecent{0};          //!< TS.Recent
    Time duration;                 //!< 2MSL
    TcpFsmSocket* handle{nullptr}; //!< the application's socket, if it still holds one
    IpParameters ip;               //!< for its segments
    AckLimiter ackLimiter;         //!< ACKs to empty unacceptable segments

    /// Keeps the variables of a connection all of whose octets are acknowledged.
    void Freeze(const Sequences& seqs);
    /// @return its variables
    Sequences GetSequences() const;
};

/// A half-open connection made by a SYN at a listener, which lends it all that all have in common.
struct HalfOpen : Entry
{
    static constexpr uint8_t NO_SCALE = UINT8_MAX; //!< windows are not scaled

    uint16_t window{0};              //!< window field of our SYN-ACK
    uint16_t peerWindow{0};          //!< window field of the peer's SYN
    uint16_t peerMss{0};             //!< MSS option of the peer's SYN; 0: absent
    TcpFsmSocket* listener{nullptr}; //!< the listener
    EntryId older{NO_ENTRY};         //!< the listener's next older one
    EntryId younger{NO_ENTRY};       //!< the listener's next younger one
    SeqNumber iss;                   //!< ISS
    SeqNumber irs;                   //!< IRS
    uint32_t tsRecent{0};            //!< TS.Recent
    AckLimiter ackLimiter;           //!< ACKs to empty unacceptable segments
    uint8_t peerScale{NO_SCALE};     //!< shift of the peer's windows
    uint8_t ownScale{NO_SCALE};      //!< shift of our windows
    uint8_t retransmissions{0};      //!< of the SYN-ACK
    bool isReopened : 1 {false};     //!< it reopens a connection in TIME-WAIT
    bool hasSack : 1 {false};        //!< both ends have SACK
    bool hasTimestamps : 1 {false};  //!< both ends have timestamps
    bool hasEcn : 1 {false};         //!< the SYN-ACK carries ECE (RFC 3168 6.1.1)

    /// @return its variables
    Sequences GetSequences() const;
    /// @return what the peer's SYN offered, as far as we agree
    SynOptions GetOffered() const;
    /// @return how it came to be
    Origin GetOrigin() const;
};

/// The half-open connections of a listener.
struct HalfOpenList
{
    EntryId oldest{NO_ENTRY};   //!< the first to go
    EntryId youngest{NO_ENTRY}; //!< the last that came
    uint32_t size{0};           //!< how many there are
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_ENTRIES_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_OWNERS_H
#define TCP_FSM_OWNERS_H

#include "tcp-fsm-l4-protocol.h"

/**
 * @file
 * What takes a segment through the steps where there is no socket: nobody (CLOSED), a listener, a
 * half-open connection, a connection in TIME-WAIT. Each is made for one event and carries out the
 * rows that the engine finds; see tcpfsm::RunSteps() for the two functions that they share.
 */

namespace ns3
{
namespace tcpfsm
{

/// CLOSED: no connection and no listener.
class NobodyOwner
{
  public:
    /// An owner for one segment.
    explicit NobodyOwner(TcpFsmL4Protocol& l4);
    /// @return CLOSED
    State GetState() const;
    /// Decides and carries out.
    const Row* Fire(Event event, Incoming& incoming);

  private:
    TcpFsmL4Protocol& m_l4;
};

/// LISTEN: a SYN makes a half-open connection, the listener stays.
class ListenerOwner
{
  public:
    /// An owner for one segment.
    ListenerOwner(TcpFsmL4Protocol& l4, TcpFsmSocket& listener);
    /// @return LISTEN
    State GetState() const;
    /// Decides and carries out.
    const Row* Fire(Event event, Incoming& incoming);

  private:
    TcpFsmL4Protocol& m_l4;
    TcpFsmSocket& m_listener;
};

/// SYN-RCVD without a socket.
class HalfOpenOwner
{
  public:
    /// An owner for one event; the entry is in the table.
    HalfOpenOwner(TcpFsmL4Protocol& l4, HalfOpen& entry);
    /// @return SYN-RCVD, or what it became
    State GetState() const;
    /// Decides and carries out; an ACK of our SYN hands the segment over to a new socket.
    const Row* Fire(Event event, Incoming& incoming);
    /// A timer or the listener: decides and carries out.
    void Fire(Event event, Retries retries = Retries::LEFT);
    /// The SYN-ACK is due again.
    void OnTimeout();

  private:
    Facts MakeFacts(const Incoming* incoming) const;
    void Apply(const Row& row, const Incoming* incoming);
    void Leave(State next);
    void Promote(Incoming& incoming, Event step);

    TcpFsmL4Protocol& m_l4;
    HalfOpen* m_entry;
    State m_state{State::SYN_RCVD};
};

/// TIME-WAIT without a socket.
class TimeWaitOwner
{
  public:
    /// An owner for one event; the entry is in the table.
    TimeWaitOwner(TcpFsmL4Protocol& l4, TimeWait& entry);
    /// @return TIME-WAIT, or what it became
    State GetState() const;
    /// Decides and carries out.
    const Row* Fire(Event event, Incoming& incoming);
    /// 2MSL is over.
    void OnTimeout();

  private:
    void Apply(const Row& row, const Incoming* incoming, TcpFsmSocket* listener);

    TcpFsmL4Protocol& m_l4;
    TimeWait* m_entry;
    State m_state{State::TIME_WAIT};
};

/**
 * Adds the half-open connection that a SYN makes at a listener, and answers the SYN.
 * @param l4 the protocol
 * @param listener the listener
 * @param row the rule that says so
 * @param incoming the SYN
 * @param previous the connection in TIME-WAIT that it reopens, or nullptr
 */
void AddHalfOpen(TcpFsmL4Protocol& l4,
                 TcpFsmSocket& listener,
                 const Row& row,
                 const Incoming& incoming,
                 const TimeWait* previous);

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_OWNERS_H

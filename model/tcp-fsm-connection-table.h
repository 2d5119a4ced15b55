// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_CONNECTION_TABLE_H
#define TCP_FSM_CONNECTION_TABLE_H

#include "tcp-fsm-entries.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"

#include <map>
#include <set>
#include <unordered_map>
#include <variant>
#include <vector>

namespace ns3
{
namespace tcpfsm
{

/**
 * All connections of a node: a hash table by 4-tuple, the listeners by port, and the timers of the
 * connections that have no socket. A connection is a socket, or while it is half-open or in
 * TIME-WAIT a compact entry. Nothing here is linear in the number of connections but All().
 */
class ConnectionTable
{
  public:
    /// One connection.
    using Slot =
        std::variant<Ptr<TcpFsmSocket>, std::unique_ptr<HalfOpen>, std::unique_ptr<TimeWait>>;

    ConnectionTable();
    ~ConnectionTable();

    /// @return the connection, or nullptr
    Slot* Find(const Flow& flow);

    /// @return the connection as a socket, or nullptr if there is none or it is an entry
    TcpFsmSocket* FindSocket(const Flow& flow);
    /// @return the connection as a half-open entry, or nullptr
    HalfOpen* FindHalfOpen(const Flow& flow);
    /// @return the connection as a TIME-WAIT entry, or nullptr
    TimeWait* FindTimeWait(const Flow& flow);

    /// Puts a connection in, in place of one with the same flow; entries start their timer.
    void Put(const Flow& flow, Slot slot);

    /// Takes a connection out.
    void Erase(const Flow& flow);

    /// Takes a connection out and gives it to the caller.
    Slot Take(const Flow& flow);

    /// @return the flows of all connections, in order
    std::vector<Flow> All() const;

    /// Restarts an entry's timer, which ran until `from` and now runs until `to`.
    void MoveTimer(const Flow& flow, uint64_t connection, Time from, Time to);

    /// Sets what is called when an entry's timer runs out.
    void SetTimeoutCallback(Callback<void, const Flow&> callback);

    /// Adds a socket to those bound to a port.
    void Bind(uint16_t port, TcpFsmSocket* socket);
    /// Removes a socket from those bound to a port.
    void Unbind(uint16_t port, TcpFsmSocket* socket);

    /**
     * @param port a port
     * @param local an address, may be the unspecified one
     * @param device a device, or nullptr for any
     * @return true if a socket is bound to the port, on an address and a device that overlap
     */
    bool IsBound(uint16_t port, const IpAddress& local, const Ptr<NetDevice>& device) const;

    /**
     * @param flow addresses and ports of an arriving segment
     * @param device the device it arrived on, or nullptr if unknown
     * @return the listener that is meant, the most specific first; nullptr if there is none
     */
    TcpFsmSocket* FindListener(const Flow& flow, const Ptr<NetDevice>& device) const;

    /// @return the sockets bound to ports, by port
    const std::map<uint16_t, std::vector<TcpFsmSocket*>>& Bound() const;

    /// Forgets everything.
    void Clear();

  private:
    void StartTimer(const Flow& flow, const Slot& slot);
    void StopTimer(const Slot& slot);
    void Schedule();
    void Expire();

    std::unordered_map<Flow, Slot, FlowHash> m_slots;
    std::map<uint16_t, std::vector<TcpFsmSocket*>> m_bound;
    /// Entries by the end of their timer; the connection's number makes keys unique.
    std::map<std::pair<Time, uint64_t>, Flow> m_timers;
    EventId m_event;  //!< for the earliest timer
    Time m_scheduled; //!< when it is due
    Callback<void, const Flow&> m_onTimeout;
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_CONNECTION_TABLE_H

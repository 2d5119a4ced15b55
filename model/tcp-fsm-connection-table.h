// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_CONNECTION_TABLE_H
#define TCP_FSM_CONNECTION_TABLE_H

#include "tcp-fsm-entries.h"
#include "tcp-fsm-pool.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"

#include <map>
#include <vector>

namespace ns3
{
namespace tcpfsm
{

/// One connection, in the form that it has; or none.
struct Connection
{
    TcpFsmSocket* socket{nullptr}; //!< a socket
    HalfOpen* halfOpen{nullptr};   //!< a half-open entry
    TimeWait* timeWait{nullptr};   //!< a TIME-WAIT entry

    /// @return true if there is one
    explicit operator bool() const
    {
        return socket || halfOpen || timeWait;
    }
};

/**
 * All connections of a node: a hash table by 4-tuple, the listeners by port, and the timers of the
 * connections that have no socket. A connection is a socket, or while it is half-open or in
 * TIME-WAIT a compact entry. Nothing here is linear in the number of connections but All().
 *
 * Entries stay where they are until they are taken out. Timers stand in a queue for each duration
 * there is, of which there are few: in a queue they run out in the order in which they started.
 */
class ConnectionTable
{
  public:
    ConnectionTable();
    ~ConnectionTable();

    /// @return the connection, if there is one
    Connection Find(const Flow& flow);

    /// @return the connection as a socket, or nullptr if there is none or it is an entry
    TcpFsmSocket* FindSocket(const Flow& flow);
    /// @return the connection as a half-open entry, or nullptr
    HalfOpen* FindHalfOpen(const Flow& flow);
    /// @return the connection as a TIME-WAIT entry, or nullptr
    TimeWait* FindTimeWait(const Flow& flow);

    /// Puts a socket in, whose flow must not change; in place of an entry with the same flow.
    void Put(Ptr<TcpFsmSocket> socket);

    /**
     * Puts a half-open connection in, as the youngest of its listener; its timer starts.
     * @param entry the connection
     * @param timeout what the timer was set to
     * @return where it is now
     */
    HalfOpen& Put(const HalfOpen& entry, Time timeout);

    /// Puts a connection in TIME-WAIT in, in place of one with the same flow; its timer starts.
    void Put(const TimeWait& entry);

    /// Takes a connection out.
    void Erase(const Flow& flow);

    /// Keeps the connection in TIME-WAIT that a half-open one reopens.
    void KeepPrevious(const TimeWait& entry);

    /**
     * @param connection number of a connection that is reopened
     * @return what it was before; it is kept no longer
     */
    TimeWait TakePrevious(uint64_t connection);

    /// @return a listener's oldest half-open connection, or nullptr
    HalfOpen* Oldest(const HalfOpenList& list);

    /// @return the flows of all connections, in order
    std::vector<Flow> All();

    /// Restarts the timer of an entry, which now runs out after `timeout`.
    void RestartTimer(HalfOpen& entry, Time timeout);
    /// Restarts the timer of an entry, which now runs out after 2MSL.
    void RestartTimer(TimeWait& entry);

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

    /**
     * @param flow addresses and ports of an arriving segment
     * @return a socket that is bound where the segment goes, but neither listens nor has a
     * connection; nullptr if there is none
     */
    TcpFsmSocket* FindIdle(const Flow& flow) const;

    /// @return the sockets bound to ports, by port
    const std::map<uint16_t, std::vector<TcpFsmSocket*>>& Bound() const;

    /// Forgets everything.
    void Clear();

  private:
    /// Where a socket is kept.
    struct Place
    {
        Ptr<TcpFsmSocket> socket; //!< the socket
        EntryId chain{NO_ENTRY};  //!< the next connection with the same hash
        uint32_t hash{0};         //!< of its flow: a socket lies where memory is seldom cached
    };

    /// Timers of the same duration, the next to run out first.
    struct TimerQueue
    {
        Time duration;
        EntryId first{NO_ENTRY};
        EntryId last{NO_ENTRY};
    };

    enum class Kind : uint32_t
    {
        SOCKET,
        HALF_OPEN,
        TIME_WAIT
    };

    static EntryId MakeId(Kind kind, uint32_t index);
    static Kind KindOf(EntryId id);
    static uint32_t IndexOf(EntryId id);

    const Flow& FlowOf(EntryId id) const;
    uint32_t HashOf(EntryId id) const;
    EntryId& ChainOf(EntryId id);
    Entry& EntryOf(EntryId id);
    EntryId Lookup(const Flow& flow);
    void Insert(EntryId id);
    void Remove(EntryId id);
    void Rehash(std::size_t buckets);

    void StartTimer(EntryId id, Time duration);
    void StopTimer(EntryId id);
    uint16_t QueueFor(Time duration);
    EntryId Earliest();
    void Schedule();
    void Expire();

    std::vector<EntryId> m_buckets; //!< the first connection of each hash; a power of two of them
    Pool<Place> m_sockets;
    Pool<HalfOpen> m_halfOpen;
    Pool<TimeWait> m_timeWait;
    std::map<uint64_t, TimeWait> m_previous; //!< connections that are being reopened, by number
    std::map<uint16_t, std::vector<TcpFsmSocket*>> m_bound;
    std::vector<TimerQueue> m_timers;
    EventId m_event;  //!< for the earliest timer
    Time m_scheduled; //!< when it is due
    Callback<void, const Flow&> m_onTimeout;
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_CONNECTION_TABLE_H

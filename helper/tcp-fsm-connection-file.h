// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_CONNECTION_FILE_H
#define TCP_FSM_CONNECTION_FILE_H

#include "tcp-fsm-record-file.h"

#include "ns3/simple-ref-count.h"
#include "ns3/tcp-fsm-syn.h"
#include "ns3/tcp-fsm-transition.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace ns3
{

/// The whole life of a connection on one node.
struct TcpFsmConnectionRecord
{
    /// How a connection began.
    enum class Began : uint8_t
    {
        ACTIVE,       //!< by a SYN of ours
        PASSIVE,      //!< by a SYN at a listener
        SIMULTANEOUS, //!< by SYNs that crossed
        REOPENED      //!< by a SYN in TIME-WAIT; it has the number of the connection before
    };

    uint32_t node{0};                //!< node id
    uint64_t connection{0};          //!< number on the node
    uint8_t family{4};               //!< 4 or 6
    tcpfsm::IpAddress localAddress;  //!< our address
    uint16_t localPort{0};           //!< our port
    tcpfsm::IpAddress remoteAddress; //!< the peer's
    uint16_t remotePort{0};          //!< the peer's port
    Began began{Began::ACTIVE};      //!< how it began
    tcpfsm::Maybe iss;               //!< ISS, absolute
    tcpfsm::Maybe irs;               //!< IRS, absolute
    tcpfsm::SynOptions ours;         //!< options of our last SYN
    tcpfsm::SynOptions theirs;       //!< options of the peer's SYN
    Time start;                      //!< when it began
    tcpfsm::Maybe establishedNs;     //!< when it entered ESTABLISHED
    tcpfsm::Maybe endNs;             //!< when it ended
    TcpFsmOctets octets;             //!< carried; all of them from TIME-WAIT or the end on
    tcpfsm::State lastState{};       //!< state now, or the one that it ended in
    const tcpfsm::Row* end{nullptr}; //!< the rule that ended it
};

/**
 * Lists the columns of a connection.
 * @param record the connection
 * @param visitor is called with the name and the value of each column
 */
template <typename Visitor>
void VisitColumns(const TcpFsmConnectionRecord& record, Visitor&& visitor);

/**
 * A file with one record for each connection of nodes: each that left CLOSED or LISTEN, so also
 * those that were refused, timed out or never got beyond half-open. Records stand in the order in
 * which connections end; those that have not ended come last, by node and number.
 */
class TcpFsmConnectionFile : public SimpleRefCount<TcpFsmConnectionFile>
{
  public:
    /**
     * Makes a file, or empties it; errors are those of TcpFsmRecordFile::Open().
     * @param fileName its name; the suffix is the format
     */
    explicit TcpFsmConnectionFile(const std::string& fileName);

    /// A connection changes its state.
    void Follow(const TcpFsmTransition& transition);
    /// A SYN tells of a connection's initial sequence number and options.
    void FollowSyn(const TcpFsmSyn& syn);
    /// Writes the connections that have ended.
    void Flush();
    /// Completes the file.
    void Close();

  private:
    /// A connection, and the one in TIME-WAIT that it reopens.
    struct Life
    {
        TcpFsmConnectionRecord record;                  //!< so far
        std::optional<TcpFsmConnectionRecord> previous; //!< goes on if the handshake fails
    };

    void Begin(const TcpFsmTransition& transition);
    void End(const TcpFsmTransition& transition, Life& life);
    void WritePrevious(Life& life);

    Ptr<TcpFsmRecordFile<TcpFsmConnectionRecord>> m_file;  //!< the file
    std::map<std::pair<uint32_t, uint64_t>, Life> m_alive; //!< by node and number
};

} // namespace ns3

#endif // TCP_FSM_CONNECTION_FILE_H

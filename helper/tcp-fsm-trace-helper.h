// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TRACE_HELPER_H
#define TCP_FSM_TRACE_HELPER_H

#include "ns3/node-container.h"

#include <string>

namespace ns3
{

/**
 * Writes what the TCP of nodes does to files.
 *
 * @code
 *   TcpFsmTraceHelper trace;
 *   trace.EnableTransitions("transitions.csv"); // changes of state, of all nodes with our TCP
 *   trace.EnableReactions("server.npy", server); // every event and its rule, of one node
 *   trace.EnableConnections("connections.csv");  // a line for each connection
 * @endcode
 *
 * A file of transitions or reactions has one record for each TcpFsmTransition, in simulated time's
 * order; one of connections one for each TcpFsmConnectionRecord. TcpFsmRecordFile tells how a
 * record looks in each format. Files begin with the call, so enable before the simulation runs, and
 * are complete after Simulator::Destroy() (or when the program exits). Calls that name the same
 * file join their nodes in it. Where the simulation is spread over several processes (MPI), the
 * process of rank n > 0 puts "-n" before the suffix.
 *
 * Errors are fatal and tell the remedy: a node without TcpFsmL4Protocol, an unknown suffix, a file
 * that cannot be written, one file for two kinds of records.
 */
class TcpFsmTraceHelper
{
  public:
    /**
     * Writes the changes of state of nodes' connections.
     * @param fileName the file; its suffix is the format: .csv or .npy
     * @param nodes nodes on which TcpFsmHelper installed our TCP
     */
    void EnableTransitions(const std::string& fileName, const NodeContainer& nodes) const;
    /// The same for all nodes made so far, those without our TCP left out.
    void EnableTransitions(const std::string& fileName) const;

    /**
     * Writes all reactions of nodes' TCP, also those that change no state.
     * @param fileName the file; its suffix is the format: .csv or .npy
     * @param nodes nodes on which TcpFsmHelper installed our TCP
     */
    void EnableReactions(const std::string& fileName, const NodeContainer& nodes) const;
    /// The same for all nodes made so far, those without our TCP left out.
    void EnableReactions(const std::string& fileName) const;

    /**
     * Writes a line for each connection of nodes: its initial sequence numbers and options, when
     * it began and ended, what it carried, and what ended it (TcpFsmConnectionFile).
     * @param fileName the file; its suffix is the format: .csv or .npy
     * @param nodes nodes on which TcpFsmHelper installed our TCP
     */
    void EnableConnections(const std::string& fileName, const NodeContainer& nodes) const;
    /// The same for all nodes made so far, those without our TCP left out.
    void EnableConnections(const std::string& fileName) const;

    /**
     * Writes what has been recorded so far to all files, so that they can be read while the
     * simulation goes on. Files of connections then have those that have ended.
     */
    static void Flush();

    /**
     * Captures the packets of nodes' point-to-point and CSMA devices, a file for each device:
     * PREFIX-NODE-DEVICE.pcap. It is a fatal error if the nodes have no such device.
     * @param prefix beginning of the names
     * @param nodes the nodes
     */
    void EnablePcap(const std::string& prefix, const NodeContainer& nodes) const;
    /// The same for all nodes made so far.
    void EnablePcap(const std::string& prefix) const;
};

} // namespace ns3

#endif // TCP_FSM_TRACE_HELPER_H

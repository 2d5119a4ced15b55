// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_RUN_H
#define TCP_FSM_TABLE_RUN_H

#include "tcp-fsm-node-under-test.h"
#include "tcp-fsm-table-case.h"

#include <functional>
#include <string>

namespace ns3
{

/// What to run: a case, on a stack, over a family.
struct TcpFsmTableTask
{
    TcpFsmStack stack{TcpFsmStack::FSM}; //!< the stack of the node
    bool ipv6{false};                    //!< IPv6, else IPv4
    TcpFsmTableCase question;            //!< the case
};

/// What a node did.
struct TcpFsmTableAnswer
{
    /// TcpFsmTableNotation() of all replies; "-" if the state was not reached; "crash" or
    /// "timeout" if the process did not survive
    std::string reply;
    /// The state afterwards, one of TcpFsmTableRows(); "unreachable", "crash" or "timeout"
    std::string next;
    /// What else there is to know, in a line: the state landed in, the last words of a crash
    std::string note;
};

/**
 * @brief Run one case in this process: a fresh node, its state, the segment, half a second.
 *
 * The simulation goes on for some seconds after the answer, as a stack may crash late. No other
 * simulation may be going on; all nodes are destroyed in the end.
 *
 * @param task what to run
 * @param report called with the answer as soon as it is known, before what may crash
 * @return what the node did
 */
TcpFsmTableAnswer TcpFsmTableRun(const TcpFsmTableTask& task,
                                 const std::function<void(const TcpFsmTableAnswer&)>& report = {});

} // namespace ns3

#endif // TCP_FSM_TABLE_RUN_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TRACE_WRITER_H
#define TCP_FSM_TRACE_WRITER_H

#include "tcp-fsm-record-file.h"

#include "ns3/tcp-fsm-transition.h"

namespace ns3
{

/// A file of the records of trace source `Transition` or `Reaction`.
using TcpFsmTraceWriter = TcpFsmRecordFile<TcpFsmTransition>;

} // namespace ns3

#endif // TCP_FSM_TRACE_WRITER_H

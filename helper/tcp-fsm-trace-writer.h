// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TRACE_WRITER_H
#define TCP_FSM_TRACE_WRITER_H

#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"
#include "ns3/tcp-fsm-transition.h"

#include <string>

namespace ns3
{

/**
 * Puts trace records into a file, in one format. A format is a class derived from this one and a
 * line in Open(), which finds it by the suffix of the file.
 *
 * @code
 *   Ptr<TcpFsmTraceWriter> writer = TcpFsmTraceWriter::Open("transitions.csv");
 *   writer->Write(transition);
 *   writer->Close();
 * @endcode
 */
class TcpFsmTraceWriter : public SimpleRefCount<TcpFsmTraceWriter>
{
  public:
    virtual ~TcpFsmTraceWriter();

    /**
     * Makes a file, or empties it. A suffix that no format has, and a file that cannot be written,
     * are fatal errors that name the file and the remedy.
     * @param fileName its name; the suffix is the format: .csv
     * @return the writer
     */
    static Ptr<TcpFsmTraceWriter> Open(const std::string& fileName);

    /**
     * Adds a record.
     * @param record the record
     */
    virtual void Write(const TcpFsmTransition& record) = 0;

    /// Completes the file; a fatal error, such as a full disk, names it. Later records are ignored.
    virtual void Close() = 0;
};

} // namespace ns3

#endif // TCP_FSM_TRACE_WRITER_H

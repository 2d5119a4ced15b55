// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_RECORD_FILE_H
#define TCP_FSM_RECORD_FILE_H

#include "tcp-fsm-npy.h"
#include "tcp-fsm-output-file.h"

#include "ns3/fatal-error.h"
#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"
#include "ns3/tcp-fsm-columns.h"

#include <string>
#include <string_view>

namespace ns3
{

/**
 * A file of records of one kind, in a format that its suffix names. A kind of record is a struct
 * with a function VisitColumns() (tcp-fsm-columns.h); a format is a class derived from this one
 * and a line in Open().
 *
 * - .csv: a line of column names, then a line for each record. An unknown number is empty.
 * - .npy: one structured array of numpy with the same columns, complete at any time but for what
 *   is still in the buffer, so that a run that is cut short leaves a valid file. Columns of texts
 *   out of a fixed list hold codes, a byte or two; `array.dtype.fields[column]` has the names as
 *   its third item, a text "column|name of 0|name of 1|...". An address is 16 octets (IPv4-mapped
 *   if IPv4), `flags` the control bits of the TCP header (0 too where there is no segment), an
 *   unknown number -1.
 *
 * @code
 *   Ptr<TcpFsmTraceWriter> writer = TcpFsmTraceWriter::Open("transitions.csv");
 *   writer->Write(transition);
 *   writer->Close();
 * @endcode
 */
template <typename Record>
class TcpFsmRecordFile : public SimpleRefCount<TcpFsmRecordFile<Record>>
{
  public:
    virtual ~TcpFsmRecordFile() = default;

    /**
     * Makes a file, or empties it. A suffix that no format has, and a file that cannot be written,
     * are fatal errors that name the file and the remedy.
     * @param fileName its name; the suffix is the format: .csv or .npy
     * @return the file
     */
    static Ptr<TcpFsmRecordFile> Open(const std::string& fileName);

    /**
     * Adds a record; ignored after Close().
     * @param record the record
     */
    virtual void Write(const Record& record) = 0;

    /// Writes what is still in the buffer, so that the file can be read; ignored after Close().
    virtual void Flush() = 0;

    /// Completes the file; a fatal error, such as a full disk, names it.
    virtual void Close() = 0;
};

/// The format .csv.
template <typename Record>
class TcpFsmCsvFile : public TcpFsmRecordFile<Record>
{
  public:
    /// Makes the file, with the line of column names.
    explicit TcpFsmCsvFile(const std::string& fileName)
        : m_file(fileName)
    {
        VisitColumns(Record{}, tcpfsm::CsvNames(m_file.Buffer()));
        m_file.Buffer().push_back('\n');
    }

    void Write(const Record& record) override
    {
        if (!m_file.IsOpen())
        {
            return;
        }
        tcpfsm::CsvValues values;
        VisitColumns(record, values);
        m_file.Buffer().append(values.GetText()).push_back('\n');
        if (m_file.IsFull())
        {
            m_file.Flush();
        }
    }

    void Flush() override
    {
        if (m_file.IsOpen())
        {
            m_file.Flush();
        }
    }

    void Close() override
    {
        if (m_file.IsOpen())
        {
            m_file.Close();
        }
    }

  private:
    TcpFsmOutputFile m_file; //!< the file
};

/// The header of a file in the format .npy, for a number of records that grows.
class TcpFsmNpyHeader
{
  public:
    /// @param types description of the columns' types
    explicit TcpFsmNpyHeader(const std::string& types);

    /// @return the whole header, for no records
    const std::string& ToString() const;
    /// @return where End() begins
    uint64_t GetEndPosition() const;
    /**
     * @param records number of records
     * @return the end of the header for so many
     */
    std::string End(uint64_t records) const;

  private:
    std::string m_text;     //!< the header for no records
    uint64_t m_endPosition; //!< of the number of records
};

/// The format .npy.
template <typename Record>
class TcpFsmNpyFile : public TcpFsmRecordFile<Record>
{
  public:
    /// Makes the file, without records.
    explicit TcpFsmNpyFile(const std::string& fileName)
        : m_header(Types()),
          m_file(fileName)
    {
        m_file.Buffer().append(m_header.ToString());
    }

    void Write(const Record& record) override
    {
        if (!m_file.IsOpen())
        {
            return;
        }
        tcpfsm::NpyValues values;
        VisitColumns(record, values);
        m_file.Buffer().append(values.GetOctets());
        ++m_records;
        if (m_file.IsFull())
        {
            Count();
        }
    }

    void Flush() override
    {
        if (m_file.IsOpen())
        {
            Count();
        }
    }

    void Close() override
    {
        Flush();
        if (m_file.IsOpen())
        {
            m_file.Close();
        }
    }

  private:
    static std::string Types()
    {
        std::string types;
        VisitColumns(Record{}, tcpfsm::NpyTypes(types));
        return types;
    }

    /// Records first, then their number: what the header promises is there.
    void Count()
    {
        m_file.Overwrite(m_header.GetEndPosition(), m_header.End(m_records));
    }

    TcpFsmNpyHeader m_header; //!< the header
    TcpFsmOutputFile m_file;  //!< the file
    uint64_t m_records{0};    //!< number of records
};

template <typename Record>
Ptr<TcpFsmRecordFile<Record>>
TcpFsmRecordFile<Record>::Open(const std::string& fileName)
{
    if (fileName.ends_with(".csv"))
    {
        return Create<TcpFsmCsvFile<Record>>(fileName);
    }
    if (fileName.ends_with(".npy"))
    {
        return Create<TcpFsmNpyFile<Record>>(fileName);
    }
    NS_FATAL_ERROR("TcpFsmTraceHelper: the suffix of \""
                   << fileName << "\" names no format; give the file one of: .csv, .npy");
    return nullptr;
}

} // namespace ns3

#endif // TCP_FSM_RECORD_FILE_H

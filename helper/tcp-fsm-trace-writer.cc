// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-trace-writer.h"

#include "ns3/fatal-error.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

namespace ns3
{

namespace
{

/// One line a record, as TcpFsmTransition::WriteCsv() writes it, below a line of column names.
class CsvWriter : public TcpFsmTraceWriter
{
  public:
    explicit CsvWriter(const std::string& fileName)
        : m_fileName(fileName)
    {
        errno = 0;
        m_file.open(fileName, std::ios::binary | std::ios::trunc);
        if (!m_file)
        {
            NS_FATAL_ERROR("TcpFsmTraceHelper: cannot write \""
                           << fileName << "\": " << std::strerror(errno)
                           << "; name a file in a folder that exists and may be written to");
        }
        m_file << TcpFsmTransition::Columns() << '\n';
    }

    void Write(const TcpFsmTransition& record) override
    {
        if (m_file.is_open())
        {
            record.WriteCsv(m_file);
            m_file << '\n';
        }
    }

    void Close() override
    {
        if (!m_file.is_open())
        {
            return;
        }
        m_file.close();
        if (!m_file)
        {
            NS_FATAL_ERROR("TcpFsmTraceHelper: \""
                           << m_fileName
                           << "\" is incomplete, as writing failed: is the disk full?");
        }
    }

  private:
    std::string m_fileName; //!< for messages
    std::ofstream m_file;   //!< the file
};

/// A suffix and what makes the writer of its format.
struct Format
{
    std::string_view suffix;
    Ptr<TcpFsmTraceWriter> (*make)(const std::string& fileName);
};

const std::array<Format, 1> FORMATS{{
    {".csv",
     [](const std::string& fileName) -> Ptr<TcpFsmTraceWriter> {
         return Create<CsvWriter>(fileName);
     }},
}};

} // namespace

TcpFsmTraceWriter::~TcpFsmTraceWriter() = default;

Ptr<TcpFsmTraceWriter>
TcpFsmTraceWriter::Open(const std::string& fileName)
{
    std::string known;
    for (const Format& format : FORMATS)
    {
        if (fileName.ends_with(format.suffix))
        {
            return format.make(fileName);
        }
        known.append(known.empty() ? "" : ", ").append(format.suffix);
    }
    NS_FATAL_ERROR("TcpFsmTraceHelper: the suffix of \""
                   << fileName << "\" names no format; give the file one of: " << known);
    return nullptr;
}

} // namespace ns3

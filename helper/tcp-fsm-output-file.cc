// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-output-file.h"

#include "ns3/fatal-error.h"

#include <cerrno>
#include <cstring>

namespace ns3
{

TcpFsmOutputFile::TcpFsmOutputFile(const std::string& fileName)
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
    m_buffer.reserve(BUFFER_SIZE + BUFFER_SIZE / 8);
}

void
TcpFsmOutputFile::Flush()
{
    m_file.write(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
    m_file.flush();
    m_buffer.clear();
    Check();
}

void
TcpFsmOutputFile::Overwrite(uint64_t position, std::string_view bytes)
{
    Flush();
    m_file.seekp(static_cast<std::streamoff>(position));
    m_file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    m_file.seekp(0, std::ios::end);
    Check();
}

void
TcpFsmOutputFile::Close()
{
    Flush();
    m_file.close();
    Check();
}

void
TcpFsmOutputFile::Check()
{
    if (!m_file)
    {
        NS_FATAL_ERROR("TcpFsmTraceHelper: \"" << m_fileName
                                               << "\" is incomplete, as writing failed ("
                                               << std::strerror(errno) << "): is the disk full?");
    }
}

} // namespace ns3

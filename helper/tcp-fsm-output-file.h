// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_OUTPUT_FILE_H
#define TCP_FSM_OUTPUT_FILE_H

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

namespace ns3
{

/**
 * A trace file while it is written, through a large buffer. What goes wrong is a fatal error that
 * names the file and the remedy.
 */
class TcpFsmOutputFile
{
  public:
    /// Makes a file, or empties it.
    explicit TcpFsmOutputFile(const std::string& fileName);

    /// @return what is yet to be written; append to it, then Flush() if it IsFull()
    std::string& Buffer()
    {
        return m_buffer;
    }

    /// @return true if the buffer is worth writing
    bool IsFull() const
    {
        return m_buffer.size() >= BUFFER_SIZE;
    }

    /// Writes the buffer to the file.
    void Flush();

    /// Flushes, then replaces bytes that are in the file already.
    void Overwrite(uint64_t position, std::string_view bytes);

    /// Flushes and closes the file.
    void Close();

    /// @return true until Close()
    bool IsOpen() const
    {
        return m_file.is_open();
    }

  private:
    static constexpr std::size_t BUFFER_SIZE = 64 * 1024; // stays in the processor's cache

    void Check();

    std::string m_fileName; //!< for messages
    std::ofstream m_file;   //!< the file
    std::string m_buffer;   //!< what follows what is in it
};

} // namespace ns3

#endif // TCP_FSM_OUTPUT_FILE_H

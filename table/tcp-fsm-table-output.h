// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_OUTPUT_H
#define TCP_FSM_TABLE_OUTPUT_H

#include <string>

namespace ns3
{

/**
 * @brief Complain about an output file before the work is done, not after.
 * @param output the file's path; empty for standard output
 * @throw std::runtime_error that names the option --output if it cannot be written
 */
void TcpFsmCheckOutput(const std::string& output);

/**
 * @brief Write all or nothing: a reader of the file never sees half of it.
 *
 * A regular file is replaced in one step; a device or a pipe is written to directly.
 *
 * @param text what to write
 * @param output the file's path; empty for standard output
 * @throw std::runtime_error that names the option --output if it cannot be written
 */
void TcpFsmWriteOutput(const std::string& text, const std::string& output);

} // namespace ns3

#endif // TCP_FSM_TABLE_OUTPUT_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_TRACE_FILES_H
#define TCP_FSM_TEST_TRACE_FILES_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// @return name of a file in the folder for temporary ones
std::string Temporary(const std::string& name);

/// @return a file of the source tree, by its name from the top
std::string SourceName(const std::string& name);

/// The lines of a CSV file, split into fields; line 0 has the names of the columns.
using CsvLines = std::vector<std::vector<std::string>>;

/// @return the lines of a CSV file
CsvLines ReadCsv(const std::string& name);

/// @return the field of a line, by the name of its column
std::string Field(const CsvLines& lines, std::size_t line, std::string_view column);

/// @return the lines, from 1 on, that have a text in a column
std::vector<std::size_t> LinesWith(const CsvLines& lines,
                                   std::string_view column,
                                   std::string_view text);

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_TRACE_FILES_H

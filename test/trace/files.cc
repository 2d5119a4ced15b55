// SPDX-License-Identifier: GPL-2.0-only

#include "files.h"

#include "tcp-fsm-table-expected.h"
#include "world.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

std::string
Temporary(const std::string& name)
{
    return testing::TempDir() + name;
}

std::string
SourceName(const std::string& name)
{
    const char* top = std::getenv("TCP_FSM_TOP");
    return std::string(top ? top : ".") + "/" + name;
}

CsvLines
ReadCsv(const std::string& name)
{
    std::istringstream text(ReadFile(name));
    CsvLines lines;
    for (std::vector<std::string> fields; TcpFsmReadCsvRecord(text, fields);)
    {
        lines.push_back(fields);
    }
    return lines;
}

std::string
Field(const CsvLines& lines, std::size_t line, std::string_view column)
{
    const auto& names = lines.at(0);
    const auto found = std::find(names.begin(), names.end(), column);
    EXPECT_NE(found, names.end()) << column;
    return lines.at(line).at(found - names.begin());
}

std::vector<std::size_t>
LinesWith(const CsvLines& lines, std::string_view column, std::string_view text)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 1; i < lines.size(); ++i)
    {
        if (Field(lines, i, column) == text)
        {
            found.push_back(i);
        }
    }
    return found;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

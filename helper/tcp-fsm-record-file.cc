// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-record-file.h"

namespace ns3
{

namespace
{

constexpr std::string_view MAGIC{"\x93NUMPY\x01\x00", 8}; // format 1.0
constexpr std::size_t ALIGNMENT = 64;                     // of the records in the file
constexpr std::string_view BEFORE_COUNT = "'fortran_order': False, 'shape': (";
constexpr std::string_view AFTER_COUNT = ",), }";
constexpr std::size_t MAX_DIGITS = 20;

} // namespace

TcpFsmNpyHeader::TcpFsmNpyHeader(const std::string& types)
    : m_text(MAGIC)
{
    constexpr std::size_t LENGTH_FIELD = 2;
    std::string literal = "{'descr': [" + types + "], ";
    literal.append(BEFORE_COUNT);
    const std::size_t start = MAGIC.size() + LENGTH_FIELD;
    m_endPosition = start + literal.size();
    const std::size_t least = m_endPosition + MAX_DIGITS + AFTER_COUNT.size() + 1;
    const std::size_t length = (least + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - start;
    m_text.push_back(static_cast<char>(length % 256));
    m_text.push_back(static_cast<char>(length / 256));
    m_text.append(literal);
    m_text.resize(start + length, ' ');
    m_text.back() = '\n';
    const std::string end = End(0);
    m_text.replace(m_endPosition, end.size(), end);
}

const std::string&
TcpFsmNpyHeader::ToString() const
{
    return m_text;
}

uint64_t
TcpFsmNpyHeader::GetEndPosition() const
{
    return m_endPosition;
}

std::string
TcpFsmNpyHeader::End(uint64_t records) const
{
    // A number only grows, so that the spaces behind it need no care.
    return std::to_string(records).append(AFTER_COUNT);
}

} // namespace ns3

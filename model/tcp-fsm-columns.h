// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_COLUMNS_H
#define TCP_FSM_COLUMNS_H

#include "tcp-fsm-flow.h"

#include "ns3/assert.h"

#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/**
 * @file
 * The columns of trace files. A kind of record lists its columns once, in a function
 * VisitColumns(record, visitor) that calls visitor(name, value) for each; every format is a
 * visitor.
 */

namespace ns3
{
namespace tcpfsm
{

/// A value that is one text of a fixed list.
template <std::unsigned_integral Code>
struct Choice
{
    Code code;                               //!< place in the list
    std::span<const std::string_view> names; //!< the list

    /// @return the text
    std::string_view ToString() const
    {
        return names[code];
    }
};

/// The control bits of a segment; none where there is no segment.
struct ControlFlags
{
    std::optional<uint8_t> bits; //!< as in the TCP header
};

/// A number that may be unknown; no known one is negative.
using Maybe = std::optional<int64_t>;

/**
 * @param address an address
 * @return its text as ns-3 prints it; valid until the next call in the same thread
 */
std::string_view AddressToString(const IpAddress& address);

/// @return flags as in the status table, e.g. "SYN-ACK"; "none" without any
std::string_view FlagsToString(uint8_t flags);

/// Visitor that appends the names of the columns, separated by commas.
class CsvNames
{
  public:
    /// @param text what to append to
    explicit CsvNames(std::string& text)
        : m_text(text)
    {
    }

    /// Appends a name.
    template <typename T>
    void operator()(std::string_view name, const T& /* value */)
    {
        m_text.append(m_isFirst ? "" : ",").append(name);
        m_isFirst = false;
    }

  private:
    std::string& m_text;
    bool m_isFirst{true};
};

/// Visitor that puts the values together, separated by commas; those that hold one are quoted.
class CsvValues
{
  public:
    /// Adds a value.
    template <typename T>
    void operator()(std::string_view /* name */, const T& value)
    {
        Add(value);
        m_text[m_size++] = ',';
    }

    /// @return the line, without its end
    std::string_view GetText() const
    {
        NS_ASSERT(m_size > 0 && m_size <= MAX_SIZE);
        return {m_text.data(), m_size - 1};
    }

  private:
    /// More than any record takes, whose texts are those of the table.
    static constexpr std::size_t MAX_SIZE = 1024;

    void AddText(std::string_view text)
    {
        text.copy(m_text.data() + m_size, text.size());
        m_size += text.size();
    }

    template <std::integral T>
    void Add(T value)
    {
        // Promoted, since char and bool are numbers here.
        const auto end =
            std::to_chars(m_text.data() + m_size, m_text.data() + MAX_SIZE, +value).ptr;
        m_size = end - m_text.data();
    }

    void Add(const Maybe& value)
    {
        if (value)
        {
            Add(*value);
        }
    }

    template <typename Code>
    void Add(const Choice<Code>& value)
    {
        const std::string_view text = value.ToString();
        const bool isQuoted = text.find(',') != std::string_view::npos;
        AddText(isQuoted ? "\"" : "");
        AddText(text);
        AddText(isQuoted ? "\"" : "");
    }

    void Add(const ControlFlags& value)
    {
        if (value.bits)
        {
            AddText(FlagsToString(*value.bits));
        }
    }

    void Add(const IpAddress& value)
    {
        AddText(AddressToString(value));
    }

    std::array<char, MAX_SIZE> m_text; //!< the line, a comma behind each value
    std::size_t m_size{0};             //!< its length
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_COLUMNS_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_COLUMNS_H
#define TCP_FSM_COLUMNS_H

#include "tcp-fsm-flow.h"

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

/// Visitor that appends the values, separated by commas; those that hold a comma are quoted.
class CsvValues
{
  public:
    /// @param text what to append to
    explicit CsvValues(std::string& text)
        : m_text(text)
    {
    }

    /// Appends a value.
    template <typename T>
    void operator()(std::string_view /* name */, const T& value)
    {
        if (!m_isFirst)
        {
            m_text.push_back(',');
        }
        m_isFirst = false;
        Append(value);
    }

  private:
    template <std::integral T>
    void Append(T value)
    {
        constexpr std::size_t MAX_DIGITS = 20;
        char digits[MAX_DIGITS];
        // Promoted, since char and bool are numbers here.
        const auto end = std::to_chars(digits, digits + MAX_DIGITS, +value).ptr;
        m_text.append(digits, end);
    }

    void Append(const Maybe& value)
    {
        if (value)
        {
            Append(*value);
        }
    }

    template <typename Code>
    void Append(const Choice<Code>& value)
    {
        const std::string_view text = value.ToString();
        const bool isQuoted = text.find(',') != std::string_view::npos;
        m_text.append(isQuoted ? "\"" : "").append(text).append(isQuoted ? "\"" : "");
    }

    void Append(const ControlFlags& value)
    {
        if (value.bits)
        {
            m_text.append(FlagsToString(*value.bits));
        }
    }

    void Append(const IpAddress& value)
    {
        m_text.append(AddressToString(value));
    }

    std::string& m_text;
    bool m_isFirst{true};
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_COLUMNS_H

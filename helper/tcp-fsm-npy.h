// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_NPY_H
#define TCP_FSM_NPY_H

#include "ns3/assert.h"
#include "ns3/tcp-fsm-columns.h"

#include <array>
#include <bit>
#include <concepts>
#include <cstring>
#include <string>
#include <string_view>

/**
 * @file
 * The format .npy of numpy, for one structured array: a header, which is a Python literal, then
 * the records one after another without padding.
 */

namespace ns3
{
namespace tcpfsm
{

/// A number that is unknown.
inline constexpr int64_t NPY_UNKNOWN = -1;

/// Visitor that appends the description of the columns' types.
class NpyTypes
{
  public:
    /// @param text what to append to
    explicit NpyTypes(std::string& text)
        : m_text(text)
    {
    }

    /// Appends the type of a value.
    template <typename T>
    void operator()(std::string_view name, const T& value)
    {
        m_text.append("(");
        AppendName(name, value);
        m_text.append(", '").append(Type(value)).append("'), ");
    }

  private:
    /// A column of codes has a title: its name and the names of the codes from 0, "|" between.
    template <typename Code>
    void AppendName(std::string_view name, const Choice<Code>& value)
    {
        m_text.append("('").append(name);
        for (const std::string_view& text : value.names)
        {
            m_text.append("|").append(text);
        }
        m_text.append("', '").append(name).append("')");
    }

    template <typename T>
    void AppendName(std::string_view name, const T& /* value */)
    {
        m_text.append("'").append(name).append("'");
    }

    template <std::integral T>
    static std::string Type(T /* value */)
    {
        const char order = sizeof(T) == 1                               ? '|'
                           : std::endian::native == std::endian::little ? '<'
                                                                        : '>';
        const char kind = std::same_as<T, bool> ? 'b' : std::unsigned_integral<T> ? 'u' : 'i';
        return order + (kind + std::to_string(sizeof(T)));
    }

    static std::string Type(const Maybe& /* value */)
    {
        return Type(NPY_UNKNOWN);
    }

    template <typename Code>
    static std::string Type(const Choice<Code>& value)
    {
        return Type(value.code);
    }

    static std::string Type(const ControlFlags& /* value */)
    {
        return Type(uint8_t{0});
    }

    static std::string Type(const IpAddress& value)
    {
        return "|V" + std::to_string(value.GetOctets().size());
    }

    std::string& m_text;
};

/// Visitor that puts the values of a record together.
class NpyValues
{
  public:
    /// Adds a value.
    template <typename T>
    void operator()(std::string_view /* name */, const T& value)
    {
        Add(value);
    }

    /// @return the octets of the record
    std::string_view GetOctets() const
    {
        NS_ASSERT(m_size <= MAX_SIZE);
        return {m_octets.data(), m_size};
    }

  private:
    /// More than any record has.
    static constexpr std::size_t MAX_SIZE = 512;

    void AddOctets(const void* octets, std::size_t size)
    {
        std::memcpy(m_octets.data() + m_size, octets, size);
        m_size += size;
    }

    template <std::integral T>
    void Add(T value)
    {
        AddOctets(&value, sizeof(T));
    }

    void Add(const Maybe& value)
    {
        Add(value.value_or(NPY_UNKNOWN));
    }

    template <typename Code>
    void Add(const Choice<Code>& value)
    {
        Add(value.code);
    }

    void Add(const ControlFlags& value)
    {
        Add(value.bits.value_or(0));
    }

    void Add(const IpAddress& value)
    {
        AddOctets(value.GetOctets().data(), value.GetOctets().size());
    }

    std::array<char, MAX_SIZE> m_octets; //!< of the record
    std::size_t m_size{0};               //!< their number
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_NPY_H

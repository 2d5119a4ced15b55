// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_EXPRESSION_H
#define PACKETDRILL_EXPRESSION_H

#include "packetdrill-source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

struct Expression;
struct Field;

/// A number.
struct IntegerValue
{
    int64_t value{0}; //!< from 2^63 on it wraps, as for a C program that prints it signed
    bool hex{false};  //!< it is written so

    bool operator==(const IntegerValue&) const = default;
};

/// The name of a constant.
struct SymbolValue
{
    std::string name{}; //!< as in C

    bool operator==(const SymbolValue&) const = default;
};

/// A string.
struct StringValue
{
    std::string text{}; //!< its octets, escapes resolved

    bool operator==(const StringValue&) const = default;
};

/// `...`: what the runner supplies or does not check.
struct EllipsisValue
{
    bool operator==(const EllipsisValue&) const = default;
};

/// `a | b | c`
struct UnionValue
{
    std::vector<Expression> parts; //!< at least two

    bool operator==(const UnionValue& other) const;
};

/// `[a, b]`: a pointer to one value or to several.
struct ListValue
{
    std::vector<Expression> items; //!< in their order; there may be none

    bool operator==(const ListValue& other) const;
};

/// `{name = value, value, name(argument) = value}`
struct StructValue
{
    std::vector<Field> fields; //!< at least one

    bool operator==(const StructValue& other) const;

    /**
     * @param name name of a field
     * @return the field, nullptr if there is none of that name
     */
    const Field* Find(const std::string& name) const;
};

/// `name(a, b)`, such as `htons(80)` (extended).
struct CallValue
{
    std::string name{};                //!< of the function
    std::vector<Expression> arguments; //!< in their order

    bool operator==(const CallValue& other) const;
};

/// A value in a system call.
struct Expression
{
    Place place{}; //!< all of it
    std::variant<EllipsisValue,
                 IntegerValue,
                 SymbolValue,
                 StringValue,
                 UnionValue,
                 ListValue,
                 StructValue,
                 CallValue>
        value; //!< what it is; no initialiser, as Field is incomplete here

    bool operator==(const Expression& other) const;
};

/// A member of a struct.
struct Field
{
    Place place{};                      //!< all of it
    std::string name{};                 //!< empty if there is only a value
    std::optional<Expression> argument; //!< in parentheses after the name: a length
    Expression value;                   //!< after the equals sign

    bool operator==(const Field& other) const;
};

/// What a struct is, by the names of its fields.
enum class StructKind : uint8_t
{
    POLL,    //!< `{fd=4, events=…, revents=…}`; only events is required
    LINGER,  //!< `{onoff=1, linger=0}`
    MESSAGE, //!< `{msg_name(…)=…, msg_iov(1)=[{…, 100}], msg_flags=0}`
    IOV,     //!< `{…, 100}`
    OTHER,   //!< socket addresses, epoll and others (extended)
};

/**
 * @param value a struct
 * @return what it is
 */
StructKind KindOf(const StructValue& value);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_EXPRESSION_H

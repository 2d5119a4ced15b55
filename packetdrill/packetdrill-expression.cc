// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-expression.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

bool
UnionValue::operator==(const UnionValue& other) const
{
    return parts == other.parts;
}

bool
ListValue::operator==(const ListValue& other) const
{
    return items == other.items;
}

bool
StructValue::operator==(const StructValue& other) const
{
    return fields == other.fields;
}

const Field*
StructValue::Find(const std::string& name) const
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&name](const Field& field) {
        return field.name == name;
    });
    return found == fields.end() ? nullptr : &*found;
}

bool
CallValue::operator==(const CallValue& other) const
{
    return name == other.name && arguments == other.arguments;
}

bool
Expression::operator==(const Expression& other) const
{
    return value == other.value;
}

bool
Field::operator==(const Field& other) const
{
    return name == other.name && argument == other.argument && value == other.value;
}

StructKind
KindOf(const StructValue& value)
{
    using enum StructKind;
    std::vector<std::string> names;
    bool anyArgument = false;
    for (const auto& field : value.fields)
    {
        names.push_back(field.name);
        anyArgument = anyArgument || field.argument;
    }
    if (names == std::vector<std::string>{"msg_name", "msg_iov", "msg_flags"})
    {
        const bool haveLengths = value.fields[0].argument && value.fields[1].argument;
        return haveLengths && !value.fields[2].argument ? MESSAGE : OTHER;
    }
    if (anyArgument)
    {
        return OTHER;
    }
    if (names == std::vector<std::string>{"onoff", "linger"})
    {
        return LINGER;
    }
    if (names == std::vector<std::string>{"", ""})
    {
        return IOV;
    }
    if (names.front() == "fd")
    {
        names.erase(names.begin());
    }
    const bool isPoll = names == std::vector<std::string>{"events"} ||
                        names == std::vector<std::string>{"events", "revents"};
    return isPoll ? POLL : OTHER;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

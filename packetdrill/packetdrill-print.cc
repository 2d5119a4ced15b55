// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-print.h"

#include "packetdrill-escape.h"
#include "packetdrill-overloaded.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

std::string Print(const Field& field);

/// @return the items, each printed, with a separator between two
template <typename T>
std::string
PrintAll(const std::vector<T>& items, const char* separator)
{
    std::string text;
    for (const auto& item : items)
    {
        text += (&item == &items.front() ? "" : separator) + Print(item);
    }
    return text;
}

std::string
Print(const Field& field)
{
    std::string text = field.name;
    text += field.argument ? "(" + Print(*field.argument) + ")" : "";
    return text + (text.empty() ? "" : "=") + Print(field.value);
}

std::string
Print(const IntegerValue& integer)
{
    if (!integer.hex)
    {
        return std::to_string(integer.value);
    }
    std::array<char, 2 + 16 + 1> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "0x%02llx",
                  static_cast<unsigned long long>(integer.value));
    return text.data();
}

std::string
Print(const OptionValue& value)
{
    switch (value.kind)
    {
    case OptionValue::Kind::PLAIN:
        break;
    case OptionValue::Kind::STRING:
        return Quote(value.text);
    case OptionValue::Kind::COMMAND:
        return "`" + value.text + "`";
    }
    return value.text;
}

std::string
Print(const ScriptOption& option)
{
    std::string text = "--" + option.name;
    text += option.defined ? "=" + *option.defined : "";
    return text + (option.value ? "=" + Print(*option.value) : "");
}

std::string
Print(const Command& command)
{
    return "`" + command.text + "`";
}

std::string
Print(const Code& code)
{
    return "%{ " + code.text + " }%";
}

} // namespace

std::string
Print(const Expression& expression)
{
    return std::visit(
        Overloaded{
            [](const EllipsisValue&) { return std::string("..."); },
            [](const IntegerValue& value) { return Print(value); },
            [](const SymbolValue& value) { return value.name; },
            [](const StringValue& value) { return Quote(value.text); },
            [](const UnionValue& value) { return PrintAll(value.parts, "|"); },
            [](const ListValue& value) { return "[" + PrintAll(value.items, ", ") + "]"; },
            [](const StructValue& value) { return "{" + PrintAll(value.fields, ", ") + "}"; },
            [](const CallValue& value) {
                return value.name + "(" + PrintAll(value.arguments, ", ") + ")";
            },
        },
        expression.value);
}

std::string
Print(const SystemCall& call)
{
    std::string text = call.blockingEnd ? "..." + Print(*call.blockingEnd) + " " : "";
    text += call.name + "(" + PrintAll(call.arguments, ", ") + ") = " + Print(call.result);
    text += call.error.empty() ? "" : " " + call.error;
    for (const auto& note : call.notes)
    {
        text += " (" + note + ")";
    }
    return text;
}

std::string
Print(std::chrono::microseconds time)
{
    constexpr int64_t SECOND = 1000000;
    std::array<char, 32> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%lld.%06lld",
                  static_cast<long long>(time.count() / SECOND),
                  static_cast<long long>(time.count() % SECOND));
    std::string result = text.data();
    constexpr std::size_t OPTIONAL_DIGITS = 4;
    const auto zeros = result.size() - 1 - result.find_last_not_of('0');
    return result.substr(0, result.size() - std::min(zeros, OPTIONAL_DIGITS));
}

std::string
Print(const When& when)
{
    if (when.kind == When::Kind::ANY)
    {
        return "*";
    }
    const std::string sign = when.kind == When::Kind::RELATIVE ? "+" : "";
    return sign + Print(when.begin) + (when.end ? "~" + sign + Print(*when.end) : "");
}

std::string
Print(const Event& event)
{
    // The point of an ellipsis would become a digit's.
    const auto* call = std::get_if<SystemCall>(&event.action);
    const char* space = call && call->blockingEnd ? "" : " ";
    return Print(event.when) + space +
           std::visit([](const auto& action) { return Print(action); }, event.action);
}

std::string
Print(const Script& script)
{
    std::string text;
    for (const auto& option : script.options)
    {
        text += Print(option) + "\n";
    }
    text += script.init ? Print(*script.init) + "\n" : "";
    for (const auto& event : script.events)
    {
        text += Print(event) + "\n";
    }
    return text + (script.cleanup ? Print(*script.cleanup) + "\n" : "");
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

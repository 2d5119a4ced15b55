// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-options.h"

#include "ns3/config.h"
#include "ns3/string.h"

#include <algorithm>
#include <charconv>

namespace ns3
{

namespace
{

/// Whether ns-3 takes the option: an attribute's default or a global value, set here if so.
bool
IsTakenByNs3(const std::string& name, const std::string& value)
{
    return name.find("::") != std::string::npos
               ? Config::SetDefaultFailSafe(name, StringValue(value))
               : Config::SetGlobalFailSafe(name, StringValue(value));
}

bool
Has(const std::vector<std::string>& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

std::string
TcpFsmJoin(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words)
    {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

void
TcpFsmRefuseValue(const std::string& option,
                  const std::string& value,
                  const std::vector<std::string>& valid)
{
    throw TcpFsmUsageError("--" + option + ": no such value: \"" + value +
                           "\"; valid: " + TcpFsmJoin(valid));
}

uint64_t
TcpFsmParseNumber(const std::string& option,
                  const std::string& value,
                  uint64_t least,
                  uint64_t most)
{
    uint64_t number = 0;
    const auto* end = value.data() + value.size();
    const auto [rest, error] = std::from_chars(value.data(), end, number);
    if (error != std::errc() || rest != end || number < least || number > most)
    {
        throw TcpFsmUsageError("--" + option + ": not a number from " + std::to_string(least) +
                               " to " + std::to_string(most) + ": \"" + value + "\"");
    }
    return number;
}

void
TcpFsmRefuseUnknown(const std::vector<std::string>& arguments,
                    const std::vector<std::string>& withValue,
                    const std::vector<std::string>& switches)
{
    for (const std::string& argument : arguments)
    {
        const auto equals = std::min(argument.find('='), argument.size());
        const auto begin = std::min(argument.find_first_not_of('-'), equals);
        const auto name = argument.substr(begin, equals - begin);
        const bool hasValue = equals + 1 < argument.size();
        const auto value = hasValue ? argument.substr(equals + 1) : "";
        const bool isSwitch = Has(switches, name);
        const bool isOwn = isSwitch || Has(withValue, name);
        const bool isHelp = name == "help" || name == "h" || name.starts_with("Print");
        if (begin == 0 || !(isOwn || isHelp || IsTakenByNs3(name, value)))
        {
            auto valid = withValue;
            valid.insert(valid.end(), switches.begin(), switches.end());
            throw TcpFsmUsageError("no such option, or no such value of it: " + argument +
                                   "; valid: " + TcpFsmJoin(valid) +
                                   " (each as --name=value), and those of ns-3 (--help)");
        }
        if (isOwn && !isSwitch && !hasValue)
        {
            throw TcpFsmUsageError("--" + name + ": needs a value, as --" + name + "=value");
        }
        if (isSwitch && hasValue)
        {
            TcpFsmParseChoice<bool>(name,
                                    value,
                                    {{"0", false}, {"1", true}, {"false", false}, {"true", true}});
        }
    }
}

} // namespace ns3

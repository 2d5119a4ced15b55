// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_OPTIONS_H
#define TCP_FSM_OPTIONS_H

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * What ns3::CommandLine leaves to programs: to refuse options and values that do not exist.
 */

namespace ns3
{

/// A value on the command line that cannot be used; the message names the option.
struct TcpFsmUsageError : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/**
 * @param words words
 * @return the words, separated by commas
 */
std::string TcpFsmJoin(const std::vector<std::string>& words);

/**
 * @brief Refuse a value.
 * @param option name of the option
 * @param value what stands on the command line
 * @param valid what may stand there
 * @throw TcpFsmUsageError always
 */
[[noreturn]] void TcpFsmRefuseValue(const std::string& option,
                                    const std::string& value,
                                    const std::vector<std::string>& valid);

/**
 * @param option name of the option
 * @param value what stands on the command line
 * @param choices the valid words and what they mean
 * @return what the value means
 * @throw TcpFsmUsageError if the value is not among the choices
 */
template <typename T>
T
TcpFsmParseChoice(const std::string& option,
                  const std::string& value,
                  const std::vector<std::pair<std::string, T>>& choices)
{
    std::vector<std::string> names;
    for (const auto& [name, choice] : choices)
    {
        if (name == value)
        {
            return choice;
        }
        names.push_back(name);
    }
    TcpFsmRefuseValue(option, value, names);
}

/**
 * @param option name of the option
 * @param value what stands on the command line
 * @param least the least valid number
 * @param most the largest valid number
 * @return the number
 * @throw TcpFsmUsageError if the value is not a number from `least` to `most`
 */
uint64_t TcpFsmParseNumber(const std::string& option,
                           const std::string& value,
                           uint64_t least,
                           uint64_t most);

/**
 * @brief Refuse what ns-3's parser would ignore, or end the program for with a status of its own.
 *
 * Attributes' defaults (`--ns3::Class::Name=value`) and global values are options too.
 *
 * @param arguments the command line without the program's name
 * @param withValue names of the program's options that need a value
 * @param switches names of those that need none
 * @throw TcpFsmUsageError if an option or a value is not valid
 */
void TcpFsmRefuseUnknown(const std::vector<std::string>& arguments,
                         const std::vector<std::string>& withValue,
                         const std::vector<std::string>& switches);

} // namespace ns3

#endif // TCP_FSM_OPTIONS_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SCRIPT_H
#define PACKETDRILL_SCRIPT_H

#include "packetdrill-expression.h"
#include "packetdrill-lexer.h"
#include "packetdrill-packet.h"
#include "packetdrill-source.h"

#include <chrono>
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

/// What an option is given.
struct OptionValue
{
    /// How it is written.
    enum class Kind : uint8_t
    {
        PLAIN, //!< number, word, address, several with commas
        STRING,
        COMMAND,
    };

    Kind kind{Kind::PLAIN}; //!< how it is written
    std::string text{};     //!< without quotes, escapes resolved

    bool operator==(const OptionValue&) const = default;
};

/// `--name`, `--name=value` or `--define=NAME=value`.
struct ScriptOption
{
    Place place{};                        //!< all of it
    std::string name{};                   //!< without the hyphens
    std::optional<std::string> defined{}; //!< the name that an option `define` defines
    std::optional<OptionValue> value{};   //!< what stands after the last equals sign

    bool operator==(const ScriptOption&) const = default;
};

/// When an event is due, or may happen.
struct When
{
    /// What the time counts from.
    enum class Kind : uint8_t
    {
        ABSOLUTE, //!< from the start of the script
        RELATIVE, //!< from when the previous event completed
        ANY,      //!< not at all: any time will do
    };

    Place place{};                                  //!< all of it
    Kind kind{Kind::ABSOLUTE};                      //!< what it counts from
    std::chrono::microseconds begin{0};             //!< the time, or the earliest one
    std::optional<std::chrono::microseconds> end{}; //!< of a range: the latest one

    bool operator==(const When&) const = default;
};

/// A system call, what it gets and what it must return.
struct SystemCall
{
    Place place{};                                          //!< from its name (or `...`) on
    std::optional<std::chrono::microseconds> blockingEnd{}; //!< `t...e`: when it must return
    Place namePlace{};                                      //!< the name
    std::string name{};                                     //!< of the call
    std::vector<Expression> arguments{};                    //!< what it gets
    Expression result{};                                    //!< what it must return
    std::string error{};                                    //!< such as `EPIPE`; empty: none
    std::vector<std::string> notes{};                       //!< what is in parentheses at the end

    bool operator==(const SystemCall&) const = default;
};

/// A shell command.
struct Command
{
    Place place{};      //!< with the quotes
    std::string text{}; //!< without them

    bool operator==(const Command&) const = default;
};

/// Statements about TCP_INFO.
struct Code
{
    Place place{};      //!< with the marks around
    std::string text{}; //!< without them, and without blanks at either end

    bool operator==(const Code&) const = default;
};

/// What happens, or is to happen, at a time.
struct Event
{
    Place place{};                                                //!< all of it
    When when{};                                                  //!< the time
    std::variant<PacketLine, SystemCall, Command, Code> action{}; //!< what

    bool operator==(const Event&) const = default;
};

/// The syntax tree of a script.
struct Script
{
    Source source{};                         //!< what it was read from
    std::vector<ScriptOption> options{};     //!< in their order
    std::optional<Command> init{};           //!< the command before the first event
    std::vector<Event> events{};             //!< in their order
    std::optional<Command> cleanup{};        //!< the command after the last event
    std::vector<Conditional> conditionals{}; //!< the `\#ifdef` blocks there were
    Defines defines{};                       //!< all names that are defined in the end

    /// @return whether options, commands and events are the same, wherever they are written
    bool operator==(const Script& other) const;
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SCRIPT_H

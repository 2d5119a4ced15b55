// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_COMMAND_LINE_H
#define PACKETDRILL_COMMAND_LINE_H

#include "packetdrill-runner.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A command line that cannot be used; what() names the option and the remedy.
struct UsageError : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// What is on the command line.
struct CommandLine
{
    bool help{false};                 //!< only tell the usage
    bool parseOnly{false};            //!< check scripts, run none
    bool verbose{false};              //!< tell more of scripts
    unsigned jobs{1};                 //!< scripts at a time
    RunOptions run{};                 //!< how scripts are run
    std::string junitFile{};          //!< report in XML; empty: none
    std::string captureFolder{};      //!< captures; empty: none
    std::string traceFile{};          //!< reactions; empty: none
    std::vector<std::string> paths{}; //!< scripts and folders
};

/**
 * @param arguments the command line without the program's name
 * @return what it says
 * @throw UsageError if it cannot be used
 */
CommandLine ParseCommandLine(const std::vector<std::string>& arguments);

/// @return how the program is used
std::string Usage();

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_COMMAND_LINE_H

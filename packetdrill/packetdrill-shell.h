// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_SHELL_H
#define PACKETDRILL_SHELL_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A program's name and its arguments, quotes removed; at least the name.
using ShellCommand = std::vector<std::string>;

/// Commands joined by `|`.
struct ShellPipeline
{
    std::vector<ShellCommand> commands; //!< at least one
    bool afterSuccess{false};           //!< `&&` before it: only if the one before it succeeded
    bool ignoreStatus{false};           //!< `|| true` behind it
};

/// The part of the shell's language that scripts use.
struct ShellScript
{
    std::vector<ShellPipeline> pipelines; //!< in their order
    /// What else of the shell's language there is, the first such thing; empty: all is understood.
    std::string unsupported;
};

/**
 * @brief Take a shell command apart.
 *
 * Comments go, and so does what discards output (`>/dev/null`, `2>/dev/null`, `2>&1`). Newlines,
 * `;` and `&&` separate pipelines. `$((expression))` becomes its value, if it has no names.
 *
 * @param text the command
 * @return its parts, as far as they are understood
 */
ShellScript ParseShell(const std::string& text);

/**
 * @brief Tell which command a runner is not expected to have.
 *
 * Expected are `sysctl`, `sockstat` with `grep` and `awk`, `tcpdrop -s TIME_WAIT`, `defaults.sh`,
 * `set_sysctls.py`, `sysctl_restore_*.sh`, `sleep`, `true` and `echo`.
 *
 * @param script the parts of a shell command
 * @return the first construct, such as `command tc`; empty if there is none
 */
std::string FindUnsupported(const ShellScript& script);

/// @return the name of a program without folders. @param command a command
std::string ProgramOf(const ShellCommand& command);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_SHELL_H

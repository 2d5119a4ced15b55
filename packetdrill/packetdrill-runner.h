// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_RUNNER_H
#define PACKETDRILL_RUNNER_H

#include "packetdrill-dialect.h"
#include "packetdrill-host.h"
#include "packetdrill-profile.h"
#include "packetdrill-script.h"
#include "packetdrill-settings.h"
#include "packetdrill-verdict.h"
#include "tcp-fsm-stack.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// How scripts are run.
struct RunOptions
{
    TcpFsmStack stack{TcpFsmStack::FSM};         //!< the stack under test
    const Profile* profile{&Profiles().front()}; //!< what it is like
    std::optional<Dialect> dialect{};            //!< whose rules hold; none: found out
    bool strict{true};                           //!< compare all that the host decides
    bool allowUnexpected{false};                 //!< leftover packets are no errors
    bool strictSupport{false};                   //!< what is not supported is a failure
    bool wantsTrace{false};                      //!< keep all reactions
    std::string captureFile{};                   //!< capture of all packets; empty: none
    Defines defines{};                           //!< names defined for all scripts
    std::set<std::string> undefined{};           //!< names of profiles that are not defined
    AttributeList attributes{};                  //!< of the stack, after the profile's
    std::vector<std::pair<std::string, std::string>> overrides{}; //!< options of scripts
};

/**
 * @brief Run a script: parse it, check that all of it is supported, act it out on a fresh host.
 *
 * It sets defaults of attributes and leaves them: once in a process.
 *
 * @param source the script
 * @param options how
 * @return how it ended
 */
Verdict RunScript(const Source& source, const RunOptions& options);

/**
 * @brief Check a script without running it.
 * @param source the script
 * @param options which names are defined
 * @return passed if it could be run
 */
Verdict CheckScript(const Source& source, const RunOptions& options);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_RUNNER_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_REPORT_H
#define PACKETDRILL_REPORT_H

#include "packetdrill-verdict.h"

#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// A script and how it ended.
struct ScriptReport
{
    std::string path; //!< of the script
    Verdict verdict;  //!< how it ended
};

/// How many scripts ended how.
struct Count
{
    unsigned passed{0};  //!< as they should
    unsigned failed{0};  //!< otherwise
    unsigned skipped{0}; //!< for a construct that is not supported
};

/// @return how many scripts ended how. @param reports the scripts
Count CountResults(const std::vector<ScriptReport>& reports);

/**
 * @brief Write how a script ended: a line that begins with PASS, FAIL or SKIP, and what there is to
 * say about it.
 * @param os where to
 * @param report the script
 * @param verbose with the time that it took, and notes
 */
void WriteReport(std::ostream& os, const ScriptReport& report, bool verbose);

/**
 * @brief Write reports in the XML that JUnit made common.
 * @param os where to
 * @param reports the scripts
 */
void WriteJunit(std::ostream& os, const std::vector<ScriptReport>& reports);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_REPORT_H

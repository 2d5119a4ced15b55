// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_DIALECT_H
#define PACKETDRILL_DIALECT_H

#include "packetdrill-script.h"

#include <cstdint>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// Whose rules a script is written for.
enum class Dialect : uint8_t
{
    GOOGLE,  //!< Google's, for Linux
    FREEBSD, //!< NPLab's, for FreeBSD
};

/**
 * @brief Find out which dialect a script is written in.
 *
 * What the script uses decides; then its path; then whether a segment is longer than the MSS, which
 * only Google's dialect allows.
 *
 * @param script the script
 * @param mss the MSS, as Settings::Mss() tells it
 * @param fallback the dialect where nothing decides
 * @return the dialect
 */
Dialect DetectDialect(const Script& script, uint32_t mss, Dialect fallback);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_DIALECT_H

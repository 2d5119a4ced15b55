// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_CONSTANTS_H
#define PACKETDRILL_CONSTANTS_H

#include "packetdrill-expression.h"
#include "packetdrill-profile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/**
 * @param name name of a constant in C, other than an errno
 * @param numbers whose numbers
 * @return its value, nothing if it has none here
 */
std::optional<int64_t> FindConstant(std::string_view name, Numbers numbers);

/// @return whether two names are of the same error. @param a an errno @param b another one
bool IsSameError(const std::string& a, const std::string& b);

/**
 * @param expression a number, a name, several joined by `|`, or a list of one of these
 * @param numbers whose numbers
 * @return its value
 * @throw ScriptError if it has none
 */
int64_t ValueOf(const Expression& expression, Numbers numbers);

/// @return whether a symbol of this name stands there, alone or in a list of one.
/// @param expression a value @param name name of a constant
bool IsSymbol(const Expression& expression, std::string_view name);

/// @return the item of a list of one, else the value itself. @param expression a value
const Expression& Pointee(const Expression& expression);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_CONSTANTS_H

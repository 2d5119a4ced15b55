// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_EVALUATE_H
#define PACKETDRILL_EVALUATE_H

#include "packetdrill-code.h"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// An expression without a value; what() says why.
struct EvaluationError : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/**
 * @brief Compute an expression of numbers, as Python does.
 *
 * Truth values are 0 and 1; `and` and `or` give one of their operands.
 *
 * @param expression the expression
 * @param names the values of names
 * @return its value
 * @throw EvaluationError for a name without value, a string, a division by zero, a shift by other
 *        than 0 to 63, or a number that does not fit in 64 bits
 */
int64_t Evaluate(const CodeExpression& expression, const std::map<std::string, int64_t>& names);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_EVALUATE_H

// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-evaluate.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

using Names = std::map<std::string, int64_t>;
using Op = CodeOperator;

[[noreturn]] void
FailTooLarge()
{
    throw EvaluationError("a number does not fit in 64 bits");
}

/// The quotient rounded down, and what is left, which has the sign of the divisor.
std::pair<int64_t, int64_t>
Divide(int64_t a, int64_t b)
{
    if (b == 0)
    {
        throw EvaluationError("division by zero");
    }
    if (b == -1)
    {
        if (a == std::numeric_limits<int64_t>::min())
        {
            FailTooLarge();
        }
        return {-a, 0};
    }
    const bool roundDown = a % b != 0 && (a < 0) != (b < 0);
    return roundDown ? std::pair(a / b - 1, a % b + b) : std::pair(a / b, a % b);
}

int64_t
Shift(int64_t a, int64_t count, bool left)
{
    if (count < 0 || count > 63)
    {
        throw EvaluationError("a shift by " + std::to_string(count));
    }
    if (!left)
    {
        return a >> count;
    }
    const auto shifted = static_cast<int64_t>(static_cast<uint64_t>(a) << count);
    if (shifted >> count != a)
    {
        FailTooLarge();
    }
    return shifted;
}

int64_t
Arithmetic(Op op, int64_t a, int64_t b)
{
    int64_t value = 0;
    const bool overflows = op == Op::ADD        ? __builtin_add_overflow(a, b, &value)
                           : op == Op::SUBTRACT ? __builtin_sub_overflow(a, b, &value)
                           : op == Op::MULTIPLY ? __builtin_mul_overflow(a, b, &value)
                                                : false;
    if (overflows)
    {
        FailTooLarge();
    }
    return value;
}

bool
Holds(CodeComparison comparison, int64_t a, int64_t b)
{
    switch (comparison)
    {
    case CodeComparison::EQUAL:
        return a == b;
    case CodeComparison::UNEQUAL:
        return a != b;
    case CodeComparison::LESS:
        return a < b;
    case CodeComparison::LESS_EQUAL:
        return a <= b;
    case CodeComparison::GREATER:
        return a > b;
    case CodeComparison::GREATER_EQUAL:
        break;
    }
    return a >= b;
}

int64_t
Compare(const CodeExpression& expression, const Names& names)
{
    auto left = Evaluate(expression.operands[0], names);
    for (std::size_t i = 0; i < expression.comparisons.size(); ++i)
    {
        const auto right = Evaluate(expression.operands[i + 1], names);
        if (!Holds(expression.comparisons[i], left, right))
        {
            return 0;
        }
        left = right;
    }
    return 1;
}

int64_t
Call(const CodeExpression& expression, const Names& names)
{
    std::vector<int64_t> values;
    for (const auto& operand : expression.operands)
    {
        values.push_back(Evaluate(operand, names));
    }
    if (expression.text == "abs")
    {
        return values[0] < 0 ? Arithmetic(Op::SUBTRACT, 0, values[0]) : values[0];
    }
    return expression.text == "min" ? *std::min_element(values.begin(), values.end())
                                    : *std::max_element(values.begin(), values.end());
}

} // namespace

int64_t
Evaluate(const CodeExpression& expression, const Names& names)
{
    const auto operand = [&](std::size_t index) {
        return Evaluate(expression.operands[index], names);
    };
    switch (expression.op)
    {
    case Op::INTEGER:
        return expression.number;
    case Op::STRING:
        throw EvaluationError("a string in place of a number");
    case Op::NAME:
        if (const auto found = names.find(expression.text); found != names.end())
        {
            return found->second;
        }
        if (expression.text == "True" || expression.text == "False") // Python's
        {
            return expression.text == "True" ? 1 : 0;
        }
        throw EvaluationError("the name " + expression.text + " has no value");
    case Op::CALL:
        return Call(expression, names);
    case Op::NOT:
        return operand(0) == 0 ? 1 : 0;
    case Op::NEGATE:
        return Arithmetic(Op::SUBTRACT, 0, operand(0));
    case Op::INVERT:
        return ~operand(0);
    case Op::AND:
    case Op::OR: {
        const auto first = operand(0);
        return (first != 0) == (expression.op == Op::AND) ? operand(1) : first;
    }
    case Op::ADD:
    case Op::SUBTRACT:
    case Op::MULTIPLY:
        return Arithmetic(expression.op, operand(0), operand(1));
    case Op::DIVIDE:
        return Divide(operand(0), operand(1)).first;
    case Op::MODULO:
        return Divide(operand(0), operand(1)).second;
    case Op::BIT_AND:
        return operand(0) & operand(1);
    case Op::BIT_OR:
        return operand(0) | operand(1);
    case Op::BIT_XOR:
        return operand(0) ^ operand(1);
    case Op::SHIFT_LEFT:
    case Op::SHIFT_RIGHT:
        return Shift(operand(0), operand(1), expression.op == Op::SHIFT_LEFT);
    case Op::COMPARE:
        break;
    }
    return Compare(expression, names);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

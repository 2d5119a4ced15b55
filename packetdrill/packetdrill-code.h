// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_CODE_H
#define PACKETDRILL_CODE_H

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// Code beyond what is understood; what() names it, such as `code statement for`.
struct UnsupportedCode : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// What an expression of a code block does with its operands, as in Python.
enum class CodeOperator : uint8_t
{
    INTEGER, //!< no operand: a number
    STRING,  //!< no operand: a text
    NAME,    //!< no operand: the value of a name
    CALL,    //!< of a function: abs, min or max
    NOT,
    NEGATE,
    INVERT,
    AND, //!< of two; the second one counts only if the first one is true
    OR,  //!< of two; the second one counts only if the first one is false
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE, //!< `//`, rounds down
    MODULO, //!< has the sign of the second operand
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT,
    COMPARE, //!< operands with comparisons between them, all of which must hold
};

/// A comparison between two operands.
enum class CodeComparison : uint8_t
{
    EQUAL,
    UNEQUAL,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
};

/// An expression of a code block.
struct CodeExpression
{
    CodeOperator op{CodeOperator::INTEGER};    //!< what it does
    int64_t number{0};                         //!< of INTEGER
    std::string text{};                        //!< of STRING, NAME and CALL
    std::vector<CodeExpression> operands{};    //!< of the others and CALL
    std::vector<CodeComparison> comparisons{}; //!< of COMPARE: one less than operands
};

/// A statement of a code block.
struct CodeStatement
{
    /// What it does.
    enum class Kind : uint8_t
    {
        ASSERT, //!< the first expression must be true; there may be a second one, its message
        ASSIGN, //!< the name gets the expression's value
        PRINT,  //!< all expressions are printed
    };

    Kind kind{Kind::ASSERT};                   //!< what it does
    std::string name{};                        //!< of ASSIGN
    std::vector<CodeExpression> expressions{}; //!< what it is about
    std::string text{};                        //!< as written, for messages
};

/**
 * @brief Parse the Python of a code block, as much of it as scripts use.
 * @param text what stands between `%{` and `}%`
 * @return its statements
 * @throw UnsupportedCode for anything else
 */
std::vector<CodeStatement> ParseCode(const std::string& text);

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_CODE_H

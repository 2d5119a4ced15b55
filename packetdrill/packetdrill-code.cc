// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-code.h"

#include "packetdrill-code-lexer.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

using Op = CodeOperator;

constexpr int DEEPEST = 64; // expressions within expressions

/// A binary operator and its sign.
using Binary = std::pair<std::string_view, Op>;

// The arithmetic ones by strength, the weakest first.
constexpr Binary LEVELS[][3] = {
    {{"|", Op::BIT_OR}},
    {{"^", Op::BIT_XOR}},
    {{"&", Op::BIT_AND}},
    {{"<<", Op::SHIFT_LEFT}, {">>", Op::SHIFT_RIGHT}},
    {{"+", Op::ADD}, {"-", Op::SUBTRACT}},
    {{"*", Op::MULTIPLY}, {"//", Op::DIVIDE}, {"%", Op::MODULO}},
};
constexpr std::size_t LEVEL_COUNT = std::size(LEVELS);

constexpr std::array<std::pair<std::string_view, CodeComparison>, 6> COMPARISONS{{
    {"==", CodeComparison::EQUAL},
    {"!=", CodeComparison::UNEQUAL},
    {"<", CodeComparison::LESS},
    {"<=", CodeComparison::LESS_EQUAL},
    {">", CodeComparison::GREATER},
    {">=", CodeComparison::GREATER_EQUAL},
}};

template <typename... T>
CodeExpression
Make(Op op, T... operands)
{
    CodeExpression expression;
    expression.op = op;
    (expression.operands.push_back(std::move(operands)), ...);
    return expression;
}

bool
IsFunction(std::string_view name)
{
    return name == "abs" || name == "min" || name == "max";
}

/// Words that are no names.
bool
IsReserved(std::string_view word)
{
    static constexpr std::array<std::string_view, 8>
        WORDS{"and", "or", "not", "in", "is", "if", "lambda", "assert"};
    return std::find(WORDS.begin(), WORDS.end(), word) != WORDS.end();
}

/// Reads the tokens of one code block.
class CodeParser
{
  public:
    explicit CodeParser(std::vector<CodeToken> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    std::vector<CodeStatement> Run()
    {
        std::vector<CodeStatement> statements;
        while (Peek().kind != CodeToken::Kind::END)
        {
            if (!Accept(";"))
            {
                statements.push_back(Statement());
            }
        }
        return statements;
    }

  private:
    const CodeToken& Peek() const
    {
        return m_tokens[m_next];
    }

    [[noreturn]] void Refuse() const
    {
        throw UnsupportedCode("code " + Peek().text);
    }

    const CodeToken& Take()
    {
        const auto& token = Peek();
        m_next += token.kind == CodeToken::Kind::END ? 0 : 1;
        return token;
    }

    bool Accept(std::string_view text)
    {
        const bool found = Peek().Is(text);
        m_next += found ? 1 : 0;
        return found;
    }

    void Expect(std::string_view text)
    {
        if (!Accept(text))
        {
            Refuse();
        }
    }

    std::vector<CodeExpression> Arguments()
    {
        std::vector<CodeExpression> arguments;
        while (!Accept(")"))
        {
            arguments.push_back(Expression());
            if (!Peek().Is(")"))
            {
                Expect(",");
            }
        }
        return arguments;
    }

    CodeStatement Statement();
    CodeExpression Expression();
    CodeExpression Logical(Op op);
    CodeExpression Not();
    CodeExpression Comparison();
    CodeExpression Arithmetic(std::size_t level);
    CodeExpression Unary();
    CodeExpression Primary();

    std::vector<CodeToken> m_tokens; //!< the last one is an END
    std::size_t m_next{0};           //!< index of the next one
    int m_depth{0};                  //!< of Unary() and Not() within each other
};

CodeStatement
CodeParser::Statement()
{
    CodeStatement statement;
    const auto begin = m_next;
    if (Accept("assert"))
    {
        statement.expressions.push_back(Expression());
        if (Accept(","))
        {
            statement.expressions.push_back(Expression());
        }
    }
    else if (Accept("print"))
    {
        Expect("(");
        statement.kind = CodeStatement::Kind::PRINT;
        statement.expressions = Arguments();
    }
    else if (Peek().kind == CodeToken::Kind::WORD && !IsReserved(Peek().text))
    {
        statement.kind = CodeStatement::Kind::ASSIGN;
        statement.name = Take().text;
        if (!Peek().Is("="))
        {
            throw UnsupportedCode("code statement " + statement.name);
        }
        Take();
        statement.expressions.push_back(Expression());
    }
    else
    {
        Refuse();
    }
    for (auto i = begin; i < m_next; ++i)
    {
        statement.text += (i == begin ? "" : " ") + m_tokens[i].text;
    }
    if (Peek().kind != CodeToken::Kind::END)
    {
        Expect(";");
    }
    return statement;
}

CodeExpression
CodeParser::Expression()
{
    if (++m_depth > DEEPEST)
    {
        throw UnsupportedCode("code with more than " + std::to_string(DEEPEST) +
                              " expressions within expressions");
    }
    auto expression = Logical(Op::OR);
    --m_depth;
    return expression;
}

CodeExpression
CodeParser::Logical(Op op)
{
    const auto operand = [this, op] { return op == Op::OR ? Logical(Op::AND) : Not(); };
    auto left = operand();
    while (Accept(op == Op::OR ? "or" : "and"))
    {
        left = Make(op, std::move(left), operand());
    }
    return left;
}

CodeExpression
CodeParser::Not()
{
    bool negated = false;
    bool any = false;
    while (Accept("not"))
    {
        negated = !negated;
        any = true;
    }
    auto operand = Comparison();
    // An even number of them is a truth value, too.
    if (any && !negated)
    {
        operand = Make(Op::NOT, std::move(operand));
    }
    return any ? Make(Op::NOT, std::move(operand)) : operand;
}

CodeExpression
CodeParser::Comparison()
{
    auto comparison = Make(Op::COMPARE, Arithmetic(0));
    while (true)
    {
        const auto* found =
            std::find_if(COMPARISONS.begin(), COMPARISONS.end(), [this](const auto& candidate) {
                return Peek().Is(candidate.first);
            });
        if (found == COMPARISONS.end())
        {
            break;
        }
        Take();
        comparison.comparisons.push_back(found->second);
        comparison.operands.push_back(Arithmetic(0));
    }
    return comparison.comparisons.empty() ? std::move(comparison.operands[0]) : comparison;
}

CodeExpression
CodeParser::Arithmetic(std::size_t level)
{
    if (level == LEVEL_COUNT)
    {
        return Unary();
    }
    auto left = Arithmetic(level + 1);
    while (true)
    {
        const auto* end = std::end(LEVELS[level]);
        const auto* found =
            std::find_if(std::begin(LEVELS[level]), end, [this](const auto& binary) {
                return !binary.first.empty() && Peek().Is(binary.first);
            });
        if (found == end)
        {
            return left;
        }
        Take();
        left = Make(found->second, std::move(left), Arithmetic(level + 1));
    }
}

CodeExpression
CodeParser::Unary()
{
    const bool negate = Peek().Is("-");
    if (!negate && !Peek().Is("+") && !Peek().Is("~"))
    {
        return Primary();
    }
    if (++m_depth > DEEPEST)
    {
        Refuse();
    }
    const bool plus = Take().text == "+";
    auto operand = Unary();
    --m_depth;
    return plus ? operand : Make(negate ? Op::NEGATE : Op::INVERT, std::move(operand));
}

CodeExpression
CodeParser::Primary()
{
    CodeExpression expression;
    if (Accept("("))
    {
        expression = Expression();
        Expect(")");
        return expression;
    }
    const auto& token = Peek();
    expression.text = token.text;
    switch (token.kind)
    {
    case CodeToken::Kind::NUMBER:
        expression.op = Op::INTEGER;
        expression.number = token.number;
        expression.text.clear();
        break;
    case CodeToken::Kind::STRING:
        expression.op = Op::STRING;
        expression.text = token.text.substr(1, token.text.size() - 2);
        break;
    case CodeToken::Kind::WORD:
        expression.op = Op::NAME;
        if (IsReserved(token.text))
        {
            Refuse();
        }
        break;
    case CodeToken::Kind::SIGN:
    case CodeToken::Kind::END:
        Refuse();
    }
    Take();
    if (token.kind == CodeToken::Kind::WORD && Accept("("))
    {
        if (!IsFunction(token.text))
        {
            throw UnsupportedCode("code function " + token.text);
        }
        expression.op = Op::CALL;
        expression.operands = Arguments();
        const auto count = expression.operands.size();
        if (token.text == "abs" ? count != 1 : count < 2)
        {
            throw UnsupportedCode("code function " + token.text + " of " + std::to_string(count));
        }
    }
    return expression;
}

} // namespace

std::vector<CodeStatement>
ParseCode(const std::string& text)
{
    return CodeParser(TokenizeCode(text)).Run();
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

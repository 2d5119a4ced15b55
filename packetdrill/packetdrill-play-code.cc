// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-evaluate.h"
#include "packetdrill-play.h"
#include "packetdrill-tcp-info.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// Collect the names in an expression and their values, for a message.
void
Explain(const CodeExpression& expression,
        const std::map<std::string, int64_t>& names,
        std::vector<std::string>& lines)
{
    if (expression.op == CodeOperator::NAME)
    {
        const auto found = names.find(expression.text);
        if (found != names.end())
        {
            lines.push_back("  " + found->first + " is " + std::to_string(found->second));
        }
    }
    for (const auto& operand : expression.operands)
    {
        Explain(operand, names, lines);
    }
}

} // namespace

void
Play::Check(const Code& code)
{
    const Record* record = m_records.Current();
    const Descriptor* descriptor = record ? m_system.Find(record->descriptor) : nullptr;
    if (!descriptor)
    {
        throw ScriptFailure(code.place, "there is no open socket to ask for TCP_INFO");
    }
    for (const auto& [name, value] : ReadTcpInfo(*descriptor->socket, m_options.profile->numbers))
    {
        m_variables[name] = value;
    }
    for (const auto& statement : ParseCode(code.text))
    {
        try
        {
            Check(code, statement);
        }
        catch (const EvaluationError& error)
        {
            throw ScriptFailure(code.place, std::string(error.what()) + ": " + statement.text);
        }
    }
}

void
Play::Check(const Code& code, const CodeStatement& statement)
{
    const auto& first = statement.expressions.front();
    switch (statement.kind)
    {
    case CodeStatement::Kind::ASSERT:
        if (Evaluate(first, m_variables) == 0)
        {
            std::vector<std::string> lines;
            Explain(first, m_variables, lines);
            throw ScriptFailure(code.place, "assertion failed: " + statement.text, lines);
        }
        break;
    case CodeStatement::Kind::ASSIGN:
        m_variables[statement.name] = Evaluate(first, m_variables);
        break;
    case CodeStatement::Kind::PRINT:
        for (const auto& expression : statement.expressions)
        {
            const bool isText = expression.op == CodeOperator::STRING;
            Note(code.place,
                 isText ? expression.text : std::to_string(Evaluate(expression, m_variables)));
        }
        break;
    }
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

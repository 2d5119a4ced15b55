// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-expected.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

namespace ns3
{

namespace
{

/// The columns used, in the order of their fields in what Columns finds.
constexpr std::array<const char*, 7>
    COLUMNS{"state", "segment", "variant", "reply", "next", "allowed", "clause"};

std::vector<std::string>
Split(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin < text.size())
    {
        const auto end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::array<std::size_t, COLUMNS.size()>
FindColumns(const std::vector<std::string>& header)
{
    std::array<std::size_t, COLUMNS.size()> places{};
    for (std::size_t i = 0; i < COLUMNS.size(); ++i)
    {
        const auto found = std::find(header.begin(), header.end(), COLUMNS[i]);
        if (found == header.end())
        {
            throw std::runtime_error(std::string("has no column ") + COLUMNS[i]);
        }
        places[i] = static_cast<std::size_t>(found - header.begin());
    }
    return places;
}

std::vector<TcpFsmTableAnswer>
ParseAllowed(const std::string& text)
{
    std::vector<TcpFsmTableAnswer> answers;
    for (const auto& part : Split(text, '|'))
    {
        const auto arrow = part.find('>');
        if (arrow == std::string::npos)
        {
            throw std::runtime_error("allowed is not of the form reply>next: " + part);
        }
        answers.push_back({part.substr(0, arrow), part.substr(arrow + 1), ""});
    }
    return answers;
}

bool
IsCase(const TcpFsmTableCase& question)
{
    const auto& all = TcpFsmTableCases();
    return std::find(all.begin(), all.end(), question) != all.end();
}

} // namespace

std::string
TcpFsmTableVerdictName(TcpFsmTableVerdict verdict)
{
    switch (verdict)
    {
    case TcpFsmTableVerdict::RIGHT:
        return "right";
    case TcpFsmTableVerdict::ALLOWED:
        return "allowed";
    case TcpFsmTableVerdict::WRONG:
        return "wrong";
    case TcpFsmTableVerdict::UNLISTED:
        break;
    }
    return "unlisted";
}

bool
TcpFsmReadCsvRecord(std::istream& input, std::vector<std::string>& fields)
{
    fields.clear();
    if (input.peek() == std::istream::traits_type::eof())
    {
        return false;
    }
    fields.emplace_back();
    bool quoted = false;
    char c = 0;
    while (input.get(c))
    {
        if (quoted)
        {
            if (c == '"' && input.peek() == '"')
            {
                fields.back() += static_cast<char>(input.get());
            }
            else if (c == '"')
            {
                quoted = false;
            }
            else
            {
                fields.back() += c;
            }
        }
        else if (c == '"')
        {
            quoted = true;
        }
        else if (c == ',')
        {
            fields.emplace_back();
        }
        else if (c == '\n')
        {
            break;
        }
        else if (c != '\r')
        {
            fields.back() += c;
        }
    }
    return true;
}

TcpFsmTableExpected
TcpFsmTableExpected::Load(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
    {
        throw std::runtime_error(path + ": cannot be read");
    }
    TcpFsmTableExpected expected;
    std::vector<std::string> fields;
    std::size_t record = 1;
    try
    {
        TcpFsmReadCsvRecord(file, fields);
        const auto header = fields.size();
        const auto places = FindColumns(fields);
        while (TcpFsmReadCsvRecord(file, fields))
        {
            ++record;
            if (fields.size() != header)
            {
                throw std::runtime_error("has " + std::to_string(fields.size()) +
                                         " fields, the header " + std::to_string(header));
            }
            const auto field = [&](std::size_t i) { return fields[places[i]]; };
            const TcpFsmTableCase question{field(0), field(1), field(2)};
            if (!IsCase(question))
            {
                throw std::runtime_error("is not a case of the table: " + question.state + ", " +
                                         question.segment + ", " + question.variant);
            }
            const bool isNew = expected.m_expectations
                                   .emplace(question,
                                            TcpFsmTableExpectation{field(3),
                                                                   field(4),
                                                                   ParseAllowed(field(5)),
                                                                   field(6)})
                                   .second;
            if (!isNew)
            {
                throw std::runtime_error("repeats a case: " + question.state + ", " +
                                         question.segment + ", " + question.variant);
            }
        }
    }
    catch (const std::runtime_error& error)
    {
        throw std::runtime_error(path + ": record " + std::to_string(record) + " " + error.what());
    }
    return expected;
}

const TcpFsmTableExpectation*
TcpFsmTableExpected::Find(const TcpFsmTableCase& question) const
{
    const auto found = m_expectations.find(question);
    return found == m_expectations.end() ? nullptr : &found->second;
}

TcpFsmTableVerdict
TcpFsmTableExpected::Judge(const TcpFsmTableCase& question, const TcpFsmTableAnswer& answer) const
{
    // A state that cannot be reached is a defect whatever the RFC says to the segment.
    if (answer.next == "unreachable")
    {
        return TcpFsmTableVerdict::WRONG;
    }
    const auto* expectation = Find(question);
    if (expectation == nullptr)
    {
        return TcpFsmTableVerdict::UNLISTED;
    }
    if (answer.reply == expectation->reply && answer.next == expectation->next)
    {
        return TcpFsmTableVerdict::RIGHT;
    }
    for (const auto& allowed : expectation->allowed)
    {
        if (answer.reply == allowed.reply && answer.next == allowed.next)
        {
            return TcpFsmTableVerdict::ALLOWED;
        }
    }
    return TcpFsmTableVerdict::WRONG;
}

const std::map<TcpFsmTableCase, TcpFsmTableExpectation>&
TcpFsmTableExpected::GetAll() const
{
    return m_expectations;
}

} // namespace ns3

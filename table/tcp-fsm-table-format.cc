// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-format.h"

#include "ns3/abort.h"

#include <array>
#include <cstdio>
#include <utility>

namespace ns3
{

namespace
{

/// Names and values of a result's columns, in their order.
std::vector<std::pair<std::string, std::string>>
Columns(const TcpFsmTableResult& result)
{
    const auto& [task, answer, expectedReply, expectedNext, clause, verdict] = result;
    return {{"stack", TcpFsmStackName(task.stack)},
            {"family", TcpFsmTableFamily(task)},
            {"state", task.question.state},
            {"segment", task.question.segment},
            {"variant", task.question.variant},
            {"reply", answer.reply},
            {"next", answer.next},
            {"expected_reply", expectedReply},
            {"expected_next", expectedNext},
            {"verdict", TcpFsmTableVerdictName(verdict)},
            {"clause", clause}};
}

std::string
QuoteCsv(const std::string& field)
{
    if (field.find_first_of(",\"\r\n") == std::string::npos)
    {
        return field;
    }
    std::string quoted = "\"";
    for (const char c : field)
    {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

std::string
QuoteJson(const std::string& text)
{
    std::string quoted = "\"";
    for (const char c : text)
    {
        if (c == '"' || c == '\\')
        {
            quoted += '\\';
            quoted += c;
        }
        else if (static_cast<unsigned char>(c) < 0x20)
        {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(),
                          escape.size(),
                          "\\u%04x",
                          static_cast<unsigned>(static_cast<unsigned char>(c)));
            quoted += escape.data();
        }
        else
        {
            quoted += c;
        }
    }
    return quoted + "\"";
}

} // namespace

std::string
TcpFsmTableFamily(const TcpFsmTableTask& task)
{
    return task.ipv6 ? "ipv6" : "ipv4";
}

std::vector<TcpFsmTableResult>
TcpFsmTableJudge(const std::vector<TcpFsmTableTask>& tasks,
                 const std::vector<TcpFsmTableAnswer>& answers,
                 const TcpFsmTableExpected& expected)
{
    NS_ABORT_MSG_IF(tasks.size() != answers.size(), "each task has one answer");
    std::vector<TcpFsmTableResult> results;
    results.reserve(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i)
    {
        TcpFsmTableResult result{.task = tasks[i], .answer = answers[i]};
        const auto& question = tasks[i].question;
        if (const auto* expectation = expected.Find(question))
        {
            result.expectedReply = expectation->reply;
            result.expectedNext = expectation->next;
            result.clause = expectation->clause;
        }
        result.verdict = expected.Judge(question, answers[i]);
        results.push_back(std::move(result));
    }
    return results;
}

std::string
TcpFsmTableToCsv(const std::vector<TcpFsmTableResult>& results)
{
    std::string header;
    for (const auto& [name, value] : Columns({}))
    {
        header += (header.empty() ? "" : ",") + name;
    }
    std::string text = header + "\n";
    for (const auto& result : results)
    {
        std::string line;
        for (const auto& [name, value] : Columns(result))
        {
            line += (line.empty() ? "" : ",") + QuoteCsv(value);
        }
        text += line + "\n";
    }
    return text;
}

std::string
TcpFsmTableToJson(const std::vector<TcpFsmTableResult>& results)
{
    std::string text = "[";
    for (const auto& result : results)
    {
        auto columns = Columns(result);
        columns.emplace_back("note", result.answer.note);
        std::string object;
        for (const auto& [name, value] : columns)
        {
            object += (object.empty() ? "" : ", ") + QuoteJson(name) + ": " + QuoteJson(value);
        }
        text += (text.size() == 1 ? "\n  {" : ",\n  {") + object + "}";
    }
    return text + "\n]\n";
}

} // namespace ns3

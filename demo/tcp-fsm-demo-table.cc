// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-demo-table.h"

#include "tcp-fsm-table-case.h"
#include "tcp-fsm-table-output.h"
#include "tcp-fsm-table-pool.h"

#include <utility>

namespace ns3
{

namespace
{

/// Cells are counted as the table's own page does: right if all their cases are.
TcpFsmDemoTableCount
CountRun(const std::vector<TcpFsmTableResult>& results, TcpFsmStack stack, bool ipv6)
{
    struct Cell
    {
        bool exactRight{false};
        bool right{true};
    };

    std::map<std::pair<std::string, std::string>, Cell> cells;
    TcpFsmDemoTableCount count{.stack = stack, .ipv6 = ipv6};
    for (const auto& result : results)
    {
        if (result.task.stack != stack || result.task.ipv6 != ipv6)
        {
            continue;
        }
        ++count.cases[result.verdict];
        const auto& question = result.task.question;
        const auto row = TcpFsmTableRowOf(question.state);
        const bool isRight = result.verdict == TcpFsmTableVerdict::RIGHT ||
                             result.verdict == TcpFsmTableVerdict::ALLOWED;
        Cell& cell = cells[{row, question.segment}];
        cell.right = cell.right && isRight;
        if (question.state == row && question.variant == "exact")
        {
            cell.exactRight = isRight;
        }
    }
    count.cells = cells.size();
    for (const auto& [name, cell] : cells)
    {
        count.exactRight += cell.exactRight ? 1 : 0;
        count.right += cell.right ? 1 : 0;
    }
    return count;
}

} // namespace

std::vector<TcpFsmDemoTableCount>
TcpFsmDemoFillTable(const std::string& folder,
                    const std::string& expected,
                    const std::function<void(std::size_t done, std::size_t all)>& progress)
{
    std::vector<TcpFsmTableTask> tasks;
    std::vector<std::pair<TcpFsmStack, bool>> runs;
    for (const auto stack : {TcpFsmStack::FSM, TcpFsmStack::STOCK})
    {
        for (const bool ipv6 : {false, true})
        {
            runs.emplace_back(stack, ipv6);
            for (const auto& question : TcpFsmTableCases())
            {
                tasks.push_back({stack, ipv6, question});
            }
        }
    }
    const auto answers = TcpFsmTableRunAll(tasks, {.progress = progress});
    const auto results = TcpFsmTableJudge(tasks, answers, TcpFsmTableExpected::Load(expected));
    TcpFsmWriteOutput(TcpFsmTableToMarkdown(results), folder + "/status-table.md");
    TcpFsmWriteOutput(TcpFsmTableToCsv(results), folder + "/status-table.csv");

    std::vector<TcpFsmDemoTableCount> counts;
    counts.reserve(runs.size());
    for (const auto& [stack, ipv6] : runs)
    {
        counts.push_back(CountRun(results, stack, ipv6));
    }
    return counts;
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-pool.h"

#include <set>
#include <string>
#include <utility>

namespace ns3
{

namespace
{

/// Stands between the fields of an answer that a process reports.
constexpr char SEPARATOR = '\x1f';

constexpr const char* CRASH = "crash";
constexpr const char* TIMEOUT = "timeout";

TcpFsmProcess
MakeProcess(const TcpFsmTableTask& task)
{
    return [task](const std::function<void(const std::string&)>& report) {
        TcpFsmTableRun(task, [&report](const TcpFsmTableAnswer& answer) {
            report(answer.reply + SEPARATOR + answer.next + SEPARATOR + answer.note);
        });
    };
}

TcpFsmTableAnswer
MakeAnswer(const TcpFsmProcessEnd& end)
{
    TcpFsmTableAnswer answer;
    if (end.result)
    {
        const std::string& text = *end.result;
        const auto first = text.find(SEPARATOR);
        const auto second = text.find(SEPARATOR, first + 1);
        answer = {text.substr(0, first),
                  text.substr(first + 1, second - first - 1),
                  text.substr(second + 1)};
    }
    if (end.isGood)
    {
        return answer;
    }
    const char* what = end.isLate ? TIMEOUT : CRASH;
    const std::string known =
        end.result ? "after " + answer.reply + " > " + answer.next + ": " : std::string();
    return {what, what, known + end.reason};
}

std::vector<TcpFsmTableAnswer>
RunAll(const std::vector<TcpFsmTableTask>& tasks, const TcpFsmProcessOptions& options)
{
    std::vector<TcpFsmProcess> processes;
    for (const auto& task : tasks)
    {
        processes.push_back(MakeProcess(task));
    }
    std::vector<TcpFsmTableAnswer> answers;
    for (const auto& end : TcpFsmRunProcesses(processes, options))
    {
        answers.push_back(MakeAnswer(end));
    }
    return answers;
}

/**
 * Run a case of each stack and family in this process, so that what ns-3 does but once (96 % of the
 * time of a first case) is inherited by the processes to come. What does not survive it in a
 * process of its own is not run here.
 */
void
WarmUp(const std::vector<TcpFsmTableTask>& tasks)
{
    std::set<std::pair<TcpFsmStack, bool>> seen;
    for (const auto& task : tasks)
    {
        if (!seen.emplace(task.stack, task.ipv6).second)
        {
            continue;
        }
        const TcpFsmTableTask trial{task.stack, task.ipv6, {"ESTABLISHED", "ACK", "exact"}};
        const auto answer = RunAll({trial}, {}).front();
        if (answer.reply != CRASH && answer.reply != TIMEOUT)
        {
            TcpFsmTableRun(trial);
        }
    }
}

} // namespace

std::vector<TcpFsmTableAnswer>
TcpFsmTableRunAll(const std::vector<TcpFsmTableTask>& tasks, const TcpFsmProcessOptions& options)
{
    if (tasks.size() > 1)
    {
        WarmUp(tasks);
    }
    return RunAll(tasks, options);
}

} // namespace ns3

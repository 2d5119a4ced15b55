// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-table-format.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>
#include <tuple>
#include <utility>

namespace ns3
{

namespace
{

constexpr const char* WRONG_MARK = " ✗";

/// The results of one cell of the table: a row's states, a segment, on one stack, over a family.
struct Cell
{
    std::string exact;        //!< what the plain state does with the exact segment
    std::size_t right{0};     //!< cases right or allowed
    std::size_t wrong{0};     //!< cases wrong
    bool exactIsRight{false}; //!< whether that is right or allowed

    /// @return whether something is known of it and nothing is wrong
    bool IsRight() const
    {
        return right > 0 && wrong == 0;
    }
};

/// A stack over a family.
using Run = std::pair<TcpFsmStack, bool>;

/// All cells, by run, row and segment.
using Cells = std::map<std::tuple<Run, std::string, std::string>, Cell>;

/// Leave the numbers out: "RST-ACK(seq=0,ack=SEG.SEQ+1)" becomes "RST-ACK".
std::string
KindsOnly(const std::string& reply)
{
    std::string kinds;
    bool inside = false;
    for (const char c : reply)
    {
        inside = inside || c == '(';
        kinds += inside ? "" : std::string(1, c);
        inside = inside && c != ')';
    }
    return kinds;
}

/// "reply → next", or what happened instead of an answer.
std::string
Arrow(const std::string& reply, const std::string& next)
{
    return reply == next || reply == "-" ? next : reply + " → " + next;
}

Cells
Gather(const std::vector<TcpFsmTableResult>& results)
{
    Cells cells;
    for (const auto& result : results)
    {
        const auto& question = result.task.question;
        const auto row = TcpFsmTableRowOf(question.state);
        auto& cell = cells[{{result.task.stack, result.task.ipv6}, row, question.segment}];
        const bool isWrong = result.verdict == TcpFsmTableVerdict::WRONG;
        const bool isListed = result.verdict != TcpFsmTableVerdict::UNLISTED;
        cell.wrong += isWrong ? 1 : 0;
        cell.right += isListed && !isWrong ? 1 : 0;
        if (question.variant == "exact" && question.state == row)
        {
            cell.exact = Arrow(KindsOnly(result.answer.reply), result.answer.next);
            cell.exactIsRight = isListed && !isWrong;
        }
    }
    return cells;
}

std::vector<Run>
FindRuns(const std::vector<TcpFsmTableResult>& results)
{
    std::vector<Run> runs;
    for (const auto& result : results)
    {
        const Run run{result.task.stack, result.task.ipv6};
        if (std::find(runs.begin(), runs.end(), run) == runs.end())
        {
            runs.push_back(run);
        }
    }
    return runs;
}

const Cell*
Find(const Cells& cells, const Run& run, const std::string& row, const std::string& segment)
{
    const auto found = cells.find({run, row, segment});
    return found == cells.end() ? nullptr : &found->second;
}

/// The text of a cell: the first stack's reaction, and the second's where it differs.
std::string
CellText(const Cell* first, const Cell* second, TcpFsmStack secondStack)
{
    std::string text;
    if (first != nullptr)
    {
        text = first->exact + (first->wrong > 0 ? WRONG_MARK : "");
    }
    if (second != nullptr && (first == nullptr || second->exact != first->exact))
    {
        text += "<br>" + TcpFsmStackName(secondStack) + ": " + second->exact;
    }
    return text;
}

void
WriteTable(std::ostream& os, const Cells& cells, const std::vector<Run>& runs)
{
    os << "| |";
    for (const auto& segment : TcpFsmTableSegments())
    {
        os << " " << segment << " |";
    }
    os << "\n|:---|";
    for (std::size_t i = 0; i < TcpFsmTableSegments().size(); ++i)
    {
        os << ":---:|";
    }
    os << "\n";
    for (const auto& row : TcpFsmTableRows())
    {
        os << "| **" << row << "** |";
        for (const auto& segment : TcpFsmTableSegments())
        {
            const Cell* second = runs.size() > 1 ? Find(cells, runs[1], row, segment) : nullptr;
            os << " " << CellText(Find(cells, runs[0], row, segment), second, runs.back().first)
               << " |";
        }
        os << "\n";
    }
}

void
WriteCounts(std::ostream& os,
            const std::vector<TcpFsmTableResult>& results,
            const Cells& cells,
            const std::vector<Run>& runs)
{
    os << "| stack | family | cells right, exact segment | cells right, every variant | cases "
          "right | allowed | wrong | unlisted |\n"
          "|:---|:---|---:|---:|---:|---:|---:|---:|\n";
    for (const auto& run : runs)
    {
        std::size_t all = 0;
        std::size_t exact = 0;
        std::size_t every = 0;
        for (const auto& [key, cell] : cells)
        {
            if (std::get<0>(key) == run)
            {
                ++all;
                exact += cell.exactIsRight ? 1 : 0;
                every += cell.IsRight() ? 1 : 0;
            }
        }
        std::map<TcpFsmTableVerdict, std::size_t> cases;
        for (const auto& result : results)
        {
            cases[result.verdict] += Run{result.task.stack, result.task.ipv6} == run ? 1 : 0;
        }
        os << "| " << TcpFsmStackName(run.first) << " | " << (run.second ? "ipv6" : "ipv4") << " | "
           << exact << " of " << all << " | " << every << " of " << all << " | "
           << cases[TcpFsmTableVerdict::RIGHT] << " | " << cases[TcpFsmTableVerdict::ALLOWED]
           << " | " << cases[TcpFsmTableVerdict::WRONG] << " | "
           << cases[TcpFsmTableVerdict::UNLISTED] << " |\n";
    }
}

void
WriteWrong(std::ostream& os, const std::vector<TcpFsmTableResult>& results, TcpFsmStack stack)
{
    bool any = false;
    for (const auto& result : results)
    {
        if (result.task.stack != stack || result.verdict != TcpFsmTableVerdict::WRONG)
        {
            continue;
        }
        if (!any)
        {
            os << "| family | state | segment | variant | reply → next | expected | clause | note "
                  "|\n|:---|:---|:---|:---|:---|:---|:---|:---|\n";
            any = true;
        }
        const auto& question = result.task.question;
        os << "| " << TcpFsmTableFamily(result.task) << " | " << question.state << " | "
           << question.segment << " | " << question.variant << " | "
           << Arrow(result.answer.reply, result.answer.next) << " | "
           << Arrow(result.expectedReply, result.expectedNext) << " | " << result.clause << " | "
           << result.answer.note << " |\n";
    }
    if (!any)
    {
        os << "None.\n";
    }
}

} // namespace

std::string
TcpFsmTableToMarkdown(const std::vector<TcpFsmTableResult>& results)
{
    std::ostringstream os;
    os << "# What each state does with each segment\n\n";
    const auto runs = FindRuns(results);
    if (runs.empty())
    {
        os << "No case was run.\n";
        return os.str();
    }
    const auto cells = Gather(results);
    const TcpFsmStack first = runs.front().first;
    os << "Reply → next state of `" << TcpFsmStackName(first) << "` for the exact segment."
       << WRONG_MARK << " marks a cell with a wrong case, whatever its variant.";
    if (std::any_of(runs.begin(), runs.end(), [&](const Run& run) { return run.first != first; }))
    {
        os << " The other stack's reaction follows where it differs.";
    }
    os << "\n";
    for (const bool ipv6 : {false, true})
    {
        std::vector<Run> ofFamily;
        std::copy_if(runs.begin(), runs.end(), std::back_inserter(ofFamily), [&](const Run& run) {
            return run.second == ipv6;
        });
        if (!ofFamily.empty())
        {
            os << "\n## " << (ipv6 ? "IPv6" : "IPv4") << "\n\n";
            WriteTable(os, cells, ofFamily);
        }
    }
    os << "\n## Counts\n\n";
    WriteCounts(os, results, cells, runs);
    os << "\n## Wrong cases of `" << TcpFsmStackName(first) << "`\n\n";
    WriteWrong(os, results, first);
    return os.str();
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_FORMAT_H
#define TCP_FSM_TABLE_FORMAT_H

#include "tcp-fsm-table-expected.h"
#include "tcp-fsm-table-run.h"

#include <string>
#include <vector>

namespace ns3
{

/// A case that was run and judged.
struct TcpFsmTableResult
{
    TcpFsmTableTask task;        //!< what was run
    TcpFsmTableAnswer answer;    //!< what the node did
    std::string expectedReply{}; //!< the expected reply, empty if unlisted
    std::string expectedNext{};  //!< the expected state afterwards, empty if unlisted
    std::string clause{};        //!< the text that decides, empty if unlisted
    TcpFsmTableVerdict verdict{TcpFsmTableVerdict::UNLISTED}; //!< how they compare
};

/**
 * @brief Judge answers.
 * @param tasks what was run
 * @param answers what the nodes did, in the same order
 * @param expected the expectations
 * @return the results in the same order
 */
std::vector<TcpFsmTableResult> TcpFsmTableJudge(const std::vector<TcpFsmTableTask>& tasks,
                                                const std::vector<TcpFsmTableAnswer>& answers,
                                                const TcpFsmTableExpected& expected);

/**
 * @brief Write results as CSV (RFC 4180 with LF), a line each.
 * @param results the results
 * @return header and lines: stack,family,state,segment,variant,reply,next,expected_reply,
 *         expected_next,verdict,clause
 */
std::string TcpFsmTableToCsv(const std::vector<TcpFsmTableResult>& results);

/**
 * @brief Write results as a JSON list of objects.
 * @param results the results
 * @return objects with the columns of the CSV as keys, and `note`
 */
std::string TcpFsmTableToJson(const std::vector<TcpFsmTableResult>& results);

/**
 * @brief Write results for reading: for each family the table of states and segments, then counts
 * and what is wrong with the first stack.
 * @param results the results, of one or both stacks and families
 * @return Markdown
 */
std::string TcpFsmTableToMarkdown(const std::vector<TcpFsmTableResult>& results);

/**
 * @brief Name the family of a task.
 * @param task the task
 * @return "ipv4" or "ipv6"
 */
std::string TcpFsmTableFamily(const TcpFsmTableTask& task);

} // namespace ns3

#endif // TCP_FSM_TABLE_FORMAT_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TABLE_EXPECTED_H
#define TCP_FSM_TABLE_EXPECTED_H

#include "tcp-fsm-table-case.h"
#include "tcp-fsm-table-run.h"

#include <istream>
#include <map>
#include <string>
#include <vector>

namespace ns3
{

/// What the RFCs say to a case.
struct TcpFsmTableExpectation
{
    std::string reply;                      //!< the expected reply, in TcpFsmTableNotation()
    std::string next;                       //!< the expected state afterwards
    std::vector<TcpFsmTableAnswer> allowed; //!< other answers permitted; their notes are empty
    std::string clause;                     //!< the text that decides
};

/// How an answer compares with the expectation.
enum class TcpFsmTableVerdict
{
    RIGHT,   //!< as expected
    ALLOWED, //!< another answer that the RFCs permit
    WRONG,   //!< neither
    UNLISTED //!< there is no expectation
};

/**
 * @brief Name a verdict.
 * @param verdict the verdict
 * @return "right", "allowed", "wrong" or "unlisted"
 */
std::string TcpFsmTableVerdictName(TcpFsmTableVerdict verdict);

/// The expectations of all cases, as loaded from a file.
class TcpFsmTableExpected
{
  public:
    /**
     * @brief Load a CSV file (RFC 4180, with a header line).
     *
     * Columns used, in any order: state, segment, variant, reply, next, allowed, clause; others are
     * skipped. `allowed` holds answers as `reply>next`, joined by `|`.
     *
     * @param path the file
     * @return the expectations
     * @throw std::runtime_error naming file and line if it cannot be read, lacks a column, names no
     *        case of TcpFsmTableCases() or one twice
     */
    static TcpFsmTableExpected Load(const std::string& path);

    /**
     * @brief Find what is expected of a case.
     * @param question the case
     * @return the expectation, null if the file has none
     */
    const TcpFsmTableExpectation* Find(const TcpFsmTableCase& question) const;

    /**
     * @brief Judge an answer.
     * @param question the case
     * @param answer what a node did
     * @return the verdict
     */
    TcpFsmTableVerdict Judge(const TcpFsmTableCase& question,
                             const TcpFsmTableAnswer& answer) const;

    /// @return all expectations by case
    const std::map<TcpFsmTableCase, TcpFsmTableExpectation>& GetAll() const;

  private:
    std::map<TcpFsmTableCase, TcpFsmTableExpectation> m_expectations; //!< by case
};

/**
 * @brief Read a record of a CSV file; a quoted field may hold commas, doubled quotes, line ends.
 * @param input the file
 * @param fields the fields read
 * @return false at the end of the file
 */
bool TcpFsmReadCsvRecord(std::istream& input, std::vector<std::string>& fields);

} // namespace ns3

#endif // TCP_FSM_TABLE_EXPECTED_H

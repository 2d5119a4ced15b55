// SPDX-License-Identifier: GPL-2.0-only

// The status table: RFC 9293 3.10.7, all states and segments, as expected.csv reads it; and that
// file against what Linux does (README.md says how the two files correspond).

#include "fixture.h"
#include "tcp-fsm-table-case.h"
#include "tcp-fsm-table-expected.h"
#include "tcp-fsm-table-pool.h"
#include "tcp-fsm-table-run.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

std::string
PathOf(const std::string& file)
{
    const char* top = std::getenv("TCP_FSM_TOP");
    return std::string(top == nullptr ? "." : top) + "/test/conformance/" + file;
}

using Record = std::map<std::string, std::string>;

std::vector<Record>
ReadCsv(const std::string& path)
{
    std::ifstream file(path);
    std::vector<std::string> header;
    std::vector<std::string> fields;
    if (!TcpFsmReadCsvRecord(file, header))
    {
        throw std::runtime_error("cannot read " + path);
    }
    std::vector<Record> records;
    while (TcpFsmReadCsvRecord(file, fields))
    {
        Record record;
        for (std::size_t i = 0; i < header.size(); ++i)
        {
            record[header[i]] = i < fields.size() ? fields[i] : "";
        }
        records.push_back(record);
    }
    return records;
}

void
Replace(std::string& text, const std::string& what, const std::string& by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    {
        text.replace(at, what.size(), by);
    }
}

std::string
MapState(std::string state)
{
    Replace(state, "_", "-");
    Replace(state, "/simopen", "/simultaneous");
    Replace(state, "/orphan", "/closed");
    return state;
}

/// The case that a measurement of Linux belongs to, if there is one.
std::optional<TcpFsmTableCase>
MapCase(const Record& measured)
{
    static const std::map<std::string, std::string> VARIANTS{{"inseq", "exact"},
                                                             {"seq-1", "seq-1"},
                                                             {"seq+10", "in-window"},
                                                             {"seq+1M", "beyond"},
                                                             {"ack+1000", "ack-unsent"},
                                                             {"ack=una", "ack-una"},
                                                             {"ack-1000", "ack-below-una"}};
    TcpFsmTableCase question{MapState(measured.at("state")),
                             measured.at("segment"),
                             VARIANTS.at(measured.at("variant"))};
    if (question.segment == "DATA")
    {
        if (question.variant != "exact")
        {
            return std::nullopt;
        }
        question.segment = "ACK";
        question.variant = "data";
    }
    if (question.state == "CLOSING" || question.state == "LAST-ACK")
    {
        return std::nullopt; // the application had closed: the measurements with /orphan
    }
    if (question.state == "CLOSING/closed" || question.state == "LAST-ACK/closed")
    {
        question.state = TcpFsmTableRowOf(question.state.substr(0, question.state.find('/')));
    }
    return question;
}

/// A reply in the notation of expected.csv.
std::string
MapReply(const Record& measured)
{
    std::string text = measured.at("reply_fields");
    Replace(text, "; ", " + ");
    for (const std::string iss : {"ISS'", "SND.UNA", "SEG.ACK"})
    {
        Replace(text, "SYN(seq=" + iss, "SYN(seq=ISS");
        Replace(text, "SYN-ACK(seq=" + iss, "SYN-ACK(seq=ISS");
    }
    // The same number by its first name.
    if (text.starts_with("SYN-ACK") && measured.at("variant") == "seq-1")
    {
        Replace(text, "ack=RCV.NXT)", "ack=SEG.SEQ+1)");
    }
    Replace(text, "SYN-ACK(seq=ISS,ack=RCV.NXT+11)", "SYN-ACK(seq=ISS,ack=SEG.SEQ+1)");
    return text.empty() ? "none" : text;
}

std::string
MapNext(const Record& measured)
{
    const bool isHalfOpen = measured.at("state") == "SYN_RCVD";
    const auto next = MapState(measured.at("state_after"));
    return isHalfOpen && next == "CLOSED" ? "LISTEN" : next;
}

std::string
Name(const TcpFsmTableCase& question)
{
    return question.state + ", " + question.segment + ", " + question.variant;
}

/// The records of expected.csv by case.
std::map<TcpFsmTableCase, Record>
ReadExpected()
{
    std::map<TcpFsmTableCase, Record> all;
    for (const auto& record : ReadCsv(PathOf("expected.csv")))
    {
        all[{record.at("state"), record.at("segment"), record.at("variant")}] = record;
    }
    return all;
}

} // namespace

class StatusTable : public ::testing::TestWithParam<Family>
{
};

TCP_FSM_OVER_FAMILIES(StatusTable);

TEST_P(StatusTable, EveryCaseIsAnsweredAsExpected)
{
    const auto expected = TcpFsmTableExpected::Load(PathOf("expected.csv"));
    std::vector<TcpFsmTableTask> tasks;
    for (const auto& question : TcpFsmTableCases())
    {
        tasks.push_back({TcpFsmStack::FSM, GetParam() == Family::IPV6, question});
    }
    const auto answers = TcpFsmTableRunAll(tasks, {.jobs = 1});
    ASSERT_EQ(answers.size(), tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i)
    {
        const auto& question = tasks[i].question;
        const auto* wanted = expected.Find(question);
        ASSERT_NE(wanted, nullptr) << Name(question);
        EXPECT_EQ(expected.Judge(question, answers[i]), TcpFsmTableVerdict::RIGHT)
            << Name(question) << ": " << answers[i].reply << " > " << answers[i].next
            << " instead of " << wanted->reply << " > " << wanted->next << "; " << answers[i].note;
    }
}

TEST(StatusTableOfLinux, EveryDifferenceIsExplainedAndNothingElseIs)
{
    for (const auto& [question, record] : ReadExpected())
    {
        const bool isMeasured = !record.at("linux_reply").empty();
        const bool isDifferent = isMeasured && (record.at("reply") != record.at("linux_reply") ||
                                                record.at("next") != record.at("linux_next"));
        EXPECT_EQ(isDifferent, !record.at("difference").empty()) << Name(question);
    }
}

TEST(StatusTableOfLinux, MeasurementsAreCopiedAsMeasured)
{
    auto expected = ReadExpected();
    std::size_t compared = 0;
    for (const auto& measured : ReadCsv(PathOf("linux-matrix.csv")))
    {
        const auto question = MapCase(measured);
        if (!question)
        {
            continue;
        }
        const auto found = expected.find(*question);
        ASSERT_NE(found, expected.end()) << Name(*question);
        EXPECT_EQ(found->second.at("linux_reply"), MapReply(measured)) << Name(*question);
        EXPECT_EQ(found->second.at("linux_next"), MapNext(measured)) << Name(*question);
        ++compared;
    }
    const auto copied = std::count_if(expected.begin(), expected.end(), [](const auto& entry) {
        return !entry.second.at("linux_reply").empty();
    });
    EXPECT_EQ(compared, static_cast<std::size_t>(copied));
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-report.h"

#include <iomanip>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// The place of a message, and the message; one that a parser wrote has its place already.
std::string
HeadOf(const ScriptReport& report)
{
    const auto& verdict = report.verdict;
    if (verdict.message.starts_with(report.path + ":"))
    {
        return verdict.message;
    }
    const auto line = verdict.line == 0 ? "" : ":" + std::to_string(verdict.line);
    return report.path + line + ": " + verdict.message;
}

std::string
Escape(const std::string& text)
{
    std::string escaped;
    for (const char c : text)
    {
        const bool isControl = static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t';
        if (isControl)
        {
            escaped += '?';
        }
        else if (c == '&')
        {
            escaped += "&amp;";
        }
        else if (c == '<')
        {
            escaped += "&lt;";
        }
        else if (c == '>')
        {
            escaped += "&gt;";
        }
        else if (c == '"')
        {
            escaped += "&quot;";
        }
        else
        {
            escaped += c;
        }
    }
    return escaped;
}

/// The first line of a message, for an attribute.
std::string
FirstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

} // namespace

Count
CountResults(const std::vector<ScriptReport>& reports)
{
    Count count;
    for (const auto& report : reports)
    {
        switch (report.verdict.result)
        {
        case Result::PASSED:
            ++count.passed;
            break;
        case Result::FAILED:
            ++count.failed;
            break;
        case Result::SKIPPED:
            ++count.skipped;
            break;
        }
    }
    return count;
}

void
WriteReport(std::ostream& os, const ScriptReport& report, bool verbose)
{
    const auto& verdict = report.verdict;
    for (const auto& warning : verdict.warnings)
    {
        os << "WARN " << report.path << ":" << warning << "\n";
    }
    for (const auto& note : verdict.notes)
    {
        if (verbose)
        {
            os << "NOTE " << report.path << ":" << note << "\n";
        }
    }
    switch (verdict.result)
    {
    case Result::PASSED:
        os << "PASS " << report.path;
        if (verbose)
        {
            os << " (" << verdict.seconds << " s simulated)";
        }
        os << "\n";
        return;
    case Result::FAILED:
        os << "FAIL " << HeadOf(report) << "\n";
        break;
    case Result::SKIPPED:
        os << "SKIP " << HeadOf(report) << "\n";
        break;
    }
    for (const auto& line : verdict.details)
    {
        os << line << "\n";
    }
}

void
WriteJunit(std::ostream& os, const std::vector<ScriptReport>& reports)
{
    const auto count = CountResults(reports);
    os << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
       << "<testsuite name=\"tcp-fsm-packetdrill\" tests=\"" << reports.size() << "\" failures=\""
       << count.failed << "\" skipped=\"" << count.skipped << "\">\n";
    for (const auto& report : reports)
    {
        const auto& verdict = report.verdict;
        os << "  <testcase name=\"" << Escape(report.path) << "\" time=\"" << std::fixed
           << std::setprecision(6) << verdict.seconds << "\"";
        if (verdict.result == Result::PASSED)
        {
            os << "/>\n";
            continue;
        }
        os << ">\n";
        if (verdict.result == Result::SKIPPED)
        {
            os << "    <skipped message=\"" << Escape(verdict.message) << "\"/>\n";
        }
        else
        {
            os << "    <failure message=\"" << Escape(FirstLine(verdict.message)) << "\">"
               << Escape(HeadOf(report));
            for (const auto& line : verdict.details)
            {
                os << "\n" << Escape(line);
            }
            os << "</failure>\n";
        }
        os << "  </testcase>\n";
    }
    os << "</testsuite>\n";
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

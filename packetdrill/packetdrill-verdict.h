// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_VERDICT_H
#define PACKETDRILL_VERDICT_H

#include "packetdrill-source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// How a script ended.
enum class Result : uint8_t
{
    PASSED,
    FAILED,
    SKIPPED, //!< it has a construct that is not supported
};

/// What is told about a script.
struct Verdict
{
    Result result{Result::PASSED};       //!< how it ended
    std::size_t line{0};                 //!< where; 0: nowhere in particular
    std::string message{};               //!< why, in a line without path; empty: passed
    std::vector<std::string> details{};  //!< more lines about it
    std::vector<std::string> warnings{}; //!< of mismatches that are not fatal, `line: message`
    std::vector<std::string> notes{};    //!< what is told if asked for, `line: text`
    std::string trace{};                 //!< CSV lines of all reactions, if asked for
    double seconds{0};                   //!< simulated time that it took
};

/// @return a verdict as JSON. @param verdict the verdict
std::string ToJson(const Verdict& verdict);
/// @return the verdict. @param json what ToJson() made of it
Verdict VerdictFromJson(const std::string& json);

/// A script that does not go on; what() is the message.
class ScriptFailure : public ScriptError
{
  public:
    /**
     * @param place what it is about
     * @param message what is wrong, in a line
     * @param details more lines
     */
    ScriptFailure(const Place& place,
                  const std::string& message,
                  std::vector<std::string> details = {})
        : ScriptError(place, message),
          m_details(std::move(details))
    {
    }

    /// @return more lines about it
    const std::vector<std::string>& GetDetails() const
    {
        return m_details;
    }

  private:
    std::vector<std::string> m_details; //!< more lines
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_VERDICT_H

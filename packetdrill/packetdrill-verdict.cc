// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-verdict.h"

#include <nlohmann/json.hpp>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

std::string
ToJson(const Verdict& verdict)
{
    const nlohmann::json json{{"result", verdict.result},
                              {"line", verdict.line},
                              {"message", verdict.message},
                              {"details", verdict.details},
                              {"warnings", verdict.warnings},
                              {"notes", verdict.notes},
                              {"trace", verdict.trace},
                              {"seconds", verdict.seconds}};
    // Scripts may hold any octets.
    return json.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

Verdict
VerdictFromJson(const std::string& json)
{
    const auto parsed = nlohmann::json::parse(json);
    Verdict verdict;
    parsed.at("result").get_to(verdict.result);
    parsed.at("line").get_to(verdict.line);
    parsed.at("message").get_to(verdict.message);
    parsed.at("details").get_to(verdict.details);
    parsed.at("warnings").get_to(verdict.warnings);
    parsed.at("notes").get_to(verdict.notes);
    parsed.at("trace").get_to(verdict.trace);
    parsed.at("seconds").get_to(verdict.seconds);
    return verdict;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

/**
 * @file
 * Fuzzes the parser of packetdrill scripts: the input is a script. Whatever it is, it is parsed or
 * refused at a place within it, and a script that is parsed is printed as one that parses to the
 * same tree.
 */

#include "packetdrill-dialect.h"
#include "packetdrill-icmp.h"
#include "packetdrill-parser.h"
#include "packetdrill-print.h"
#include "packetdrill-settings.h"
#include "packetdrill-support.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace
{

using namespace ns3::tcpfsm::packetdrill;

void
Require(bool condition, const char* what, const std::string& text)
{
    if (!condition)
    {
        std::fprintf(stderr, "invariant broken: %s\n%s\n", what, text.c_str());
        std::abort();
    }
}

/// Check an error's place, and write its message as a user would see it.
void
CheckError(const Source& source, const ScriptError& error)
{
    const auto& place = error.GetPlace();
    Require(place.begin <= place.end && place.end <= source.text.size(),
            "an error outside the script",
            error.what());
    std::size_t line = 1;
    std::size_t start = 0;
    for (std::size_t i = 0; i < place.begin; ++i)
    {
        line += source.text[i] == '\n' ? 1 : 0;
        start = source.text[i] == '\n' ? i + 1 : start;
    }
    Require(place.line == line && place.column == place.begin - start + 1,
            "an error with a wrong line or column",
            error.what());
    const auto text = source.Explain(error);
    Require(text.size() >= 2 && text.ends_with("^"), "an error without a caret", text);
}

std::optional<Script>
Parse(const Source& source)
{
    try
    {
        return ParseScript(source);
    }
    catch (const ScriptError& error)
    {
        CheckError(source, error);
        return std::nullopt;
    }
}

std::vector<std::string>
Constructs(const Script& script)
{
    std::vector<std::string> names;
    for (const auto& unsupported : FindUnsupported(script))
    {
        names.push_back(unsupported.construct);
    }
    return names;
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const Source source{"script", std::string(data, data + size)};
    const auto script = Parse(source);
    if (!script)
    {
        return 0;
    }
    try
    {
        const auto settings = ReadSettings(*script);
        DetectDialect(*script, settings.Mss(), Dialect::GOOGLE);
        CheckIcmp(*script, settings.HasIpv6Packets());
    }
    catch (const ScriptError& error)
    {
        CheckError(source, error);
    }
    const auto text = Print(*script);
    const auto again = Parse({"printed", text});
    Require(again.has_value(), "what is printed does not parse", text);
    Require(*again == *script, "what is printed parses to another tree", text);
    Require(Print(*again) == text, "it is printed in another way the second time", text);
    Require(Constructs(*again) == Constructs(*script), "other constructs are unsupported", text);
    return 0;
}

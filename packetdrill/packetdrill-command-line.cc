// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-command-line.h"

#include "packetdrill-settings.h"
#include "tcp-fsm-options.h"

#include <functional>
#include <map>
#include <set>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

using Handlers = std::map<std::string, std::function<void(const std::string&)>>;

std::pair<std::string, std::string>
SplitAssignment(const std::string& option, const std::string& text)
{
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
    {
        throw UsageError("--" + option + " needs NAME=VALUE, not " + text);
    }
    return {text.substr(0, equals), text.substr(equals + 1)};
}

void
Define(const std::string& definition, Defines& defines)
{
    const auto equals = definition.find('=');
    const auto name = definition.substr(0, equals);
    if (name.empty())
    {
        throw UsageError("--define needs a name, as --define NAME=value");
    }
    defines[name] =
        equals == std::string::npos ? std::nullopt : std::optional(definition.substr(equals + 1));
}

const Profile*
ParseProfile(const std::string& name)
{
    std::vector<std::pair<std::string, const Profile*>> choices;
    for (const auto& profile : Profiles())
    {
        choices.emplace_back(profile.name, &profile);
    }
    return TcpFsmParseChoice("profile", name, choices);
}

/// A script's option on the command line; what it cannot be is found out here.
void
Override(const std::string& name, const std::string& value, RunOptions& run)
{
    try
    {
        Settings().Set(name, value);
    }
    catch (const std::invalid_argument& error)
    {
        throw UsageError("--" + name + ": " + error.what());
    }
    run.overrides.emplace_back(name, value);
}

/// Options with a value, and what they do.
Handlers
MakeHandlers(CommandLine& line)
{
    RunOptions& run = line.run;
    return {
        {"stack",
         [&run](const std::string& value) {
             run.stack = TcpFsmParseChoice<TcpFsmStack>(
                 "stack",
                 value,
                 {{"fsm", TcpFsmStack::FSM}, {"stock", TcpFsmStack::STOCK}});
         }},
        {"compare",
         [&run](const std::string& value) {
             run.strict =
                 TcpFsmParseChoice<bool>("compare", value, {{"strict", true}, {"lenient", false}});
         }},
        {"dialect",
         [&run](const std::string& value) {
             run.dialect =
                 TcpFsmParseChoice<std::optional<Dialect>>("dialect",
                                                           value,
                                                           {{"auto", std::nullopt},
                                                            {"google", Dialect::GOOGLE},
                                                            {"freebsd", Dialect::FREEBSD}});
         }},
        {"profile", [&run](const std::string& value) { run.profile = ParseProfile(value); }},
        {"define", [&run](const std::string& value) { Define(value, run.defines); }},
        {"undefine", [&run](const std::string& value) { run.undefined.insert(value); }},
        {"set",
         [&run](const std::string& value) {
             run.attributes.push_back(SplitAssignment("set", value));
         }},
        {"junit", [&line](const std::string& value) { line.junitFile = value; }},
        {"pcap", [&line](const std::string& value) { line.captureFolder = value; }},
        {"trace", [&line](const std::string& value) { line.traceFile = value; }},
        {"jobs",
         [&line](const std::string& value) {
             line.jobs = static_cast<unsigned>(TcpFsmParseNumber("jobs", value, 1, 1024));
         }},
    };
}

/// Options without a value, and what they set.
std::map<std::string, std::function<void()>>
MakeSwitches(CommandLine& line)
{
    return {
        {"help", [&line] { line.help = true; }},
        {"parse-only", [&line] { line.parseOnly = true; }},
        {"verbose", [&line] { line.verbose = true; }},
        {"strict-support", [&line] { line.run.strictSupport = true; }},
        {"allow-unexpected", [&line] { line.run.allowUnexpected = true; }},
        {"fail-on-unexpected", [&line] { line.run.allowUnexpected = false; }},
    };
}

/// What short options stand for.
const std::map<std::string, std::string> SHORT{{"-D", "define"},
                                               {"-U", "undefine"},
                                               {"-j", "jobs"},
                                               {"-h", "help"},
                                               {"-v", "verbose"}};

/// An option's name and, if it is in the same word, its value.
std::pair<std::string, std::optional<std::string>>
SplitOption(const std::string& word)
{
    if (!word.starts_with("--"))
    {
        const auto name = SHORT.find(word.substr(0, 2));
        if (name == SHORT.end())
        {
            throw UsageError("no option " + word + " (see --help)");
        }
        const auto rest = word.substr(2);
        return {name->second, rest.empty() ? std::nullopt : std::optional(rest)};
    }
    const auto equals = word.find('=');
    const bool hasValue = equals != std::string::npos;
    return {word.substr(2, hasValue ? equals - 2 : equals),
            hasValue ? std::optional(word.substr(equals + 1)) : std::nullopt};
}

} // namespace

std::string
Usage()
{
    return R"(usage: tcp-fsm-packetdrill [option...] PATH...

Runs packetdrill scripts against simulated TCP. PATH is a script, or a folder with scripts *.pkt.

  --stack=fsm|stock          this module (default), or ns-3's own TCP
  --profile=NAME             rfc9293 (default), rfc793, freebsd or linux: what the host is like
  --compare=strict|lenient   all that the host decides (default) but the echo of
                             timestamps (ecr), or only what TCP means
  --dialect=auto|google|freebsd  whose rules hold (default: found out for each script)
  --allow-unexpected         packets that no line expects are no failure
  --non_fatal=packet,syscall mismatches of that kind are warnings
  --strict-support           unsupported constructs are failures, not skipped
  --set NAME=VALUE           an attribute of the stack, such as Msl=30s
  -D, --define NAME[=value]  replace a word, and for #ifdef; -U NAME takes a definition back
  --mtu=N and other options of scripts: they count more than those in scripts
  -j, --jobs N               scripts at a time (default 1)
  --junit=FILE               a report in JUnit's XML
  --pcap=FOLDER              a capture for each script; a new FOLDER is made where its parent is
  --trace=FILE               all reactions of the stack, CSV
  --parse-only               check scripts, run none
  -v, --verbose              tell how long scripts took, what they print, what had no effect

The last line is "N passed, N failed, N skipped". Exit status: 0, 1 if a script failed, 2 for a
command line that cannot be used.
)";
}

CommandLine
ParseCommandLine(const std::vector<std::string>& arguments)
{
    CommandLine line;
    const auto handlers = MakeHandlers(line);
    const auto switches = MakeSwitches(line);
    for (std::size_t i = 0; i < arguments.size(); ++i)
    {
        const auto& word = arguments[i];
        if (!word.starts_with('-') || word == "-")
        {
            line.paths.push_back(word);
            continue;
        }
        auto [name, value] = SplitOption(word);
        if (const auto found = switches.find(name); found != switches.end() && !value)
        {
            found->second();
            continue;
        }
        const auto handler = handlers.find(name);
        const auto level = LevelOfOption(name);
        if (handler == handlers.end() && level == OptionLevel::IGNORED)
        {
            continue;
        }
        if (handler == handlers.end() && level != OptionLevel::KNOWN)
        {
            throw UsageError("no option " + word + " (see --help)");
        }
        if (!value && i + 1 == arguments.size())
        {
            throw UsageError("option " + word + " needs a value (see --help)");
        }
        const auto text = value ? *value : arguments[++i];
        if (handler == handlers.end())
        {
            Override(name, text, line.run);
        }
        else
        {
            handler->second(text);
        }
    }
    if (!line.help && line.paths.empty())
    {
        throw UsageError("no script: name scripts or folders (see --help)");
    }
    line.run.wantsTrace = !line.traceFile.empty();
    return line;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

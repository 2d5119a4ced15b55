// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-runner.h"

#include "packetdrill-capture-file.h"
#include "packetdrill-commands.h"
#include "packetdrill-icmp.h"
#include "packetdrill-journal.h"
#include "packetdrill-parser.h"
#include "packetdrill-play.h"
#include "packetdrill-support.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// A script that can be run.
struct Prepared
{
    Script script;     //!< the script
    Settings settings; //!< what its options mean
};

/// Parse and check a script. @param [out] prepared the script @return passed if it can be run
Verdict
Prepare(const Source& source, const RunOptions& options, Prepared& prepared)
{
    Verdict verdict;
    auto defines = options.defines;
    if (!options.profile->define.empty())
    {
        defines.emplace(options.profile->define, std::nullopt);
    }
    for (const auto& name : options.undefined)
    {
        defines.erase(name);
    }
    prepared.script = ParseScript(source, defines);
    if (prepared.script.events.empty())
    {
        throw ScriptError(Place(), "no events: such a script tests nothing");
    }
    prepared.settings = ReadSettings(prepared.script, options.overrides);
    CheckIcmp(prepared.script, prepared.settings.HasIpv6Packets());
    const auto unsupported = FindUnsupported(prepared.script);
    if (!unsupported.empty())
    {
        verdict.result = options.strictSupport ? Result::FAILED : Result::SKIPPED;
        verdict.line = unsupported.front().place.line;
        verdict.message = "unsupported construct " + unsupported.front().construct;
    }
    return verdict;
}

/// Tell of a script that breaks the rules of the language.
Verdict
Refuse(const Source& source, const ScriptError& error)
{
    Verdict verdict;
    verdict.result = Result::FAILED;
    verdict.line = error.GetPlace().line;
    verdict.message = source.Explain(error);
    return verdict;
}

void
SetUp(Host& host, const Prepared& prepared, const RunOptions& options)
{
    host.Reset(options.profile->name);
    if (prepared.script.defines.contains("STANDARD"))
    {
        Apply(host, {{"TimeWaitSyn", "Challenge"}});
    }
    Apply(host, options.attributes);
}

} // namespace

Verdict
CheckScript(const Source& source, const RunOptions& options)
{
    Prepared prepared;
    try
    {
        return Prepare(source, options, prepared);
    }
    catch (const ScriptError& error)
    {
        return Refuse(source, error);
    }
}

Verdict
RunScript(const Source& source, const RunOptions& options)
{
    Prepared prepared;
    Verdict verdict;
    try
    {
        verdict = Prepare(source, options, prepared);
    }
    catch (const ScriptError& error)
    {
        return Refuse(source, error);
    }
    if (verdict.result != Result::PASSED)
    {
        return verdict;
    }
    Host host(options.stack, prepared.settings);
    SetUp(host, prepared, options);
    const CaptureFile capture(host, options.captureFile);
    Journal journal(host, source.path, options.wantsTrace);
    Play play(prepared.script, prepared.settings, options, host, journal);
    try
    {
        play.Run();
    }
    catch (const ScriptFailure& failure)
    {
        verdict.result = Result::FAILED;
        verdict.line = failure.GetPlace().line;
        verdict.message = failure.what();
        verdict.details = failure.GetDetails();
        const auto last = journal.GetLast();
        if (!last.empty())
        {
            verdict.details.emplace_back("  last changes of state:");
        }
        for (const auto& line : last)
        {
            verdict.details.push_back("    " + line);
        }
    }
    catch (const ScriptError& error)
    {
        verdict = Refuse(source, error);
    }
    verdict.warnings = play.GetWarnings();
    verdict.notes = play.GetNotes();
    verdict.trace = journal.GetAll();
    verdict.seconds = Simulator::Now().GetSeconds();
    return verdict;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

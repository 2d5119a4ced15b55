// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-files.h"
#include "packetdrill-icmp.h"
#include "packetdrill-parser.h"
#include "packetdrill-settings.h"
#include "packetdrill-support.h"

#include <exception>
#include <getopt.h>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3::tcpfsm::packetdrill;

namespace
{

constexpr int EXIT_FAILED_SCRIPTS = 1;
constexpr int EXIT_TROUBLE = 2;

/// A command line that cannot be used.
struct UsageError : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// What is on the command line.
struct Options
{
    bool help{false};
    bool parseOnly{false};
    bool strictSupport{false};
    Defines defines;
    std::vector<std::string> paths;
};

/// How many scripts ended how.
struct Count
{
    unsigned passed{0};
    unsigned failed{0};
    unsigned skipped{0};
};

void
PrintUsage()
{
    std::cout << "usage: tcp-fsm-packetdrill --parse-only [option...] PATH...\n"
                 "\n"
                 "Checks packetdrill scripts: PATH is a script, or a folder with scripts *.pkt.\n"
                 "\n"
                 "  -D, --define NAME=value  replace a word; for #ifdef, too (also -D NAME)\n"
                 "  -U NAME                  take that back\n"
                 "  --strict-support         unsupported constructs are failures\n";
}

void
Define(const std::string& definition, Defines& defines)
{
    const auto equals = definition.find('=');
    const auto name = definition.substr(0, equals);
    if (name.empty())
    {
        throw UsageError("--define: needs a name, as --define NAME=value");
    }
    defines[name] =
        equals == std::string::npos ? std::nullopt : std::optional(definition.substr(equals + 1));
}

Options
ParseCommandLine(int argc, char* argv[])
{
    constexpr int PARSE_ONLY = 256;
    constexpr int STRICT_SUPPORT = 257;
    static const option LONG[] = {
        {"help", no_argument, nullptr, 'h'},
        {"define", required_argument, nullptr, 'D'},
        {"parse-only", no_argument, nullptr, PARSE_ONLY},
        {"strict-support", no_argument, nullptr, STRICT_SUPPORT},
        {nullptr, 0, nullptr, 0},
    };
    Options options;
    opterr = 0;
    int found = 0;
    while ((found = getopt_long(argc, argv, "hD:U:", LONG, nullptr)) != -1)
    {
        if (found == 'h')
        {
            options.help = true;
        }
        else if (found == 'D')
        {
            Define(optarg, options.defines);
        }
        else if (found == 'U')
        {
            options.defines.erase(optarg);
        }
        else if (found == PARSE_ONLY)
        {
            options.parseOnly = true;
        }
        else if (found == STRICT_SUPPORT)
        {
            options.strictSupport = true;
        }
        else
        {
            throw UsageError(std::string("no such option, or its value is missing: ") +
                             argv[optind - 1] + " (see --help)");
        }
    }
    options.paths.assign(argv + optind, argv + argc);
    if (!options.help && !options.parseOnly)
    {
        throw UsageError("--parse-only is needed (see --help)");
    }
    if (!options.help && options.paths.empty())
    {
        throw UsageError("no script: name scripts or folders (see --help)");
    }
    return options;
}

/// Check a script and print its result.
void
Check(const std::string& path, const Options& options, Count& count)
{
    Source source{path, ReadFile(path)};
    try
    {
        const auto script = ParseScript(source, options.defines);
        const auto settings = ReadSettings(script);
        CheckIcmp(script, settings.HasIpv6Packets());
        const auto unsupported = FindUnsupported(script);
        if (unsupported.empty())
        {
            ++count.passed;
            std::cout << "PASS " << path << "\n";
            return;
        }
        ++(options.strictSupport ? count.failed : count.skipped);
        std::cout << (options.strictSupport ? "FAIL " : "SKIP ") << path << ":"
                  << unsupported.front().place.line << ": unsupported construct "
                  << unsupported.front().construct << "\n";
    }
    catch (const ScriptError& error)
    {
        ++count.failed;
        std::cout << "FAIL " << source.Explain(error) << "\n";
    }
}

int
Main(int argc, char* argv[])
{
    const auto options = ParseCommandLine(argc, argv);
    if (options.help)
    {
        PrintUsage();
        return 0;
    }
    const auto scripts = FindScripts(options.paths);
    if (scripts.empty())
    {
        throw UsageError("no script *.pkt in " + options.paths.front());
    }
    Count count;
    for (const auto& path : scripts)
    {
        Check(path, options, count);
    }
    std::cout << count.passed << " passed, " << count.failed << " failed, " << count.skipped
              << " skipped\n";
    return count.failed > 0 ? EXIT_FAILED_SCRIPTS : 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    try
    {
        return Main(argc, argv);
    }
    catch (const std::exception& error)
    {
        std::cerr << "tcp-fsm-packetdrill: " << error.what() << "\n";
        return EXIT_TROUBLE;
    }
}

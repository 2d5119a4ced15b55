// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-dialect.h"

#include <algorithm>
#include <string_view>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

/// Which dialects a script's constructs belong to.
struct Hints
{
    bool freebsd{false}; //!< one of NPLab's
    bool google{false};  //!< one of Google's
    uint32_t longest{0}; //!< the longest outbound segment, in octets
};

bool
Contains(std::string_view text, std::string_view part)
{
    return text.find(part) != text.npos;
}

void
Look(const Command& command, Hints& hints)
{
    const auto& text = command.text;
    hints.freebsd = hints.freebsd || Contains(text, "net.inet.") || Contains(text, "sockstat");
    hints.google = hints.google || Contains(text, "defaults.sh") || Contains(text, "/proc/sys/") ||
                   Contains(text, "net.ipv4.");
}

void
Look(const Code& code, Hints& hints)
{
    constexpr std::string_view STATE = "TCPI_";
    constexpr std::string_view NO_STATE = "TCPI_OPT_"; // both dialects have these
    const std::string_view text = code.text;
    for (auto at = text.find(STATE); at != text.npos; at = text.find(STATE, at + 1))
    {
        hints.freebsd = hints.freebsd || !text.substr(at).starts_with(NO_STATE);
    }
    hints.google = hints.google || Contains(text, "TCP_CA_");
}

void
Look(const PacketLine& packet, Hints& hints)
{
    const auto* segment = std::get_if<TcpSegment>(&packet.payload);
    if (!segment)
    {
        return;
    }
    hints.freebsd = hints.freebsd || !segment->seq.start || segment->seq.absolute;
    if (packet.direction == Direction::OUTBOUND)
    {
        hints.longest = std::max<uint32_t>(hints.longest, segment->seq.length);
    }
    const auto* list =
        segment->options ? std::get_if<OptionList>(&segment->options->value) : nullptr;
    for (const auto& option : list ? *list : OptionList{})
    {
        const auto* timestamps = std::get_if<OptionTimestamps>(&option.value);
        hints.freebsd = hints.freebsd || (timestamps && timestamps->absolute);
    }
}

bool
HasNonblock(const Expression& expression)
{
    if (const auto* symbol = std::get_if<SymbolValue>(&expression.value))
    {
        return symbol->name == "SOCK_NONBLOCK";
    }
    const auto* value = std::get_if<UnionValue>(&expression.value);
    return value && std::any_of(value->parts.begin(), value->parts.end(), &HasNonblock);
}

void
Look(const SystemCall& call, Hints& hints)
{
    hints.google =
        hints.google || std::any_of(call.arguments.begin(), call.arguments.end(), &HasNonblock);
}

} // namespace

Dialect
DetectDialect(const Script& script, uint32_t mss, Dialect fallback)
{
    Hints hints{.freebsd = !script.conditionals.empty()};
    if (script.init)
    {
        Look(*script.init, hints);
    }
    for (const auto& event : script.events)
    {
        std::visit([&hints](const auto& action) { Look(action, hints); }, event.action);
    }
    if (script.cleanup)
    {
        Look(*script.cleanup, hints);
    }
    const auto path = "/" + script.source.path;
    if (hints.freebsd)
    {
        return Dialect::FREEBSD;
    }
    if (hints.google || Contains(path, "/linux/"))
    {
        return Dialect::GOOGLE;
    }
    if (Contains(path, "/bsd/") || Contains(path, "/freebsd/"))
    {
        return Dialect::FREEBSD;
    }
    return hints.longest > mss ? Dialect::GOOGLE : fallback;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

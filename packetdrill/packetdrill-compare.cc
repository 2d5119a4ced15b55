// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-compare.h"

#include "packetdrill-print.h"
#include "packetdrill-wire-options.h"

#include <algorithm>
#include <cstdlib>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

using Difference = std::optional<FieldDifference>;

const OptionTimestamps*
FindTimestamps(const OptionList& options)
{
    for (const auto& option : options)
    {
        if (const auto* timestamps = std::get_if<OptionTimestamps>(&option.value))
        {
            return timestamps;
        }
    }
    return nullptr;
}

Difference
Differ(const std::string& field, uint32_t expected, uint32_t actual)
{
    if (expected == actual)
    {
        return std::nullopt;
    }
    return FieldDifference{field, std::to_string(expected), std::to_string(actual)};
}

Difference
CompareTimestamps(const TcpOption& expected,
                  const TcpOption& actual,
                  const Record& record,
                  const CompareRules& rules)
{
    const auto& wanted = std::get<OptionTimestamps>(expected.value);
    const auto& found = std::get<OptionTimestamps>(actual.value);
    if (!wanted.value || !record.firstTimestamp || rules.timestampTick.count() == 0)
    {
        return std::nullopt;
    }
    const auto [script, wire] = *record.firstTimestamp;
    const auto late = static_cast<int32_t>((*found.value - wire) - (*wanted.value - script));
    if (std::abs(int64_t{late}) * rules.timestampTick <= rules.tolerance)
    {
        return std::nullopt;
    }
    return FieldDifference{"TS val",
                           std::to_string(*wanted.value),
                           std::to_string(script + (*found.value - wire))};
}

Difference
CompareLists(const OptionList& expected,
             const OptionList& actual,
             const Record& record,
             const CompareRules& rules)
{
    const auto show = [](const OptionList& list, std::size_t i) {
        return i < list.size() ? Print(list[i]) : std::string("none");
    };
    for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i)
    {
        const bool areBoth = i < expected.size() && i < actual.size();
        const bool areSame = areBoth && expected[i].value.index() == actual[i].value.index();
        const bool areTimestamps =
            areSame && std::holds_alternative<OptionTimestamps>(expected[i].value);
        if (areTimestamps)
        {
            if (auto difference = CompareTimestamps(expected[i], actual[i], record, rules))
            {
                return difference;
            }
        }
        else if (!areSame || !(expected[i] == actual[i]))
        {
            return FieldDifference{"option " + std::to_string(i + 1),
                                   show(expected, i),
                                   show(actual, i)};
        }
    }
    return std::nullopt;
}

Difference
CompareOptions(const TcpSegment& expected,
               const TcpFsmRawSegment& actual,
               const Record& record,
               const CompareRules& rules)
{
    const bool syn = expected.flags & TCP_SYN;
    const auto found = ReadOptions(actual.options, record, syn);
    if (!expected.options)
    {
        return CompareLists({}, found, record, rules);
    }
    if (const auto* list = std::get_if<OptionList>(&expected.options->value))
    {
        return CompareLists(*list, found, record, rules);
    }
    const auto* raw = std::get_if<RawOptions>(&expected.options->value);
    if (!raw || raw->octets == actual.options)
    {
        return std::nullopt;
    }
    return FieldDifference{"options",
                           Print(*expected.options),
                           Print(TcpOptions{{}, RawOptions{actual.options}})};
}

Difference
CompareIp(const IpInfo& expected, const TcpFsmRawSegment& actual)
{
    constexpr uint8_t ECN = 3;
    if (const auto ttl = expected.ttl ? expected.ttl : expected.hopLimit)
    {
        if (auto difference = Differ(expected.ttl ? "ttl" : "hlim", *ttl, actual.ttl))
        {
            return difference;
        }
    }
    if (const auto tos = expected.tos ? expected.tos : expected.trafficClass)
    {
        if (auto difference = Differ(expected.tos ? "tos" : "class", *tos, actual.tos))
        {
            return difference;
        }
    }
    constexpr std::pair<Ecn, const char*> NAMES[] = {{Ecn::NOECN, "noecn"},
                                                     {Ecn::ECT1, "ect1"},
                                                     {Ecn::ECT0, "ect0"},
                                                     {Ecn::CE, "ce"}};
    const auto& [code, name] = NAMES[actual.tos & ECN];
    const bool isEither = code == Ecn::ECT0 || code == Ecn::ECT1;
    if (!expected.ecn || *expected.ecn == code || (*expected.ecn == Ecn::ECT01 && isEither))
    {
        return std::nullopt;
    }
    const auto* const wanted =
        std::find_if(std::begin(NAMES), std::end(NAMES), [&expected](const auto& pair) {
            return pair.first == *expected.ecn;
        });
    return FieldDifference{"ecn", wanted == std::end(NAMES) ? "ect01" : wanted->second, name};
}

uint16_t
FlagsOf(const TcpFsmRawSegment& segment)
{
    return static_cast<uint16_t>(segment.flags | (segment.reserved & 1 ? TCP_AE : 0));
}

/// What only a strict comparison looks at.
Difference
CompareRest(const PacketLine& packet,
            const TcpFsmRawSegment& actual,
            const Record& record,
            const CompareRules& rules)
{
    const auto& expected = std::get<TcpSegment>(packet.payload);
    auto difference =
        expected.window ? Differ("win", *expected.window, actual.window) : std::nullopt;
    if (!difference)
    {
        difference = Differ("urg", expected.urgentPointer.value_or(0), actual.urgentPointer);
    }
    if (!difference)
    {
        difference = CompareOptions(expected, actual, record, rules);
    }
    if (!difference && packet.ipInfo)
    {
        difference = CompareIp(*packet.ipInfo, actual);
    }
    if (!difference && actual.wrongIpHeader)
    {
        difference = FieldDifference{"IP header", "plain", "wrong length or checksum, or options"};
    }
    if (!difference)
    {
        difference = Differ("reserved bits", 0, actual.reserved & ~1U);
    }
    const bool isBlank = std::all_of(actual.data.begin(), actual.data.end(), [](uint8_t octet) {
        return octet == 0;
    });
    if (!difference && !isBlank)
    {
        difference = FieldDifference{"payload", "zeros", "other octets"};
    }
    return difference;
}

} // namespace

void
LearnOutbound(const TcpSegment& expected, const TcpFsmRawSegment& actual, Record& record)
{
    const uint16_t kind = expected.flags & (TCP_SYN | TCP_ACK);
    if (!(actual.flags & TCP_SYN) || !(kind & TCP_SYN))
    {
        return;
    }
    if (record.phase == Phase::CONNECTING && kind == TCP_SYN)
    {
        record.phase = Phase::SYN_SENT;
    }
    else if (record.phase == Phase::PASSIVE_RECEIVED && kind != TCP_SYN)
    {
        record.phase = Phase::SYNACK_SENT;
    }
    else
    {
        return;
    }
    record.localIsn = actual.seq;
    record.scriptIsn = expected.seq.start.value_or(0);
}

void
LearnTimestamps(const TcpSegment& expected, const TcpFsmRawSegment& actual, Record& record)
{
    const auto* list =
        expected.options ? std::get_if<OptionList>(&expected.options->value) : nullptr;
    const auto* wanted = list ? FindTimestamps(*list) : nullptr;
    const auto options = ReadOptions(actual.options, record, false);
    const auto* found = FindTimestamps(options);
    if (wanted && wanted->value && found)
    {
        record.timestamps[*wanted->value] = *found->value;
        if (!record.firstTimestamp)
        {
            record.firstTimestamp.emplace(*wanted->value, *found->value);
        }
    }
}

PacketLine
ToScript(const TcpFsmRawSegment& actual, const Record& record)
{
    const bool syn = actual.flags & TCP_SYN;
    const bool ack = actual.flags & TCP_ACK;
    TcpSegment segment;
    segment.flags = FlagsOf(actual);
    segment.seq.start = record.OutboundSeq(actual.seq, syn);
    segment.seq.length = static_cast<uint16_t>(actual.data.size());
    if (ack || actual.ack != 0)
    {
        segment.ack = ack ? record.OutboundAck(actual.ack, syn) : actual.ack;
    }
    segment.window = actual.window;
    if (actual.urgentPointer != 0)
    {
        segment.urgentPointer = actual.urgentPointer;
    }
    if (!actual.options.empty())
    {
        segment.options.emplace().value = ReadOptions(actual.options, record, syn);
    }
    PacketLine line;
    line.direction = Direction::OUTBOUND;
    line.payload = segment;
    return line;
}

std::optional<FieldDifference>
Compare(const PacketLine& expected,
        const TcpFsmRawSegment& actual,
        const Record& record,
        const CompareRules& rules)
{
    constexpr uint16_t ESSENTIAL = TCP_FIN | TCP_SYN | TCP_RST | TCP_ACK;
    const auto& wanted = std::get<TcpSegment>(expected.payload);
    const auto line = ToScript(actual, record);
    const auto& found = std::get<TcpSegment>(line.payload);
    const uint16_t mask = rules.strict ? UINT16_MAX : ESSENTIAL;
    if ((wanted.flags & mask) != (found.flags & mask))
    {
        return FieldDifference{"flags", PrintFlags(wanted), PrintFlags(found)};
    }
    Difference difference;
    if (wanted.seq.start)
    {
        const auto number = wanted.seq.absolute ? actual.seq : *found.seq.start;
        difference = Differ("seq", *wanted.seq.start, number);
    }
    if (!difference)
    {
        difference = Differ("length", wanted.seq.length, static_cast<uint32_t>(actual.data.size()));
    }
    if (!difference && (rules.strict || (wanted.flags & TCP_ACK)))
    {
        difference = Differ("ack", wanted.ack.value_or(0), found.ack.value_or(0));
    }
    if (!difference && rules.strict)
    {
        difference = CompareRest(expected, actual, record, rules);
    }
    return difference;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

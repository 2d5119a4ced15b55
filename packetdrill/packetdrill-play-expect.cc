// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-play.h"
#include "packetdrill-print.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

std::string
Print(Time time)
{
    return packetdrill::Print(std::chrono::microseconds(time.GetMicroSeconds()));
}

} // namespace

void
Play::Expect(const Event& event, const PacketLine& packet, const Schedule& due)
{
    const auto& wanted = std::get<TcpSegment>(packet.payload);
    const bool isFatal = !m_settings.packetsNonFatal;
    auto captured = TakePacket(event, due);
    Record& record = *m_records.Current();
    LearnOutbound(wanted, captured.segment, record);
    if (m_dialect == Dialect::GOOGLE)
    {
        Merge(captured, event, wanted, due);
    }
    const CompareRules rules{m_options.strict,
                             m_settings.timestampTick,
                             std::chrono::microseconds(due.tolerance.GetMicroSeconds())};
    if (const auto difference = Compare(packet, captured.segment, record, rules))
    {
        auto details = Describe(event, &captured);
        Complain(event.place,
                 isFatal,
                 "the packet differs in " + difference->field + ": expected " +
                     difference->expected + ", got " + difference->actual,
                 details);
    }
    else
    {
        LearnTimestamps(wanted, captured.segment, record);
    }
    CheckTime(event.place, due, captured.segment.time, "the packet came", isFatal);
    m_previous = due.begin;
    m_base = Simulator::Now();
}

Captured
Play::TakePacket(const Event& event, const Schedule& due)
{
    const Time LONGEST = Seconds(600);
    const Time REST = NanoSeconds(999); // of the microsecond
    const Time deadline = due.any ? Simulator::Now() + LONGEST : due.end + due.tolerance + REST;
    if (!PassUntil([this] { return m_capture.Peek() != nullptr; }, deadline))
    {
        throw ScriptFailure(event.place,
                            "no packet was sent until " + Print(Simulator::Now()) + " s",
                            Describe(event, nullptr));
    }
    return m_capture.Take();
}

void
Play::Merge(Captured& captured, const Event& event, const TcpSegment& wanted, const Schedule& due)
{
    constexpr uint8_t MAY_DIFFER = TCP_FIN | TCP_PSH;
    while (captured.segment.data.size() < wanted.seq.length)
    {
        const auto& next = PassUntil([this] { return m_capture.Peek() != nullptr; },
                                     due.any ? Simulator::Now() : due.end + due.tolerance)
                               ? m_capture.Peek()->segment
                               : captured.segment;
        const bool follows =
            next.seq == captured.segment.seq + captured.segment.data.size() &&
            next.ack == captured.segment.ack && next.options == captured.segment.options &&
            ((next.flags ^ captured.segment.flags) & ~MAY_DIFFER) == 0 && !next.data.empty();
        if (!follows)
        {
            Complain(event.place,
                     !m_settings.packetsNonFatal,
                     "the packet is shorter than expected, and none follows that goes on with it",
                     Describe(event, &captured));
            return;
        }
        const auto part = m_capture.Take().segment;
        captured.segment.flags |= part.flags;
        captured.segment.data.insert(captured.segment.data.end(),
                                     part.data.begin(),
                                     part.data.end());
    }
}

std::vector<std::string>
Play::Describe(const Event& event, const Captured* captured)
{
    std::vector<std::string> lines;
    const auto* packet = std::get_if<PacketLine>(&event.action);
    if (packet && packet->direction == Direction::OUTBOUND)
    {
        lines.push_back("  expected: " + packetdrill::Print(event));
    }
    if (!captured)
    {
        return lines;
    }
    auto line = ToScript(captured->segment, *m_records.Current());
    if (packet && packet->ipInfo)
    {
        auto& info = line.ipInfo.emplace();
        const auto& segment = captured->segment;
        info.ttl = packet->ipInfo->ttl ? std::optional(segment.ttl) : std::nullopt;
        info.hopLimit = packet->ipInfo->hopLimit ? std::optional(segment.ttl) : std::nullopt;
        info.tos = packet->ipInfo->tos ? std::optional(segment.tos) : std::nullopt;
        info.trafficClass =
            packet->ipInfo->trafficClass ? std::optional(segment.tos) : std::nullopt;
        constexpr Ecn CODES[] = {Ecn::NOECN, Ecn::ECT1, Ecn::ECT0, Ecn::CE};
        info.ecn = packet->ipInfo->ecn ? std::optional(CODES[segment.tos & 3]) : std::nullopt;
    }
    lines.push_back("  got:      " + Print(captured->segment.time) + " " +
                    packetdrill::Print(line));
    const auto& cause = m_script.events[captured->event];
    lines.push_back("  sent after line " + std::to_string(cause.place.line) + ": " +
                    packetdrill::Print(cause));
    return lines;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

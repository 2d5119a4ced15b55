// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-play.h"
#include "packetdrill-print.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

void
Play::Expect(const Event& event, const PacketLine& packet, const Schedule& due)
{
    const auto& wanted = std::get<TcpSegment>(packet.payload);
    const bool isFatal = !m_settings.packetsNonFatal;
    m_previous = due.begin;
    m_base = Simulator::Now();
    if (!AwaitPacket(due))
    {
        Complain(event.place,
                 isFatal,
                 "no packet was sent until " + Show(Simulator::Now()) + " s",
                 Describe(event, nullptr));
        return;
    }
    m_base = Simulator::Now();
    auto captured = m_capture.Take();
    Record& record = *m_records.Current();
    LearnOutbound(wanted, captured.segment, record);
    if (m_dialect == Dialect::GOOGLE && !Merge(captured, wanted, due))
    {
        Complain(event.place,
                 isFatal,
                 "the packet is shorter than expected, and none follows that goes on with it",
                 Describe(event, &captured));
        return;
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
        return;
    }
    LearnTimestamps(wanted, captured.segment, record);
    CheckTime(event.place, due, captured.segment.time, "the packet came", isFatal);
}

bool
Play::AwaitPacket(const Schedule& due)
{
    const Time REST = NanoSeconds(999); // of the microsecond
    const Time deadline =
        due.any ? Simulator::Now() + LONGEST_WAIT : due.end + due.tolerance + REST;
    return PassUntil([this] { return m_capture.Peek() != nullptr; }, deadline);
}

bool
Play::Merge(Captured& captured, const TcpSegment& wanted, const Schedule& due)
{
    constexpr uint8_t MAY_DIFFER = TCP_FIN | TCP_PSH;
    auto& whole = captured.segment;
    while (whole.data.size() < wanted.seq.length)
    {
        const bool isThere = due.any ? m_capture.Peek() != nullptr : AwaitPacket(due);
        const auto next = static_cast<uint32_t>(whole.seq + whole.data.size());
        const auto* part = isThere ? &m_capture.Peek()->segment : nullptr;
        if (!part || part->seq != next || part->ack != whole.ack ||
            part->options != whole.options || ((part->flags ^ whole.flags) & ~MAY_DIFFER) != 0 ||
            part->data.empty())
        {
            return false;
        }
        // Which of the parts are pushed is not compared.
        whole.flags = static_cast<uint8_t>(((whole.flags | part->flags) & ~TCP_PSH) |
                                           (wanted.flags & TCP_PSH));
        whole.data.insert(whole.data.end(), part->data.begin(), part->data.end());
        m_capture.Take();
    }
    return true;
}

std::vector<std::string>
Play::Describe(const Event& event, const Captured* captured)
{
    std::vector<std::string> lines;
    const auto* packet = std::get_if<PacketLine>(&event.action);
    if (packet && packet->direction == Direction::OUTBOUND)
    {
        lines.push_back("  expected: " + Print(event));
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
    lines.push_back("  got:      " + Show(captured->segment.time) + " " + Print(line));
    const auto& cause = m_script.events[captured->event];
    lines.push_back("  sent after line " + std::to_string(cause.place.line) + ": " + Print(cause));
    return lines;
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

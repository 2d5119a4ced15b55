// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-play.h"

#include "packetdrill-commands.h"
#include "packetdrill-overloaded.h"
#include "packetdrill-print.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

namespace
{

Time
ToTime(std::chrono::microseconds time)
{
    return MicroSeconds(time.count());
}

bool
IsOutbound(const Event& event)
{
    const auto* packet = std::get_if<PacketLine>(&event.action);
    return packet && packet->direction == Direction::OUTBOUND;
}

/// Whether nothing else than this may stand in the part of a script that only tidies up.
bool
IsTidying(const Event& event, bool& isClose)
{
    const auto* call = std::get_if<SystemCall>(&event.action);
    isClose = call && call->name == "close";
    return isClose || std::holds_alternative<Command>(event.action) ||
           std::holds_alternative<Code>(event.action);
}

/**
 * @brief How much later than its time an event takes place, within the microsecond.
 *
 * Later than all that the events before have caused, for which ns-3's sockets take a nanosecond,
 * and later than timers that they have set: so an event finds everything done that is due at its
 * time.
 *
 * @param index which of the script's events
 * @return the delay
 */
Time
DelayOf(std::size_t index)
{
    constexpr std::size_t LONGEST = 999;
    return NanoSeconds(static_cast<int64_t>(std::min(2 * index, LONGEST)));
}

/// @return a time in whole microseconds, in which scripts count. @param time a time
Time
Whole(Time time)
{
    return MicroSeconds(time.GetMicroSeconds());
}

/// @return index of the first close() of the part of a script that only tidies up
std::size_t
FindClosing(const std::vector<Event>& events)
{
    std::size_t closing = events.size();
    for (std::size_t i = events.size(); i-- > 0;)
    {
        bool isClose = false;
        if (!IsTidying(events[i], isClose))
        {
            break;
        }
        closing = isClose ? i : closing;
    }
    return closing;
}

} // namespace

std::string
Show(Time time)
{
    return Print(std::chrono::microseconds(time.GetMicroSeconds()));
}

Play::Play(const Script& script,
           const Settings& settings,
           const RunOptions& options,
           Host& host,
           Journal& journal)
    : m_script(script),
      m_settings(settings),
      m_options(options),
      m_host(host),
      m_journal(journal),
      m_dialect(options.dialect.value_or(
          DetectDialect(script, settings.Mss(), options.profile->dialect))),
      m_records(host),
      m_system(host, *options.profile, m_records, options.strict),
      m_capture(host, m_records),
      m_closing(FindClosing(script.events))
{
    for (std::size_t i = 0; i < script.events.size(); ++i)
    {
        m_lastExpected = IsOutbound(script.events[i]) ? i + 1 : m_lastExpected;
    }
}

const std::vector<std::string>&
Play::GetWarnings() const
{
    return m_warnings;
}

const std::vector<std::string>&
Play::GetNotes() const
{
    return m_notes;
}

void
Play::Run()
{
    if (m_script.init)
    {
        RunCommandOf(*m_script.init);
    }
    for (std::size_t i = 0; i < m_script.events.size(); ++i)
    {
        const auto& event = m_script.events[i];
        if (IsOutbound(event))
        {
            m_journal.SetLine(event.place.line);
            Expect(event, std::get<PacketLine>(event.action), ScheduleOf(event.when));
            continue;
        }
        const auto due = ScheduleOf(event.when);
        WaitFor(event, due, DelayOf(i));
        CheckLeft(i);
        m_capture.SetEvent(i);
        m_journal.SetLine(event.place.line);
        m_previous = due.begin;
        m_base = Simulator::Now();
        std::visit(Overloaded{
                       [this](const PacketLine& packet) { Inject(packet); },
                       [&](const SystemCall& call) { Call(event, call, due); },
                       [this](const Command& command) { RunCommandOf(command); },
                       [this](const Code& code) { Check(code); },
                   },
                   event.action);
    }
    Poke();
    if (m_pending)
    {
        Complain(m_pending->event->place,
                 !m_settings.callsNonFatal,
                 "the call has not returned at the end of the script");
    }
    PassUntil([] { return false; }, Simulator::Now() + NanoSeconds(1));
    CheckLeft(m_script.events.size());
    if (m_script.cleanup)
    {
        RunCommandOf(*m_script.cleanup);
    }
}

Play::Schedule
Play::ScheduleOf(const When& when) const
{
    Schedule due;
    if (when.kind == When::Kind::ANY)
    {
        due.begin = due.end = Simulator::Now();
        due.any = true;
        return due;
    }
    const Time base = when.kind == When::Kind::RELATIVE ? Whole(m_base) : Time(0);
    due.begin = base + ToTime(when.begin);
    due.end = base + ToTime(when.end.value_or(when.begin));
    due.tolerance = ToleranceOf(due.begin - m_previous);
    return due;
}

Time
Play::ToleranceOf(Time distance) const
{
    const double usual = m_dialect == Dialect::FREEBSD ? 5 : 12.5;
    const double percent = m_settings.tolerancePercent.value_or(usual);
    const auto proportional = static_cast<int64_t>(percent / 100 * distance.GetMicroSeconds());
    return std::max(ToTime(m_settings.tolerance), MicroSeconds(proportional));
}

bool
Play::PassUntil(const std::function<bool()>& condition, Time deadline)
{
    const auto now = Simulator::Now();
    return m_host.GetClock().RunUntil(
        [this, &condition] {
            Poke();
            return condition();
        },
        std::max(deadline, now));
}

void
Play::WaitFor(const Event& event, const Schedule& due, Time delay)
{
    if (due.begin + due.tolerance < Whole(Simulator::Now()))
    {
        throw ScriptFailure(event.place,
                            "the event was due at " + Print(event.when) + ", but it is " +
                                Show(Simulator::Now()) + " s already");
    }
    PassUntil([] { return false; }, due.begin + delay);
    if (m_pending && m_pending->due.end + m_pending->due.tolerance < Whole(Simulator::Now()))
    {
        FinishPending();
    }
}

void
Play::RunCommandOf(const Command& command)
{
    std::string failure;
    std::vector<std::string> notes;
    try
    {
        const auto sleep = [this](Time time) {
            PassUntil([] { return false; }, Simulator::Now() + time);
        };
        failure = RunCommand(command, {m_host, m_options.attributes, sleep, notes});
    }
    catch (const std::invalid_argument& error)
    {
        failure = error.what();
    }
    if (!failure.empty())
    {
        throw ScriptFailure(command.place, "the command failed: " + failure);
    }
    for (const auto& note : notes)
    {
        Note(command.place, note);
    }
    m_base = Simulator::Now();
}

void
Play::CheckTime(const Place& place,
                const Schedule& due,
                Time actual,
                const std::string& what,
                bool isFatal)
{
    const bool isEarly = Whole(actual) < due.begin - due.tolerance;
    const bool isLate = Whole(actual) > due.end + due.tolerance;
    if (due.any || (!isEarly && !isLate))
    {
        return;
    }
    std::string when = Show(due.begin);
    if (due.end != due.begin)
    {
        when += " to " + Show(due.end);
    }
    Complain(place,
             isFatal,
             what + (isEarly ? " too early, at " : " too late, at ") + Show(actual) +
                 " s instead of " + when + " s (tolerance " + Show(due.tolerance) + " s)");
}

bool
Play::IsLeft()
{
    const Captured* left = m_capture.Peek();
    return !m_options.allowUnexpected && left && left->event < m_closing;
}

void
Play::CheckLeft(std::size_t index)
{
    const bool isLast = index >= m_lastExpected;
    const auto* call = index < m_script.events.size()
                           ? std::get_if<SystemCall>(&m_script.events[index].action)
                           : nullptr;
    const bool isReplacement = call && call->name == "socket";
    while ((isLast || isReplacement) && IsLeft())
    {
        const auto captured = m_capture.Take();
        const auto& cause = m_script.events[captured.event];
        Complain(cause.place,
                 !m_settings.packetsNonFatal,
                 "after this line a packet was sent that no line expects",
                 Describe(cause, &captured));
    }
}

void
Play::Note(const Place& place, const std::string& text)
{
    m_notes.push_back(std::to_string(place.line) + ": " + text);
}

void
Play::Complain(const Place& place,
               bool isFatal,
               const std::string& message,
               const std::vector<std::string>& details)
{
    if (isFatal)
    {
        throw ScriptFailure(place, message, details);
    }
    std::string warning = std::to_string(place.line) + ": " + message;
    for (const auto& line : details)
    {
        warning += "\n" + line;
    }
    m_warnings.push_back(warning);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

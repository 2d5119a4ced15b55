// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-constants.h"
#include "packetdrill-play.h"
#include "packetdrill-print.h"

#include "ns3/simulator.h"

#include <utility>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

void
Play::Call(const Event& event, const SystemCall& call, const Schedule& due)
{
    if (m_pending)
    {
        FinishPending();
    }
    Pending pending;
    pending.event = &event;
    pending.attempt = m_system.Begin(call);
    pending.due = due;
    const Time start = Simulator::Now();
    if (call.blockingEnd)
    {
        // As late after the start as the two times are apart.
        const auto distance = *call.blockingEnd - event.when.begin;
        pending.due.begin = pending.due.end = due.begin + MicroSeconds(distance.count());
        pending.due.tolerance = ToleranceOf(pending.due.begin - start);
    }
    m_pending = std::move(pending);
    Poke();
    if (m_pending && !call.blockingEnd)
    {
        if (!PassUntil([this] { return !m_pending; }, start + LONGEST_WAIT))
        {
            throw ScriptFailure(event.place,
                                "the call did not return within " + Show(LONGEST_WAIT) + " s");
        }
    }
    m_base = call.blockingEnd ? start : Simulator::Now();
}

void
Play::Poke()
{
    if (!m_pending)
    {
        return;
    }
    std::optional<Outcome> outcome;
    m_host.GetClock().Act([this, &outcome] { outcome = m_pending->attempt(); });
    if (!outcome)
    {
        return;
    }
    const auto pending = *std::exchange(m_pending, std::nullopt);
    const auto& call = std::get<SystemCall>(pending.event->action);
    CheckOutcome(call, *outcome);
    if (call.blockingEnd)
    {
        CheckTime(call.place,
                  pending.due,
                  Simulator::Now(),
                  "the call returned",
                  !m_settings.callsNonFatal);
    }
}

void
Play::FinishPending()
{
    const Time LONGEST = Seconds(1);
    if (!PassUntil([this] { return !m_pending; }, Simulator::Now() + LONGEST))
    {
        throw ScriptFailure(m_pending->event->place, "the call has not returned");
    }
}

void
Play::CheckOutcome(const SystemCall& call, const Outcome& outcome)
{
    const bool isFatal = !m_settings.callsNonFatal;
    const auto show = [](const std::string& value, const std::string& error) {
        return value + (error.empty() ? "" : " " + error);
    };
    const bool isDescriptor = call.name == "socket" || call.name == "accept";
    const bool isAny = std::holds_alternative<EllipsisValue>(call.result.value);
    const int64_t wanted = isAny ? outcome.value : ValueOf(call.result, m_options.profile->numbers);
    const bool isSame =
        isDescriptor ? (wanted < 0) == (outcome.value < 0) : wanted == outcome.value;
    if (!isSame || (!call.error.empty() && !IsSameError(call.error, outcome.error)))
    {
        Complain(call.place,
                 isFatal,
                 call.name + "() returned " + show(std::to_string(outcome.value), outcome.error) +
                     " instead of " + show(Print(call.result), call.error));
    }
    else if (!outcome.difference.empty())
    {
        Complain(call.place, isFatal, call.name + "(): " + outcome.difference);
    }
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "packetdrill-clock.h"

#include "ns3/event-id.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

Clock::Clock(uint32_t node)
    : m_node(node)
{
}

void
Clock::Act(const std::function<void()>& action)
{
    Simulator::ScheduleWithContext(m_node, Time(0), action);
    Drain();
}

void
Clock::RunTo(Time time)
{
    m_drained = false;
    Simulator::Schedule(time - Simulator::Now(), &Clock::Mark, this, 0);
    while (!m_drained)
    {
        Simulator::Run();
    }
}

bool
Clock::RunUntil(const std::function<bool()>& condition, Time deadline)
{
    bool isLate = false;
    EventId end = Simulator::Schedule(deadline - Simulator::Now(), [this, &isLate] {
        isLate = true;
        Wake();
    });
    while (!condition() && !isLate)
    {
        Simulator::Run();
    }
    end.Cancel();
    Drain();
    return condition();
}

void
Clock::Wake()
{
    Simulator::Stop();
}

void
Clock::Drain()
{
    RunTo(Simulator::Now());
}

void
Clock::Mark(uint64_t executed)
{
    // Events of one instant run in the order in which they were scheduled.
    const uint64_t now = Simulator::GetEventCount();
    m_drained = now == executed + 1;
    if (m_drained)
    {
        Simulator::Stop();
        return;
    }
    Simulator::ScheduleNow(&Clock::Mark, this, now);
}

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

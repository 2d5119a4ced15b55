// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-series.h"

#include "ns3/type-id.h"

namespace ns3
{

Ptr<TcpFsmSeries>
TcpFsmSeries::Follow(Ptr<Socket> socket, const std::string& source)
{
    TypeId::TraceSourceInformation found;
    if (!socket->GetInstanceTypeId().LookupTraceSourceByName(source, &found))
    {
        return nullptr;
    }
    auto series = Create<TcpFsmSeries>();
    // The sink holds the series, so that either may go first.
    if (found.callback == "ns3::TracedValueCallback::Time")
    {
        socket->TraceConnectWithoutContext(
            source,
            Callback<void, Time, Time>([series](Time before, Time value) {
                series->Add(before.GetSeconds(), value.GetSeconds());
            }));
        series->m_isTime = true;
        return series;
    }
    if (found.callback == "ns3::TracedValueCallback::Uint32")
    {
        socket->TraceConnectWithoutContext(
            source,
            Callback<void, uint32_t, uint32_t>(
                [series](uint32_t before, uint32_t value) { series->Add(before, value); }));
        return series;
    }
    return nullptr;
}

const std::vector<TcpFsmSeries::Sample>&
TcpFsmSeries::GetSamples() const
{
    return m_samples;
}

uintptr_t
TcpFsmSeries::GetAddress() const
{
    return reinterpret_cast<uintptr_t>(m_samples.data());
}

bool
TcpFsmSeries::IsTime() const
{
    return m_isTime;
}

void
TcpFsmSeries::Add(double before, double value)
{
    // The first change tells what it was until then; a time of 0 is none that was measured.
    if (m_samples.empty() && !(m_isTime && before == 0))
    {
        m_samples.push_back({m_start.GetNanoSeconds(), before});
    }
    m_samples.push_back({Simulator::Now().GetNanoSeconds(), value});
}

} // namespace ns3

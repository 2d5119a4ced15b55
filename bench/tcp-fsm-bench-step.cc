// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-bench-step.h"

#include "tcp-fsm-bench-usage.h"

#include "ns3/tcp-fsm-classify.h"
#include "ns3/tcp-fsm-engine.h"

#include <stdexcept>
#include <utility>
#include <vector>

namespace ns3
{

double
TcpFsmBenchStep(uint64_t steps)
{
    using namespace tcpfsm;
    // Data that an established connection expects.
    Sequences seqs;
    seqs.sndUna = seqs.sndNxt = seqs.iss + 1;
    seqs.rcvNxt = seqs.irs + 1;
    seqs.maxSndWnd = seqs.rcvWnd = 65535;
    Segment segment;
    segment.flags = CTL_ACK;
    segment.seq = seqs.rcvNxt;
    segment.ack = seqs.sndNxt;
    segment.textLength = 1000;
    const Facts facts = Classify(segment, seqs, true);
    const Policy policy = PROFILES.front().second;

    std::vector<std::pair<State, Event>> questions;
    for (std::size_t s = 0; s < SIZE<State>; ++s)
    {
        for (std::size_t e = 0; e < SIZE<Event>; ++e)
        {
            if (CanHappen(static_cast<Event>(e), static_cast<State>(s)))
            {
                questions.emplace_back(static_cast<State>(s), static_cast<Event>(e));
            }
        }
    }
    uint64_t replies = 0;
    std::size_t next = 0;
    const auto before = TcpFsmBenchUsage::Now();
    for (uint64_t i = 0; i < steps; ++i)
    {
        const auto [state, event] = questions[next];
        next = next + 1 == questions.size() ? 0 : next + 1;
        replies += Step(state, event, facts, policy).action.reply != Reply::NONE ? 1 : 0;
    }
    const auto after = TcpFsmBenchUsage::Now();
    if (replies > steps)
    {
        throw std::logic_error("more replies than steps"); // keeps the loop from being left out
    }
    return after.MicrosecondsEach(before, steps) * 1000;
}

} // namespace ns3

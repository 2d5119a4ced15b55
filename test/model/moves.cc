// SPDX-License-Identifier: GPL-2.0-only

#include "moves.h"

#include "blind.h"
#include "laws.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// What an executor did, as a move.
Move
MakeMove(const Host& host, const Executor& executor)
{
    Move move;
    move.host = Pack(host);
    move.flaw = executor.flaw;
    if (executor.sent.size() > move.sent.size())
    {
        move.flaw += "too many segments at once";
    }
    for (std::size_t i = 0; i < executor.sent.size() && i < move.sent.size(); ++i)
    {
        move.sent[i] = Pack(executor.sent[i], 0, host.octetArrived);
    }
    move.tookOctet = executor.tookOctet;
    move.tookFin = executor.tookFin;
    move.closedInOrder = executor.closedInOrder;
    for (const auto& rule : executor.rules)
    {
        move.rules.append(move.rules.empty() ? "" : " ").append(rule);
    }
    if (move.flaw.empty())
    {
        move.flaw = IllegalHost(host);
    }
    return move;
}

} // namespace

Moves::Moves(StepFunction step, const Bounds& bounds)
    : m_step(std::move(step)),
      m_bounds(bounds)
{
}

std::size_t
Moves::HostCount() const
{
    return m_ofHost.size();
}

std::size_t
Moves::BlindCount() const
{
    return m_blind;
}

const Move&
Moves::OfSegment(uint64_t host, uint32_t segment)
{
    const uint64_t key = host | uint64_t{segment} << hostfield::BITS;
    auto [it, isNew] = m_ofSegment.try_emplace(key);
    if (isNew)
    {
        Host after = UnpackHost(host);
        Executor executor(after, m_step, m_bounds);
        executor.Arrive(UnpackSegment(segment));
        it->second = MakeMove(after, executor);
        it->second.progress = true;
    }
    return it->second;
}

const std::vector<Move>&
Moves::OfHost(uint64_t host)
{
    auto [it, isNew] = m_ofHost.try_emplace(host);
    if (isNew)
    {
        AddCalls(host, it->second);
        AddTimers(host, it->second);
        AddBlind(host, it->second);
    }
    return it->second;
}

template <typename F>
void
Moves::Add(uint64_t word, std::vector<Move>& moves, bool progress, std::string what, F act)
{
    Host host = UnpackHost(word);
    Executor executor(host, m_step, m_bounds);
    act(executor);
    Move move = MakeMove(host, executor);
    move.progress = progress;
    move.what = std::move(what);
    if (move.host == word && move.sent[0] == 0 && move.flaw.empty())
    {
        return;
    }
    for (Move& other : moves)
    {
        if (other.host == move.host && other.sent == move.sent && move.flaw.empty())
        {
            other.progress = other.progress || progress;
            return;
        }
    }
    moves.push_back(std::move(move));
}

void
Moves::AddCalls(uint64_t word, std::vector<Move>& moves)
{
    const Host host = UnpackHost(word);
    const auto connection = [&](Event event, bool progress) {
        Add(word, moves, progress, std::string(ToString(event)), [event](Executor& executor) {
            executor.Connection(event);
        });
    };
    const auto listener = [&](Event event, bool progress) {
        const std::string whose = host.listener && host.IsOpen() ? " (listener)" : "";
        Add(word,
            moves,
            progress,
            std::string(ToString(event)) + whose,
            [event](Executor& executor) { executor.Listener(event); });
    };
    if (host.listener || host.state == State::CLOSED || host.state == State::TIME_WAIT)
    {
        listener(Event::PASSIVE_OPEN, false);
    }
    if (!host.IsOpen() && !host.IsSpent())
    {
        listener(Event::ACTIVE_OPEN, false);
    }
    if (host.listener)
    {
        if (!host.IsOpen() && !host.IsSpent() && m_bounds.data)
        {
            listener(Event::SEND, false);
        }
        listener(Event::CLOSE, true);
        listener(Event::ABORT, false);
    }
    if (!host.IsOpen())
    {
        return;
    }
    connection(Event::PASSIVE_OPEN, false);
    connection(Event::ACTIVE_OPEN, false);
    if (m_bounds.data && host.outgoing == Outgoing::NONE)
    {
        connection(Event::SEND, false);
    }
    connection(Event::RECEIVE, true);
    connection(Event::CLOSE, true);
    connection(Event::HALF_CLOSE, false);
    connection(Event::ABORT, false);
    connection(Event::STATUS, false);
    if (m_bounds.shutdown)
    {
        connection(Event::SHUTDOWN_RECEIVE, false);
    }
    if (host.outgoing == Outgoing::QUEUED && host.synAcked)
    {
        Add(word, moves, true, "transmit", [](Executor& executor) { executor.Transmit(); });
    }
}

void
Moves::AddTimers(uint64_t word, std::vector<Move>& moves)
{
    const Host host = UnpackHost(word);
    // A connection in FIN-WAIT-1 whose SYN-ACK meets a later connection of the peer does not reset
    // that (RFC 9293 3.5.2, group 3): both challenge each other until the SYN-ACK is given up.
    const bool givesUpSyn = !m_bounds.oneConnection;
    const auto timer = [&](Event event, Retries retries) {
        const bool left = retries == Retries::LEFT;
        const bool fails = event == Event::USER_TIMEOUT || event == Event::ICMP_HARD_ERROR ||
                           event == Event::EVICTED ||
                           !(left || (event == Event::SYN_TIMEOUT && givesUpSyn));
        Add(word,
            moves,
            !fails,
            std::string(ToString(event)) + (left ? "" : ", the last"),
            [=](Executor& executor) { executor.Connection(event, retries); });
    };
    if (!host.IsOpen())
    {
        return;
    }
    if (!host.synAcked)
    {
        timer(Event::SYN_TIMEOUT, Retries::LEFT);
        timer(Event::SYN_TIMEOUT, Retries::EXHAUSTED);
    }
    else if (host.outgoing == Outgoing::SENT || (host.ownFin == OwnFin::SENT && !host.finAcked))
    {
        timer(Event::RETRANSMISSION_TIMEOUT, Retries::LEFT);
        timer(Event::RETRANSMISSION_TIMEOUT, Retries::EXHAUSTED);
    }
    if (CanHappen(Event::USER_TIMEOUT, host.state))
    {
        timer(Event::USER_TIMEOUT, Retries::LEFT);
    }
    if (host.state == State::FIN_WAIT_2)
    {
        timer(Event::FIN_WAIT_2_TIMEOUT, Retries::LEFT);
    }
    if (host.state == State::TIME_WAIT)
    {
        timer(Event::TIME_WAIT_TIMEOUT, Retries::LEFT);
    }
    const bool waits = !host.synAcked || host.outgoing == Outgoing::SENT ||
                       (host.ownFin == OwnFin::SENT && !host.finAcked);
    if (m_bounds.keepAlive && !waits && CanHappen(Event::KEEP_ALIVE_TIMEOUT, host.state))
    {
        timer(Event::KEEP_ALIVE_TIMEOUT, Retries::LEFT);
        timer(Event::KEEP_ALIVE_TIMEOUT, Retries::EXHAUSTED);
    }
    if (host.state == State::SYN_RCVD && host.origin != Origin::ACTIVE)
    {
        timer(Event::EVICTED, Retries::LEFT);
    }
    timer(Event::ICMP_HARD_ERROR, Retries::LEFT);
}

void
Moves::AddBlind(uint64_t word, std::vector<Move>& moves)
{
    const Host host = UnpackHost(word);
    for (const Segment& segment : BlindSegments(host, m_bounds.narrow))
    {
        Host after = host;
        Executor executor(after, m_step, m_bounds);
        executor.Arrive(segment);
        ++m_blind;
        if (executor.exceptional || (Pack(after) == word && executor.flaw.empty()))
        {
            continue;
        }
        Move move = MakeMove(host, executor);
        move.what = "blind " + DescribeBlind(segment, host.GetSequences(m_bounds.narrow));
        move.flaw = "a blind segment outside the window has an effect" +
                    (executor.flaw.empty() ? "" : ": " + executor.flaw);
        moves.push_back(std::move(move));
    }
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

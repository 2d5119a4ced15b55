// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-connection-file.h"

#include <array>

namespace ns3
{

using namespace tcpfsm;

namespace
{

constexpr std::array<std::string_view, 4> BEGAN{"active", "passive", "simultaneous", "reopened"};

/// @return an option's value as a column
template <typename T>
Maybe
Present(const std::optional<T>& option)
{
    return option ? Maybe(*option) : Maybe();
}

/// @return the MSS of a SYN as a column
Maybe
Mss(const SynOptions& options)
{
    return options.mss ? Maybe(options.mss) : Maybe();
}

/// @return the error that an ending rule tells the application, among "" and the signals
Choice<uint8_t>
ErrorOf(const Row* end)
{
    const Signal signal = end ? end->action.signal : Signal::NONE;
    switch (signal)
    {
    case Signal::NONE:
    case Signal::CONNECTED:
    case Signal::ENDED:
        return ClassChoice<Signal>("");
    case Signal::REFUSED:
    case Signal::RESET:
    case Signal::ABORTED:
    case Signal::TIMED_OUT:
        return ClassChoice<Signal>(ToString(signal));
    }
    return ClassChoice<Signal>("");
}

/// @return true for a state in which there is no connection
bool
IsNone(State state)
{
    return state == State::CLOSED || state == State::LISTEN;
}

} // namespace

template <typename Visitor>
void
VisitColumns(const TcpFsmConnectionRecord& record, Visitor&& visitor)
{
    const bool scales = record.ours.windowScale && record.theirs.windowScale;
    const bool carriesNoMore = record.endNs || record.lastState == State::TIME_WAIT;
    visitor("node", record.node);
    visitor("connection", record.connection);
    visitor("family", record.family);
    visitor("local_address", record.localAddress);
    visitor("local_port", record.localPort);
    visitor("remote_address", record.remoteAddress);
    visitor("remote_port", record.remotePort);
    visitor("began", Choice<uint8_t>{static_cast<uint8_t>(record.began), BEGAN});
    visitor("iss", record.iss);
    visitor("irs", record.irs);
    visitor("local_mss", Mss(record.ours));
    visitor("remote_mss", Mss(record.theirs));
    visitor("local_window_scale", scales ? Present(record.ours.windowScale) : Maybe());
    visitor("remote_window_scale", scales ? Present(record.theirs.windowScale) : Maybe());
    visitor("sack", record.ours.sackPermitted && record.theirs.sackPermitted);
    visitor("timestamps", record.ours.timestamps && record.theirs.timestamps);
    visitor("start_ns", record.start.GetNanoSeconds());
    visitor("established_ns", record.establishedNs);
    visitor("end_ns", record.endNs);
    visitor("octets_sent", carriesNoMore ? Maybe(record.octets.sent) : Maybe());
    visitor("octets_received", carriesNoMore ? Maybe(record.octets.received) : Maybe());
    visitor("last_state", ChoiceOf(record.lastState));
    visitor("rule", RuleChoice(record.end));
    visitor("clause", ClauseChoice(record.end));
    visitor("error", ErrorOf(record.end));
}

TcpFsmConnectionFile::TcpFsmConnectionFile(const std::string& fileName)
    : m_file(TcpFsmRecordFile<TcpFsmConnectionRecord>::Open(fileName))
{
}

void
TcpFsmConnectionFile::Begin(const TcpFsmTransition& transition)
{
    using Began = TcpFsmConnectionRecord::Began;
    Life life;
    const std::pair key{transition.node, transition.connection};
    TcpFsmConnectionRecord& record = life.record;
    record.node = transition.node;
    record.connection = transition.connection;
    record.family = transition.family;
    record.localAddress = transition.localAddress;
    record.localPort = transition.localPort;
    record.remoteAddress = transition.remoteAddress;
    record.remotePort = transition.remotePort;
    record.start = transition.time;
    record.began = transition.to == TcpSocket::SYN_RCVD ? Began::PASSIVE : Began::ACTIVE;
    if (transition.from == TcpSocket::TIME_WAIT)
    {
        record.began = Began::REOPENED;
        if (const auto before = m_alive.find(key); before != m_alive.end())
        {
            life.previous = before->second.record;
            life.previous->endNs = transition.time.GetNanoSeconds();
            life.previous->end = transition.row;
        }
    }
    m_alive[key] = std::move(life);
}

void
TcpFsmConnectionFile::End(const TcpFsmTransition& transition, Life& life)
{
    life.record.endNs = transition.time.GetNanoSeconds();
    life.record.end = transition.row;
    if (life.previous && transition.to == TcpSocket::TIME_WAIT)
    {
        m_file->Write(life.record);
        life.record = *std::exchange(life.previous, std::nullopt);
        life.record.endNs.reset();
        life.record.end = nullptr;
        return;
    }
    WritePrevious(life);
    m_file->Write(life.record);
    m_alive.erase({transition.node, transition.connection});
}

void
TcpFsmConnectionFile::WritePrevious(Life& life)
{
    if (life.previous)
    {
        m_file->Write(*life.previous);
        life.previous.reset();
    }
}

void
TcpFsmConnectionFile::Follow(const TcpFsmTransition& transition)
{
    const State from = FromNs3(transition.from);
    const State to = FromNs3(transition.to);
    if (IsNone(from) && IsNone(to))
    {
        return; // a listener
    }
    if (IsNone(from) || (from == State::TIME_WAIT && to == State::SYN_RCVD))
    {
        Begin(transition);
    }
    const auto found = m_alive.find({transition.node, transition.connection});
    if (found == m_alive.end())
    {
        return; // it began before the file did
    }
    Life& life = found->second;
    life.record.octets = transition.octets.value_or(life.record.octets);
    if (IsNone(to) || (from == State::SYN_RCVD && to == State::TIME_WAIT))
    {
        End(transition, life);
        return;
    }
    life.record.lastState = to;
    if (from == State::SYN_SENT && to == State::SYN_RCVD)
    {
        life.record.began = TcpFsmConnectionRecord::Began::SIMULTANEOUS;
    }
    if (to == State::ESTABLISHED)
    {
        life.record.establishedNs = transition.time.GetNanoSeconds();
        WritePrevious(life);
    }
}

void
TcpFsmConnectionFile::FollowSyn(const TcpFsmSyn& syn)
{
    const auto found = m_alive.find({syn.node, syn.connection});
    if (found != m_alive.end())
    {
        TcpFsmConnectionRecord& record = found->second.record;
        (syn.isOurs ? record.iss : record.irs) = syn.isn;
        (syn.isOurs ? record.ours : record.theirs) = syn.options;
    }
}

void
TcpFsmConnectionFile::Flush()
{
    m_file->Flush();
}

void
TcpFsmConnectionFile::Close()
{
    for (auto& [key, life] : m_alive)
    {
        WritePrevious(life);
        m_file->Write(life.record);
    }
    m_alive.clear();
    m_file->Close();
}

} // namespace ns3

// SPDX-License-Identifier: GPL-2.0-only

#include "conversation.h"

#include "ns3/simulator.h"

#include <gtest/gtest.h>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

/// PSH is a hint that a TCP may give or not.
constexpr uint8_t COMPARED_FLAGS = 0xff & ~TcpHeader::PSH;

bool
IsBefore(uint32_t a, uint32_t b)
{
    return static_cast<int32_t>(a - b) < 0;
}

} // namespace

Conversation::Conversation(TcpFsmRawPeer& peer,
                           const TcpFsmRawConnection::Config& config,
                           const Guards& guards)
    : m_connection(peer, config),
      m_peer(peer),
      m_guards(guards),
      m_rightEdge(config.iss + 1)
{
}

TcpFsmRawSegment
Conversation::Make(const Segment& segment) const
{
    TcpFsmRawSegment raw = segment.fields.value_or(TcpFsmRawSegment{});
    const auto plain = m_connection.Make(segment.flags);
    raw.flags = segment.flags;
    raw.seq = segment.seq.value_or(plain.seq);
    raw.ack = segment.ack.value_or(raw.Has(TcpHeader::ACK) ? m_sndNxt : 0);
    raw.window = segment.window.value_or(plain.window);
    raw.options = segment.options.value_or(plain.options);
    raw.urgentPointer = segment.urgentPointer.value_or(0);
    const uint32_t syn = raw.Has(TcpHeader::SYN) ? 1 : 0;
    raw.data = OctetsAt(raw.seq + syn - Irs() - 1, segment.length);
    raw.tos = segment.tos.value_or(0);
    raw.ttl = segment.ttl.value_or(64);
    return raw;
}

TcpFsmRawSegment
Conversation::Inject(const Segment& segment)
{
    return m_connection.Inject(Make(segment));
}

TcpFsmRawSegment
Conversation::Send(const Segment& segment)
{
    return m_connection.Send(Make(segment));
}

std::string
Conversation::Compare(const Segment& expected, const TcpFsmRawSegment& actual, uint32_t next) const
{
    std::ostringstream wrong;
    const auto compare = [&wrong](const char* what, uint32_t wanted, uint32_t found) {
        if (wanted != found)
        {
            wrong << " " << what << " is " << found << " instead of " << wanted << ";";
        }
    };
    compare("flags", expected.flags & COMPARED_FLAGS, actual.flags & COMPARED_FLAGS);
    compare("SEG.SEQ - ISS", expected.seq.value_or(next) - Iss(), actual.seq - Iss());
    if (actual.Has(TcpHeader::ACK))
    {
        compare("SEG.ACK - IRS", expected.ack.value_or(RcvNxt()) - Irs(), actual.ack - Irs());
    }
    compare("length", expected.length, static_cast<uint32_t>(actual.data.size()));
    if (actual.data != OctetsAt(actual.seq - Iss() - 1, static_cast<uint32_t>(actual.data.size())))
    {
        wrong << " its text is not what was sent;";
    }
    compare("window", expected.window.value_or(actual.window), actual.window);
    compare("urgent pointer",
            expected.urgentPointer.value_or(actual.urgentPointer),
            actual.urgentPointer);
    compare("TOS", expected.tos.value_or(actual.tos), actual.tos);
    compare("TTL", expected.ttl.value_or(actual.ttl), actual.ttl);
    if (expected.options && *expected.options != actual.options)
    {
        wrong << " its options differ;";
    }
    return wrong.str();
}

std::string
Conversation::Describe(const Segment& expected, uint32_t next) const
{
    std::ostringstream text;
    text << TcpFsmFlagsToString(expected.flags) << " seq=" << expected.seq.value_or(next) - Iss();
    if ((expected.flags & TcpHeader::ACK) != 0)
    {
        text << " ack=" << expected.ack.value_or(RcvNxt()) - Irs();
    }
    text << " len=" << expected.length;
    return text.str();
}

void
Conversation::Expect(const std::vector<Segment>& expected, Time within, Location location)
{
    TcpFsmRunFor(within);
    m_seen = m_connection.TakeReceived();
    uint32_t next = m_sndNxt;
    std::ostringstream wrong;
    for (std::size_t i = 0; i < expected.size() || i < m_seen.size(); ++i)
    {
        if (i < expected.size() && (expected[i].flags & TcpHeader::SYN) != 0)
        {
            next = Iss();
        }
        if (i >= m_seen.size())
        {
            wrong << "\n  missing: " << Describe(expected[i], next);
            continue;
        }
        const auto& actual = m_seen[i];
        const auto difference =
            i < expected.size() ? Compare(expected[i], actual, next) : std::string(" unexpected;");
        if (!difference.empty())
        {
            wrong << "\n  " << m_connection.Describe(actual) << " at " << actual.time.As(Time::S)
                  << ":" << difference;
        }
        m_guards.Look(actual);
        if (!actual.Has(TcpHeader::RST))
        {
            next = IsBefore(next, actual.End()) ? actual.End() : next;
            const uint32_t edge = actual.ack + actual.window;
            if (actual.Has(TcpHeader::ACK) && IsBefore(edge, m_rightEdge))
            {
                wrong << "\n  " << m_connection.Describe(actual) << ": the window shrinks";
            }
            m_rightEdge =
                actual.Has(TcpHeader::ACK) && IsBefore(m_rightEdge, edge) ? edge : m_rightEdge;
        }
    }
    m_sndNxt = m_connection.NodeSndNxt();
    if (!wrong.str().empty())
    {
        GTEST_MESSAGE_AT_(location.file_name(),
                          static_cast<int>(location.line()),
                          ("the node sent something else:" + wrong.str()).c_str(),
                          ::testing::TestPartResult::kNonFatalFailure);
    }
}

void
Conversation::Expect(const Segment& expected, Time within, Location location)
{
    Expect(std::vector<Segment>{expected}, within, location);
}

void
Conversation::ExpectNothing(Time within, Location location)
{
    Expect(std::vector<Segment>{}, within, location);
}

std::vector<Time>
Conversation::ExpectRepeated(const Segment& expected, Time within, Location location)
{
    const Time begin = Simulator::Now();
    TcpFsmRunFor(within);
    m_seen = m_connection.TakeReceived();
    std::vector<Time> times;
    for (const auto& segment : m_seen)
    {
        times.push_back(segment.time - begin - m_peer.GetDelay());
        const uint32_t first = (expected.flags & TcpHeader::SYN) != 0 ? Iss() : m_sndNxt;
        const auto difference = Compare(expected, segment, first);
        if (!difference.empty())
        {
            GTEST_MESSAGE_AT_(location.file_name(),
                              static_cast<int>(location.line()),
                              (m_connection.Describe(segment) + ":" + difference).c_str(),
                              ::testing::TestPartResult::kNonFatalFailure);
        }
        m_guards.Look(segment);
    }
    m_sndNxt = m_connection.NodeSndNxt();
    return times;
}

void
Conversation::OpenPassive(Location location)
{
    Send(Syn());
    Expect(SynAck(), MilliSeconds(EXCHANGE_MS), location);
    Send(Ack());
    ExpectNothing(MilliSeconds(EXCHANGE_MS), location);
}

void
Conversation::OpenActive(Location location)
{
    Expect(Syn(), MilliSeconds(EXCHANGE_MS), location);
    Send(SynAck());
    Expect(Ack(), MilliSeconds(EXCHANGE_MS), location);
}

std::vector<TcpFsmRawSegment>
Conversation::Take()
{
    auto taken = m_connection.TakeReceived();
    for (const auto& segment : taken)
    {
        m_guards.Look(segment);
    }
    m_sndNxt = m_connection.NodeSndNxt();
    return taken;
}

const std::vector<TcpFsmRawSegment>&
Conversation::Seen() const
{
    return m_seen;
}

TcpFsmRawSegment
Conversation::Last() const
{
    return m_seen.empty() ? TcpFsmRawSegment{} : m_seen.back();
}

uint32_t
Conversation::Iss() const
{
    return m_connection.NodeIss();
}

uint32_t
Conversation::Irs() const
{
    return m_connection.GetConfig().iss;
}

uint32_t
Conversation::SndUna() const
{
    return m_connection.NodeSndUna();
}

uint32_t
Conversation::SndNxt() const
{
    return m_sndNxt;
}

uint32_t
Conversation::RcvNxt() const
{
    return m_connection.PeerSndNxt();
}

uint32_t
Conversation::RightEdge() const
{
    return m_rightEdge;
}

uint32_t
Conversation::Window() const
{
    return m_rightEdge - RcvNxt();
}

const TcpFsmRawConnection::Config&
Conversation::GetConfig() const
{
    return m_connection.GetConfig();
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

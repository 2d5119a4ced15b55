// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-explanation.h"

#include "ns3/fatal-error.h"
#include "ns3/tcp-fsm-classify.h"
#include "ns3/tcp-fsm-engine.h"
#include "ns3/tcp-fsm-reference.h"
#include "ns3/tcp-fsm-steps.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace ns3
{

using namespace tcpfsm;

namespace
{

constexpr uint32_t ISS = 1000000;
constexpr uint32_t IRS = 5000000;
constexpr uint32_t WINDOW = 65535;
// As in the status table.
constexpr uint32_t DATA_OCTETS = 10;
constexpr uint32_t IN_WINDOW = 10;
constexpr uint32_t BEYOND = 1000000;
constexpr uint32_t ACK_DISTANCE = 1000;

/// A state, and what has happened on the way to it.
struct Situation
{
    std::string_view name;
    State state;
    Origin origin{Origin::PASSIVE};
    OwnFin ownFin{OwnFin::NONE};
    Receiving receiving{Receiving::OPEN};
    bool finAcked{false}; //!< ours
    bool peerFin{false};  //!< the peer's FIN was taken
};

constexpr auto SITUATIONS = std::to_array<Situation>({
    {"CLOSED", State::CLOSED},
    {"LISTEN", State::LISTEN},
    {"SYN-SENT", State::SYN_SENT, Origin::ACTIVE},
    {"SYN-RCVD", State::SYN_RCVD},
    {"SYN-RCVD/simultaneous", State::SYN_RCVD, Origin::ACTIVE},
    {"ESTABLISHED", State::ESTABLISHED},
    {"FIN-WAIT-1", State::FIN_WAIT_1, Origin::PASSIVE, OwnFin::SENT},
    {"FIN-WAIT-1/closed", State::FIN_WAIT_1, Origin::PASSIVE, OwnFin::SENT, Receiving::CLOSED},
    {"FIN-WAIT-2", State::FIN_WAIT_2, Origin::PASSIVE, OwnFin::SENT, Receiving::OPEN, true},
    {"FIN-WAIT-2/closed",
     State::FIN_WAIT_2,
     Origin::PASSIVE,
     OwnFin::SENT,
     Receiving::CLOSED,
     true},
    {"CLOSE-WAIT", State::CLOSE_WAIT, Origin::PASSIVE, OwnFin::NONE, Receiving::OPEN, false, true},
    {"CLOSING", State::CLOSING, Origin::PASSIVE, OwnFin::SENT, Receiving::CLOSED, false, true},
    {"LAST-ACK", State::LAST_ACK, Origin::PASSIVE, OwnFin::SENT, Receiving::CLOSED, false, true},
    {"TIME-WAIT", State::TIME_WAIT, Origin::PASSIVE, OwnFin::SENT, Receiving::CLOSED, true, true},
});

constexpr auto SEGMENTS = std::to_array<std::pair<std::string_view, uint8_t>>({
    {"SYN", CTL_SYN},
    {"SYN-ACK", CTL_SYN | CTL_ACK},
    {"SYN-FIN", CTL_SYN | CTL_FIN},
    {"ACK", CTL_ACK},
    {"FIN", CTL_FIN},
    {"FIN-ACK", CTL_FIN | CTL_ACK},
    {"RST", CTL_RST},
    {"RST-ACK", CTL_RST | CTL_ACK},
});

/// What differs from the exact numbers.
struct Variant
{
    std::string_view name;
    int64_t seq{0};         //!< added to SEG.SEQ
    int64_t ack{0};         //!< added to SEG.ACK
    bool fromSndUna{false}; //!< SEG.ACK is counted from SND.UNA, not SND.NXT
    uint32_t textLength{0}; //!< octets of data
    uint8_t cleared{0};     //!< control bits taken away
};

constexpr auto VARIANTS = std::to_array<Variant>({
    {"exact"},
    {"seq-1", -1},
    {"in-window", IN_WINDOW},
    {"beyond", BEYOND},
    {"data", 0, 0, false, DATA_OCTETS},
    {"no-ack", 0, 0, false, 0, CTL_ACK},
    {"ack-unsent", 0, ACK_DISTANCE},
    {"ack-una", 0, 0, true},
    {"ack-below-una", 0, -int64_t{ACK_DISTANCE}, true},
    {"ack-old", 0, -int64_t{WINDOW} - ACK_DISTANCE, true},
});

/// @return the element of a list with a name; none is a fatal error
template <typename List, typename Name>
const auto&
Find(const List& list, const std::string& name, const char* what, Name nameOf)
{
    const auto found = std::find_if(list.begin(), list.end(), [&](const auto& element) {
        return nameOf(element) == name;
    });
    if (found == list.end())
    {
        NS_FATAL_ERROR("TcpFsmExplanation: \"" << name << "\" is no " << what);
    }
    return *found;
}

template <typename List, typename Name>
std::vector<std::string>
NamesOf(const List& list, Name nameOf)
{
    std::vector<std::string> names;
    for (const auto& element : list)
    {
        names.emplace_back(nameOf(element));
    }
    return names;
}

constexpr auto NAME = [](const auto& element) { return element.name; };
constexpr auto FIRST = [](const auto& element) { return element.first; };

Sequences
SequencesIn(const Situation& situation)
{
    const bool sentSyn = situation.state != State::CLOSED && situation.state != State::LISTEN;
    const bool finSent = situation.ownFin == OwnFin::SENT;
    const bool synAcked =
        sentSyn && situation.state != State::SYN_SENT && situation.state != State::SYN_RCVD;
    Sequences seqs;
    seqs.iss = SeqNumber(ISS);
    seqs.sndNxt = seqs.iss + (sentSyn ? 1 : 0) + (finSent ? 1 : 0);
    seqs.sndUna = seqs.iss + (synAcked ? 1 : 0) + (situation.finAcked ? 1 : 0);
    seqs.maxSndWnd = WINDOW;
    seqs.irs = SeqNumber(IRS);
    seqs.rcvNxt = seqs.irs + 1 + (situation.peerFin ? 1 : 0);
    seqs.rcvWnd = WINDOW;
    seqs.rcvUp = seqs.rcvNxt;
    seqs.finSent = finSent;
    return seqs;
}

TcpFsmRuleText
ToText(const Row& row)
{
    TcpFsmRuleText text;
    text.id = row.id;
    text.event = ToString(row.event);
    text.states = DescribeStates(row);
    text.condition = DescribeCondition(row);
    text.reply = ToString(row.action.reply);
    text.effects = DescribeEffects(row.action.effects);
    text.next = row.action.next ? std::string(ToString(*row.action.next)) : "";
    text.signal = ToString(row.action.signal);
    text.refusal = ToString(row.action.refusal);
    text.clause = row.clause;
    text.summary = row.summary;
    text.arrow = row.action.arrow;
    text.quiet = row.action.quiet;
    return text;
}

/// A connection that only notes which rules fire.
struct Owner
{
    State state;
    Facts facts;
    const Policy& policy;
    std::vector<TcpFsmRuleText> fired{};

    State GetState() const
    {
        return state;
    }

    const Row* Fire(Event event, const Segment& /* segment */)
    {
        const Row& row = Step(state, event, facts, policy);
        state = row.action.next.value_or(state);
        if (!row.action.quiet)
        {
            fired.push_back(ToText(row));
        }
        return &row;
    }
};

} // namespace

std::vector<TcpFsmRuleText>
TcpFsmExplanation::Rules()
{
    std::vector<TcpFsmRuleText> rules;
    for (const Row& row : Table())
    {
        rules.push_back(ToText(row));
    }
    return rules;
}

std::vector<std::string>
TcpFsmExplanation::Profiles()
{
    return NamesOf(PROFILES, FIRST);
}

std::vector<std::string>
TcpFsmExplanation::States()
{
    return NamesOf(SITUATIONS, NAME);
}

std::vector<std::string>
TcpFsmExplanation::Segments()
{
    return NamesOf(SEGMENTS, FIRST);
}

std::vector<std::string>
TcpFsmExplanation::Variants()
{
    return NamesOf(VARIANTS, NAME);
}

std::vector<TcpFsmRuleText>
TcpFsmExplanation::Explain(const TcpFsmQuestion& question)
{
    const Situation& situation = Find(SITUATIONS, question.state, "state", NAME);
    const Variant& variant = Find(VARIANTS, question.variant, "variant", NAME);
    const Sequences seqs = SequencesIn(situation);
    Segment segment;
    segment.flags = Find(SEGMENTS, question.segment, "segment", FIRST).second & ~variant.cleared;
    segment.seq = seqs.rcvNxt + variant.seq;
    segment.ack = (variant.fromSndUna ? seqs.sndUna : seqs.sndNxt) + variant.ack;
    segment.textLength = variant.textLength;
    const bool peerKnown = situation.state >= State::SYN_RCVD;
    Facts facts = Classify(segment, seqs, peerKnown);
    facts.Set(situation.origin).Set(situation.ownFin).Set(situation.receiving);
    facts.Set(Listener::PRESENT);
    Owner owner{situation.state, facts, Find(PROFILES, question.profile, "profile", FIRST).second};
    RunSteps(owner, segment);
    return owner.fired;
}

} // namespace ns3

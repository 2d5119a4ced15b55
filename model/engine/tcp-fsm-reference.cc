// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-reference.h"

#include "tcp-fsm-diagram.h"

#include <sstream>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// Effects in the order of their bits.
constexpr auto EFFECT_NAMES = std::to_array<std::string_view>({"half-open connection added",
                                                               "oldest half-open evicted",
                                                               "SYN taken",
                                                               "ACK taken",
                                                               "text taken",
                                                               "text discarded",
                                                               "text kept",
                                                               "FIN taken",
                                                               "FIN remembered",
                                                               "urgent pointer taken",
                                                               "data queued",
                                                               "FIN queued",
                                                               "receiving ends",
                                                               "receiving shut",
                                                               "2MSL restarts",
                                                               "error remembered"});

/// Events that a chapter begins with.
struct Chapter
{
    Event first;            //!< its first event
    std::string_view title; //!< its heading
};

constexpr auto CHAPTERS = std::to_array<Chapter>({
    {Event::PASSIVE_OPEN, "Calls"},
    {Event::SEGMENT_FILTER, "A segment arrives"},
    {Event::SYN_TIMEOUT, "Timers"},
    {Event::ICMP_HARD_ERROR, "From outside the connection"},
});

/// @return names of the values whose bits are set, between separators
template <typename D>
std::string
NamesOf(uint64_t bits, std::string_view separator)
{
    std::string text;
    for (; bits != 0; bits &= bits - 1)
    {
        text.append(text.empty() ? "" : separator);
        text.append(ToString(static_cast<D>(std::countr_zero(bits))));
    }
    return text;
}

/// @return a condition on one dimension, the shorter way round
template <typename D>
std::string
ConditionOn(uint64_t allowed)
{
    const uint64_t excluded = detail::ALL_BITS<D> & ~allowed;
    std::string text{Names<D>::NAME};
    if (std::popcount(excluded) < std::popcount(allowed))
    {
        return text.append(" not ").append(NamesOf<D>(excluded, " or "));
    }
    return text.append(" ").append(NamesOf<D>(allowed, " or "));
}

/// @return the text, or a dash in place of nothing
std::string
OrDash(std::string text)
{
    return text.empty() ? "–" : text;
}

/// @return the name of a reply, signal or refusal; nothing for its first value, "none"
template <typename E>
std::string
NameUnlessNone(E value)
{
    return value == E{} ? std::string() : std::string(ToString(value));
}

/// @return what a segment does after the rule
std::string_view
NextStep(Then then)
{
    switch (then)
    {
    case Then::GO_ON:
        return "goes on";
    case Then::TO_URGENT:
        return "goes on at its URG";
    case Then::DROP:
        return "is done";
    }
    return "";
}

/// @return the state entered, with the number of the arrow
std::string
DescribeNext(const Action& action)
{
    std::string text;
    if (action.next)
    {
        text.append(ToString(*action.next));
    }
    if (action.arrow > 0)
    {
        text.append(" (").append(std::to_string(action.arrow)).append(")");
    }
    return text;
}

/// @return true if rules of the event say how the segment goes on
bool
IsStep(Event event)
{
    return event >= Event::SEGMENT_FILTER && event <= Event::STEP_FIN;
}

/// Writes the rules of one event.
void
WriteEvent(std::ostream& os, Event event)
{
    os << "\n### " << ToString(event) << "\n\nHappens in "
       << (StatesOf(event).bits == ANY_STATE.bits ? "all states"
                                                  : NamesOf<State>(StatesOf(event).bits, ", "))
       << ".\n\n"
       << "| rule | states | when | sends | effects | enters | application |"
       << (IsStep(event) ? " the segment |" : "") << " clause | in short |\n"
       << "|:--|:--|:--|:--|:--|:--|:--|" << (IsStep(event) ? ":--|" : "") << ":--|:--|\n";
    for (const Row& row : Table())
    {
        if (row.event != event)
        {
            continue;
        }
        const Action& action = row.action;
        const std::string mark = action.quiet ? "*" : "";
        const std::string refusal = NameUnlessNone(action.refusal);
        os << "| " << mark << "`" << row.id << "`" << mark << " | " << DescribeStates(row) << " | "
           << OrDash(DescribeCondition(row)) << " | " << OrDash(NameUnlessNone(action.reply))
           << " | " << OrDash(DescribeEffects(action.effects)) << " | "
           << OrDash(DescribeNext(action)) << " | "
           << OrDash(refusal.empty() ? NameUnlessNone(action.signal) : "error: " + refusal)
           << " | ";
        if (IsStep(event))
        {
            os << NextStep(action.then) << " | ";
        }
        os << row.clause << " | " << row.summary << " |\n";
    }
}

/// Writes the transitions: the arrows of the diagram, then the others.
void
WriteTransitions(std::ostream& os)
{
    os << "\n## Transitions\n\nThe arrows of RFC 9293, Figure 5, by number, then what the figure "
          "leaves out.\n\n"
       << "| arrow | from | to | cause | action | rules |\n|--:|:--|:--|:--|:--|:--|\n";
    for (const Transition& transition : Transitions())
    {
        std::string rules;
        for (const Row* row : transition.rules)
        {
            rules.append(rules.empty() ? "`" : ", `").append(row->id).append("`");
        }
        const bool isArrow = transition.arrow > 0;
        os << "| " << (isArrow ? std::to_string(transition.arrow) : "–") << " | "
           << ToString(transition.from) << " | " << ToString(transition.to) << " | "
           << CausesOf(transition) << " | "
           << OrDash(isArrow ? std::string(ArrowAction(transition.arrow)) : "") << " | " << rules
           << " |\n";
    }
}

/// Writes what rules may look at.
void
WriteDimensions(std::ostream& os)
{
    os << "\n## What rules look at\n\n| | values |\n|:--|:--|\n";
    ForEachDimension([&os]<typename D>() {
        os << "| " << Names<D>::NAME << " | " << NamesOf<D>(detail::ALL_BITS<D>, ", ") << " |\n";
    });
}

/// Writes what each profile sets.
void
WriteProfiles(std::ostream& os)
{
    os << "\n## Profiles\n\n| |";
    for (const auto& [name, policy] : PROFILES)
    {
        os << " " << name << " |";
    }
    os << "\n|:--|";
    for (std::size_t i = 0; i < PROFILES.size(); ++i)
    {
        os << ":--|";
    }
    os << "\n";
    ForEachIn<PolicyDimensions>([&os]<typename D>() {
        os << "| " << Names<D>::NAME << " |";
        for (const auto& [name, policy] : PROFILES)
        {
            os << " " << ToString(policy.template Get<D>()) << " |";
        }
        os << "\n";
    });
}

} // namespace

std::string
DescribeStates(const Row& rule)
{
    const uint64_t bits = rule.Reach().GetBits<State>();
    const uint64_t others = StatesOf(rule.event).bits & ~bits;
    if (std::popcount(others) >= std::popcount(bits))
    {
        return NamesOf<State>(bits, ", ");
    }
    return others == 0 ? "all" : "all but " + NamesOf<State>(others, ", ");
}

std::string
DescribeCondition(const Row& rule)
{
    std::string text;
    ForEachDimension([&]<typename D>() {
        if (!std::is_same_v<D, State> && !rule.guard.IsFree<D>())
        {
            text.append(text.empty() ? "" : "; ");
            text.append(ConditionOn<D>(rule.guard.GetBits<D>()));
        }
    });
    return text;
}

std::string
DescribeEffects(uint16_t effects)
{
    std::string text;
    for (std::size_t i = 0; i < EFFECT_NAMES.size(); ++i)
    {
        if ((effects >> i) & 1)
        {
            text.append(text.empty() ? "" : ", ").append(EFFECT_NAMES[i]);
        }
    }
    return text;
}

std::string
ToMarkdown()
{
    std::ostringstream os;
    os << "# The rules\n\n"
          "All that the TCP does is in these tables: what it does in which situation, and why. "
          "They are read off the table that the\nprogram runs on. In each situation of an event "
          "exactly one rule holds; a rule that asks for nothing in a column \"when\" holds\n"
          "whatever that is. Rules in italics are not recorded in traces. A number in brackets is "
          "that of the arrow in RFC 9293, Figure 5.\n";
    std::size_t chapter = 0;
    for (std::size_t i = 0; i < SIZE<Event>; ++i)
    {
        const Event event = static_cast<Event>(i);
        if (chapter < CHAPTERS.size() && CHAPTERS[chapter].first == event)
        {
            os << "\n## " << CHAPTERS[chapter++].title << "\n";
        }
        WriteEvent(os, event);
    }
    WriteTransitions(os);
    WriteDimensions(os);
    WriteProfiles(os);
    return os.str();
}

} // namespace tcpfsm
} // namespace ns3

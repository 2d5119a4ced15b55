// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-diagram.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// The words of RFC 9293, Figure 5, for an arrow.
struct Caption
{
    std::string_view cause;  //!< above the line
    std::string_view action; //!< below it; "x" in the figure: nothing
};

/// By number less 1.
constexpr std::array<Caption, ARROWS_IN_DIAGRAM> CAPTIONS{{
    {"passive OPEN", "create TCB"},
    {"CLOSE", "delete TCB"},
    {"active OPEN", "snd SYN"},
    {"CLOSE", "delete TCB"},
    {"rcv SYN", "snd SYN,ACK"},
    {"SEND", "snd SYN"},
    {"rcv RST", ""},
    {"rcv SYN", "snd SYN,ACK"},
    {"rcv ACK of SYN", ""},
    {"rcv SYN,ACK", "snd ACK"},
    {"CLOSE", "snd FIN"},
    {"CLOSE", "snd FIN"},
    {"rcv FIN", "snd ACK"},
    {"rcv ACK of FIN", ""},
    {"rcv FIN,ACK", "snd ACK"},
    {"rcv FIN", "snd ACK"},
    {"rcv FIN", "snd ACK"},
    {"rcv ACK of FIN", ""},
    {"CLOSE", "snd FIN"},
    {"rcv ACK of FIN", ""},
    {"timeout=2MSL", "delete TCB"},
}};

/// @return what a row's event is to a reader of the diagram: a word or two, alike for alike events
std::string_view
ShortName(const Row& row)
{
    const uint64_t flags = row.guard.GetBits<Flags>();
    switch (row.event)
    {
    case Event::STEP_TEXT:
        return "late data";
    case Event::REMEMBERED_CLOSE:
        return ToString(Event::CLOSE);
    case Event::SYN_TIMEOUT:
    case Event::RETRANSMISSION_TIMEOUT:
    case Event::PERSIST_TIMEOUT:
    case Event::KEEP_ALIVE_TIMEOUT:
    case Event::USER_TIMEOUT:
    case Event::FIN_WAIT_2_TIMEOUT:
        return "give up";
    case Event::ICMP_HARD_ERROR:
        return "ICMP";
    default:
        break;
    }
    if (flags == Set<Flags>(Flags::RST).bits)
    {
        return "rcv RST";
    }
    if ((flags & ~(Flags::SYN | Flags::SYN_FIN).bits) == 0)
    {
        return "rcv SYN";
    }
    return ToString(row.event);
}

/// @return a state's name as an identifier of Mermaid
std::string
NodeOf(State state)
{
    std::string name{ToString(state)};
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

} // namespace

std::vector<Transition>
Transitions()
{
    std::map<std::tuple<int, State, State>, Transition> found;
    for (const Row& row : Table())
    {
        if (!row.action.next)
        {
            continue;
        }
        for (uint64_t bits = row.Reach().GetBits<State>(); bits != 0; bits &= bits - 1)
        {
            const State from = static_cast<State>(std::countr_zero(bits));
            // Those without a number come last.
            const int order = (row.action.arrow + ARROWS_IN_DIAGRAM) % (ARROWS_IN_DIAGRAM + 1);
            Transition& transition = found[{order, from, *row.action.next}];
            transition.arrow = row.action.arrow;
            transition.from = from;
            transition.to = *row.action.next;
            transition.rules.push_back(&row);
        }
    }
    std::vector<Transition> transitions;
    transitions.reserve(found.size());
    for (auto& [key, transition] : found)
    {
        transitions.push_back(std::move(transition));
    }
    return transitions;
}

std::string_view
ArrowCause(int arrow)
{
    return CAPTIONS.at(arrow - 1).cause;
}

std::string_view
ArrowAction(int arrow)
{
    return CAPTIONS.at(arrow - 1).action;
}

std::string
CausesOf(const Transition& transition)
{
    if (transition.arrow > 0)
    {
        return std::string(ArrowCause(transition.arrow));
    }
    std::vector<std::string_view> names;
    std::string text;
    for (const Row* row : transition.rules)
    {
        const std::string_view name = ShortName(*row);
        if (std::find(names.begin(), names.end(), name) == names.end())
        {
            names.push_back(name);
            text.append(text.empty() ? "" : ", ").append(name);
        }
    }
    return text;
}

std::string
ToMermaid(const DiagramOptions& options)
{
    std::ostringstream os;
    os << "stateDiagram-v2\n";
    for (std::size_t i = 0; i < SIZE<State>; ++i)
    {
        const State state = static_cast<State>(i);
        os << "    state \"" << ToString(state) << "\" as " << NodeOf(state) << "\n";
    }
    for (const Transition& t : Transitions())
    {
        if (t.arrow == 0 && !options.others)
        {
            continue;
        }
        os << "    " << NodeOf(t.from) << " --> " << NodeOf(t.to) << " : ";
        if (t.arrow > 0)
        {
            const std::string_view action = ArrowAction(t.arrow);
            os << t.arrow << ". " << CausesOf(t) << (action.empty() ? "" : " / ") << action;
        }
        else
        {
            os << "(" << CausesOf(t) << ")";
        }
        if (options.counts)
        {
            os << " \u00d7 " << options.counts->Get(t);
        }
        os << "\n";
    }
    return os.str();
}

} // namespace tcpfsm
} // namespace ns3

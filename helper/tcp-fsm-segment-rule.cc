// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-segment-rule.h"

#include "tcp-fsm-quantity.h"

#include "ns3/fatal-error.h"
#include "ns3/tcp-header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace ns3
{
namespace tcpfsm
{

namespace
{

constexpr uint8_t SYN = TcpHeader::SYN;
constexpr uint8_t FIN = TcpHeader::FIN;
constexpr uint8_t RST = TcpHeader::RST;
constexpr uint8_t ACK = TcpHeader::ACK;

/// A kind of segments: which control bits are set, which are not, and what length is meant.
struct Kind
{
    std::string_view name;
    uint8_t set;
    uint8_t clear;

    enum : uint8_t
    {
        ANY_LENGTH,
        EMPTY,
        DATA
    } length;
};

constexpr std::array<Kind, 10> KINDS{{{"SYN", SYN, ACK, Kind::ANY_LENGTH},
                                      {"SYN-ACK", SYN | ACK, 0, Kind::ANY_LENGTH},
                                      {"SYN-FIN", SYN | FIN, 0, Kind::ANY_LENGTH},
                                      {"FIN", FIN, 0, Kind::ANY_LENGTH},
                                      {"FIN-ACK", FIN | ACK, 0, Kind::ANY_LENGTH},
                                      {"RST", RST, 0, Kind::ANY_LENGTH},
                                      {"RST-ACK", RST | ACK, 0, Kind::ANY_LENGTH},
                                      {"ACK", ACK, SYN | FIN | RST, Kind::EMPTY},
                                      {"data", 0, 0, Kind::DATA},
                                      {"any", 0, 0, Kind::ANY_LENGTH}}};

constexpr std::array<std::pair<std::string_view, Treatment>, 3> TREATMENTS{
    {{"drop", Treatment::DROP}, {"duplicate", Treatment::DUPLICATE}, {"delay", Treatment::DELAY}}};

/// @return the kind of this name, or nullptr
const Kind*
FindKind(std::string_view name)
{
    const auto* found = std::find_if(KINDS.begin(), KINDS.end(), [name](const Kind& kind) {
        return kind.name == name;
    });
    return found == KINDS.end() ? nullptr : found;
}

/// @return the names of all kinds
std::string
KindNames()
{
    std::string names;
    for (const Kind& kind : KINDS)
    {
        names.append(names.empty() ? "" : ", ").append(kind.name);
    }
    return names;
}

/// @return a number that is all of a word, or all before its suffix
std::optional<uint64_t>
ReadNumber(std::string_view word, std::string_view suffix = "")
{
    uint64_t number = 0;
    if (!word.ends_with(suffix))
    {
        return std::nullopt;
    }
    const char* end = word.data() + word.size() - suffix.size();
    const auto [stop, error] = std::from_chars(word.data(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

/// @return the number in "2nd" and the like, at least 1
std::optional<uint64_t>
ReadOrdinal(std::string_view word)
{
    for (const char* suffix : {"st", "nd", "rd", "th"})
    {
        if (const auto number = ReadNumber(word, suffix); number && *number > 0)
        {
            return number;
        }
    }
    return std::nullopt;
}

/// Takes a rule apart, word by word.
class Parser
{
  public:
    explicit Parser(const std::string& text)
        : m_text(text),
          m_words(text)
    {
        Next();
    }

    SegmentRule Parse()
    {
        const Treatment treatment = ReadTreatment();
        const TcpFsmOccurrence occurrence = ReadOccurrence();
        if (!FindKind(m_word))
        {
            Fail("segments", KindNames());
        }
        SegmentRule rule{treatment, std::exchange(m_word, ""), occurrence};
        Next();
        if (Take("from"))
        {
            rule.sender = ReadNode();
        }
        if (treatment == Treatment::DELAY)
        {
            rule.delay = ReadDelay();
        }
        if (!m_word.empty())
        {
            Fail("the end", treatment == Treatment::DELAY ? "nothing" : "from node N, or nothing");
        }
        return rule;
    }

  private:
    void Next()
    {
        m_word.clear();
        m_words >> m_word;
    }

    /// @return whether this is the next word, which then is taken
    bool Take(std::string_view word)
    {
        const bool found = m_word == word;
        if (found)
        {
            Next();
        }
        return found;
    }

    Treatment ReadTreatment()
    {
        for (const auto& [name, treatment] : TREATMENTS)
        {
            if (Take(name))
            {
                return treatment;
            }
        }
        Fail("what to do", "drop, duplicate, delay");
        return Treatment::DROP;
    }

    TcpFsmOccurrence ReadOccurrence()
    {
        if (Take("first"))
        {
            const auto number = ReadNumber(m_word);
            if (!number || *number == 0)
            {
                return TcpFsmOccurrence::Nth(1);
            }
            Next();
            return TcpFsmOccurrence::First(*number);
        }
        const bool every = Take("every");
        if (const auto number = ReadOrdinal(m_word))
        {
            Next();
            return every ? TcpFsmOccurrence::Every(*number) : TcpFsmOccurrence::Nth(*number);
        }
        if (every)
        {
            return TcpFsmOccurrence::Every(1);
        }
        const auto share = ReadQuantity(m_word);
        if (!share || share->unit != "%" || share->number < 0 || share->number > 100)
        {
            Fail("which segments", "first, 2nd, first 3, every, every 2nd, 5% of");
        }
        const double probability = share->number / 100;
        Next();
        if (!Take("of"))
        {
            Fail("a share", "of");
        }
        return TcpFsmOccurrence::Probability(probability);
    }

    uint32_t ReadNode()
    {
        const bool node = Take("node");
        const auto number = ReadNumber(m_word);
        if (!node || !number || *number > UINT32_MAX)
        {
            Fail("the sender", "node and the node's number, such as from node 1");
        }
        Next();
        return *number;
    }

    Time ReadDelay()
    {
        const bool by = Take("by");
        const auto delay = ReadTime(m_word);
        if (!by || !delay)
        {
            Fail("the delay", "by and a time, such as by 20ms");
        }
        Next();
        return *delay;
    }

    /// Ends the program; the next word is not what should stand there.
    void Fail(const char* what, const std::string& allowed)
    {
        const std::string bad = m_word.empty() ? "it ends" : "there is \"" + m_word + "\"";
        NS_FATAL_ERROR("TcpFsmSegmentFilter: in the rule \"" << m_text << "\" " << bad << " where "
                                                             << what << " should be; write "
                                                             << allowed);
    }

    std::string m_text;         //!< the rule
    std::istringstream m_words; //!< what is left of it, after the next word
    std::string m_word;         //!< the next word; empty: there is none
};

} // namespace

SegmentRule
SegmentRule::Parse(const std::string& text)
{
    return Parser(text).Parse();
}

void
SegmentRule::Check() const
{
    if (!FindKind(segments))
    {
        NS_FATAL_ERROR("TcpFsmSegmentFilter: no segments are called \""
                       << segments << "\"; there are " << KindNames());
    }
    if (delay.IsStrictlyNegative())
    {
        NS_FATAL_ERROR("TcpFsmSegmentFilter: the delay is negative; segments cannot come earlier");
    }
}

bool
SegmentRule::Matches(const SegmentShape& segment, uint32_t node) const
{
    const Kind& kind = *FindKind(segments);
    return (!sender || *sender == node) && (segment.flags & kind.set) == kind.set &&
           (segment.flags & kind.clear) == 0 &&
           (kind.length == Kind::ANY_LENGTH || (kind.length == Kind::DATA) == (segment.length > 0));
}

std::string
SegmentRule::ToString() const
{
    std::ostringstream text;
    const auto* name =
        std::find_if(TREATMENTS.begin(), TREATMENTS.end(), [this](const auto& entry) {
            return entry.second == treatment;
        });
    text << name->first << " " << occurrence.ToString() << " " << segments;
    if (sender)
    {
        text << " from node " << *sender;
    }
    if (treatment == Treatment::DELAY)
    {
        std::ostringstream time;
        time << delay.As(); // with a sign in front
        text << " by " << time.str().substr(1);
    }
    return text.str();
}

} // namespace tcpfsm
} // namespace ns3

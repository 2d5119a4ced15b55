// SPDX-License-Identifier: GPL-2.0-only

#include "ladder.h"

#include "ladder-text.h"

#include <optional>
#include <sstream>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

constexpr std::size_t SIDE_WIDTH = 44;
constexpr std::size_t MIDDLE_WIDTH = 62;

/// Names of the connections of each host: name i is that of the connection with number i.
struct IsnNames
{
    std::array<std::vector<unsigned>, 2> names{std::vector<unsigned>(FRESH + 1),
                                               std::vector<unsigned>(FRESH + 1)};
    std::array<unsigned, 2> last{}; //!< connections so far

    /// The next connection of each host is not named yet.
    void Prepare()
    {
        for (unsigned side = 0; side < 2; ++side)
        {
            names[side][FRESH] = last[side] + 1;
        }
    }

    /// Follows Pair::Renumber().
    void Renumber(const Remembered& remembered)
    {
        for (unsigned side = 0; side < 2; ++side)
        {
            std::vector<unsigned> next;
            for (unsigned i = 0; i <= FRESH; ++i)
            {
                if (remembered[side] & (1U << i))
                {
                    next.push_back(names[side][i]);
                    last[side] = std::max(last[side], names[side][i]);
                }
            }
            next.resize(FRESH + 1);
            names[side] = next;
        }
    }
};

std::string
FormatNumber(const IsnNames& isns, unsigned owner, uint64_t connection, uint64_t offset)
{
    return std::string(owner == 0 ? "A" : "B") + std::to_string(isns.names[owner][connection]) +
           (offset > 0 ? "+" + std::to_string(offset) : "");
}

std::string
Format(const IsnNames& isns, uint32_t word)
{
    using namespace wire;
    const unsigned sender = Sender::Get(word);
    const Segment segment = UnpackSegment(word);
    const std::string seq =
        SeqSet::Get(word) ? FormatNumber(isns, sender, SeqIsn::Get(word), SeqOffset::Get(word))
                          : "old";
    const std::string ack =
        AckSet::Get(word) ? FormatNumber(isns, 1 - sender, AckIsn::Get(word), AckOffset::Get(word))
                          : "old";
    return FormatSegment(segment.flags, segment.textLength, seq, ack);
}

std::string
Describe(uint64_t word)
{
    const Host host = UnpackHost(word);
    std::string text(ToString(host.state));
    if (host.listener)
    {
        text = host.IsOpen() ? text + " (and LISTEN)" : "LISTEN";
    }
    return text;
}

std::string
Pad(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size() + 1), ' ');
    return text;
}

/// The columns of a ladder.
class Ladder
{
  public:
    void Line(const std::string& left, const std::string& middle, const std::string& right)
    {
        std::string line = "  " + Pad(left, SIDE_WIDTH) + Pad(middle, MIDDLE_WIDTH) + right;
        line.erase(line.find_last_not_of(' ') + 1);
        m_text << line << "\n";
    }

    void Beside(unsigned side, const std::string& middle, const std::string& text)
    {
        Line(side == 0 ? text : "", middle, side == 1 ? text : "");
    }

    void States(const Pair& pair)
    {
        Line(Describe(pair.host[0]), "", Describe(pair.host[1]));
    }

    void Happens(const IsnNames& isns, const Successor& next)
    {
        const unsigned side = next.side;
        std::string middle;
        if (next.fate != Fate::NONE)
        {
            const std::string text = Format(isns, next.segment);
            middle = side == 0 ? "<-- " + text : text + " -->";
            middle += next.fate == Fate::COPIED ? " (a copy stays)" : "";
            middle += next.fate == Fate::LOST ? " lost" : "";
        }
        if (!next.move)
        {
            Line("", middle, "");
            return;
        }
        const Move& move = *next.move;
        const std::string rules = move.rules.empty() ? "" : "[" + move.rules + "]";
        const bool both = !move.what.empty() && !rules.empty();
        Beside(side, middle, move.what + (both ? " " : "") + rules);
        for (const uint32_t segment : move.sent)
        {
            if (segment != 0)
            {
                const auto own = static_cast<uint32_t>(wire::Sender::Put(segment, side));
                const bool fits = std::ranges::count(next.pair.flight, own) > 0;
                Beside(side, "", "  sends " + Format(isns, own) + (fits ? "" : " lost"));
            }
        }
    }

    std::string Text() const
    {
        return m_text.str();
    }

  private:
    std::ostringstream m_text;
};

} // namespace

std::string
DrawLadder(Moves& moves,
           unsigned room,
           const std::vector<Key>& run,
           const std::string& flaw,
           bool after)
{
    Ladder ladder;
    IsnNames isns;
    Pair pair;
    ladder.Line("A", "", "B");
    ladder.States(pair);
    for (std::size_t i = 1; i < run.size() + (after ? 1 : 0); ++i)
    {
        std::optional<Successor> found;
        ForEachSuccessor(moves, pair, room, [&](const Successor& next) {
            Pair to = next.pair;
            to.Normalize();
            const bool matches = i < run.size() ? to.Canonical() == run[i]
                                                : next.flaw != nullptr && next.flaw == flaw;
            if (matches && !found)
            {
                found = next;
            }
        });
        if (!found)
        {
            return ladder.Text() + "  (the rest of the run was not found)\n";
        }
        isns.Prepare();
        ladder.Happens(isns, *found);
        const bool changes = Describe(pair.host[0]) != Describe(found->pair.host[0]) ||
                             Describe(pair.host[1]) != Describe(found->pair.host[1]);
        pair = found->pair;
        isns.Renumber(pair.Normalize());
        if (changes)
        {
            ladder.States(pair);
        }
    }
    return ladder.Text() + "  => " + flaw + "\n";
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

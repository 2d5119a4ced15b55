// SPDX-License-Identifier: GPL-2.0-only

#include "pair.h"

#include <bit>
#include <functional>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

namespace
{

bool
HasPrevious(uint64_t word)
{
    using namespace hostfield;
    return StateOf::Get(word) == static_cast<uint64_t>(State::SYN_RCVD) &&
           OriginOf::Get(word) == static_cast<uint64_t>(Origin::REOPENED);
}

/// @return the number that a connection gets if only the remembered ones have numbers
uint64_t
Rank(uint64_t connection, unsigned remembered)
{
    return std::popcount(remembered & ((1U << connection) - 1));
}

/// Gives a field its new number.
template <typename F, typename Word>
void
RenumberField(Word& word, unsigned remembered)
{
    word = static_cast<Word>(F::Put(word, Rank(F::Get(word), remembered)));
}

} // namespace

Remembered
Pair::GetRemembered() const
{
    using namespace hostfield;
    Remembered used{};
    for (unsigned side = 0; side < 2; ++side)
    {
        const uint64_t word = host[side];
        if (IsOpen(word))
        {
            used[side] |= 1U << Iss::Get(word);
        }
        if (StateOf::Get(word) >= static_cast<uint64_t>(State::SYN_RCVD))
        {
            used[1 - side] |= 1U << Irs::Get(word);
        }
        if (HasPrevious(word))
        {
            used[side] |= 1U << PreviousIss::Get(word);
            used[1 - side] |= 1U << PreviousIrs::Get(word);
        }
    }
    for (const uint32_t segment : flight)
    {
        if (wire::Control::Get(segment) & CTL_SYN)
        {
            used[wire::Sender::Get(segment)] |= 1U << wire::SeqIsn::Get(segment);
        }
    }
    return used;
}

void
Pair::Forget(const Remembered& remembered)
{
    const auto known = [&](unsigned owner, uint64_t connection) {
        return ((remembered[owner] >> connection) & 1) != 0;
    };
    for (uint32_t& segment : flight)
    {
        uint64_t word = segment;
        const unsigned sender = wire::Sender::Get(word);
        const bool isRst = wire::Control::Get(word) & CTL_RST;
        if (wire::AckSet::Get(word) && !known(1 - sender, wire::AckIsn::Get(word)))
        {
            word &= ~(wire::AckSet::MASK | wire::AckIsn::MASK | wire::AckOffset::MASK);
        }
        if (wire::SeqSet::Get(word) && !known(sender, wire::SeqIsn::Get(word)))
        {
            word &= ~(wire::SeqSet::MASK | wire::SeqIsn::MASK | wire::SeqOffset::MASK |
                      wire::Text::MASK | wire::Arrived::MASK);
            word = isRst ? word : wire::Control::Put(word, 0);
        }
        const bool means = wire::SeqSet::Get(word) || wire::AckSet::Get(word);
        segment = isRst && !means ? 0 : static_cast<uint32_t>(word);
    }
}

void
Pair::Renumber(const Remembered& remembered)
{
    using namespace hostfield;
    const auto inOrder = [](unsigned mask) { return (mask & (mask + 1)) == 0; };
    if (inOrder(remembered[0]) && inOrder(remembered[1]))
    {
        return;
    }
    for (unsigned side = 0; side < 2; ++side)
    {
        const unsigned own = remembered[side];
        const unsigned others = remembered[1 - side];
        uint64_t& word = host[side];
        if (IsOpen(word))
        {
            RenumberField<Iss>(word, own);
        }
        if (StateOf::Get(word) >= static_cast<uint64_t>(State::SYN_RCVD))
        {
            RenumberField<Irs>(word, others);
        }
        if (HasPrevious(word))
        {
            RenumberField<PreviousIss>(word, own);
            RenumberField<PreviousIrs>(word, others);
        }
    }
    for (uint32_t& segment : flight)
    {
        const unsigned sender = wire::Sender::Get(segment);
        if (wire::SeqSet::Get(segment))
        {
            RenumberField<wire::SeqIsn>(segment, remembered[sender]);
        }
        if (wire::AckSet::Get(segment))
        {
            RenumberField<wire::AckIsn>(segment, remembered[1 - sender]);
        }
    }
}

void
Pair::Sort()
{
    std::sort(flight.begin(), flight.end(), std::greater<>());
    // Two may have become the same.
    const auto end = std::unique(flight.begin(), flight.end());
    std::fill(end, flight.end(), 0);
}

Remembered
Pair::Normalize()
{
    const Remembered remembered = GetRemembered();
    Forget(remembered);
    Renumber(remembered);
    Sort();
    return remembered;
}

Pair
Pair::Mirrored() const
{
    Pair mirrored;
    mirrored.host = {host[1], host[0]};
    for (std::size_t i = 0; i < flight.size(); ++i)
    {
        mirrored.flight[i] =
            flight[i] ? static_cast<uint32_t>(
                            wire::Sender::Put(flight[i], 1 - wire::Sender::Get(flight[i])))
                      : 0;
    }
    return mirrored;
}

Key
Pair::Packed() const
{
    Key key = 0;
    for (const uint32_t segment : flight)
    {
        key = key << wire::BITS | segment;
    }
    for (const uint64_t word : host)
    {
        key = key << hostfield::BITS | word;
    }
    return key;
}

Key
Pair::Canonical() const
{
    Pair mirrored = Mirrored();
    mirrored.Sort();
    return std::min(Packed(), mirrored.Packed());
}

Pair
Pair::Unpack(Key key)
{
    Pair pair;
    const auto take = [&key](unsigned bits) {
        const auto value = static_cast<uint64_t>(key & ((Key{1} << bits) - 1));
        key >>= bits;
        return value;
    };
    pair.host[1] = take(hostfield::BITS);
    pair.host[0] = take(hostfield::BITS);
    for (std::size_t i = pair.flight.size(); i-- > 0;)
    {
        pair.flight[i] = static_cast<uint32_t>(take(wire::BITS));
    }
    return pair;
}

} // namespace test
} // namespace tcpfsm
} // namespace ns3

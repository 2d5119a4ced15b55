// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_PROOF_H
#define TCP_FSM_PROOF_H

#include "tcp-fsm-row.h"

#include <algorithm>

/**
 * @file
 * Proves at compile time that a table answers every situation of every event with exactly one row.
 *
 * Guards are products of sets, so two rows overlap only if they meet in every dimension, and rows
 * that do not overlap are complete when their volumes add up to the volume of the event's space.
 * A table that fails does not compile; the error names the rows, or a situation without one.
 */

namespace ns3
{
namespace tcpfsm
{

/// A text put together at compile time.
struct Label
{
    char text[48]{};       //!< the characters
    std::size_t length{0}; //!< how many

    constexpr Label() = default;

    /// Copies the text.
    constexpr Label(std::string_view s)
    {
        Append(s);
    }

    /// Appends as much of the text as fits.
    constexpr void Append(std::string_view s)
    {
        for (std::size_t i = 0; i < s.size() && length < sizeof(text); ++i)
        {
            text[length++] = s[i];
        }
    }
};

/// A text of exact length as a template argument, so that compilers print it in their errors.
template <std::size_t LENGTH>
struct Name
{
    char text[LENGTH + 1]{}; //!< zero-terminated

    constexpr Name(const Label& label)
    {
        std::copy_n(label.text, LENGTH, text);
    }
};

/// A situation that no row matches.
struct Gap
{
    bool exists{false};  //!< there is one
    Guard point;         //!< its values
    uint64_t matters{0}; //!< bit i: the rows nearby look at dimension i
};

/// A flaw of a table: two rows that meet, or a situation that none meets.
struct Flaw
{
    Label first;  //!< identifier of a row
    Label second; //!< identifier of another
    Gap gap;      //!< a situation without a row
};

/// Compiles only if both names are empty.
template <Name ROW, Name OTHER>
struct RowMatchesTwice
{
    static_assert(sizeof(ROW.text) == 1,
                  "two rows match the same situation: their identifiers are above");
    static constexpr bool VALUE = true;
};

/// Never compiles.
template <Event EVENT, auto... VALUES>
struct NoRowMatches
{
    static_assert(sizeof...(VALUES) > std::tuple_size_v<Dimensions>,
                  "no row matches the situation above");
    static constexpr bool VALUE = false;
};

/// The rows of one event, cut to the states in which it can happen.
template <std::size_t N>
struct EventRows
{
    std::array<std::string_view, N> id{};      //!< identifiers
    std::array<Guard, N> reach{};              //!< where the rows apply
    std::array<unsigned __int128, N> volume{}; //!< numbers of points in there
    std::size_t count{0};                      //!< how many rows

    constexpr EventRows(const std::array<Row, N>& rows, Event event)
    {
        const Guard space = When(StatesOf(event));
        for (const Row& row : rows)
        {
            if (row.event == event)
            {
                id[count] = row.id;
                reach[count] = row.guard & space;
                volume[count] = reach[count].Volume();
                ++count;
            }
        }
    }

    /// @return the number of points with the value that rows cover, if no two rows meet
    template <typename D>
    constexpr unsigned __int128 Covered(D value) const
    {
        unsigned __int128 covered = 0;
        for (std::size_t i = 0; i < count; ++i)
        {
            const uint64_t bits = reach[i].template GetBits<D>();
            if ((bits & Set<D>(value).bits) != 0)
            {
                covered += volume[i] / std::popcount(bits);
            }
        }
        return covered;
    }

    /// Leaves only the rows that apply to the value, and only the points with it.
    template <typename D>
    constexpr void Keep(D value)
    {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < count; ++i)
        {
            const uint64_t bits = reach[i].template GetBits<D>();
            if ((bits & Set<D>(value).bits) != 0)
            {
                reach[kept] = reach[i];
                volume[kept] = volume[i] / std::popcount(bits);
                ++kept;
            }
        }
        count = kept;
    }
};

/**
 * Chooses a value in one dimension after the other, such that fewer points with it are covered than
 * there are. With each choice rows drop out, so that the dimensions that matter become few.
 *
 * @param rows the rows of an event, no two of which meet, and which leave a gap
 * @param space the points at which the event can happen
 * @return a situation in the gap
 */
template <std::size_t N>
constexpr Gap
FindGap(EventRows<N> rows, const Guard& space)
{
    Gap gap{true, space, 0};
    unsigned __int128 points = space.Volume();
    std::size_t dimension = 0;
    ForEachDimension([&]<typename D>() {
        uint64_t values = space.GetBits<D>();
        for (std::size_t i = 0; i < rows.count; ++i)
        {
            const bool looks = rows.reach[i].template GetBits<D>() != values;
            gap.matters |= uint64_t{looks} << dimension;
        }
        ++dimension;
        points /= std::popcount(values);
        while (rows.Covered(static_cast<D>(std::countr_zero(values))) >= points)
        {
            values &= values - 1;
        }
        gap.point.Put(static_cast<D>(std::countr_zero(values)));
        rows.Keep(gap.point.Get<D>());
    });
    return gap;
}

/**
 * @param table a table
 * @param event an event
 * @return the first flaw among the rows of the event
 */
template <std::size_t N>
constexpr Flaw
FindFlaw(const std::array<Row, N>& table, Event event)
{
    Flaw flaw;
    const EventRows<N> rows(table, event);
    unsigned __int128 covered = 0;
    for (std::size_t i = 0; i < rows.count; ++i)
    {
        covered += rows.volume[i];
        for (std::size_t j = i + 1; j < rows.count; ++j)
        {
            if (!(rows.reach[i] & rows.reach[j]).IsEmpty())
            {
                flaw.first = rows.id[i];
                flaw.second = rows.id[j];
                return flaw;
            }
        }
    }
    const Guard space = When(StatesOf(event));
    if (covered < space.Volume())
    {
        flaw.gap = FindGap(rows, space);
    }
    return flaw;
}

/// The first flaw among the rows of one event; a variable of its own, because compilers limit the
/// steps of each evaluation.
template <const auto& ROWS, Event EVENT>
inline constexpr Flaw FLAW = FindFlaw(ROWS, EVENT);

/// Does not compile; the error lists the values that matter, from dimension I on.
template <const Flaw& F, Event EVENT, std::size_t I = 0, auto... VALUES>
constexpr bool
ShowGap()
{
    if constexpr (I == std::tuple_size_v<Dimensions>)
    {
        return NoRowMatches<EVENT, VALUES...>::VALUE;
    }
    else if constexpr ((F.gap.matters >> I) & 1)
    {
        using D = std::tuple_element_t<I, Dimensions>;
        return ShowGap<F, EVENT, I + 1, VALUES..., F.gap.point.template Get<D>()>();
    }
    else
    {
        return ShowGap<F, EVENT, I + 1, VALUES...>();
    }
}

/// True if the rows of one event have no flaw; does not compile otherwise.
template <const auto& ROWS, Event EVENT>
inline constexpr bool EVENT_PROVEN = [] {
    constexpr const Flaw& F = FLAW<ROWS, EVENT>;
    if constexpr (F.gap.exists)
    {
        return ShowGap<F, EVENT>();
    }
    else
    {
        return RowMatchesTwice<Name<F.first.length>(F.first),
                               Name<F.second.length>(F.second)>::VALUE;
    }
}();

/**
 * True for a table without a flaw; does not compile for any other.
 * @tparam ROWS a constexpr array of rows with static storage
 */
template <const auto& ROWS>
inline constexpr bool PROVEN = []<std::size_t... E>(std::index_sequence<E...>) {
    return (EVENT_PROVEN<ROWS, static_cast<Event>(E)> && ...);
}(std::make_index_sequence<SIZE<Event>>{});

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_PROOF_H

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
    char text[160]{};      //!< the characters
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

/// A flaw of a table: two rows that meet, or a situation that none meets.
struct Flaw
{
    Label first;     //!< identifier of a row
    Label second;    //!< identifier of another
    Label situation; //!< values in which a situation without a row lies
};

/// Compiles only if both names are empty.
template <Name ROW, Name OTHER>
struct RowMatchesTwice
{
    static_assert(sizeof(ROW.text) == 1,
                  "two rows match the same situation: their identifiers are above");
    static constexpr bool VALUE = true;
};

/// Compiles only if the name is empty.
template <Name SITUATION>
struct NoRowMatches
{
    static_assert(sizeof(SITUATION.text) == 1, "no row matches the situation above");
    static constexpr bool VALUE = true;
};

/**
 * @param rows a table
 * @param event an event
 * @return the first flaw among the rows of the event
 */
template <std::size_t N>
constexpr Flaw
FindFlaw(const std::array<Row, N>& rows, Event event)
{
    Flaw flaw;
    Guard space = When(StatesOf(event));
    unsigned __int128 covered = 0;
    for (std::size_t i = 0; i < N; ++i)
    {
        if (rows[i].event != event)
        {
            continue;
        }
        const Guard reach = rows[i].Reach();
        covered += reach.Volume();
        for (std::size_t j = i + 1; j < N; ++j)
        {
            if (rows[j].event == event && !(reach & rows[j].Reach()).IsEmpty())
            {
                flaw.first = rows[i].id;
                flaw.second = rows[j].id;
                return flaw;
            }
        }
    }
    if (covered == space.Volume())
    {
        return flaw;
    }
    // Narrows the space to a situation without a row: in each dimension some value's slice has
    // fewer covered points than points.
    flaw.situation.Append(ToString(event));
    ForEachDimension([&]<typename D>() {
        for (std::size_t i = 0; i < SIZE<D>; ++i)
        {
            const Guard slice = space & When(static_cast<D>(i));
            unsigned __int128 sliceCovered = 0;
            for (const auto& row : rows)
            {
                sliceCovered += row.event == event ? (row.Reach() & slice).Volume() : 0;
            }
            if (sliceCovered < slice.Volume())
            {
                // A dimension that no row of the event looks at says nothing.
                bool matters = std::any_of(rows.begin(), rows.end(), [event](const Row& row) {
                    return row.event == event && !row.guard.template IsFree<D>();
                });
                if (matters)
                {
                    flaw.situation.Append(", ");
                    flaw.situation.Append(Names<D>::NAME);
                    flaw.situation.Append("=");
                    flaw.situation.Append(ToString(static_cast<D>(i)));
                }
                space = slice;
                return;
            }
        }
    });
    return flaw;
}

/// The first flaw among the rows of one event; a variable of its own, because compilers limit the
/// steps of each evaluation.
template <const auto& ROWS, Event EVENT>
inline constexpr Flaw FLAW = FindFlaw(ROWS, EVENT);

/// True if the rows of one event have no flaw; does not compile otherwise.
template <const auto& ROWS, Event EVENT>
inline constexpr bool EVENT_PROVEN = [] {
    constexpr const Flaw& F = FLAW<ROWS, EVENT>;
    return RowMatchesTwice<Name<F.first.length>(F.first), Name<F.second.length>(F.second)>::VALUE &&
           NoRowMatches<Name<F.situation.length>(F.situation)>::VALUE;
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

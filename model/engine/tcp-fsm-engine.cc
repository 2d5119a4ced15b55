// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-engine.h"

#include "tcp-fsm-proof.h"
#include "tcp-fsm-table.h"

#include <cstdlib>

namespace ns3
{
namespace tcpfsm
{

static_assert(PROVEN<TABLE>);

namespace
{

/// The rows that can match in one state, for each event: a slice of Index::order.
struct Slice
{
    uint16_t begin; //!< first position
    uint16_t end;   //!< one past the last
};

/// Sorts the rows by event and state, so that a step looks at few.
struct Index
{
    std::array<std::array<Slice, SIZE<State>>, SIZE<Event>> slices{}; //!< by event and state
    std::array<uint16_t, TABLE.size() * SIZE<State>> order{};         //!< positions in TABLE
    std::array<Guard, TABLE.size() * SIZE<State>> guards{};           //!< theirs, side by side

    constexpr Index()
    {
        uint16_t count = 0;
        for (std::size_t e = 0; e < SIZE<Event>; ++e)
        {
            for (std::size_t s = 0; s < SIZE<State>; ++s)
            {
                slices[e][s].begin = count;
                for (std::size_t r = 0; r < TABLE.size(); ++r)
                {
                    if (TABLE[r].event == static_cast<Event>(e) &&
                        ((TABLE[r].Reach().GetBits<State>() >> s) & 1))
                    {
                        order[count] = static_cast<uint16_t>(r);
                        guards[count] = TABLE[r].guard;
                        ++count;
                    }
                }
                slices[e][s].end = count;
            }
        }
    }
};

const Index INDEX;

} // namespace

Outcome
Step(State state, Event event, const Facts& facts, const Policy& policy)
{
    const Guard point = facts.Point(state, policy);
    const Slice slice =
        INDEX.slices[static_cast<std::size_t>(event)][static_cast<std::size_t>(state)];
    for (uint16_t i = slice.begin; i < slice.end; ++i)
    {
        if (INDEX.guards[i].Contains(point))
        {
            return TABLE[INDEX.order[i]];
        }
    }
    // The proof leaves only one way to get here: an event in a state where it cannot happen.
    std::abort();
}

std::span<const Row>
Table()
{
    return TABLE;
}

const Row*
FindRow(std::string_view id)
{
    auto it =
        std::find_if(TABLE.begin(), TABLE.end(), [id](const Row& row) { return row.id == id; });
    return it == TABLE.end() ? nullptr : &*it;
}

} // namespace tcpfsm
} // namespace ns3

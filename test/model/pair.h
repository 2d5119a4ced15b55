// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_PAIR_H
#define TCP_FSM_TEST_PAIR_H

#include "packed.h"

#include <algorithm>
#include <array>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Segments in flight at most.
inline constexpr std::size_t MAX_FLIGHT = 3;

/// A pair as one number.
using Key = unsigned __int128;

/// For each host, the connections whose numbers somebody remembers, a bit for each.
using Remembered = std::array<unsigned, 2>;

/**
 * Two hosts and the segments between them. A channel that duplicates is a set: a segment that is
 * delivered can stay, so any number of copies arrives, in any order.
 */
struct Pair
{
    std::array<uint64_t, 2> host{};            //!< bit strings, see packed.h
    std::array<uint32_t, MAX_FLIGHT> flight{}; //!< the largest first, 0 for none

    /// Puts a segment in flight. @return false if there is no room: it is lost
    bool Send(uint32_t segment, unsigned room)
    {
        for (unsigned i = 0; i < room; ++i)
        {
            if (flight[i] == segment)
            {
                return true;
            }
            if (flight[i] == 0)
            {
                flight[i] = segment;
                return true;
            }
        }
        return false;
    }

    /// A segment is no longer in flight.
    void Remove(std::size_t i)
    {
        std::copy(flight.begin() + i + 1, flight.end(), flight.begin() + i);
        flight.back() = 0;
    }

    /// The octet of a host's connection was taken: marks what must not be taken again.
    void MarkOctet(unsigned sender, uint64_t connection)
    {
        uint64_t& word = host[sender];
        if (IsOpen(word) && hostfield::Iss::Get(word) == connection)
        {
            word = hostfield::OctetArrived::Put(word, 1);
        }
        for (uint32_t& segment : flight)
        {
            if (wire::Text::Get(segment) && wire::Sender::Get(segment) == sender &&
                wire::SeqIsn::Get(segment) == connection)
            {
                segment = static_cast<uint32_t>(wire::Arrived::Put(segment, 1));
            }
        }
    }

    /// The FIN of a host's connection was taken.
    void MarkFin(unsigned sender, uint64_t connection)
    {
        uint64_t& word = host[sender];
        if (IsOpen(word) && hostfield::Iss::Get(word) == connection)
        {
            word = hostfield::FinArrived::Put(word, 1);
        }
    }

    /// @return true if the host has a connection
    static bool IsOpen(uint64_t word)
    {
        return hostfield::StateOf::Get(word) != static_cast<uint64_t>(State::CLOSED);
    }

    /// @return true if both hosts have neither connection nor listener
    bool IsClosed() const
    {
        return !IsOpen(host[0]) && !IsOpen(host[1]) && !hostfield::Listening::Get(host[0]) &&
               !hostfield::Listening::Get(host[1]);
    }

    /// @return the connections whose numbers are used somewhere
    Remembered GetRemembered() const;
    /**
     * Forgets numbers that can never be valid again: those of connections that neither host nor a
     * SYN in flight knows. What they are makes no difference to anybody, nor do data and FIN of
     * such a segment, and a RST without valid numbers might as well be lost.
     */
    void Forget(const Remembered& remembered);
    /// Renumbers connections so that those that are remembered come first, in their order.
    void Renumber(const Remembered& remembered);
    /// Brings the segments into an order that does not depend on history.
    void Sort();
    /// Forgets, renumbers and sorts. @return the connections that are remembered, before
    Remembered Normalize();
    /// @return the pair with the hosts exchanged, not sorted
    Pair Mirrored() const;
    /// @return the number of this pair
    Key Packed() const;
    /// @return the number that this pair and its mirror image share; the pair must be sorted
    Key Canonical() const;
    /// @return the pair of a number
    static Pair Unpack(Key key);
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_PAIR_H

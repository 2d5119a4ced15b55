// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_PAIR_SET_H
#define TCP_FSM_TEST_PAIR_SET_H

#include "pair.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// The pairs found so far, numbered in the order in which they were found.
class PairSet
{
  public:
    PairSet()
        : m_slots(std::size_t{1} << 16)
    {
    }

    /**
     * Adds a pair unless it is there.
     * @param key the pair
     * @return its number, and whether it is new
     */
    std::pair<uint32_t, bool> Add(Key key)
    {
        if (2 * m_keys.size() >= m_slots.size())
        {
            Grow();
        }
        uint32_t& slot = Find(key);
        if (slot != 0)
        {
            return {slot - 1, false};
        }
        m_keys.push_back(key);
        slot = static_cast<uint32_t>(m_keys.size());
        return {slot - 1, true};
    }

    /// @return a pair by its number
    Key Get(uint32_t number) const
    {
        return m_keys[number];
    }

    /// @return how many there are
    std::size_t Size() const
    {
        return m_keys.size();
    }

  private:
    /// @return the slot that holds the number of a key plus 1, or the free one where it belongs
    uint32_t& Find(Key key)
    {
        constexpr uint64_t MULTIPLIER = 0x9e3779b97f4a7c15;
        const auto product = (static_cast<Key>(static_cast<uint64_t>(key)) + (MULTIPLIER >> 1)) *
                                 (static_cast<uint64_t>(key >> 64) ^ MULTIPLIER) +
                             static_cast<uint64_t>(key);
        const auto hash =
            (static_cast<uint64_t>(product >> 64) ^ static_cast<uint64_t>(product)) * MULTIPLIER;
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t i = hash >> 20;; ++i)
        {
            uint32_t& slot = m_slots[i & mask];
            if (slot == 0 || m_keys[slot - 1] == key)
            {
                return slot;
            }
        }
    }

    void Grow()
    {
        m_slots.assign(m_slots.size() * 4, 0);
        for (std::size_t i = 0; i < m_keys.size(); ++i)
        {
            Find(m_keys[i]) = static_cast<uint32_t>(i + 1);
        }
    }

    std::vector<Key> m_keys;
    std::vector<uint32_t> m_slots;
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_PAIR_SET_H

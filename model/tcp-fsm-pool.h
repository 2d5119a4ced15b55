// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_POOL_H
#define TCP_FSM_POOL_H

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{

/**
 * Entries of one kind that stay where they are, named by numbers of 32 bits: half the size of a
 * pointer, and no allocator's header for each. The memory is given back when the last entry goes.
 *
 * @tparam T has a member `uint32_t chain`, in which the pool links free places
 */
template <typename T>
class Pool
{
  public:
    /**
     * @param value what to keep
     * @return its number
     */
    uint32_t Add(T value)
    {
        if (m_free == NONE)
        {
            Grow();
        }
        const uint32_t index = m_free;
        m_free = (*this)[index].chain;
        (*this)[index] = std::move(value);
        ++m_size;
        return index;
    }

    /**
     * @param index number of an entry, which is no more
     * @return what it was
     */
    T Take(uint32_t index)
    {
        T value = std::exchange((*this)[index], T());
        (*this)[index].chain = m_free;
        m_free = index;
        if (--m_size == 0 && m_blocks.size() > 1)
        {
            Clear();
        }
        return value;
    }

    /// @return the entry of a number
    T& operator[](uint32_t index)
    {
        return (*m_blocks[index / BLOCK])[index % BLOCK];
    }

    /// @return the entry of a number
    const T& operator[](uint32_t index) const
    {
        return (*m_blocks[index / BLOCK])[index % BLOCK];
    }

    /// @return how many there are
    uint32_t Size() const
    {
        return m_size;
    }

    /// Forgets all.
    void Clear()
    {
        m_blocks = decltype(m_blocks)();
        m_free = NONE;
        m_size = 0;
    }

  private:
    static constexpr uint32_t NONE = UINT32_MAX;
    static constexpr uint32_t BLOCK = 16; //!< entries that are allocated at once

    void Grow()
    {
        const auto first = static_cast<uint32_t>(m_blocks.size()) * BLOCK;
        m_blocks.push_back(std::make_unique<std::array<T, BLOCK>>());
        for (uint32_t i = BLOCK; i > 0; --i)
        {
            (*m_blocks.back())[i - 1].chain = m_free;
            m_free = first + i - 1;
        }
    }

    std::vector<std::unique_ptr<std::array<T, BLOCK>>> m_blocks;
    uint32_t m_free{NONE}; //!< the first free place
    uint32_t m_size{0};    //!< how many are taken
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_POOL_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_GUARD_H
#define TCP_FSM_GUARD_H

#include "tcp-fsm-dimensions.h"

#include <bit>
#include <concepts>
#include <type_traits>
#include <utility>

namespace ns3
{
namespace tcpfsm
{

/// Calls f.template operator()<D>() for each dimension D of a tuple.
template <typename Tuple, typename F>
constexpr void
ForEachIn(F f)
{
    [&f]<std::size_t... I>(std::index_sequence<I...>) {
        (f.template operator()<std::tuple_element_t<I, Tuple>>(), ...);
    }(std::make_index_sequence<std::tuple_size_v<Tuple>>{});
}

/// Calls f.template operator()<D>() for each dimension D in order.
template <typename F>
constexpr void
ForEachDimension(F f)
{
    ForEachIn<Dimensions>(f);
}

namespace detail
{
/// All bits of a dimension.
template <typename D>
inline constexpr uint64_t ALL_BITS = (uint64_t{1} << SIZE<D>)-1;

/// Position of the first bit of a dimension in the bit string.
template <typename D>
inline constexpr std::size_t OFFSET = [] {
    std::size_t offset = 0;
    bool found = false;
    ForEachDimension([&]<typename E>() {
        found = found || std::is_same_v<D, E>;
        offset += found ? 0 : SIZE<E>;
    });
    return offset;
}();

/// Length of the bit string.
inline constexpr std::size_t BITS = [] {
    std::size_t bits = 0;
    ForEachDimension([&bits]<typename D>() { bits += SIZE<D>; });
    return bits;
}();
} // namespace detail

/**
 * A set of situations that is a product of one set of values a dimension.
 *
 * All dimensions lie side by side in one bit string, a bit for each value. A point (a situation)
 * has one bit set in each dimension, a guard as many as it allows; a point matches when none of
 * its bits is missing in the guard. Because guards are products, two are disjoint if and only if
 * some dimension has no common bit, and their sizes are products of bit counts: that is what makes
 * the proof in tcp-fsm-proof.h cheap.
 */
class Guard
{
  public:
    /// Number of 64-bit words of the bit string.
    static constexpr std::size_t WORDS = 2;

    /// Allows only this value (a point is built by one Put() for each dimension).
    template <typename D>
    constexpr void Put(D value)
    {
        SetBits<D>(uint64_t{1} << static_cast<std::size_t>(value));
    }

    /// Allows exactly the values whose bits are set.
    template <typename D>
    constexpr void SetBits(uint64_t bits)
    {
        constexpr std::size_t word = detail::OFFSET<D> / 64;
        constexpr std::size_t shift = detail::OFFSET<D> % 64;
        m_words[word] = (m_words[word] & ~(detail::ALL_BITS<D> << shift)) | (bits << shift);
        if constexpr (shift + SIZE<D> > 64)
        {
            m_words[word + 1] = (m_words[word + 1] & ~(detail::ALL_BITS<D> >> (64 - shift))) |
                                (bits >> (64 - shift));
        }
    }

    /// @return the allowed values of a dimension, bit i for value i
    template <typename D>
    constexpr uint64_t GetBits() const
    {
        constexpr std::size_t word = detail::OFFSET<D> / 64;
        constexpr std::size_t shift = detail::OFFSET<D> % 64;
        uint64_t bits = m_words[word] >> shift;
        if constexpr (shift + SIZE<D> > 64)
        {
            bits |= m_words[word + 1] << (64 - shift);
        }
        return bits & detail::ALL_BITS<D>;
    }

    /// @return the value of a dimension, for a point
    template <typename D>
    constexpr D Get() const
    {
        return static_cast<D>(std::countr_zero(GetBits<D>()));
    }

    /// @return true if every value is allowed
    template <typename D>
    constexpr bool IsFree() const
    {
        return GetBits<D>() == detail::ALL_BITS<D>;
    }

    /// @return the intersection
    constexpr Guard operator&(const Guard& other) const
    {
        Guard both;
        for (std::size_t i = 0; i < WORDS; ++i)
        {
            both.m_words[i] = m_words[i] & other.m_words[i];
        }
        return both;
    }

    /// @return true if the point (or the whole guard) lies inside this guard
    constexpr bool Contains(const Guard& inner) const
    {
        return ((inner.m_words[0] & ~m_words[0]) | (inner.m_words[1] & ~m_words[1])) == 0;
    }

    /// @return true if no point lies in this guard
    constexpr bool IsEmpty() const
    {
        bool empty = false;
        ForEachDimension([&]<typename D>() { empty = empty || GetBits<D>() == 0; });
        return empty;
    }

    /// @return the number of points in this guard that lie in the given space
    constexpr unsigned __int128 Volume() const
    {
        unsigned __int128 volume = 1;
        ForEachDimension([&]<typename D>() { volume *= std::popcount(GetBits<D>()); });
        return volume;
    }

    constexpr bool operator==(const Guard&) const = default;

  private:
    static_assert(detail::BITS <= WORDS * 64, "the dimensions need another word");

    std::array<uint64_t, WORDS> m_words{};
};

/// @return the guard that allows every value of every dimension
constexpr Guard
Everything()
{
    Guard guard;
    ForEachDimension([&guard]<typename D>() { guard.SetBits<D>(detail::ALL_BITS<D>); });
    return guard;
}

/// @return the point whose dimensions all have their first value
constexpr Guard
FirstPoint()
{
    Guard point;
    ForEachDimension([&point]<typename D>() { point.Put(D{}); });
    return point;
}

/// A set of values of one dimension, built with operator| or Not().
template <typename D>
struct Set
{
    uint64_t bits; //!< bit i stands for value i

    /// A set of one value.
    constexpr Set(D value)
        : bits(uint64_t{1} << static_cast<std::size_t>(value))
    {
    }

    /// A set of the given bits.
    explicit constexpr Set(uint64_t rawBits)
        : bits(rawBits)
    {
    }
};

/// True for the enumerations of tcp-fsm-dimensions.h.
template <typename D>
concept Dimension = std::is_enum_v<D> && requires { Names<D>::VALUES; };

/// Union of two values.
template <Dimension D>
constexpr Set<D>
operator|(D a, D b)
{
    return Set<D>(Set<D>(a).bits | Set<D>(b).bits);
}

/// Union of a set and a value.
template <Dimension D>
constexpr Set<D>
operator|(Set<D> a, D b)
{
    return Set<D>(a.bits | Set<D>(b).bits);
}

/// Union of two sets.
template <Dimension D>
constexpr Set<D>
operator|(Set<D> a, Set<D> b)
{
    return Set<D>(a.bits | b.bits);
}

/// All values but those of a set.
template <Dimension D>
constexpr Set<D>
Not(Set<D> set)
{
    return Set<D>(((uint64_t{1} << SIZE<D>)-1) & ~set.bits);
}

/// All values but one.
template <Dimension D>
constexpr Set<D>
Not(D value)
{
    return Not(Set<D>(value));
}

namespace detail
{
template <Dimension D>
constexpr void
Restrict(Guard& guard, Set<D> set)
{
    guard.SetBits<D>(set.bits);
}

template <Dimension D>
constexpr void
Restrict(Guard& guard, D value)
{
    guard.SetBits<D>(Set<D>(value).bits);
}
} // namespace detail

/**
 * @param sets values or sets of values, at most one for each dimension; a dimension that is not
 * named is free
 * @return their product
 */
template <typename... Sets>
constexpr Guard
When(Sets... sets)
{
    Guard guard = Everything();
    (detail::Restrict(guard, sets), ...);
    return guard;
}

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_GUARD_H

// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-occurrence.h"

#include "ns3/fatal-error.h"

#include <sstream>

namespace ns3
{

namespace
{

/// @return such as "2nd"
std::string
Ordinal(uint64_t number)
{
    const uint64_t last = number % 10;
    const bool teen = number / 10 % 10 == 1;
    const char* suffix = teen || last == 0 || last > 3 ? "th"
                         : last == 1                   ? "st"
                         : last == 2                   ? "nd"
                                                       : "rd";
    return std::to_string(number) + suffix;
}

} // namespace

TcpFsmOccurrence::TcpFsmOccurrence(Kind kind, uint64_t number, double probability)
    : m_kind(kind),
      m_number(number),
      m_probability(probability)
{
    if (number == 0)
    {
        NS_FATAL_ERROR("TcpFsmOccurrence: segments are counted from 1, not from 0");
    }
    if (!(probability >= 0 && probability <= 1))
    {
        NS_FATAL_ERROR("TcpFsmOccurrence: the probability is " << probability << "; give 0 to 1");
    }
}

TcpFsmOccurrence
TcpFsmOccurrence::Nth(uint64_t n)
{
    return {Kind::NTH, n, 0};
}

TcpFsmOccurrence
TcpFsmOccurrence::First(uint64_t n)
{
    return {Kind::FIRST, n, 0};
}

TcpFsmOccurrence
TcpFsmOccurrence::Every(uint64_t n)
{
    return {Kind::EVERY, n, 0};
}

TcpFsmOccurrence
TcpFsmOccurrence::Probability(double probability)
{
    return {Kind::PROBABILITY, 1, probability};
}

bool
TcpFsmOccurrence::IsMeant(uint64_t count, const Ptr<UniformRandomVariable>& random) const
{
    switch (m_kind)
    {
    case Kind::NTH:
        return count == m_number;
    case Kind::FIRST:
        return count <= m_number;
    case Kind::EVERY:
        return count % m_number == 0;
    case Kind::PROBABILITY:
        return random->GetValue() < m_probability;
    }
    return false;
}

std::string
TcpFsmOccurrence::ToString() const
{
    std::ostringstream text;
    switch (m_kind)
    {
    case Kind::NTH:
        text << Ordinal(m_number);
        break;
    case Kind::FIRST:
        text << "first " << m_number;
        break;
    case Kind::EVERY:
        text << "every " << Ordinal(m_number);
        break;
    case Kind::PROBABILITY:
        text << 100 * m_probability << "% of";
        break;
    }
    return text.str();
}

} // namespace ns3

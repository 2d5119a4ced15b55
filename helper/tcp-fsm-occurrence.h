// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_OCCURRENCE_H
#define TCP_FSM_OCCURRENCE_H

#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// Which of the segments that match are meant. Impossible numbers are fatal errors.
class TcpFsmOccurrence
{
  public:
    /// The n-th alone, counted from 1.
    static TcpFsmOccurrence Nth(uint64_t n);
    /// The first n, at least 1.
    static TcpFsmOccurrence First(uint64_t n);
    /// Every n-th, at least 1: the n-th, the 2n-th, ...
    static TcpFsmOccurrence Every(uint64_t n);
    /// Each with a probability from 0 to 1, drawn from the filter's random stream.
    static TcpFsmOccurrence Probability(double probability);

    /**
     * @param count number of the segment among those that match, from 1
     * @param random draws from [0, 1)
     * @return true if it is meant
     */
    bool IsMeant(uint64_t count, const Ptr<UniformRandomVariable>& random) const;

    /// @return how a rule of TcpFsmSegmentFilter says it, such as "every 2nd"
    std::string ToString() const;

  private:
    /// How the numbers below are read.
    enum class Kind : uint8_t
    {
        NTH,
        FIRST,
        EVERY,
        PROBABILITY
    };

    TcpFsmOccurrence(Kind kind, uint64_t number, double probability);

    Kind m_kind;
    uint64_t m_number;
    double m_probability;
};

} // namespace ns3

#endif // TCP_FSM_OCCURRENCE_H

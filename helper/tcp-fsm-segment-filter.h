// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SEGMENT_FILTER_H
#define TCP_FSM_SEGMENT_FILTER_H

#include "ns3/error-model.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// Which of the segments that match are meant.
class TcpFsmOccurrence
{
  public:
    /// The n-th alone, counted from 1.
    static TcpFsmOccurrence Nth(uint64_t n);
    /// The first n.
    static TcpFsmOccurrence First(uint64_t n);
    /// Every n-th: the n-th, the 2n-th, ...
    static TcpFsmOccurrence Every(uint64_t n);
    /// Each with a probability, drawn from the filter's random stream.
    static TcpFsmOccurrence Probability(double probability);

    /**
     * @param count number of the segment among those that match, from 1
     * @param random draws from [0, 1)
     * @return true if it is meant
     */
    bool IsMeant(uint64_t count, const Ptr<UniformRandomVariable>& random) const;

  private:
    /// How the numbers below are read.
    enum class Kind : uint8_t
    {
        NTH,
        FIRST,
        EVERY,
        PROBABILITY
    };

    Kind m_kind{Kind::NTH};
    uint64_t m_number{1};
    double m_probability{0};
};

/**
 * Drops, duplicates and delays chosen TCP segments of chosen nodes on their way over
 * point-to-point links, so that any arrow of the state diagram can be provoked. Works with any
 * TCP, ours or ns-3's.
 *
 * \code
 * TcpFsmSegmentFilter filter(nodes.Get(1));              // what node 1 sends
 * filter.Drop("FIN");                                    // the first FIN
 * filter.Drop("SYN-ACK", TcpFsmOccurrence::Every(2));
 * filter.Delay("data", MilliSeconds(20), TcpFsmOccurrence::Probability(0.05));
 * \endcode
 *
 * Rules are tried in the order in which they were added; the first that means a segment decides.
 * Delayed segments are overtaken by later ones: that is how segments are reordered. The filter
 * acts where the segment would be received, after the link's own loss.
 */
class TcpFsmSegmentFilter
{
  public:
    /**
     * @param senders the nodes whose segments are filtered; their links must be point-to-point,
     * and both ends must be connected already
     */
    explicit TcpFsmSegmentFilter(const NodeContainer& senders);
    ~TcpFsmSegmentFilter();

    /**
     * Drops segments.
     * @param segments which: SYN, SYN-ACK, FIN, RST (with or without ACK), ACK (empty and nothing
     * else), data, any
     * @param occurrence which of them
     */
    void Drop(const std::string& segments, TcpFsmOccurrence occurrence = TcpFsmOccurrence::Nth(1));

    /// Delivers segments twice, the second time at once after the first.
    void Duplicate(const std::string& segments,
                   TcpFsmOccurrence occurrence = TcpFsmOccurrence::Nth(1));

    /// Delivers segments later by a time.
    void Delay(const std::string& segments,
               Time delay,
               TcpFsmOccurrence occurrence = TcpFsmOccurrence::Nth(1));

    /**
     * Assigns the random stream of the probabilities.
     * @param stream the stream to use
     * @return the number of streams used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    class Model;

    Ptr<Model> m_model; //!< shared by the devices that receive what the senders send
};

} // namespace ns3

#endif // TCP_FSM_SEGMENT_FILTER_H

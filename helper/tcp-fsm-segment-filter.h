// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SEGMENT_FILTER_H
#define TCP_FSM_SEGMENT_FILTER_H

#include "tcp-fsm-occurrence.h"
#include "tcp-fsm-segment-tap.h"

#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * Drops, duplicates and delays chosen TCP segments of chosen nodes on their way over
 * point-to-point and CSMA links, so that any arrow of the state diagram can be provoked. Works with
 * any TCP, ours or ns-3's, over IPv4 and IPv6.
 *
 * \code
 * TcpFsmSegmentFilter filter(nodes);
 * filter.Add("drop first FIN from node 1");
 * filter.Add("delay every 2nd SYN-ACK by 20ms");
 * filter.Add("duplicate 5% of data");
 * ...
 * Simulator::Run();
 * for (const auto& rule : filter.GetUnused()) { std::cerr << "never used: " << rule << "\n"; }
 * \endcode
 *
 * A rule is ACTION WHICH SEGMENTS [from node N] [by TIME]:
 *
 * | part     | is one of                                                                       |
 * |----------|---------------------------------------------------------------------------------|
 * | ACTION   | drop, duplicate (the copy arrives at once after the original), delay            |
 * | WHICH    | first, 2nd (3rd, 4th, ...), first 3, every, every 2nd, 5% of                    |
 * | SEGMENTS | SYN (without ACK), SYN-ACK, SYN-FIN, FIN (with or without ACK), FIN-ACK, RST    |
 * |          | (with or without ACK), RST-ACK, ACK (nothing else, and empty), data (at least   |
 * |          | an octet), any                                                                  |
 * | N        | the id of one of the filter's nodes; without it, segments of all are counted    |
 * |          | together                                                                        |
 * | TIME     | of delay, and only there: a number and a unit, such as 20ms                     |
 *
 * Rules are tried in the order in which they were added; the first that means a segment decides.
 * Delayed segments are overtaken by later ones: that is how segments are reordered. The filter
 * acts where the segment would be received, after the link's own loss (ReceiveErrorModel), on each
 * link that one of the nodes is at. What a node forwards is filtered too, so a segment on its way
 * over several of the nodes is counted at each: to count it once, give the hosts and not the
 * routers. What a rule cannot mean is a fatal error that names the word and what is possible.
 */
class TcpFsmSegmentFilter
{
  public:
    /**
     * @param senders the nodes whose segments are filtered; each must be on a point-to-point or
     * CSMA link whose other ends are connected already
     */
    explicit TcpFsmSegmentFilter(const NodeContainer& senders);

    /**
     * Adds a rule.
     * @param rule such as "drop first FIN", in the language above
     * @return its number, from 0
     */
    uint32_t Add(const std::string& rule);

    /**
     * Drops segments.
     * @param segments which, in the words of the rules: SYN, data, ...
     * @param occurrence which of them
     * @return the rule's number, from 0
     */
    uint32_t Drop(const std::string& segments,
                  TcpFsmOccurrence occurrence = TcpFsmOccurrence::Nth(1));

    /// Delivers segments twice, the second time at once after the first; else like Drop().
    uint32_t Duplicate(const std::string& segments,
                       TcpFsmOccurrence occurrence = TcpFsmOccurrence::Nth(1));

    /// Delivers segments later by a time, not negative; else like Drop().
    uint32_t Delay(const std::string& segments,
                   Time delay,
                   TcpFsmOccurrence occurrence = TcpFsmOccurrence::Nth(1));

    /**
     * @param rule number of a rule
     * @return segments so far that are what it says, whether it meant them or not
     */
    uint64_t GetMatched(uint32_t rule) const;

    /**
     * @param rule number of a rule
     * @return segments so far that it dropped, duplicated or delayed
     */
    uint64_t GetActed(uint32_t rule) const;

    /// @return the rules that never dropped, duplicated or delayed anything so far
    std::vector<std::string> GetUnused() const;

    /**
     * Assigns the random stream of the probabilities.
     * @param stream the stream to use
     * @return the number of streams used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    /// Adds a rule.
    uint32_t Add(const tcpfsm::SegmentRule& rule);
    /// @return a rule; a number that none has is a fatal error
    const tcpfsm::SegmentRule& Get(uint32_t rule) const;

    NodeContainer m_senders;           //!< whose segments are filtered
    Ptr<tcpfsm::SegmentRules> m_rules; //!< shared by the devices that receive what they send
};

} // namespace ns3

#endif // TCP_FSM_SEGMENT_FILTER_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SERIES_H
#define TCP_FSM_SERIES_H

#include "ns3/nstime.h"
#include "ns3/simple-ref-count.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * The values that a variable of a socket takes over time, such as its congestion window.
 *
 * @code
 *   Ptr<TcpFsmSeries> window = TcpFsmSeries::Follow(socket, "CongestionWindow");
 *   Simulator::Run();
 *   for (const auto& sample : window->GetSamples()) { ... }
 * @endcode
 */
class TcpFsmSeries : public SimpleRefCount<TcpFsmSeries>
{
  public:
    /// A value, from this time on.
    struct Sample
    {
        int64_t time; //!< simulated time, nanoseconds
        double value; //!< octets, or seconds of what is a time
    };

    /**
     * Records a trace source from now on. The first sample is the value until its first change.
     * @param socket the socket
     * @param source a trace source with values of type uint32_t or Time
     * @return its values; nullptr if the socket has no such source
     */
    static Ptr<TcpFsmSeries> Follow(Ptr<Socket> socket, const std::string& source);

    /// @return the samples so far
    const std::vector<Sample>& GetSamples() const;

    /// @return address of the samples, valid until there is another one
    uintptr_t GetAddress() const;

    /// @return whether the values are seconds
    bool IsTime() const;

  private:
    /**
     * Adds a sample.
     * @param before the value until now
     * @param value the value from now on
     */
    void Add(double before, double value);

    Time m_start{Simulator::Now()}; //!< when it began
    bool m_isTime{false};           //!< whether the values are times
    std::vector<Sample> m_samples;  //!< in the order of time
};

} // namespace ns3

#endif // TCP_FSM_SERIES_H

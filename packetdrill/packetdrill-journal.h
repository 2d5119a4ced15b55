// SPDX-License-Identifier: GPL-2.0-only

#ifndef PACKETDRILL_JOURNAL_H
#define PACKETDRILL_JOURNAL_H

#include "packetdrill-host.h"

#include "ns3/tcp-fsm-transition.h"

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace packetdrill
{

/// What the stack under test traces, for reports. ns-3's own TCP has nothing to tell.
class Journal
{
  public:
    /**
     * @param host the host, which outlives this
     * @param script path of the script, for the trace
     * @param keepsAll whether all reactions are kept
     */
    Journal(Host& host, const std::string& script, bool keepsAll);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Tells which line of the script acts. @param line its number
    void SetLine(std::size_t line);
    /// @return the last changes of state, a line each, oldest first
    std::vector<std::string> GetLast() const;
    /// @return all reactions as lines of CSV, if they are kept
    const std::string& GetAll() const;

    /// @return the names of the columns of GetAll(), separated by commas
    static std::string Columns();

  private:
    void OnTransition(const TcpFsmTransition& transition);
    void OnReaction(const TcpFsmTransition& reaction);

    Host& m_host;                   //!< the host
    std::string m_script;           //!< path of the script
    std::size_t m_line{0};          //!< line that acts
    bool m_keepsAll;                //!< all reactions are kept
    std::deque<std::string> m_last; //!< the last changes of state
    std::string m_all;              //!< all reactions
};

} // namespace packetdrill
} // namespace tcpfsm
} // namespace ns3

#endif // PACKETDRILL_JOURNAL_H

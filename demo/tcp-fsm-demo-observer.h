// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_DEMO_OBSERVER_H
#define TCP_FSM_DEMO_OBSERVER_H

#include "tcp-fsm-demo-arrows.h"

#include "ns3/node.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// Traces the demonstration's nodes into files and counts the arrows that they take.
class TcpFsmDemoObserver
{
  public:
    /**
     * @brief Make an observer; it must outlive the simulation.
     * @param folder where the files go, transitions.csv and reactions.csv
     */
    explicit TcpFsmDemoObserver(const std::string& folder);
    TcpFsmDemoObserver(const TcpFsmDemoObserver&) = delete;
    TcpFsmDemoObserver& operator=(const TcpFsmDemoObserver&) = delete;

    /**
     * @brief Observe a node from now on, and give its TCP random streams of its own.
     * @param node a node with our TCP
     */
    void Watch(Ptr<Node> node);

    /// @return the arrows taken so far
    const TcpFsmDemoArrows& GetArrows() const;

    /// @return the folder of the files
    const std::string& GetFolder() const;

  private:
    std::string m_folder;       //!< where the files go
    TcpFsmDemoArrows m_arrows;  //!< the arrows taken
    int64_t m_nextStream{1000}; //!< random stream of the next node
};

} // namespace ns3

#endif // TCP_FSM_DEMO_OBSERVER_H

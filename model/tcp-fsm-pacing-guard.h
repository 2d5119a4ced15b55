// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_PACING_GUARD_H
#define TCP_FSM_PACING_GUARD_H

#include "ns3/tcp-fsm-classify.h"
#include "ns3/tcp-socket-state.h"

namespace ns3
{
namespace tcpfsm
{

/**
 * Tells the base whether to pace, while one of its sending functions runs.
 *
 * The base leaves the initial window unpaced for as long as the *absolute* highest sequence number
 * is below it, which is right for an ISN of 0 only. The guard answers relative to the ISN. Only
 * the outermost of nested guards acts.
 */
class PacingGuard
{
  public:
    /**
     * @param tcb the base's variables
     * @param iss our initial sequence number
     * @param outermost where the guard that acts is kept, nullptr if there is none yet
     */
    PacingGuard(Ptr<TcpSocketState> tcb, SeqNumber iss, PacingGuard*& outermost)
        : m_tcb(tcb),
          m_iss(iss),
          m_outermost(outermost),
          m_pacing(tcb->m_pacing),
          m_paceInitialWindow(tcb->m_paceInitialWindow)
    {
        if (!m_outermost)
        {
            m_outermost = this;
            m_tcb->m_paceInitialWindow = true;
            Update();
        }
    }

    ~PacingGuard()
    {
        if (m_outermost == this)
        {
            m_outermost = nullptr;
            m_tcb->m_pacing = m_pacing;
            m_tcb->m_paceInitialWindow = m_paceInitialWindow;
        }
    }

    PacingGuard(const PacingGuard&) = delete;
    PacingGuard& operator=(const PacingGuard&) = delete;

    /// More was sent.
    void Update()
    {
        const SeqNumber highest(m_tcb->m_highTxMark.Get().GetValue());
        const uint32_t initialWindow = m_tcb->m_initialCWnd * m_tcb->m_segmentSize;
        m_tcb->m_pacing = m_pacing && (m_paceInitialWindow ||
                                       static_cast<uint32_t>(highest - m_iss) > initialWindow);
    }

  private:
    Ptr<TcpSocketState> m_tcb; // kept alive, whatever the base's functions do
    SeqNumber m_iss;
    PacingGuard*& m_outermost;
    bool m_pacing;
    bool m_paceInitialWindow;
};

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_PACING_GUARD_H

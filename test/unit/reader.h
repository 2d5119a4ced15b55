// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_READER_H
#define TCP_FSM_TEST_READER_H

#include "second-reading.h"

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// Reads one segment. Each step returns true if the segment goes on to the next.
class Reader
{
  public:
    /// @param s a state, a segment and a policy
    explicit Reader(const Situation& s)
        : m_s(s)
    {
        m_reading.end = s.state;
    }

    /// @return what is to be done
    Reading Read();

  private:
    void Closed();
    void Listen();
    void SynSent();

    bool Exceptions(); //!< step 0: what the window test would hide
    bool TimeWaitExceptions();
    bool Reopen();
    bool Sequence(); //!< step 1
    bool Reset();    //!< step 2
    /// A RST or SYN in SYN-RCVD: back to where the connection came from.
    bool EndAttempt(Signal activeSignal, int passiveArrow);
    bool Syn(); //!< step 3
    bool ResetBySyn();
    bool Acknowledgment(); //!< step 5
    bool OurFinAcknowledged();
    bool IsReceiving() const; //!< the peer's FIN was not seen before
    void UrgentPointer();     //!< step 5a
    void TextAndFin();        //!< steps 6 and 7
    void TakeFin();

    /// Answers and drops the segment.
    bool Answer(Reply reply)
    {
        Send(reply);
        return false;
    }

    void Send(Reply reply)
    {
        m_reading.replies |= 1U << static_cast<int>(reply);
    }

    void Do(int effects)
    {
        m_reading.effects = static_cast<uint16_t>(m_reading.effects | effects);
    }

    void Enter(State state, int arrow = 0)
    {
        m_reading.end = state;
        m_reading.arrows |= arrow == 0 ? 0 : 1U << arrow;
    }

    void Tell(Signal signal)
    {
        m_reading.signals |= signal == Signal::NONE ? 0 : 1U << static_cast<int>(signal);
    }

    const Situation& m_s;
    Reading m_reading;
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_READER_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_EXECUTOR_H
#define TCP_FSM_TEST_EXECUTOR_H

#include "host.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// The engine, or one with a row broken on purpose.
using StepFunction = std::function<const Row&(State, Event, const Facts&, const Policy&)>;

/// What the runs may contain.
struct Bounds
{
    unsigned inFlight{3};     //!< different segments in flight at most, of both directions
    bool oneConnection{true}; //!< each host chooses one ISN only
    bool data{true};          //!< the applications send an octet
    bool shutdown{false};     //!< the applications shut down receiving without CLOSE
    bool narrow{false};       //!< windows of one octet
    bool keepAlive{false};    //!< keep-alives are on
    Policy policy;            //!< of both hosts
};

/// A segment on its way through the steps.
struct Arriving
{
    Segment segment; //!< the segment
    Facts facts;     //!< facts that follow from its numbers
};

/**
 * Carries rows out on a host, in the order in which TcpFsmSocket does: state, effects, reply; one
 * ACK for all steps of a segment, sent after the last of them, then what the segment made possible
 * to send. Data that is queued is sent by Transmit(), at any later time, since congestion control
 * and the peer's window decide when; a FIN goes at once when no data waits before it.
 */
class Executor
{
  public:
    /**
     * @param host the host to act on
     * @param step the table
     * @param bounds the policy, and whether the host may have another connection; all of these
     * must outlive the executor
     */
    Executor(Host& host, const StepFunction& step, const Bounds& bounds);

    /// A segment arrives.
    void Arrive(const Segment& segment);
    /// A call on the connection, a timer or an error.
    void Connection(Event event, Retries retries = Retries::LEFT);
    /// A call on the listener, or on a socket that is not open yet.
    void Listener(Event event);
    /// The congestion window or the peer's window opens: queued data goes.
    void Transmit();

    /// @return the state that segments meet; part of RunSteps()
    State GetState() const;
    /// Decides and carries out; part of RunSteps().
    const Row* Fire(Event event, Arriving& arriving);

    std::vector<Segment> sent;           //!< what was sent, in order
    std::vector<std::string_view> rules; //!< rows that fired
    std::string flaw;                    //!< what should never happen, but did
    bool tookOctet{false};               //!< the peer's octet was taken
    bool tookFin{false};                 //!< the peer's FIN was taken
    bool closedInOrder{false};           //!< arrow 20 was taken
    bool exceptional{false};             //!< a row of step 0 fired

  private:
    const Row* Decide(State state, Event event, const Facts& facts);
    Facts AddFacts(Facts facts) const;
    void Apply(const Row& row, const Arriving* arriving);
    void Enter(const Row& row, const Arriving* arriving);
    void Forget();
    void Restore();
    void Accept(SeqNumber irs);
    void Leave(State from, State to);
    void ApplyEffects(const Row& row, const Arriving* arriving);
    void TakeAck(const Arriving& arriving);
    void TakeText(const Arriving& arriving, bool discard);
    void TakeFin();
    void Reply(const Row& row, const Arriving* arriving);
    void SendControl(tcpfsm::Reply reply, const Segment& cause = {});
    void SendOctet();
    void SendQueued();
    void FireHere(Event event, Retries retries = Retries::LEFT);

    Host& m_host;
    const StepFunction& m_step;
    const Bounds& m_bounds;
    bool m_inSegment{false};
    bool m_ackOwed{false};
    bool m_closeRemembered{false};
};

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_EXECUTOR_H

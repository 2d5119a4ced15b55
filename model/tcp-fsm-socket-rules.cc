// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"
#include "tcp-fsm-socket.h"

#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"

#include <utility>

/**
 * @file
 * The executor: asks the engine, writes the state, and carries out what the rule says.
 */

namespace ns3
{

using namespace tcpfsm;

NS_LOG_COMPONENT_DEFINE("TcpFsmRules");

namespace
{

bool g_entering = false; //!< Enter() is writing a state, and WatchState()'s sink is to hear of it

} // namespace

void
TcpFsmSocket::AddFacts(Facts& facts) const
{
    facts.Set(m_origin).Set(m_ownFin).Set(m_receiving);
    facts.Set(m_tcb->m_rxBuffer->Available() > 0 ? Unread::SOME : Unread::NONE);
    const SequenceNumber32 head = m_txBuffer->HeadSequence();
    const SequenceNumber32 highest = m_tcb->m_highTxMark.Get();
    const bool isQueued = m_txBuffer->TailSequence() > std::max(highest, head);
    facts.Set(isQueued ? Queue::QUEUED : Queue::EMPTY);
    facts.Set(m_synAcked && highest > head ? Outstanding::SOME : Outstanding::NONE);
    facts.Set(m_flow.remotePort != 0 ? Peer::GIVEN : Peer::ANY);
}

bool
TcpFsmSocket::CanHappen(Event event) const
{
    return tcpfsm::CanHappen(event, GetState());
}

const Row&
TcpFsmSocket::Decide(Event event, Facts facts) const
{
    AddFacts(facts);
    return Step(GetState(), event, facts, m_l4->GetPolicy());
}

const Row&
TcpFsmSocket::Fire(Event event, Retries retries)
{
    Facts facts;
    facts.Set(retries);
    const Row& row = Decide(event, facts);
    Apply(row, nullptr);
    return row;
}

const Row*
TcpFsmSocket::Fire(Event event, Incoming& incoming)
{
    if (event == Event::STEP_ACK_MISSING)
    {
        // Only acceptable segments get here.
        m_lastReceived = Simulator::Now();
        m_keepAliveProbes = 0;
        NoteTimestamp(incoming);
        NoteEcn(incoming);
    }
    if (m_keptText && m_connected)
    {
        TakeKeptText(incoming);
        if (!CanHappen(event))
        {
            return nullptr; // the application, told of it, has ended the connection
        }
    }
    const Row& row = Decide(event, incoming.facts);
    Apply(row, &incoming);
    return &row;
}

void
TcpFsmSocket::Apply(const Row& row, Incoming* incoming)
{
    const Action& action = row.action;
    if (action.quiet)
    {
        return;
    }
    NS_LOG_FUNCTION(this << row.id);
    const Ptr<TcpFsmSocket> alive(this);
    LinkTraces();
    const State from = GetState();
    const State to = action.next.value_or(from);
    if (to != from)
    {
        if (m_connection == 0)
        {
            m_connection = m_l4->NextConnection();
            m_began = Simulator::Now();
        }
        Enter(to);
    }
    // The peer's SYN itself is what sequence numbers are told relative to.
    const SeqNumber irs = action.Has(TAKE_SYN) ? incoming->segment.seq : m_irs;
    Report({m_flow, m_connection, from, to, row, incoming, m_iss.Value(), irs.Value(), this});
    if (to != State::CLOSED && GetState() == State::CLOSED)
    {
        return; // a sink has ended the connection
    }
    ApplyEffects(action, incoming);
    if (action.reply == Reply::ACK && row.event == Event::STEP_SEQUENCE &&
        incoming->segment.Length() == 0 && !m_ackLimiter.Allow(Simulator::Now()))
    {
        NS_LOG_LOGIC("too many ACKs to empty unacceptable segments");
    }
    else
    {
        Reply(action, incoming);
    }
    if (to != from && GetState() == to)
    {
        AfterEntering(to);
    }
    Tell(action.signal);
}

void
TcpFsmSocket::Report(const TcpFsmReaction& reaction)
{
    const TcpFsmL4Protocol::Sinks sinks{m_transition, m_reaction};
    m_l4->Report(reaction, &sinks);
}

void
TcpFsmSocket::Enter(State state)
{
    NS_LOG_LOGIC(TcpFsmStateName(m_state) << " -> " << ToString(state));
    g_entering = true;
    m_state = ToNs3(state);
    g_entering = false;
}

void
TcpFsmSocket::WatchState()
{
#ifdef NS3_ASSERT_ENABLE
    // All sockets share the sink, which is the first to hear of a state: what others do when they
    // hear of it is judged anew.
    static const Callback<void, TcpStates_t, TcpStates_t> WATCH([](TcpStates_t from,
                                                                   TcpStates_t to) {
        const bool isEntering = std::exchange(g_entering, false);
        NS_ASSERT_MSG(isEntering,
                      "the state was written behind the table: " << TcpFsmStateName(from) << " -> "
                                                                 << TcpFsmStateName(to));
    });
    m_state.ConnectWithoutContext(WATCH);
#endif
}

void
TcpFsmSocket::AfterEntering(State state)
{
    switch (state)
    {
    case State::CLOSED:
        Release();
        break;
    case State::ESTABLISHED:
        m_connected = true;
        m_congestionControl->CongestionStateSet(m_tcb, TcpSocketState::CA_OPEN);
        m_tcb->m_congState = TcpSocketState::CA_OPEN;
        UpdatePacingRate();
        SetKeepAlive(m_keepAlive);
        break;
    case State::FIN_WAIT_2:
        LimitFinWait2();
        break;
    case State::TIME_WAIT:
        CancelOwnTimers();
        break;
    case State::LISTEN:
    case State::SYN_SENT:
    case State::SYN_RCVD:
    case State::FIN_WAIT_1:
    case State::CLOSE_WAIT:
    case State::CLOSING:
    case State::LAST_ACK:
        break;
    }
}

void
TcpFsmSocket::ApplyEffects(const Action& action, Incoming* incoming)
{
    if (action.Has(TAKE_SYN))
    {
        TakeSyn(*incoming);
    }
    if (action.Has(KEEP_TEXT) && incoming->segment.textLength > 0)
    {
        const uint32_t length = std::min<uint32_t>(incoming->segment.textLength, InitialWindow());
        m_keptText = incoming->packet->CreateFragment(0, length);
    }
    if (action.Has(TAKE_ACK))
    {
        TakeAck(*incoming);
    }
    if (action.Has(TAKE_TEXT))
    {
        TakeText(*incoming, action.Has(DISCARD_TEXT));
    }
    if (action.Has(TAKE_URGENT))
    {
        TakeUrgent(*incoming);
    }
    if (action.Has(SOFT_ERROR))
    {
        m_softError = m_icmpError;
    }
    if (action.Has(REMEMBER_FIN) && !m_rememberedFin)
    {
        m_rememberedFin = FinPosition(incoming->segment);
    }
    if (action.Has(TAKE_FIN))
    {
        TakeFin();
    }
    if (action.Has(END_RECEIVING))
    {
        m_receiving = Receiving::CLOSED;
        m_shutdownRecv = true;
        if (CanHappen(Event::FIN_WAIT_2_TIMEOUT))
        {
            LimitFinWait2();
        }
    }
    if (action.Has(SHUT_RECEIVING))
    {
        m_receiving = Receiving::SHUT;
        m_shutdownRecv = true;
        m_tcb->m_rxBuffer->Extract(m_tcb->m_rxBuffer->Available());
    }
    if (action.Has(QUEUE_FIN))
    {
        m_ownFin = OwnFin::PENDING;
        m_shutdownSend = true;
        m_closeRemembered = !CanHappen(Event::FIN_SENT);
        SendQueued();
    }
}

void
TcpFsmSocket::Reply(const Action& action, const Incoming* incoming)
{
    switch (action.reply)
    {
    case tcpfsm::Reply::NONE:
        break;
    case tcpfsm::Reply::SYN:
        SendSyn(CTL_SYN);
        break;
    case tcpfsm::Reply::SYN_ACK:
        SendSyn(CTL_SYN | CTL_ACK);
        break;
    case tcpfsm::Reply::CHALLENGE_ACK:
        if (!m_l4->AllowChallengeAck())
        {
            break;
        }
        [[fallthrough]];
    case tcpfsm::Reply::ACK:
        SendEmptyPacket(m_tcb->m_ecnState == TcpSocketState::ECN_CE_RCVD ||
                                m_tcb->m_ecnState == TcpSocketState::ECN_SENDING_ECE
                            ? TcpHeader::ACK | TcpHeader::ECE
                            : TcpHeader::ACK);
        break;
    case tcpfsm::Reply::FIN:
        SendFin();
        break;
    case tcpfsm::Reply::DATA:
        ResendHead();
        break;
    case tcpfsm::Reply::RST_FOR_ACK:
    case tcpfsm::Reply::RST_ACK_FOR_SEGMENT:
    case tcpfsm::Reply::RST:
    case tcpfsm::Reply::RST_ACK:
    case tcpfsm::Reply::WINDOW_PROBE:
    case tcpfsm::Reply::KEEP_ALIVE:
        SendControl(
            Compose(action.reply, incoming ? incoming->segment : Segment(), GetSequences()));
        break;
    }
}

void
TcpFsmSocket::Tell(Signal signal)
{
    switch (signal)
    {
    case Signal::NONE:
        return;
    case Signal::CONNECTED:
        TellConnected();
        return;
    case Signal::ENDED:
        TellEnd(false);
        return;
    case Signal::TIMED_OUT:
        Fail(m_softError == TcpFsmError::NO_ERROR ? ToError(signal) : m_softError);
        TellEnd(true);
        return;
    case Signal::REFUSED:
        Fail(m_icmpError == TcpFsmError::NO_ERROR ? ToError(signal) : m_icmpError);
        TellEnd(true);
        return;
    case Signal::RESET:
    case Signal::ABORTED:
        Fail(ToError(signal));
        TellEnd(true);
        return;
    }
}

void
TcpFsmSocket::TellConnected()
{
    if (m_origin == Origin::ACTIVE)
    {
        Simulator::ScheduleNow([self = Ptr<TcpFsmSocket>(this)] {
            if (self->m_state != CLOSED && self->m_receiving != Receiving::CLOSED)
            {
                self->ConnectionSucceeded();
            }
        });
        return;
    }
    if (m_parent && m_parent->HasAcceptQueue())
    {
        if (!m_parent->m_bound)
        {
            Abort(); // a sink of that transition has closed the listener
            return;
        }
        m_parent->m_listening->acceptQueue.push_back(this);
        m_parent->NotifyDataRecv();
        return;
    }
    Address peer;
    GetPeerName(peer);
    NotifyNewConnectionCreated(this, peer);
    if (GetTxAvailable() > 0)
    {
        NotifySend(GetTxAvailable());
    }
}

void
TcpFsmSocket::TellEnd(bool isError)
{
    // One terminal callback a connection; after Close() only an error is news.
    if (m_terminalTold || (!isError && m_receiving == Receiving::CLOSED))
    {
        return;
    }
    m_terminalTold = true;
    m_closeNotified = true;
    if (!isError)
    {
        NotifyNormalClose();
    }
    else if (m_connected)
    {
        NotifyErrorClose();
    }
    else
    {
        NotifyConnectionFailed();
    }
}

} // namespace ns3

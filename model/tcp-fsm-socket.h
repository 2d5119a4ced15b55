// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_SOCKET_H
#define TCP_FSM_SOCKET_H

#include "tcp-fsm-connection.h"
#include "tcp-fsm-entries.h"
#include "tcp-fsm-error.h"
#include "tcp-fsm-ns3-version.h"
#include "tcp-fsm-pacing-guard.h"
#include "tcp-fsm-socket-state.h"
#include "tcp-fsm-transition.h"

#include "ns3/ipv4-end-point.h"
#include "ns3/ipv6-end-point.h"
#include "ns3/rtt-estimator.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-recovery-ops.h"
#include "ns3/tcp-rx-buffer.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/tcp-tx-buffer.h"
#include "ns3/traced-callback.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace ns3
{

class TcpFsmL4Protocol;
struct TcpFsmReaction;

/**
 * A TCP socket whose connection control is the table of rules in model/engine/.
 *
 * Data transfer (buffers, congestion control, SACK, RTT, pacing, ECN) stays TcpSocketBase's. All
 * that concerns the connection goes through Fire(): the engine decides by one row of the table,
 * Apply() carries it out, and Enter() is the only place that writes the state. The functions of
 * the base that decide by themselves (Process*, DoClose, PeerClose, TimeWait, CloseAndNotify, ...)
 * are never reached.
 *
 * An attribute that is inherited has the default of ns-3; those declared here rule, and an
 * inherited one that says the same (ConnTimeout, ConnCount, DataRetries, MaxSegLifetime) wins only
 * where its value differs from ns-3's default.
 */
class TcpFsmSocket : public TcpSocketBase
{
  public:
    /// @return the type
    static TypeId GetTypeId();
    TCP_FSM_INSTANCE_TYPE_ID

    TcpFsmSocket();
    /// Copies the settings of a listener (or of a prototype), not its connection.
    TcpFsmSocket(const TcpFsmSocket& other);
    ~TcpFsmSocket() override;

    using Socket::Recv;
    using Socket::RecvFrom;
    using Socket::Send;

    // The socket API. A call that is refused leaves the state alone, returns -1 (no packet), and
    // GetError() tells why.

    /**
     * Takes any IPv4 address; the port is chosen when the connection opens.
     * @return 0; -1: INVAL if the socket is bound or open already
     */
    int Bind() override;
    /**
     * Takes any address; the port is chosen when the connection opens.
     * @return 0; -1: INVAL if the socket is bound or open already
     */
    int Bind6() override;
    /**
     * Takes an address and a port.
     * @param address InetSocketAddress or Inet6SocketAddress; port 0: chosen when it opens
     * @return 0; -1: INVAL, ADDR_IN_USE, AF_NO_SUPPORT
     */
    int Bind(const Address& address) override;
    /**
     * Active OPEN (RFC 9293 3.10.1).
     * @param address the peer, InetSocketAddress or Inet6SocketAddress
     * @return 0; -1: IS_CONN, ALREADY, INVAL, AF_NO_SUPPORT, NO_ROUTE, or ADDR_NOT_AVAIL if that
     * connection exists, in TIME-WAIT too
     */
    int Connect(const Address& address) override;
    /**
     * Passive OPEN (RFC 9293 3.10.1). Connections are given to the accept callbacks at once.
     * @return 0; -1: INVAL, ADDR_NOT_AVAIL
     */
    int Listen() override;
    /**
     * CLOSE (RFC 9293 3.10.4): a FIN follows the queued data, and the application reads no more.
     * With unread data the connection is reset (RFC 1122 4.2.2.13).
     * @return 0; -1: NOT_CONN, ALREADY
     */
    int Close() override;
    /**
     * Half-close: a FIN follows the queued data, reading goes on.
     * @return 0; -1: NOT_CONN, ALREADY
     */
    int ShutdownSend() override;
    /**
     * From now on what arrives is acknowledged and thrown away.
     * @return 0; -1: NOT_CONN
     */
    int ShutdownRecv() override;
    /// A flag of Send(): the data is urgent, up to its last octet (MSG_OOB).
    static constexpr uint32_t URGENT = 1;

    /**
     * SEND (RFC 9293 3.10.2).
     * @param packet the data
     * @param flags 0 or URGENT
     * @return octets taken; -1: NOT_CONN, PIPE after a close, MSG_SIZE if it does not fit the queue
     */
    int Send(Ptr<Packet> packet, uint32_t flags) override;
    /// @return octets that Send() takes at the most; 0 once our FIN is queued
    uint32_t GetTxAvailable() const override;
    /**
     * Like Send().
     * @param packet the data
     * @param flags 0 or URGENT
     * @param address in LISTEN the peer that the listener turns to, else of no meaning
     * @return octets taken; -1 as Send() and Connect()
     */
    int SendTo(Ptr<Packet> packet, uint32_t flags, const Address& address) override;
    /**
     * RECEIVE (RFC 9293 3.10.3).
     * @param maxSize octets at most
     * @param flags none are known
     * @return data in order; an empty packet at the end of the stream; nullptr: AGAIN, NOT_CONN
     */
    Ptr<Packet> Recv(uint32_t maxSize, uint32_t flags) override;
    /**
     * Like Recv().
     * @param maxSize octets at most
     * @param flags none are known
     * @param [out] from where there is data, the peer's address as GetPeerName() tells it
     * @return as Recv()
     */
    Ptr<Packet> RecvFrom(uint32_t maxSize, uint32_t flags, Address& from) override;
    /// @return the nearest of ns-3's errors to GetError()
    SocketErrno GetErrno() const override;
    /**
     * Tells our address; that of an IPv4 connection of an IPv6 listener is IPv4-mapped.
     * @param [out] address InetSocketAddress or Inet6SocketAddress
     * @return 0
     */
    int GetSockName(Address& address) const override;
    /**
     * Tells the peer's address.
     * @param [out] address InetSocketAddress or Inet6SocketAddress
     * @return 0; -1: NOT_CONN
     */
    int GetPeerName(Address& address) const override;

    /**
     * Listens for one peer only: a passive OPEN with a fully specified foreign socket.
     * @param peer InetSocketAddress or Inet6SocketAddress
     * @return 0, or -1
     */
    int ListenTo(const Address& peer);

    /**
     * Listens, and keeps new connections until Accept() takes them.
     * @param backlog how many wait at most (and how many are half-open at most)
     * @return 0, or -1
     */
    int ListenWithBacklog(uint32_t backlog);

    /// @return the oldest connection not yet accepted, nullptr (EAGAIN) if there is none
    Ptr<Socket> Accept();

    /**
     * ABORT: ends the connection at once, with a RST where the peer has one.
     * @return 0, or -1 if there is no connection
     */
    int Abort();

    /// @return the connection's variables
    TcpFsmStatus GetStatus() const;

    /**
     * Sets what is called when urgent data is announced, once for each run of it (RFC 9293 3.8.5);
     * the data stays in line.
     * @param callback gets this socket
     */
    void SetUrgentCallback(Callback<void, Ptr<Socket>> callback);

    /// @return the last error
    TcpFsmError GetError() const;
    /// @return the last error, which is forgotten (SO_ERROR)
    TcpFsmError TakeError();

    // For TcpFsmL4Protocol and its parts

    /// Sets the protocol; part of creation.
    void SetL4(Ptr<TcpFsmL4Protocol> l4);
    /// @return addresses and ports, as far as known
    const tcpfsm::Flow& GetFlow() const;
    /// Traces a reaction at the protocol's sources and at this socket's.
    void Report(const TcpFsmReaction& reaction);
    /// @return the state
    tcpfsm::State GetState() const;
    /// @return number of the connection on the node
    uint64_t GetConnection() const;
    /// @return the connection's line of GetConnections()
    TcpFsmConnection Describe() const;
    /// @return what the connection has carried
    TcpFsmOctets GetOctets() const;

    /// A segment arrives for this connection.
    void Receive(tcpfsm::Incoming& incoming);
    /// Goes on with a segment that a half-open connection began with; part of promotion.
    void ResumeWith(tcpfsm::Incoming& incoming, tcpfsm::Event step);
    /// Decides by the table and carries the row out; part of tcpfsm::RunSteps().
    const tcpfsm::Row* Fire(tcpfsm::Event event, tcpfsm::Incoming& incoming);
    using TcpSocketBase::ForwardIcmp;  // gives an ICMP error to attribute IcmpCallback
    using TcpSocketBase::ForwardIcmp6; // and IcmpCallback6
    /// An ICMP error about a segment of this connection arrives.
    void ReceiveIcmp(const tcpfsm::IcmpError& error);
    /// @return whether SYNs carry options
    bool HasOptions() const;
    /// @return what the IP header of this socket's segments carries
    tcpfsm::IpParameters GetIpParameters() const;

    /// A SYN arrives at this listener: makes the half-open connection.
    tcpfsm::HalfOpen MakeHalfOpen(const tcpfsm::Incoming& incoming);
    /// @return true if connections wait for Accept()
    bool HasAcceptQueue() const;
    /// @return true if a connection may be added to the accept queue
    bool HasAcceptRoom() const;
    /// @return true if another half-open connection fits
    bool HasHalfOpenRoom() const;
    /// @return true if the application wants a connection with these addresses and ports
    bool WantsConnection(const tcpfsm::Flow& flow);
    /// @return the half-open connections of this listener, which the connection table keeps
    tcpfsm::HalfOpenList& HalfOpens();
    /// @return how often the SYN-ACK of a half-open connection is sent again
    uint32_t GetSynAckRetries() const;
    /// @return the retransmission timeout before the n-th retransmission of a SYN
    Time GetSynTimeout(uint32_t n) const;
    /// @return a socket that goes on with a half-open connection of this listener
    Ptr<TcpFsmSocket> Promote(const tcpfsm::HalfOpen& entry);
    /// The socket no longer keeps others from its port.
    void LeavePort();
    /// The socket leaves the list that users' paths go through.
    void LeaveList();
    /// TIME-WAIT is over, or was given away: the handle follows.
    void FollowTimeWait(tcpfsm::State state);
    /// The node is disposed of: nothing works any more.
    void CutLoose();

  protected:
    void SetSegSize(uint32_t size) override;      //!< SegmentSize; 0 is a fatal error
    void SendEmptyPacket(uint8_t flags) override; //!< sends what has no data
    /// Sends data, and our FIN with the last of it.
    uint32_t SendDataPacket(SequenceNumber32 seq, uint32_t maxSize, bool withAck) override;
    uint32_t AvailableWindow() const override; //!< octets that may be sent now
    uint16_t AdvertisedWindowSize(bool scale = true) const override; //!< SEG.WND
#if TCP_FSM_NS3_MINOR >= 43
    void ProcessAck(const SequenceNumber32& ackNumber,
                    bool scoreboardUpdated,
                    uint32_t currentDelivered,
                    const SequenceNumber32& oldHeadSequence,
                    bool receivedData) override; //!< part of an ACK's processing
#else
    void ProcessAck(const SequenceNumber32& ackNumber,
                    bool scoreboardUpdated,
                    uint32_t currentDelivered,
                    const SequenceNumber32& oldHeadSequence) override; //!< the same
#endif
    void NewAck(const SequenceNumber32& seq, bool resetRTO) override;        //!< SND.UNA moves
    void ReceivedData(Ptr<Packet> packet, const TcpHeader& header) override; //!< data arrives
    void ReTxTimeout() override;    //!< retransmission timer
    void DelAckTimeout() override;  //!< timer of a delayed ACK
    void PersistTimeout() override; //!< timer of a closed window
    void LastAckTimeout() override; //!< never reached
    void DoForwardUp(Ptr<Packet> packet,
                     const Address& fromAddress,
                     const Address& toAddress) override; //!< never reached

  private:
    // Deciding and carrying out (tcp-fsm-socket-rules.cc)
    const tcpfsm::Row& Fire(tcpfsm::Event event, tcpfsm::Retries retries = tcpfsm::Retries::LEFT);
    const tcpfsm::Row& Decide(tcpfsm::Event event, tcpfsm::Facts facts = {}) const;
    void Apply(const tcpfsm::Row& row, tcpfsm::Incoming* incoming);
    void Enter(tcpfsm::State state);
    void AfterEntering(tcpfsm::State state);
    void WatchState();
    void ApplyEffects(const tcpfsm::Action& action, tcpfsm::Incoming* incoming);
    void Reply(const tcpfsm::Action& action, const tcpfsm::Incoming* incoming);
    void Tell(tcpfsm::Signal signal);
    void TellConnected();
    void TellEnd(bool isError);
    void AddFacts(tcpfsm::Facts& facts) const;
    bool CanHappen(tcpfsm::Event event) const;

    // Beginning and end of the object (tcp-fsm-socket.cc)
    TcpFsmSocket(const TcpFsmSocket& other, const tcpfsm::SocketState::SinksDropped&);
    int Fail(TcpFsmError error) const;
    void Release();
    /// Leaves an entry in TIME-WAIT that has this handle; returns whether there was one.
    bool LeaveTimeWait();
    void EndChildren();
    /// Makes what the base's constructor has arranged for ours, with less memory.
    void TakeOver();
    /// Connects the base's sinks to its values, which do not have them until somebody listens.
    void LinkTraces();
    /// Lets a send buffer ask for the send window.
    void TellWindow(TcpTxBuffer& buffer) const;

    // Calls (tcp-fsm-socket-calls.cc)
    int Call(tcpfsm::Event event);
    int BindTo(const tcpfsm::IpAddress& address, uint16_t port);
    void TakePort(const tcpfsm::Flow& flow);
    bool HasFamily() const;
    int SetPeer(const Address& peer);
    /// Sets the peer and acts; what is refused leaves no peer behind. @return false if it was
    bool ActWithPeer(const Address& peer, const std::function<bool()>& act);
    int Open(tcpfsm::Event event);
    void UpdateEndPoints();
    void DropEndPoints();

    // Handshakes (tcp-fsm-socket-handshake.cc)
    void BeginSending(tcpfsm::SeqNumber iss);
    void BeginReceiving(tcpfsm::SeqNumber irs);
    void AgreeOptions(const tcpfsm::SynOptions& heard, uint16_t peerWindow);
    tcpfsm::SynOptions OfferedOptions() const;
    uint8_t GetOwnScale() const;
    uint16_t InitialWindow() const;

    // Receiving (tcp-fsm-socket-receive.cc)
    tcpfsm::Sequences GetSequences() const;
    void TakeSyn(tcpfsm::Incoming& incoming);
    void TakeAck(tcpfsm::Incoming& incoming);
    void TakeText(tcpfsm::Incoming& incoming, bool discard);
    void TakeFin();
    void TakeUrgent(const tcpfsm::Incoming& incoming);
    void LowerSegmentSize(uint32_t mtu);
    void NoteTimestamp(const tcpfsm::Incoming& incoming);
    void NoteEcn(const tcpfsm::Incoming& incoming);
    void EndSegment();
    void TakeKeptText(tcpfsm::Incoming& incoming);
    void UpdateSendWindow(const tcpfsm::Incoming& incoming);
    tcpfsm::TimeWait MakeTimeWait();

    // Sending (tcp-fsm-socket-send.cc)
    void SendQueued();
    void FlushSendQueue();
    void SendWithPendingFin();
    void SendIntoSmallWindow(bool isOverdue);
    void SendFin();
    void SendSyn(uint8_t flags);
    void SendAck(uint8_t flags);
    void SendControl(const tcpfsm::Segment& control);
    void UpdateWindowAfterRead();

    // Timers (tcp-fsm-socket-timers.cc)
    void ArmRetransmission();
    void StopRetransmission();
    /// Lets the base take text, which delays an ACK or sends one; its timer's event stays.
    void TakeDelayingAck(Ptr<Packet> packet, const TcpHeader& header);
    /// Starts FIN-WAIT-2's timer, if the application has called Close() and there is a limit.
    void LimitFinWait2();
    void OnFinWait2Timeout();
    void OnUserTimeout();
    void ArmUserTimeout();
    void OnKeepAliveTimeout();
    void SetKeepAlive(bool keepAlive);
    bool GetKeepAlive() const;
    void StartKeepAlive(Time delay);
    void CancelOwnTimers();
    bool IsWaiting() const;
    bool IsProbeUnanswered() const;
    void ResendHead();
    void UpdatePersistTimer();
    void NoteAnswer();
    Time GetMsl() const;
    Time GetPatience() const;
    Time Backoff(Time timeout, bool isFirst) const;
    uint32_t GetDataRetriesLimit() const;

    // Listening (tcp-fsm-socket-listen.cc)
    /// What only a listener needs.
    struct Listening
    {
        std::optional<uint32_t> backlog;           //!< ListenWithBacklog()'s argument
        std::deque<Ptr<TcpFsmSocket>> acceptQueue; //!< not yet accepted
        tcpfsm::HalfOpenList halfOpen;             //!< half-open connections
    };

    Listening& GetListening();
    uint32_t GetBacklog() const;

    Ptr<TcpFsmL4Protocol> m_l4;                   //!< the protocol
    tcpfsm::Flow m_flow;                          //!< addresses and ports
    uint64_t m_connection{0};                     //!< number on the node, 0: none yet
    Time m_began;                                 //!< when it got the number
    std::optional<uint64_t> m_listIndex;          //!< place in the base's socket list
    std::unique_ptr<Ipv4EndPoint> m_ownEndPoint;  //!< what m_endPoint points to
    std::unique_ptr<Ipv6EndPoint> m_ownEndPoint6; //!< what m_endPoint6 points to

    bool m_bound{false};                                //!< is entered under its port
    bool m_inTable{false};                              //!< is entered under its flow
    bool m_mapped{false};                               //!< IPv4 connection of an IPv6 listener
    bool m_ecnSyn{false};                               //!< SYN-ACK carries ECE
    bool m_tracesLinked{false};                         //!< the base's variables feed its traces
    mutable TcpFsmError m_error{TcpFsmError::NO_ERROR}; //!< last error
    TcpFsmError m_icmpError{TcpFsmError::NO_ERROR};     //!< the ICMP error being handled
    TcpFsmError m_softError{TcpFsmError::NO_ERROR};     //!< last soft ICMP error
    bool m_terminalTold{false};                         //!< the application knows of the end

    tcpfsm::Origin m_origin{tcpfsm::Origin::ACTIVE};        //!< how SYN-RCVD was reached
    tcpfsm::OwnFin m_ownFin{tcpfsm::OwnFin::NONE};          //!< the FIN of our side
    tcpfsm::Receiving m_receiving{tcpfsm::Receiving::OPEN}; //!< what the application takes
    tcpfsm::SeqNumber m_iss;                                //!< ISS
    tcpfsm::SeqNumber m_irs;                                //!< IRS
    bool m_synSent{false};                                  //!< our SYN is out
    bool m_synAcked{false};                                 //!< and acknowledged
    bool m_finAcked{false};                                 //!< our FIN is acknowledged
    bool m_peerKnown{false};                                //!< IRS and RCV.NXT are set
    uint32_t m_maxSndWnd{0};                                //!< MAX.SND.WND
    tcpfsm::SeqNumber m_sndWl1;                             //!< SND.WL1
    tcpfsm::SeqNumber m_sndWl2;                             //!< SND.WL2
    mutable tcpfsm::SeqNumber m_advertisedEdge;             //!< highest right edge ever advertised
    tcpfsm::SeqNumber m_rcvUp;                              //!< RCV.UP
    uint32_t m_tsRecent{0};                                 //!< TS.Recent
    std::optional<tcpfsm::SeqNumber> m_sndUp;               //!< SND.UP, while it is ahead
    uint16_t m_pathMss{0};                                  //!< told while opening; 0: nothing
    std::optional<tcpfsm::SeqNumber> m_rememberedFin;       //!< a FIN behind a hole
    Ptr<Packet> m_keptText;                                 //!< data that came with a crossing SYN
    uint64_t m_octetsReceived{0};                           //!< in order, but for the last segment

    tcpfsm::PacingGuard* m_pacingGuard{nullptr}; //!< while the base sends
    bool m_finRides{false};                      //!< the FIN goes on a data segment
    bool m_inSegment{false};                     //!< a segment's steps are under way
    bool m_ackOwed{false};                       //!< an ACK is due at their end
    uint8_t m_owedFlags{0};                      //!< its flags
    bool m_closeRemembered{false};               //!< asked for before ESTABLISHED
    bool m_ackHasText{false};                    //!< the ACK that is taken came with text or a FIN
    uint8_t m_probeBackoffs{0};                  //!< how often the interval of probes was doubled
    tcpfsm::AckLimiter m_ackLimiter;             //!< ACKs to empty unacceptable segments

    uint32_t m_synRetransmissions{0}; //!< of our SYN or SYN-ACK
    uint32_t m_retransmissions{0};    //!< of the head of the queue, or the FIN
    Time m_unackedSince;              //!< when the oldest of what waits was sent
    Time m_retransmissionDue;         //!< the timer runs out no sooner, whatever its event
    Time m_delayedAckDue;             //!< the same of a delayed ACK
    uint32_t m_probes{0};             //!< of a closed window, not answered
    uint32_t m_keepAliveProbes{0};    //!< of an idle connection, not answered
    /// RCV.NXT while the congestion control is told of a mark, and may answer; nullptr otherwise
    const SequenceNumber32* m_toAcknowledge{nullptr};
    Time m_lastReceived;                          //!< arrival of the last segment
    EventId m_userTimeoutEvent;                   //!< limit of what waits
    EventId m_keepAliveEvent;                     //!< next probe
    EventId m_smallWindowEvent;                   //!< data waits for a window of a full segment
    Callback<void, Ptr<Socket>> m_urgentCallback; //!< told of urgent data
    EventId m_finWait2Event;                      //!< limit of FIN-WAIT-2

    TcpFsmSocket* m_parent{nullptr};        //!< the listener, while it is told of us
    std::unique_ptr<Listening> m_listening; //!< made by its first use

    // Attributes
    Time m_initialRto;           //!< InitialRto
    uint32_t m_synRetriesLimit;  //!< SynRetries
    uint32_t m_synAckRetries;    //!< SynAckRetries
    uint32_t m_dataRetriesLimit; //!< Retransmissions
    uint32_t m_backlog;          //!< Backlog
    Time m_userTimeout;          //!< UserTimeout
    Time m_openTimeout;          //!< OpenTimeout
    Time m_rtoSlop;              //!< RtoSlop
    uint32_t m_ecnSynRetries;    //!< EcnSynRetries
    uint32_t m_optionRetries;    //!< SynOptionRetries
    bool m_noOptions{false};     //!< NoOptions
    bool m_roundRcvBuf{false};   //!< RoundRcvBuf
    bool m_offerPathMss{false};  //!< OfferPathMss
    int8_t m_windowScale{-1};    //!< WindowScale
    bool m_keepAlive{false};     //!< KeepAlive
    bool m_abortOnClose{false};  //!< AbortOnClose
    Time m_mslTime;              //!< Msl
    Time m_finWait2Timeout;      //!< FinWait2Timeout
    Time m_keepAliveTime;        //!< KeepAliveTime
    Time m_keepAliveInterval;    //!< KeepAliveInterval
    uint32_t m_keepAliveLimit;   //!< KeepAliveProbes

    TracedCallback<const TcpFsmTransition&> m_transition; //!< changes of state
    TracedCallback<const TcpFsmTransition&> m_reaction;   //!< all reactions
};

} // namespace ns3

#endif // TCP_FSM_SOCKET_H

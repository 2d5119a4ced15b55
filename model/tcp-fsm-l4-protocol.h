// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_L4_PROTOCOL_H
#define TCP_FSM_L4_PROTOCOL_H

#include "tcp-fsm-connection-table.h"
#include "tcp-fsm-connection.h"
#include "tcp-fsm-profile-defaults.h"
#include "tcp-fsm-syn.h"
#include "tcp-fsm-transition.h"

#include "ns3/random-variable-stream.h"
#include "ns3/tcp-fsm-policy.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/traced-callback.h"

#include <map>
#include <string>
#include <vector>

namespace ns3
{

class TcpFsmSocket;

/// A reaction, as the owner of a connection reports it.
struct TcpFsmReaction
{
    const tcpfsm::Flow& flow;         //!< addresses and ports
    uint64_t connection;              //!< number of the connection
    tcpfsm::State from;               //!< state before
    tcpfsm::State to;                 //!< state after
    const tcpfsm::Row& row;           //!< the rule
    const tcpfsm::Incoming* incoming; //!< the segment, if one caused it
    uint32_t iss;                     //!< our initial sequence number
    uint32_t irs;                     //!< the peer's
    /// The connection's socket, nullptr while it is an entry.
    const TcpFsmSocket* socket{nullptr};
};

/**
 * TCP of a node, with the complete connection state diagram of RFC 9293.
 *
 * Aggregated to a node before the internet stack (TcpFsmHelper::Install() does that), it takes the
 * place of ns-3's TcpL4Protocol: applications that create sockets from TcpSocketFactory get
 * TcpFsmSocket. A segment goes Receive() -> connection table -> engine -> the connection, which is
 * a socket or, while half-open or in TIME-WAIT, a compact entry.
 */
class TcpFsmL4Protocol : public TcpL4Protocol
{
  public:
    /// @return the type
    static TypeId GetTypeId();

    TcpFsmL4Protocol();
    ~TcpFsmL4Protocol() override;

    /// @return a new socket with the congestion control, recovery and RTT estimator that the
    /// attributes of TcpL4Protocol name
    Ptr<Socket> CreateSocket();

    /// @return a new socket with the given congestion control
    Ptr<Socket> CreateSocket(TypeId congestionTypeId);

    /// @return a new socket with the given congestion control and recovery
    Ptr<Socket> CreateSocket(TypeId congestionTypeId, TypeId recoveryTypeId);

    /// @return all connections and listeners of the node, in the order in which they began
    std::vector<TcpFsmConnection> GetConnections() const;

    /// Ends all connections in TIME-WAIT, as if their time were over; nothing is sent.
    void EndTimeWaits();

    /**
     * Assigns the random streams (initial sequence numbers, ephemeral ports).
     * @param stream the first stream to use
     * @return the number of streams used
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * Sets the policies whose attribute is `Profile` to a profile's, and the defaults of sockets
     * made from now on, where Config::SetDefault() has not changed them.
     * @param name rfc9293, rfc793, freebsd or linux; any other is a fatal error that lists these
     */
    void SetProfile(const std::string& name);
    /// @return the name of the profile set last
    std::string GetProfile() const;

    // IpL4Protocol
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv4Header& header,
                     Ptr<Ipv4Interface> interface) override; //!< a segment arrives
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv6Header& header,
                     Ptr<Ipv6Interface> interface) override; //!< a segment arrives
    void ReceiveIcmp(Ipv4Address source,
                     uint8_t ttl,
                     uint8_t type,
                     uint8_t code,
                     uint32_t info,
                     Ipv4Address payloadSource,
                     Ipv4Address payloadDestination,
                     const uint8_t payload[8]) override; //!< an ICMP error arrives
    void ReceiveIcmp(Ipv6Address source,
                     uint8_t ttl,
                     uint8_t type,
                     uint8_t code,
                     uint32_t info,
                     Ipv6Address payloadSource,
                     Ipv6Address payloadDestination,
                     const uint8_t payload[8]) override; //!< an ICMPv6 error arrives

    // Below TCP; what leaves is completed first
    void SetDownTarget(DownTargetCallback target) override;   //!< as the base's
    void SetDownTarget6(DownTargetCallback6 target) override; //!< as the base's
    DownTargetCallback GetDownTarget() const override;        //!< what was set
    DownTargetCallback6 GetDownTarget6() const override;      //!< what was set

    // For sockets and entries

    /// @return what the profile decides
    const tcpfsm::Policy& GetPolicy() const;
    /// @return the connections
    tcpfsm::ConnectionTable& GetTable();
    /// @return the next connection's number
    uint64_t NextConnection();

    /// The trace sources of a socket.
    struct Sinks
    {
        TracedCallback<const TcpFsmTransition&>& transition; //!< `Transition`
        TracedCallback<const TcpFsmTransition&>& reaction;   //!< `Reaction`
    };

    /// As the base's; what a SYN tells goes to trace source `Syn`.
    void SendPacket(Ptr<Packet> packet,
                    const TcpHeader& header,
                    const Address& local,
                    const Address& remote,
                    Ptr<NetDevice> device) const;

    /// What the base leaves out of a data segment that it is about to send.
    struct Extras
    {
        uint16_t localPort{0};     //!< of the segment
        uint16_t remotePort{0};    //!< of the segment
        tcpfsm::SeqNumber seq;     //!< SEG.SEQ
        bool push{false};          //!< PSH
        uint16_t urgentPointer{0}; //!< URG with this pointer; 0: no URG
    };

    /// Sets what a segment gets that goes out before the next call.
    /// @return what was set before
    Extras SetExtras(const Extras& extras);
    /// Traces a reaction, here and at a socket's sources; TcpFsmSocket::Report() adds its own.
    void Report(const TcpFsmReaction& reaction, const Sinks* sinks = nullptr);
    /// @return true if one more challenge ACK may be sent in this second (RFC 5961 7)
    bool AllowChallengeAck();
    /**
     * @param flow a new connection's addresses and ports
     * @return its initial send sequence number (RFC 6528 3), or the one of attribute `FixedIsn`
     */
    tcpfsm::SeqNumber ChooseIss(const tcpfsm::Flow& flow);
    /**
     * @param flow a new connection's; its local port is ignored
     * @param device the device the socket is bound to, if any
     * @return a port that makes it unique (RFC 6056), 0 if there is none
     */
    uint16_t ChoosePort(const tcpfsm::Flow& flow, const Ptr<NetDevice>& device);
    /**
     * @param flow a connection's addresses
     * @param device the device it is bound to, or nullptr
     * @return the largest segment its interface takes without IP fragmentation, less the fixed
     * headers (RFC 9293 3.7.1)
     */
    uint16_t GetMss(const tcpfsm::Flow& flow, const Ptr<NetDevice>& device) const;
    /**
     * @param flow a connection's addresses
     * @param device the device it is bound to, or nullptr
     * @return as GetMss(), but no more than an ICMPv6 error about any segment to that peer has told
     * to be possible not long ago (RFC 8201 5.2): IPv6 would send more in fragments
     */
    uint16_t GetPathMss(const tcpfsm::Flow& flow, const Ptr<NetDevice>& device) const;
    /**
     * @param address an address
     * @return true for the broadcast address of a subnet of this node
     */
    bool IsSubnetBroadcast(const tcpfsm::IpAddress& address) const;
    /// Sends a segment without data that carries no options but those given.
    void SendControl(const tcpfsm::Flow& flow,
                     const tcpfsm::Segment& control,
                     uint16_t window,
                     const tcpfsm::SynOptions& options,
                     const tcpfsm::IpParameters& ip,
                     uint8_t ecnFlags = 0) const;
    /// Ends the half-open connections of a listener that is no more.
    void ListenerGone(TcpFsmSocket& listener);
    /// Enters a socket into the list that users' paths go through.
    uint64_t List(Ptr<TcpFsmSocket> socket);
    /// Takes a socket out of it.
    void Unlist(uint64_t index);
    /// Replaces a socket that reached TIME-WAIT by an entry.
    void EnterTimeWait(const tcpfsm::TimeWait& entry);
    /// @return true once the node is disposed of
    bool IsDisposed() const;

  protected:
    void DoDispose() override;          //!< empties the table
    void NotifyNewAggregate() override; //!< becomes the node's TCP

  private:
    RxStatus Deliver(Ptr<Packet> packet,
                     const tcpfsm::IpAddress& source,
                     const tcpfsm::IpAddress& destination,
                     uint8_t ecn,
                     const Ptr<NetDevice>& device,
                     bool isBroadcast);
    void Dispatch(tcpfsm::Incoming& incoming);
    tcpfsm::OptionLayout GetOptionLayout() const;
    tcpfsm::HardIcmp GetHardIcmp() const;
    bool IsComplete() const; //!< whether a segment goes out as the base has made it
    void Complete(const Ptr<Packet>& packet, const Address& source, const Address& destination);
    void SendDown(Ptr<Packet> packet,
                  Ipv4Address source,
                  Ipv4Address destination,
                  uint8_t protocol,
                  Ptr<Ipv4Route> route);
    void SendDown6(Ptr<Packet> packet,
                   Ipv6Address source,
                   Ipv6Address destination,
                   uint8_t protocol,
                   Ptr<Ipv6Route> route);
    TcpFsmSocket* DeliverIcmp(tcpfsm::IcmpError error,
                              const tcpfsm::IpAddress& source,
                              const tcpfsm::IpAddress& destination,
                              const uint8_t payload[8]);
    void OnTimeout(const tcpfsm::Flow& flow);
    /// Ends the program if the base's CreateSocket() made a socket, which nobody would serve.
    void RefuseStockSockets() const;

    TcpFsmTransition MakeRecord(const TcpFsmReaction& reaction) const;
    uint64_t FindConnection(const tcpfsm::Flow& flow) const;

    template <typename D>
    static void AddPolicyAttribute(TypeId tid, const std::string& help);
    template <typename D>
    void SetPolicy(int value);
    template <typename D>
    int GetPolicyValue() const;
    void MakePolicy();

    Ptr<Node> m_node;                     //!< the node
    bool m_disposed{false};               //!< after DoDispose()
    tcpfsm::ConnectionTable m_table;      //!< the connections
    tcpfsm::Policy m_policy;              //!< the profile's choices, and those that replace them
    std::map<std::size_t, int> m_choices; //!< values of policy attributes, by dimension
    std::string m_profile{"rfc9293"};     //!< name of the profile
    const tcpfsm::ProfileDefaults* m_defaults{nullptr}; //!< of the profile
    int m_layout{-1};                                   //!< tcpfsm::OptionLayout; -1: the profile's
    int m_hardIcmp{-1};                                 //!< tcpfsm::HardIcmp; -1: the profile's
    bool m_toleratesMissing{false};                     //!< segments may lack timestamps
    Extras m_extras;                                    //!< what a data segment gets
    DownTargetCallback m_down;                          //!< where IPv4 packets go
    DownTargetCallback6 m_down6;                        //!< where IPv6 packets go
    uint64_t m_listed{0};                               //!< sockets ever entered into the list
    uint64_t m_lastConnection{0};                       //!< number given last
    uint64_t m_lastSegment{0};                          //!< number given last
    uint32_t m_challengeLimit{100};                     //!< challenge ACKs a second, 0: no limit
    int64_t m_challengeSecond{-1};                      //!< second that is counted
    uint32_t m_challengeCount{0};                       //!< challenge ACKs in it
    int64_t m_fixedIsn{-1};                  //!< initial sequence number for tests, -1: none
    std::array<uint64_t, 2> m_isnKey{};      //!< secret of RFC 6528
    bool m_hasIsnKey{false};                 //!< the secret is drawn at the first use
    Ptr<UniformRandomVariable> m_isnStream;  //!< for the secret
    Ptr<UniformRandomVariable> m_portStream; //!< for ephemeral ports
    TracedCallback<const TcpFsmTransition&> m_transition; //!< changes of state
    TracedCallback<const TcpFsmTransition&> m_reaction;   //!< all reactions
    TracedCallback<const TcpFsmSyn&> m_syn;               //!< what only SYNs tell
};

} // namespace ns3

#endif // TCP_FSM_L4_PROTOCOL_H

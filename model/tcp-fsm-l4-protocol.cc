// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-l4-protocol.h"

#include "tcp-fsm-prototype.h"
#include "tcp-fsm-socket-factory.h"
#include "tcp-fsm-socket.h"

#include "ns3/enum.h"
#include "ns3/integer.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/rtt-estimator.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-recovery-ops.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

using namespace tcpfsm;

NS_LOG_COMPONENT_DEFINE("TcpFsmL4Protocol");
NS_OBJECT_ENSURE_REGISTERED(TcpFsmL4Protocol);

namespace
{

/// Value of a policy attribute that leaves the choice to the profile.
constexpr int AS_PROFILE = -1;

/// Place of a dimension among the policy dimensions.
template <typename D>
constexpr std::size_t
PolicyIndex()
{
    std::size_t index = 0;
    bool found = false;
    ForEachIn<PolicyDimensions>([&]<typename E>() {
        found = found || std::is_same_v<D, E>;
        index += found ? 0 : 1;
    });
    return index;
}

} // namespace

template <typename D>
void
TcpFsmL4Protocol::SetPolicy(int value)
{
    m_choices[PolicyIndex<D>()] = value;
    MakePolicy();
}

template <typename D>
int
TcpFsmL4Protocol::GetPolicyValue() const
{
    auto choice = m_choices.find(PolicyIndex<D>());
    return choice == m_choices.end() ? AS_PROFILE : choice->second;
}

template <typename D>
void
TcpFsmL4Protocol::AddPolicyAttribute(TypeId tid, const std::string& help)
{
    const auto checker = Create<IntEnumChecker>();
    checker->AddDefault(AS_PROFILE, "Profile");
    for (std::size_t i = 0; i < SIZE<D>; ++i)
    {
        checker->Add(static_cast<int>(i), std::string(Names<D>::VALUES[i]));
    }
    tid.AddAttribute(
        std::string(Names<D>::NAME),
        help + "; Profile: as the profile says",
        IntEnumValue(AS_PROFILE),
        MakeIntEnumAccessor(&TcpFsmL4Protocol::SetPolicy<D>, &TcpFsmL4Protocol::GetPolicyValue<D>),
        checker);
}

TypeId
TcpFsmL4Protocol::GetTypeId()
{
    static TypeId tid = [] {
        TypeId id = TypeId("ns3::TcpFsmL4Protocol")
                        .SetParent<TcpL4Protocol>()
                        .SetGroupName("TcpFsm")
                        .AddConstructor<TcpFsmL4Protocol>();
        id.AddAttribute(
            "Profile",
            "Named set of policies and defaults: rfc9293, rfc793, freebsd or linux. Attributes "
            "that are Profile follow it, and those of sockets that have not been changed",
            StringValue("rfc9293"),
            MakeStringAccessor(&TcpFsmL4Protocol::SetProfile, &TcpFsmL4Protocol::GetProfile),
            MakeStringChecker());
        id.AddAttribute("ChallengeAckLimit",
                        "Challenge ACKs of the node in a second at most (RFC 5961 7); 0: no limit",
                        UintegerValue(100),
                        MakeUintegerAccessor(&TcpFsmL4Protocol::m_challengeLimit),
                        MakeUintegerChecker<uint32_t>());
        id.AddAttribute("FixedIsn",
                        "Initial send sequence number of every connection, for tests; -1: chosen "
                        "as RFC 6528 says",
                        IntegerValue(-1),
                        MakeIntegerAccessor(&TcpFsmL4Protocol::m_fixedIsn),
                        MakeIntegerChecker<int64_t>(-1, UINT32_MAX));
        const auto layouts = Create<IntEnumChecker>();
        layouts->AddDefault(AS_PROFILE, "Profile");
        layouts->Add(static_cast<int>(OptionLayout::NS3), "Ns3");
        layouts->Add(static_cast<int>(OptionLayout::FREEBSD), "FreeBsd");
        layouts->Add(static_cast<int>(OptionLayout::LINUX), "Linux");
        id.AddAttribute("OptionLayout",
                        "Order and alignment of TCP options; Profile: as the profile says",
                        IntEnumValue(AS_PROFILE),
                        MakeIntEnumAccessor(&TcpFsmL4Protocol::m_layout),
                        layouts);
        const auto errors = Create<IntEnumChecker>();
        errors->AddDefault(AS_PROFILE, "Profile");
        errors->Add(static_cast<int>(HardIcmp::NONE), "None");
        errors->Add(static_cast<int>(HardIcmp::RFC1122), "Rfc1122");
        errors->Add(static_cast<int>(HardIcmp::FREEBSD), "FreeBsd");
        id.AddAttribute("HardIcmp",
                        "Which ICMP errors end a connection attempt; Profile: as the profile says",
                        IntEnumValue(AS_PROFILE),
                        MakeIntEnumAccessor(&TcpFsmL4Protocol::m_hardIcmp),
                        errors);
        id.AddAttribute("TolerateMissingTimestamps",
                        "Whether segments may lack the timestamps that were negotiated, rather "
                        "than be dropped (RFC 7323 3.2)",
                        BooleanValue(false),
                        MakeBooleanAccessor(&TcpFsmL4Protocol::m_toleratesMissing),
                        MakeBooleanChecker());
        AddPolicyAttribute<RstCheck>(id, "Which RST ends a connection");
        AddPolicyAttribute<SynCheck>(id, "What a SYN does in a synchronised state");
        AddPolicyAttribute<AckCheck>(id, "Which SEG.ACK is acceptable");
        AddPolicyAttribute<TimeWaitSyn>(id, "What a SYN does in TIME-WAIT");
        AddPolicyAttribute<Rfc1337>(id, "Ignore every RST in TIME-WAIT");
        AddPolicyAttribute<ProcessOldAck>(
            id,
            "Use the ACK field of an old segment that ends at RCV.NXT (RFC 9293 A.2)");
        AddPolicyAttribute<DropSynFin>(id, "Drop segments with SYN and FIN");
        AddPolicyAttribute<Blackhole>(id, "Send no RST for segments that meet no connection");
        AddPolicyAttribute<ListenSynAck>(id, "What a SYN-ACK does at a listener");
        AddPolicyAttribute<ClosingReply>(id, "What is sent on entering CLOSING");
        AddPolicyAttribute<LateReset>(
            id,
            "When a RST in CLOSING or LAST-ACK is reported to the application");
        id.AddTraceSource("Transition",
                          "A change of state of any connection of the node, from its first segment "
                          "on, with the rule that decided it",
                          MakeTraceSourceAccessor(&TcpFsmL4Protocol::m_transition),
                          "ns3::TcpFsmTransition::TracedCallback");
        id.AddTraceSource("Reaction",
                          "A reaction of the node's TCP to any event, with its rule",
                          MakeTraceSourceAccessor(&TcpFsmL4Protocol::m_reaction),
                          "ns3::TcpFsmTransition::TracedCallback");
        id.AddTraceSource("Syn",
                          "A SYN of a connection, ours as it is sent or the peer's as it is taken, "
                          "with its initial sequence number and options",
                          MakeTraceSourceAccessor(&TcpFsmL4Protocol::m_syn),
                          "ns3::TcpFsmSyn::TracedCallback");
        return id;
    }();
    return tid;
}

TcpFsmL4Protocol::TcpFsmL4Protocol()
    : m_isnStream(CreateObject<UniformRandomVariable>()),
      m_portStream(CreateObject<UniformRandomVariable>())
{
    m_table.SetTimeoutCallback(MakeCallback(&TcpFsmL4Protocol::OnTimeout, this));
}

TcpFsmL4Protocol::~TcpFsmL4Protocol() = default;

void
TcpFsmL4Protocol::SetProfile(const std::string& name)
{
    std::string known;
    for (const auto& [profile, policy] : PROFILES)
    {
        if (profile == name)
        {
            m_profile = name;
            MakePolicy();
            return;
        }
        known.append(known.empty() ? "" : ", ").append(profile);
    }
    NS_FATAL_ERROR("TcpFsmL4Protocol: no profile \"" << name << "\"; there are " << known);
}

void
TcpFsmL4Protocol::MakePolicy()
{
    auto profile = std::find_if(PROFILES.begin(), PROFILES.end(), [this](const auto& candidate) {
        return candidate.first == m_profile;
    });
    m_policy = profile->second;
    m_defaults = &DefaultsOf(m_profile);
    ForEachIn<PolicyDimensions>([this]<typename D>() {
        if (const int value = GetPolicyValue<D>(); value != AS_PROFILE)
        {
            m_policy.Set(static_cast<D>(value));
        }
    });
}

std::string
TcpFsmL4Protocol::GetProfile() const
{
    return m_profile;
}

void
TcpFsmL4Protocol::NotifyNewAggregate()
{
    Ptr<Node> node = GetObject<Node>();
    if (!m_node && node && (node->GetObject<Ipv4>() || node->GetObject<Ipv6>()))
    {
        m_node = node;
        // The base makes its own factory only while it has no node.
        SetNode(node);
        Ptr<TcpFsmSocketFactory> factory = CreateObject<TcpFsmSocketFactory>();
        factory->SetTcp(this);
        node->AggregateObject(factory);
    }
    TcpL4Protocol::NotifyNewAggregate();
}

void
TcpFsmL4Protocol::DoDispose()
{
    m_disposed = true;
    std::vector<Ptr<TcpFsmSocket>> sockets;
    for (const auto& socket : GetSocketList(*this))
    {
        if (auto ours = DynamicCast<TcpFsmSocket>(socket)) // see RefuseStockSockets()
        {
            sockets.push_back(ours);
        }
    }
    for (const Flow& flow : m_table.All())
    {
        if (TimeWait* entry = m_table.FindTimeWait(flow); entry && entry->handle)
        {
            sockets.emplace_back(entry->handle);
        }
    }
    m_table.Clear();
    for (const auto& socket : sockets)
    {
        socket->CutLoose();
    }
    m_node = nullptr;
    m_down.Nullify();
    m_down6.Nullify();
    TcpL4Protocol::DoDispose();
}

bool
TcpFsmL4Protocol::IsDisposed() const
{
    return m_disposed;
}

Ptr<Socket>
TcpFsmL4Protocol::CreateSocket()
{
    return CreateSocket(GetSocketTypes(*this).congestion);
}

Ptr<Socket>
TcpFsmL4Protocol::CreateSocket(TypeId congestionTypeId)
{
    return CreateSocket(congestionTypeId, GetSocketTypes(*this).recovery);
}

Ptr<Socket>
TcpFsmL4Protocol::CreateSocket(TypeId congestionTypeId, TypeId recoveryTypeId)
{
    ObjectFactory factory;
    factory.SetTypeId(GetSocketTypes(*this).rtt);
    Ptr<RttEstimator> rtt = factory.Create<RttEstimator>();
    factory.SetTypeId(congestionTypeId);
    Ptr<TcpCongestionOps> congestion = factory.Create<TcpCongestionOps>();
    factory.SetTypeId(recoveryTypeId);
    Ptr<TcpRecoveryOps> recovery = factory.Create<TcpRecoveryOps>();

    Ptr<TcpFsmSocket> socket = MakeSocket();
    socket->SetNode(m_node);
    socket->SetL4(this);
    socket->SetRtt(rtt);
    socket->SetCongestionControlAlgorithm(congestion);
    socket->SetRecoveryAlgorithm(recovery);
    for (const auto& [name, value] : m_defaults->sockets)
    {
        TypeId::AttributeInformation attribute;
        const bool isKnown = socket->GetInstanceTypeId().LookupAttributeByName(name, &attribute);
        NS_ASSERT_MSG(isKnown, "no attribute " << name);
        if (isKnown && attribute.initialValue == attribute.originalInitialValue)
        {
            socket->SetAttribute(name, StringValue(value));
        }
    }
    return socket;
}

OptionLayout
TcpFsmL4Protocol::GetOptionLayout() const
{
    return m_layout == AS_PROFILE ? m_defaults->layout : static_cast<OptionLayout>(m_layout);
}

HardIcmp
TcpFsmL4Protocol::GetHardIcmp() const
{
    return m_hardIcmp == AS_PROFILE ? m_defaults->hardIcmp : static_cast<HardIcmp>(m_hardIcmp);
}

void
TcpFsmL4Protocol::EndTimeWaits()
{
    for (const Flow& flow : m_table.All())
    {
        if (m_table.Find(flow).timeWait)
        {
            OnTimeout(flow);
        }
    }
}

std::vector<TcpFsmConnection>
TcpFsmL4Protocol::GetConnections() const
{
    auto& table = const_cast<ConnectionTable&>(m_table);
    std::vector<TcpFsmConnection> connections;
    for (const auto& [port, sockets] : table.Bound())
    {
        for (const TcpFsmSocket* socket : sockets)
        {
            if (socket->GetState() == State::LISTEN)
            {
                connections.push_back(socket->Describe());
            }
        }
    }
    const auto describe = [](const Entry& entry, State state) {
        return DescribeConnection(entry.connection,
                                  entry.flow,
                                  ToNs3(state),
                                  Simulator::Now() - entry.began);
    };
    for (const Flow& flow : table.All())
    {
        const Connection found = table.Find(flow);
        if (found.socket)
        {
            connections.push_back(found.socket->Describe());
        }
        else if (found.halfOpen)
        {
            connections.push_back(describe(*found.halfOpen, State::SYN_RCVD));
        }
        else
        {
            connections.push_back(describe(*found.timeWait, State::TIME_WAIT));
        }
    }
    std::sort(connections.begin(), connections.end(), [](const auto& a, const auto& b) {
        return a.id < b.id;
    });
    return connections;
}

int64_t
TcpFsmL4Protocol::AssignStreams(int64_t stream)
{
    m_isnStream->SetStream(stream);
    m_portStream->SetStream(stream + 1);
    m_hasIsnKey = false;
    return 2;
}

const Policy&
TcpFsmL4Protocol::GetPolicy() const
{
    return m_policy;
}

ConnectionTable&
TcpFsmL4Protocol::GetTable()
{
    return m_table;
}

uint64_t
TcpFsmL4Protocol::NextConnection()
{
    return ++m_lastConnection;
}

bool
TcpFsmL4Protocol::AllowChallengeAck()
{
    const int64_t second = Simulator::Now().GetNanoSeconds() / 1000000000;
    if (second != m_challengeSecond)
    {
        m_challengeSecond = second;
        m_challengeCount = 0;
    }
    return m_challengeLimit == 0 || ++m_challengeCount <= m_challengeLimit;
}

uint64_t
TcpFsmL4Protocol::List(Ptr<TcpFsmSocket> socket)
{
    RefuseStockSockets();
    ++m_listed;
    return AddToSocketList(*this, socket);
}

void
TcpFsmL4Protocol::RefuseStockSockets() const
{
    if (HasOthersListed(*this, m_listed))
    {
        NS_FATAL_ERROR("node " << m_node->GetId()
                               << ": TcpL4Protocol::CreateSocket() of the base class has made a "
                                  "TcpSocketBase, which TcpFsmL4Protocol does not serve; call "
                                  "Socket::CreateSocket() with TcpSocketFactory, or "
                                  "TcpFsmL4Protocol::CreateSocket()");
    }
}

void
TcpFsmL4Protocol::Unlist(uint64_t index)
{
    RemoveFromSocketList(*this, index);
}

} // namespace ns3

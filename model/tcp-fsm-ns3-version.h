// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_NS3_VERSION_H
#define TCP_FSM_NS3_VERSION_H

#include "ns3/enum.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/node.h"
#include "ns3/tcp-cubic.h"
#include "ns3/tcp-illinois.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/tcp-tx-buffer.h"

#include <cstdint>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

/**
 * @file
 * Everything that depends on the version of ns-3 (3.37 to 3.48).
 */

/// Minor version of ns-3 that is built against; the build may set it.
#ifndef TCP_FSM_NS3_MINOR
#define TCP_FSM_NS3_MINOR 44
#endif

/// Declares GetInstanceTypeId() where derived classes must override it; from 3.45 on it is final.
#if TCP_FSM_NS3_MINOR < 45
#define TCP_FSM_INSTANCE_TYPE_ID                                                                   \
    TypeId GetInstanceTypeId() const override                                                      \
    {                                                                                              \
        return GetTypeId();                                                                        \
    }
#else
#define TCP_FSM_INSTANCE_TYPE_ID
#endif

namespace ns3
{
namespace tcpfsm
{

/**
 * Reaches the private socket list of TcpL4Protocol, so that paths of users
 * (`/NodeList/0/$ns3::TcpL4Protocol/SocketList/0/CongestionWindow`) go on working. AddSocket() and
 * RemoveSocket() of the base scan the list; this inserts and erases in constant time. The language
 * allows private names in explicit instantiations.
 */
template <typename Tag, auto MEMBER>
struct PrivateMember
{
    /// @return the pointer to the private member, found by argument-dependent lookup
    friend constexpr auto GetPrivate(Tag)
    {
        return MEMBER;
    }
};

/// Names TcpL4Protocol::m_sockets.
struct SocketListTag
{
    friend constexpr auto GetPrivate(SocketListTag);
};

/// Names TcpL4Protocol::m_socketIndex.
struct SocketIndexTag
{
    friend constexpr auto GetPrivate(SocketIndexTag);
};

/// Names TcpCubic::m_endSeq.
struct CubicEndTag
{
    friend constexpr auto GetPrivate(CubicEndTag);
};

/// Names TcpIllinois::m_endSeq.
struct IllinoisEndTag
{
    friend constexpr auto GetPrivate(IllinoisEndTag);
};

/// Names Ipv6L3Protocol::m_pmtuCache.
struct PathMtuTag
{
    friend constexpr auto GetPrivate(PathMtuTag);
};

/// Names TcpTxBuffer::m_highestSack.
struct HighestSackTag
{
    friend constexpr auto GetPrivate(HighestSackTag);
};

/// Names TcpTxBuffer::m_sentList.
struct SentListTag
{
    friend constexpr auto GetPrivate(SentListTag);
};

/// Names TcpL4Protocol::m_congestionTypeId.
struct CongestionTypeTag
{
    friend constexpr auto GetPrivate(CongestionTypeTag);
};

/// Names TcpL4Protocol::m_recoveryTypeId.
struct RecoveryTypeTag
{
    friend constexpr auto GetPrivate(RecoveryTypeTag);
};

/// Names TcpL4Protocol::m_rttTypeId.
struct RttTypeTag
{
    friend constexpr auto GetPrivate(RttTypeTag);
};

template struct PrivateMember<HighestSackTag, &TcpTxBuffer::m_highestSack>;
template struct PrivateMember<SentListTag, &TcpTxBuffer::m_sentList>;
template struct PrivateMember<CubicEndTag, &TcpCubic::m_endSeq>;
template struct PrivateMember<IllinoisEndTag, &TcpIllinois::m_endSeq>;
template struct PrivateMember<PathMtuTag, &Ipv6L3Protocol::m_pmtuCache>;
template struct PrivateMember<SocketListTag, &TcpL4Protocol::m_sockets>;
template struct PrivateMember<CongestionTypeTag, &TcpL4Protocol::m_congestionTypeId>;
template struct PrivateMember<RecoveryTypeTag, &TcpL4Protocol::m_recoveryTypeId>;
template struct PrivateMember<RttTypeTag, &TcpL4Protocol::m_rttTypeId>;

#if TCP_FSM_NS3_MINOR >= 39
template struct PrivateMember<SocketIndexTag, &TcpL4Protocol::m_socketIndex>;
#endif

// Enumerated attributes are templates from 3.41 on.
#if TCP_FSM_NS3_MINOR >= 41
using IntEnumChecker = EnumChecker<int>;
using IntEnumValue = EnumValue<int>;
#else
using IntEnumChecker = EnumChecker;
using IntEnumValue = EnumValue;
#endif

/**
 * @param set member function that takes an int
 * @param get member function that returns it
 * @return the accessor of an enumerated attribute
 */
template <typename Setter, typename Getter>
Ptr<const AttributeAccessor>
MakeIntEnumAccessor(Setter set, Getter get)
{
#if TCP_FSM_NS3_MINOR >= 41
    return MakeEnumAccessor<int>(set, get);
#else
    return MakeEnumAccessor(set, get);
#endif
}

/**
 * @param variable member that holds the value
 * @return the accessor of an enumerated attribute
 */
template <typename Class>
Ptr<const AttributeAccessor>
MakeIntEnumAccessor(int Class::*variable)
{
#if TCP_FSM_NS3_MINOR >= 41
    return MakeEnumAccessor<int>(variable);
#else
    return MakeEnumAccessor(variable);
#endif
}

/**
 * Installs an internet stack with this TCP on a node that has none.
 * @tparam StackHelper InternetStackHelper, which models do not include
 * @param stack installs
 * @param node the node
 * @param tcp its TCP
 */
template <typename StackHelper>
void
InstallStack(StackHelper stack, const Ptr<Node>& node, const Ptr<TcpL4Protocol>& tcp)
{
#if TCP_FSM_NS3_MINOR >= 39
    node->AggregateObject(tcp);
    stack.Install(node);
#else
    // The helper makes its TCP itself, with default attributes.
    const TypeId type = tcp->GetInstanceTypeId();
    stack.SetTcp(type.GetName());
    stack.Install(node);
    const auto installed = node->GetObject<TcpL4Protocol>();
    for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
    {
        const auto attribute = type.GetAttribute(i);
        const auto value = attribute.checker->Create();
        tcp->GetAttribute(attribute.name, *value);
        installed->SetAttribute(attribute.name, *value);
    }
#endif
}

/// The types that sockets are made of.
struct SocketTypes
{
    TypeId congestion; //!< attribute SocketType
    TypeId recovery;   //!< attribute RecoveryType
    TypeId rtt;        //!< attribute RttEstimatorType
};

/**
 * @param l4 the protocol
 * @return the values of three of its attributes, which are slow to get by name for each socket
 */
inline SocketTypes
GetSocketTypes(const TcpL4Protocol& l4)
{
    return {l4.*GetPrivate(CongestionTypeTag{}),
            l4.*GetPrivate(RecoveryTypeTag{}),
            l4.*GetPrivate(RttTypeTag{})};
}

/**
 * Enters a socket into the base's list.
 * @param l4 the protocol
 * @param socket the socket
 * @return the index to remove it by
 */
inline uint64_t
AddToSocketList(TcpL4Protocol& l4, const Ptr<TcpSocketBase>& socket)
{
    auto& list = l4.*GetPrivate(SocketListTag{});
#if TCP_FSM_NS3_MINOR >= 39
    const uint64_t index = (l4.*GetPrivate(SocketIndexTag{}))++;
    list[index] = socket;
    return index;
#else
    list.push_back(socket);
    return reinterpret_cast<uintptr_t>(PeekPointer(socket));
#endif
}

/**
 * Removes a socket from the base's list.
 * @param l4 the protocol
 * @param index what AddToSocketList() returned
 */
inline void
RemoveFromSocketList(TcpL4Protocol& l4, uint64_t index)
{
    auto& list = l4.*GetPrivate(SocketListTag{});
#if TCP_FSM_NS3_MINOR >= 39
    list.erase(index);
#else
    // The list is a vector there: removing scans it, as the base's own does.
    std::erase_if(list, [index](const Ptr<TcpSocketBase>& socket) {
        return reinterpret_cast<uintptr_t>(PeekPointer(socket)) == index;
    });
#endif
}

/**
 * @param l4 the protocol
 * @return the sockets of the base's list, in its order
 */
inline std::vector<Ptr<TcpSocketBase>>
GetSocketList(const TcpL4Protocol& l4)
{
    const auto& list = l4.*GetPrivate(SocketListTag{});
#if TCP_FSM_NS3_MINOR >= 39
    std::vector<Ptr<TcpSocketBase>> sockets;
    for (const auto& [index, socket] : list)
    {
        sockets.push_back(socket);
    }
    return sockets;
#else
    return list;
#endif
}

/**
 * @param l4 the protocol
 * @param listed how many sockets AddToSocketList() has entered so far
 * @return true if the base's CreateSocket() has entered others; up to 3.38 that cannot be told
 */
inline bool
HasOthersListed(const TcpL4Protocol& l4, uint64_t listed)
{
#if TCP_FSM_NS3_MINOR >= 39
    return l4.*GetPrivate(SocketIndexTag{}) != listed;
#else
    return false;
#endif
}

/**
 * Lets "no SACK block yet", which the base writes as sequence number 0, mean that wherever the
 * connection's numbers are.
 * @param buffer a send buffer
 */
inline void
RepairHighestSack(TcpTxBuffer& buffer)
{
    auto& highest = buffer.*GetPrivate(HighestSackTag{});
    if (highest.first == (buffer.*GetPrivate(SentListTag{})).cend())
    {
        highest.second = buffer.HeadSequence();
    }
}

/**
 * Forgets all SACK blocks if an ACK stops inside one: its receiver has discarded the rest (RFC 2018
 * 8), and the base aborts when the head of the queue is marked as received.
 * @param buffer a send buffer
 * @param ack SEG.ACK
 */
inline void
DropRenegedSack(TcpTxBuffer& buffer, SequenceNumber32 ack)
{
    SequenceNumber32 end = buffer.HeadSequence();
    for (const TcpTxItem* item : buffer.*GetPrivate(SentListTag{}))
    {
        end += item->GetSeqSize();
        if (end > ack)
        {
            if (item->IsSacked())
            {
                buffer.ResetRenoSack();
            }
            return;
        }
    }
}

/// @return the path MTU to a destination that an ICMPv6 error has told not long ago, 0: none
inline uint32_t
KnownPathMtu(const Ptr<Ipv6L3Protocol>& ipv6, Ipv6Address destination)
{
    return (PeekPointer(ipv6)->*GetPrivate(PathMtuTag{}))->GetPmtu(destination);
}

/**
 * Tells a congestion control where sequence numbers begin, if it compares them with 0 otherwise.
 * @param congestion the congestion control
 * @param first the first sequence number of data
 */
inline void
BeginCongestionControl(const Ptr<TcpCongestionOps>& congestion, SequenceNumber32 first)
{
    if (auto cubic = DynamicCast<TcpCubic>(congestion))
    {
        PeekPointer(cubic)->*GetPrivate(CubicEndTag{}) = first - 1;
    }
    else if (auto illinois = DynamicCast<TcpIllinois>(congestion))
    {
        PeekPointer(illinois)->*GetPrivate(IllinoisEndTag{}) = first - 1;
    }
}

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_NS3_VERSION_H

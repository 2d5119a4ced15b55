// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-prototype.h"

#include "tcp-fsm-socket.h"

#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-state.h"

#include <vector>

namespace ns3
{
namespace tcpfsm
{

namespace
{

/// A socket to copy, and the defaults that it was made with.
struct Prototype
{
    Ptr<TcpFsmSocket> socket;                        //!< none: not made, or copies differ from it
    std::vector<Ptr<const AttributeValue>> defaults; //!< held, so that no new one has the address
};

Prototype g_prototype; // ns-3 has one thread

/**
 * Visits the attributes of a type and of its parents.
 * @param type the type
 * @param act is given what TypeId tells of an attribute; returns false to stop
 * @return false if it was stopped
 */
template <typename Act>
bool
ForEachAttribute(TypeId type, const Act& act)
{
    for (bool isLast = false; !isLast; type = type.GetParent())
    {
        const std::size_t count = type.GetAttributeN();
        for (std::size_t i = 0; i < count; ++i)
        {
            if (!act(type.GetAttribute(i)))
            {
                return false;
            }
        }
        isLast = !type.HasParent();
    }
    return true;
}

/// Visits the attributes that a socket is made with.
template <typename Act>
bool
ForEachOfSocket(const Act& act)
{
    return ForEachAttribute(TcpFsmSocket::GetTypeId(), act) &&
           ForEachAttribute(TcpSocketState::GetTypeId(), act);
}

/// @return true if the attributes of two sockets have the same values, parts of their own aside
bool
AreAlike(const Ptr<TcpFsmSocket>& one, const Ptr<TcpFsmSocket>& other)
{
    return ForEachAttribute(TcpFsmSocket::GetTypeId(), [&](const auto& attribute) {
        const auto mine = attribute.checker->Create();
        const auto its = attribute.checker->Create();
        if (!attribute.accessor->Get(PeekPointer(one), *mine) ||
            !attribute.accessor->Get(PeekPointer(other), *its))
        {
            return true; // it can only be set
        }
        return DynamicCast<PointerValue>(mine) || mine->SerializeToString(attribute.checker) ==
                                                      its->SerializeToString(attribute.checker);
    });
}

/// Makes the prototype anew.
void
MakePrototype()
{
    const bool isFirst = g_prototype.defaults.empty();
    g_prototype = {};
    ForEachOfSocket([](const auto& attribute) {
        g_prototype.defaults.push_back(attribute.initialValue);
        return true;
    });
    const auto socket = CreateObject<TcpFsmSocket>();
    // Which members a copy takes over is the base's affair.
    if (AreAlike(socket, CopyObject<TcpFsmSocket>(socket)))
    {
        g_prototype.socket = socket;
    }
    if (isFirst)
    {
        Simulator::ScheduleDestroy([] { g_prototype = {}; });
    }
}

/// @return true if no default has changed since the prototype was made
bool
IsUpToDate()
{
    auto known = g_prototype.defaults.begin();
    return known != g_prototype.defaults.end() && ForEachOfSocket([&known](const auto& attribute) {
               return attribute.initialValue == *known++;
           });
}

} // namespace

Ptr<TcpFsmSocket>
MakeSocket()
{
    if (!IsUpToDate())
    {
        MakePrototype();
    }
    return g_prototype.socket ? CopyObject<TcpFsmSocket>(g_prototype.socket)
                              : CreateObject<TcpFsmSocket>();
}

} // namespace tcpfsm
} // namespace ns3

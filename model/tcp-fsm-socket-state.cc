// SPDX-License-Identifier: GPL-2.0-only

#include "tcp-fsm-socket-state.h"

#include "ns3/trace-source-accessor.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace tcpfsm
{

namespace
{

int g_sinksDropped = 0; // ns-3 has one thread

/// Another accessor, but for sinks without context that are dropped.
class DroppingAccessor : public TraceSourceAccessor
{
  public:
    explicit DroppingAccessor(Ptr<const TraceSourceAccessor> accessor)
        : m_accessor(std::move(accessor))
    {
    }

    bool ConnectWithoutContext(ObjectBase* object, const CallbackBase& sink) const override
    {
        return g_sinksDropped > 0 || m_accessor->ConnectWithoutContext(object, sink);
    }

    bool Connect(ObjectBase* object, std::string context, const CallbackBase& sink) const override
    {
        return m_accessor->Connect(object, context, sink);
    }

    bool DisconnectWithoutContext(ObjectBase* object, const CallbackBase& sink) const override
    {
        return m_accessor->DisconnectWithoutContext(object, sink);
    }

    bool Disconnect(ObjectBase* object,
                    std::string context,
                    const CallbackBase& sink) const override
    {
        return m_accessor->Disconnect(object, context, sink);
    }

  private:
    Ptr<const TraceSourceAccessor> m_accessor;
};

TypeId
MakeType()
{
    const TypeId parent = TcpSocketState::GetTypeId();
    std::vector<TypeId::TraceSourceInformation> sources;
    for (std::size_t i = 0; i < parent.GetTraceSourceN(); ++i)
    {
        sources.push_back(parent.GetTraceSource(i));
    }
    // Long names need memory too when they are copied: the fewer lookups pass them, the better.
    std::stable_sort(sources.begin(), sources.end(), [](const auto& one, const auto& other) {
        return one.name.size() < other.name.size();
    });
    TypeId tid("ns3::tcpfsm::SocketState");
    tid.SetParent<Object>().SetGroupName("TcpFsm").HideFromDocumentation();
    for (const auto& source : sources)
    {
        tid.AddTraceSource(source.name,
                           "",
                           Create<DroppingAccessor>(source.accessor),
                           "",
                           source.supportLevel,
                           source.supportMsg);
    }
    // Not before: a source that a parent has cannot be added.
    return tid.SetParent(parent);
}

} // namespace

TypeId
SocketState::GetTypeId()
{
    static const TypeId TID = MakeType();
    return TID;
}

SocketState::SocketState(const TcpSocketState& other)
    : TcpSocketState(other)
{
}

SocketState::SinksDropped::SinksDropped()
{
    ++g_sinksDropped;
}

SocketState::SinksDropped::~SinksDropped()
{
    --g_sinksDropped;
}

} // namespace tcpfsm
} // namespace ns3

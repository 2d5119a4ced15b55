// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_COMPACT_CALLBACK_H
#define TCP_FSM_COMPACT_CALLBACK_H

#include "ns3/callback.h"

#include <functional>
#include <utility>

namespace ns3
{
namespace tcpfsm
{

/**
 * What a callback that no one compares by value consists of: 80 octets of the heap in place of the
 * 192 of a lambda, which ns-3 wraps twice and keeps parts of to compare.
 */
template <typename R, typename... Args>
class CompactCallbackImpl : public CallbackImpl<R, Args...>
{
  public:
    /**
     * @param function what is called
     */
    explicit CompactCallbackImpl(std::function<R(Args...)> function)
        : CallbackImpl<R, Args...>(std::move(function), {})
    {
    }

    /// @return true for itself only
    bool IsEqual(Ptr<const CallbackImplBase> other) const override
    {
        return PeekPointer(other) == this;
    }
};

/**
 * @tparam R what the callback returns
 * @tparam Args what it is given
 * @param function a lambda that captures a pointer, so that it needs no memory of its own
 * @return the callback
 */
template <typename R, typename... Args, typename Function>
Callback<R, Args...>
MakeCompactCallback(Function function)
{
    static_assert(sizeof(Function) <= sizeof(void*), "does not fit into std::function");
    // By its base: older ns-3 takes any other type for something to call.
    const Ptr<CallbackImpl<R, Args...>> impl = Create<CompactCallbackImpl<R, Args...>>(function);
    return Callback<R, Args...>(impl);
}

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_COMPACT_CALLBACK_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_POLICY_H
#define TCP_FSM_POLICY_H

#include "tcp-fsm-guard.h"

namespace ns3
{
namespace tcpfsm
{

/**
 * What a profile decides: one value in each policy dimension. The default is `rfc9293`.
 */
class Policy
{
  public:
    constexpr Policy()
        : m_point(FirstPoint())
    {
    }

    /// Sets one value, leaving the others.
    template <typename D>
    constexpr Policy& Set(D value)
    {
        m_point.Put(value);
        return *this;
    }

    /// @return the value of a policy dimension
    template <typename D>
    constexpr D Get() const
    {
        return m_point.Get<D>();
    }

    /// @return a point whose policy dimensions are this policy's
    constexpr const Guard& Point() const
    {
        return m_point;
    }

    constexpr bool operator==(const Policy&) const = default;

  private:
    Guard m_point;
};

/// RFC 9293 with RFC 5961: the default.
inline constexpr Policy RFC9293_POLICY{};

/// The reactions of RFC 793.
inline constexpr Policy RFC793_POLICY = Policy()
                                            .Set(RstCheck::RFC793)
                                            .Set(SynCheck::RFC793)
                                            .Set(AckCheck::RFC793)
                                            .Set(TimeWaitSyn::RFC793);

/// FreeBSD's reactions.
inline constexpr Policy FREEBSD_POLICY = Policy()
                                             .Set(TimeWaitSyn::FREEBSD)
                                             .Set(ProcessOldAck::ON)
                                             .Set(ListenSynAck::DROP)
                                             .Set(ClosingReply::FIN_AGAIN)
                                             .Set(LateReset::ALWAYS);

/// Linux's, as far as they are told apart: its layout of options and its timers are elsewhere.
inline constexpr Policy LINUX_POLICY = Policy().Set(ProcessOldAck::ON);

/// The named policies, in the order in which they are listed to the user.
inline constexpr auto PROFILES = std::to_array<std::pair<std::string_view, Policy>>({
    {"rfc9293", RFC9293_POLICY},
    {"rfc793", RFC793_POLICY},
    {"freebsd", FREEBSD_POLICY},
    {"linux", LINUX_POLICY},
});

} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_POLICY_H

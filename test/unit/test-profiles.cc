// SPDX-License-Identifier: GPL-2.0-only

// The named policies, and what they change in a few telling situations.

#include "situation.h"

#include <gtest/gtest.h>
#include <set>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// @return the names of the dimensions in which a policy differs from the default
std::set<std::string_view>
DifferencesOf(const Policy& policy)
{
    std::set<std::string_view> differences;
    ForEachIn<PolicyDimensions>([&]<typename D>() {
        if (policy.Get<D>() != RFC9293_POLICY.Get<D>())
        {
            differences.insert(Names<D>::NAME);
        }
    });
    return differences;
}

TEST(Profiles, HaveDistinctNames)
{
    std::set<std::string_view> names;
    for (const auto& [name, policy] : PROFILES)
    {
        EXPECT_TRUE(names.insert(name).second) << name;
    }
    EXPECT_TRUE(names.contains("rfc9293"));
    EXPECT_TRUE(names.contains("rfc793"));
    EXPECT_TRUE(names.contains("freebsd"));
}

TEST(Profiles, TheFirstIsTheDefault)
{
    EXPECT_EQ(PROFILES.front().first, "rfc9293");
    EXPECT_EQ(PROFILES.front().second, Policy());
    EXPECT_EQ(Policy().Get<RstCheck>(), RstCheck::RFC5961);
    EXPECT_EQ(Policy().Get<SynCheck>(), SynCheck::RFC5961);
    EXPECT_EQ(Policy().Get<AckCheck>(), AckCheck::RFC5961);
    EXPECT_EQ(Policy().Get<TimeWaitSyn>(), TimeWaitSyn::REOPEN);
    EXPECT_EQ(Policy().Get<Rfc1337>(), Rfc1337::OFF);
    EXPECT_EQ(Policy().Get<ProcessOldAck>(), ProcessOldAck::OFF);
    EXPECT_EQ(Policy().Get<DropSynFin>(), DropSynFin::OFF);
    EXPECT_EQ(Policy().Get<Blackhole>(), Blackhole::OFF);
    EXPECT_EQ(Policy().Get<ListenSynAck>(), ListenSynAck::RESET);
    EXPECT_EQ(Policy().Get<ClosingReply>(), ClosingReply::ACK);
    EXPECT_EQ(Policy().Get<LateReset>(), LateReset::WITH_LOSS);
}

TEST(Profiles, Rfc793ChangesTheThreeChecksAndTimeWait)
{
    EXPECT_EQ(DifferencesOf(RFC793_POLICY),
              (std::set<std::string_view>{"RstCheck", "SynCheck", "AckCheck", "TimeWaitSyn"}));
    EXPECT_EQ(RFC793_POLICY.Get<TimeWaitSyn>(), TimeWaitSyn::RFC793);
}

TEST(Profiles, FreeBsdKeepsTheChecks)
{
    EXPECT_EQ(DifferencesOf(FREEBSD_POLICY),
              (std::set<std::string_view>{"TimeWaitSyn",
                                          "ProcessOldAck",
                                          "ListenSynAck",
                                          "ClosingReply",
                                          "LateReset"}));
    EXPECT_EQ(FREEBSD_POLICY.Get<TimeWaitSyn>(), TimeWaitSyn::FREEBSD);
}

/// @return the row that answers a segment in the window, in ESTABLISHED
const Row&
AnswerTo(Flags flags, Event step, const Policy& policy)
{
    Facts facts;
    facts.Set(flags).Set(Ack::CURRENT).Set(Seq::IN_WINDOW);
    return Step(State::ESTABLISHED, step, facts, policy);
}

TEST(Profiles, DecideAboutSynAndResetInTheWindow)
{
    EXPECT_EQ(AnswerTo(Flags::RST, Event::STEP_RST, RFC9293_POLICY).action.reply,
              Reply::CHALLENGE_ACK);
    EXPECT_EQ(AnswerTo(Flags::RST, Event::STEP_RST, FREEBSD_POLICY).action.reply,
              Reply::CHALLENGE_ACK);
    EXPECT_EQ(AnswerTo(Flags::RST, Event::STEP_RST, RFC793_POLICY).action.then, Then::GO_ON);
    EXPECT_EQ(AnswerTo(Flags::SYN, Event::STEP_SYN, RFC9293_POLICY).action.reply,
              Reply::CHALLENGE_ACK);
    EXPECT_EQ(AnswerTo(Flags::SYN, Event::STEP_SYN, RFC793_POLICY).action.reply, Reply::RST_ACK);
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

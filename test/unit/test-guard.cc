// SPDX-License-Identifier: GPL-2.0-only

// Facts and guards: sets of values side by side in one bit string.

#include "situation.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

TEST(Facts, SetOneValueAtATime)
{
    Facts facts;
    facts.Set(Flags::SYN).Set(Ack::UNSENT).Set(Retries::EXHAUSTED);
    EXPECT_EQ(facts.Get<Flags>(), Flags::SYN);
    EXPECT_EQ(facts.Get<Ack>(), Ack::UNSENT);
    EXPECT_EQ(facts.Get<Retries>(), Retries::EXHAUSTED);
    EXPECT_EQ(facts.Get<Seq>(), Seq::EXACT) << "the first value, where nothing was set";
    const Guard point = facts.Point(State::LAST_ACK, FREEBSD_POLICY);
    EXPECT_EQ(point.Get<State>(), State::LAST_ACK);
    EXPECT_EQ(point.Get<Flags>(), Flags::SYN);
    EXPECT_EQ(point.Get<LateReset>(), LateReset::ALWAYS);
}

/// Sets, reads back and intersects each value of each dimension, also where it spans two words.
TEST(Guard, KeepsItsDimensionsApart)
{
    ForEachDimension([]<typename D>() {
        for (std::size_t i = 0; i < SIZE<D>; ++i)
        {
            const D value = static_cast<D>(i);
            const Guard only = When(value);
            EXPECT_EQ(only.GetBits<D>(), uint64_t{1} << i);
            EXPECT_EQ(only.Volume() * SIZE<D>, Everything().Volume());
            const Guard others = When(tcpfsm::Not(value));
            EXPECT_TRUE((only & others).IsEmpty());
            EXPECT_FALSE(only.Contains(others));
            EXPECT_TRUE(Everything().Contains(only));
            EXPECT_EQ(only.Volume() + others.Volume(), Everything().Volume());
            ForEachDimension([&]<typename E>() {
                if (!std::is_same_v<D, E>)
                {
                    EXPECT_TRUE(only.IsFree<E>()) << Names<D>::NAME << " and " << Names<E>::NAME;
                }
            });
        }
    });
}

TEST(Guard, IsProductOfItsSets)
{
    const Guard guard = When(State::CLOSED | State::LISTEN, Flags::RST, Not(Ack::NONE));
    Situation inside;
    inside.Set(State::LISTEN);
    inside.Set(Flags::RST);
    inside.Set(Ack::CURRENT);
    const auto contains = [&guard](const Situation& s) {
        return guard.Contains(s.facts.Point(s.state, s.policy));
    };
    EXPECT_TRUE(contains(inside));
    Situation outside = inside;
    outside.Set(Ack::NONE);
    EXPECT_FALSE(contains(outside));
    outside = inside;
    outside.Set(State::TIME_WAIT);
    EXPECT_FALSE(contains(outside));
}

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

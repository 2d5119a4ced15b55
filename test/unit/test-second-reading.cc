// SPDX-License-Identifier: GPL-2.0-only

// The table agrees with the RFC read a second time about every segment in every state.

#include "law.h"
#include "second-reading.h"
#include "walk.h"

#include <gtest/gtest.h>

namespace ns3
{
namespace tcpfsm
{
namespace test
{
namespace
{

/// Effects that both sides speak of; the owner does TAKE_ACK wherever the ACK is in range.
constexpr uint16_t COMPARED = static_cast<uint16_t>(~TAKE_ACK);
/// Signals that both sides speak of: the normal end is told in places that the RFC leaves open.
constexpr uint32_t TOLD = ~(1U << static_cast<int>(Signal::ENDED));

class SecondReading : public ::testing::TestWithParam<State>
{
};

TEST_P(SecondReading, AgreesWithTheTable)
{
    Law state("the same state is entered");
    Law arrows("the same arrows are taken");
    Law replies("the same segments are sent");
    Law effects("the same is taken from the segment");
    Law signals("the application is told the same");
    ForEachWalk(GetParam(), [&](const Situation& s, const Walk& walk) {
        const Reading reading = Read(s);
        const auto compare = [&](Law& law, bool same) {
            if (same)
            {
                law.Held();
                return;
            }
            const Reading table{walk.end, walk.replies, walk.effects, walk.arrows, walk.signals};
            law.Break(walk.count == 0 ? "no row" : walk.Last().id,
                      Describe(s) + "\n      table  " + Describe(table) + "\n      reading" +
                          Describe(reading));
        };
        compare(state, walk.end == reading.end);
        compare(arrows, walk.arrows == reading.arrows);
        compare(replies, walk.replies == reading.replies);
        compare(effects, (walk.effects & COMPARED) == (reading.effects & COMPARED));
        // Data after CLOSE ends in a RST of ours: what the application hears is left open.
        if (!(walk.Sent(Reply::RST_FOR_ACK) && walk.end == State::CLOSED))
        {
            compare(signals, (walk.signals & TOLD) == (reading.signals & TOLD));
        }
    });
}

std::string
NameOf(const ::testing::TestParamInfo<State>& info)
{
    std::string name{ToString(info.param)};
    std::erase(name, '-');
    return name;
}

INSTANTIATE_TEST_SUITE_P(In,
                         SecondReading,
                         ::testing::Values(State::CLOSED,
                                           State::LISTEN,
                                           State::SYN_SENT,
                                           State::SYN_RCVD,
                                           State::ESTABLISHED,
                                           State::FIN_WAIT_1,
                                           State::FIN_WAIT_2,
                                           State::CLOSE_WAIT,
                                           State::CLOSING,
                                           State::LAST_ACK,
                                           State::TIME_WAIT),
                         NameOf);

} // namespace
} // namespace test
} // namespace tcpfsm
} // namespace ns3

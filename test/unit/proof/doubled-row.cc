// SPDX-License-Identifier: GPL-2.0-only

// The table with a second answer to a SYN at a listener does not compile.

#include "tcp-fsm-proof.h"
#include "tcp-fsm-table.h"

using namespace ns3::tcpfsm;

inline constexpr auto SECOND = std::to_array<Row>({
    {"SECOND-ANSWER",
     Event::SEGMENT,
     When(State::LISTEN, Flags::SYN, Ack::NONE),
     Drop(),
     "none",
     "meets what LISTEN-SYN answers"},
});

inline constexpr auto BROKEN = Join(TABLE, SECOND);

static_assert(PROVEN<BROKEN>);

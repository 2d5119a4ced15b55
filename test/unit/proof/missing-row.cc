// SPDX-License-Identifier: GPL-2.0-only

// The table without its answer to a SYN at a listener does not compile.

#include "tcp-fsm-proof.h"
#include "tcp-fsm-table.h"

using namespace ns3::tcpfsm;

inline constexpr auto BROKEN = [] {
    std::array<Row, TABLE.size() - 1> rows{};
    std::copy_if(TABLE.begin(), TABLE.end(), rows.begin(), [](const Row& row) {
        return row.id != "LISTEN-SYN";
    });
    return rows;
}();

static_assert(PROVEN<BROKEN>);

// SPDX-License-Identifier: GPL-2.0-only

// The table as it is compiles.

#include "tcp-fsm-proof.h"
#include "tcp-fsm-table.h"

static_assert(ns3::tcpfsm::PROVEN<ns3::tcpfsm::TABLE>);

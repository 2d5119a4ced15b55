// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_COST_ALLOCATIONS_H
#define TCP_FSM_TEST_COST_ALLOCATIONS_H

#include <cstdint>

namespace ns3
{
namespace test
{

/// @return how often this program has called operator new, libraries included
uint64_t CountAllocations();

} // namespace test
} // namespace ns3

#endif // TCP_FSM_TEST_COST_ALLOCATIONS_H

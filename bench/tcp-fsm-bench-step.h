// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_BENCH_STEP_H
#define TCP_FSM_BENCH_STEP_H

#include <cstdint>

namespace ns3
{

/**
 * @brief Let the engine decide.
 *
 * Every state is asked about every event that can happen in it, with the facts of an ordinary
 * segment, in turn.
 *
 * @param steps how many decisions
 * @return processor time of one, nanoseconds
 */
double TcpFsmBenchStep(uint64_t steps);

} // namespace ns3

#endif // TCP_FSM_BENCH_STEP_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_DEFECTS_CHILD_H
#define TCP_FSM_TEST_DEFECTS_CHILD_H

#include <functional>
#include <string>

namespace ns3
{
namespace test
{

/**
 * Runs a function in a child process, so that an abort or a change of ns-3's defaults stays there.
 * @param run what to run
 * @return what it returned; "crash: ..." with the failed assertion if a signal ended it, which
 * includes a limit of a minute
 */
std::string RunInChild(const std::function<std::string()>& run);

} // namespace test
} // namespace ns3

#endif // TCP_FSM_TEST_DEFECTS_CHILD_H

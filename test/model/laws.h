// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_LAWS_H
#define TCP_FSM_TEST_LAWS_H

#include "host.h"

#include <string>

/**
 * @file
 * What holds in every state that can be reached.
 */

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/// @return why the variables of a host do not fit its state; empty if they do
std::string IllegalHost(const Host& host);

/// @return what two hosts believe of each other that is not so; nullptr if all is
const char* IllegalPair(const Host& a, const Host& b);

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_LAWS_H

// SPDX-License-Identifier: GPL-2.0-only

#ifndef TCP_FSM_TEST_BLIND_H
#define TCP_FSM_TEST_BLIND_H

#include "host.h"

#include <string>
#include <vector>

namespace ns3
{
namespace tcpfsm
{
namespace test
{

/**
 * @param host a host
 * @param narrow whether windows are one octet
 * @return segments of somebody who knows addresses and ports, but guesses numbers that lie wholly
 * outside the host's window: every kind of segment, with good and bad acknowledgements; none if
 * the host has no window
 */
std::vector<Segment> BlindSegments(const Host& host, bool narrow);

/// @return a blind segment, its numbers relative to the variables of the host that it meets
std::string DescribeBlind(const Segment& segment, const Sequences& seqs);

} // namespace test
} // namespace tcpfsm
} // namespace ns3

#endif // TCP_FSM_TEST_BLIND_H
